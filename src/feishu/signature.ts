import { createDecipheriv, createHash, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';

/** Request headers as an HTTP server or a gateway hands them over. */
export type PushHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * What the signature proves. `stale` is genuine but more than a day away from our clock.
 * skewSeconds: our clock minus the signed timestamp, negative when ours is behind.
 */
type Signature = { kind: 'signed' | 'stale'; skewSeconds: number } | { kind: 'unsigned' };

const maxSkewSeconds = 24 * 60 * 60;

/**
 * Checks a push against the raw bytes as received, with any of the keys that are live.
 * The digest is no HMAC: digits can move between timestamp and nonce, and a body can be extended without the key.
 * So the timestamp has a fixed length here, and `parseJson` in event.ts refuses every extended body.
 * @see https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
 */
export const verifySignature = (push: {
  headers: PushHeaders;
  body: Uint8Array;
  keys: readonly string[];
  nowSeconds: number;
}): Signature => {
  const timestamp = matching(push.headers, 'x-lark-request-timestamp', /^\d{10}(?:\d{3})?$/);
  const nonce = matching(push.headers, 'x-lark-request-nonce', /^[\x20-\x7e]+$/);
  const signature = matching(push.headers, 'x-lark-signature', /^[0-9a-f]{64}$/);
  if (timestamp === null || nonce === null || signature === null) return { kind: 'unsigned' };

  const given = Buffer.from(signature, 'hex');
  const proves = (key: string): boolean =>
    timingSafeEqual(given, createHash('sha256').update(`${timestamp}${nonce}${key}`).update(push.body).digest());
  if (!push.keys.some(proves)) return { kind: 'unsigned' };

  // Seconds or milliseconds: either way the first ten digits are the seconds.
  const skewSeconds = push.nowSeconds - Number(timestamp.slice(0, 10));
  return { kind: Math.abs(skewSeconds) > maxSkewSeconds ? 'stale' : 'signed', skewSeconds };
};

/** The one value of a header if it has the form; null when it is missing, repeated or of another form. */
const matching = (headers: PushHeaders, name: string, form: RegExp): string | null => {
  const names = Object.keys(headers).filter((key) => key.length === name.length && key.toLowerCase() === name);
  const value = names.length === 1 ? headers[names[0] ?? ''] : undefined;
  return typeof value === 'string' && form.test(value) ? value : null;
};

/** Made once for each Encrypt Key: on Node 24 a decipher from bare bytes takes four times as long. */
const aesKeys = new Map<string, KeyObject>();
const aesKeyOf = (encryptKey: string): KeyObject => {
  const known = aesKeys.get(encryptKey) ?? createSecretKey(hash('sha256', encryptKey, 'buffer'));
  aesKeys.set(encryptKey, known);
  return known;
};

/**
 * Opens base64(iv ‖ AES-256-CBC) under SHA-256 of the Encrypt Key.
 * Strangers may call this, so every failure is the same null: base64, length, padding, wrong key.
 */
export const decrypt = (encryptKey: string, base64: string): Uint8Array | null => {
  const sealed = Buffer.from(base64, 'base64');
  if (sealed.toString('base64') !== base64) return null; // Buffer.from skips what is not base64; this does not.
  try {
    const decipher = createDecipheriv('aes-256-cbc', aesKeyOf(encryptKey), sealed.subarray(0, 16));
    return Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]);
  } catch {
    return null;
  }
};
