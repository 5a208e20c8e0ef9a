import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals values for the trip through the browser: it can neither read nor change what it carries. AES-256-GCM under a key
 * derived from the app secret, so every instance can open what another has sealed, and none after the secret was changed.
 * @param purpose What is sealed for one purpose opens for no other.
 */
export const createSeal = <Value>(appSecret: string, purpose: string) => {
  const key = Buffer.from(hkdfSync('sha256', appSecret, '', `rollcall ${purpose} v1`, 32));
  return {
    seal: (value: Value): string => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64url');
    },
    /** null for anything but an untouched seal of ours; whether it has expired is not asked here. */
    open: (sealed: string): Value | null => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < ivBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
        return JSON.parse(text.toString('utf8')) as Value;
      } catch {
        return null;
      }
    },
  };
};
