import { isUtf8 } from 'node:buffer';
import { hash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { Meeting } from '../domain/meeting.ts';
import { decrypt } from './signature.ts';

/** What tells a push of our own app from anything else. With an Encrypt Key, the previous one stays valid while rotating. */
export type PushCredentials = {
  appId: string;
  verificationToken: string;
  encryptKey?: string | undefined;
  previousEncryptKey?: string | undefined;
};

export type Push =
  | { kind: 'challenge'; challenge: string }
  | MeetingEnded
  | { kind: 'ignored'; eventType: string }
  /** Authentic and addressed to us, but not readable: `fields` names what is wrong, never its value. */
  | { kind: 'malformed'; fields: string; plaintext: string }
  | { kind: 'rejected'; because: 'unsigned' | 'unreadable' | 'token' | 'app' };

export type MeetingEnded = {
  kind: 'meeting-ended';
  eventId: string;
  eventType: string;
  createdAt: number;
  meeting: Meeting;
  /** 1 calendar, 2 instant, 3 interview, 4 open platform, 100 other; null when not said. */
  source: number | null;
};

/** A url_verification is far smaller; a larger unsigned body is not worth a decryption. */
const maxUnsignedBytes = 64 * 1024;

/** The keys that prove a push; none means that the Verification Token is the only proof. */
export const encryptKeys = (credentials: PushCredentials): string[] =>
  [credentials.encryptKey, credentials.previousEncryptKey].filter((key) => key !== undefined);

/**
 * Reads the raw body of a push and says what it is.
 * With an Encrypt Key an event must be signed, and a url_verification, which Feishu never signs, must be encrypted.
 * Never throws: whatever is not a push of our app is `rejected`.
 * @param push.signed Whether `verifySignature` found the raw body signed.
 * @see https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/request-url-configuration-case
 */
export const readPush = (push: { body: Uint8Array; signed: boolean; credentials: PushCredentials }): Push => {
  const keys = encryptKeys(push.credentials);
  if (keys.length > 0 && !push.signed && push.body.length > maxUnsignedBytes) return rejected('unsigned');

  const outer = parseJson(push.body);
  const envelope = encrypted.safeParse(outer?.value);
  const json = envelope.success ? open(envelope.data.encrypt, keys) : outer;
  if (json === null) return rejected('unreadable');

  const read = classify(json, push.credentials);
  if (read.kind === 'rejected' || keys.length === 0) return read;
  const proved = read.kind === 'challenge' ? envelope.success : push.signed;
  return proved ? read : rejected('unsigned');
};

type Json = { text: string; value: unknown };

/** Exactly one JSON text in valid UTF-8 and nothing else, not even a byte order mark; null otherwise. */
const parseJson = (bytes: Uint8Array): Json | null => {
  if (!isUtf8(bytes)) return null;
  try {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return { text, value: JSON.parse(text) };
  } catch {
    return null;
  }
};

const open = (sealed: string, keys: readonly string[]): Json | null => {
  for (const key of keys) {
    const bytes = decrypt(key, sealed);
    const json = bytes && parseJson(bytes); // A wrong key passes the padding once in 256 times.
    if (json) return json;
  }
  return null;
};

const classify = ({ text, value }: Json, { appId, verificationToken }: PushCredentials): Push => {
  const two = schemaTwo.safeParse(value);
  if (two.success) {
    const { token, app_id, event_type } = two.data.header;
    if (!equal(token, verificationToken)) return rejected('token');
    if (app_id !== appId) return rejected('app');
    if (typeof event_type === 'string' && !meetingEndedTypes.includes(event_type)) {
      return { kind: 'ignored', eventType: event_type };
    }
    const ended = meetingEnded.safeParse(value);
    if (ended.success) return ended.data;
    const fields = new Set(ended.error.issues.map((issue) => issue.path.join('.')));
    return { kind: 'malformed', fields: [...fields].join(' '), plaintext: text };
  }
  const one = schemaOne.safeParse(value);
  if (!one.success || !equal(one.data.token, verificationToken)) return rejected('token');
  const { type, challenge, event } = one.data;
  if (type === 'url_verification' && challenge !== undefined) return { kind: 'challenge', challenge };
  return { kind: 'ignored', eventType: event.type };
};

const rejected = (because: Extract<Push, { kind: 'rejected' }>['because']): Push => ({ kind: 'rejected', because });

/** Compares secrets in a time that depends on neither their content nor their length. */
const equal = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b));

const sha256 = (text: string): Uint8Array => hash('sha256', text, 'buffer');

const encrypted = z.object({ encrypt: z.string() });

const schemaTwo = z.object({
  header: z.object({ token: z.string(), app_id: z.string(), event_type: z.unknown().optional() }),
});

/** Old events of other subscriptions, and url_verification, which looks like one. */
const schemaOne = z.object({
  token: z.string(),
  type: z.unknown().optional(),
  challenge: z.string().optional(),
  event: z.object({ type: z.string() }).catch({ type: 'unknown' }),
});

const meetingEndedTypes = ['vc.meeting.all_meeting_ended_v1', 'vc.meeting.meeting_ended_v1'];

const unixSeconds = z
  .string()
  .regex(/^[1-9]\d{9}$/)
  .transform(Number);

/** Milliseconds, of which the seconds are kept; a finer or coarser unit has the same first ten digits. */
const createTime = z
  .string()
  .regex(/^[1-9]\d{9}(?:\d{3})*$/)
  .transform((text) => Number(text.slice(0, 10)));

const meetingEnded = z
  .object({
    header: z.object({ event_id: z.string().min(1), event_type: z.string(), create_time: createTime }),
    event: z.object({
      meeting: z
        .object({
          // A part of object keys, so it must be safe in one; a number would have lost digits beyond 2^53.
          id: z.string().regex(/^[\w-]{1,64}$/),
          topic: z.string().nullish(),
          meeting_no: z.string().regex(/^\d{9}$/),
          meeting_source: z.number().nullish(),
          start_time: unixSeconds,
          end_time: unixSeconds,
          owner: z.object({ id: z.object({ open_id: z.string().nullish() }).nullish() }).nullish(),
        })
        .refine((meeting) => meeting.end_time >= meeting.start_time, { path: ['end_time'] }),
    }),
  })
  .transform(
    ({ header, event: { meeting } }): MeetingEnded => ({
      kind: 'meeting-ended',
      eventId: header.event_id,
      eventType: header.event_type,
      createdAt: header.create_time,
      meeting: {
        instanceId: meeting.id,
        meetingNo: meeting.meeting_no,
        topic: meeting.topic?.trim() ?? '',
        startsAt: meeting.start_time,
        endsAt: meeting.end_time,
        ownerOpenId: meeting.owner?.id?.open_id ?? '',
      },
      source: meeting.meeting_source ?? null,
    }),
  );
