import { createCipheriv, createHash } from 'node:crypto';

/** 2026-11-16 18:00:05 in Shanghai, when the ordinary push arrives. */
export const pushedAt = 1_794_823_205;

export const credentials = {
  appId: 'cli_9f5343c580712544',
  verificationToken: 'rvaYgkND1GOiu5MM0E1rncYC6PLtF7JV',
  encryptKey: 'Zq8vT2mKx4Lr7Wd1',
};

/** An ordinary meeting that ended, as Feishu sends it, with parts replaced. */
export const endedEvent = (over: { header?: object; meeting?: object } = {}) => ({
  schema: '2.0',
  header: {
    event_id: '5e3702a84e847582be8db7fb73283c02',
    event_type: 'vc.meeting.all_meeting_ended_v1',
    create_time: '1794823203456',
    token: credentials.verificationToken,
    app_id: credentials.appId,
    tenant_key: '2ca1d211f64f6438',
    ...over.header,
  },
  event: {
    meeting: {
      id: '6911188411934433028',
      topic: 'Quarterly numbers',
      meeting_no: '235812466',
      meeting_source: 1,
      start_time: '1794819600',
      end_time: '1794823200',
      host_user: { id: { union_id: 'on_1', user_id: 'e33ggbyz', open_id: 'ou_host' }, user_role: 1, user_type: 1 },
      owner: { id: { union_id: 'on_2', user_id: 'e44ggbyz', open_id: 'ou_owner' }, user_role: 1, user_type: 1 },
      calendar_event_id: 'efa67a98-06a8-4df5-8559-746c8f4477ef_0',
      ...over.meeting,
    },
    operator: { id: { open_id: 'ou_host' } },
  },
});

export const urlVerification = (over: object = {}) => ({
  challenge: 'ajls384kdjx98XX',
  token: credentials.verificationToken,
  type: 'url_verification',
  ...over,
});

/** Bytes as they are, a text in UTF-8, any other value as JSON. */
export const bytesOf = (content: unknown): Buffer => {
  if (content instanceof Uint8Array) return Buffer.from(content);
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
};

export const encrypt = (plaintext: Uint8Array, { key = credentials.encryptKey, padding = true } = {}): string => {
  const iv = Buffer.alloc(16, 7);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv).setAutoPadding(padding);
  return Buffer.concat([iv, cipher.update(plaintext), cipher.final()]).toString('base64');
};

/** The body of an encrypted push. */
export const sealed = (content: unknown, key = credentials.encryptKey): Buffer =>
  bytesOf({ encrypt: encrypt(bytesOf(content), { key }) });

/** The headers that Feishu signs a body with. */
export const signedHeaders = (
  body: Uint8Array,
  { key = credentials.encryptKey, timestamp = `${pushedAt}`, nonce = '4711081523' } = {},
) => ({
  'x-lark-request-timestamp': timestamp,
  'x-lark-request-nonce': nonce,
  'x-lark-signature': createHash('sha256').update(`${timestamp}${nonce}${key}`).update(body).digest('hex'),
});

export const signedPush = (body: Buffer, options: Parameters<typeof signedHeaders>[1] = {}) => ({
  headers: signedHeaders(body, options),
  body,
});
