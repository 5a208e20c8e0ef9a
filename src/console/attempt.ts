import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Locale } from '../words/locale.ts';

/**
 * One start of the authorisation, kept by nobody but the browser that made it.
 * @property expiresAt Unix milliseconds.
 */
export type Attempt = { state: string; codeVerifier: string; locale: Locale; expiresAt: number };

/** How long a person may take to sign in and agree. */
export const attemptSeconds = 600;

/** 256 random bits each for state and verifier; 43 characters, the least that RFC 7636 allows a verifier. */
export const newAttempt = (locale: Locale, nowMs: number): Attempt => ({
  state: randomBytes(32).toString('base64url'),
  codeVerifier: randomBytes(32).toString('base64url'),
  locale,
  expiresAt: nowMs + attemptSeconds * 1000,
});

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The S256 challenge of a verifier. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
export const codeChallenge = (codeVerifier: string): string => sha256(codeVerifier).toString('base64url');

/** Whether the answer carries this attempt's state; takes the same time for every wrong one. */
export const answersTo = (attempt: Attempt, state: string): boolean =>
  timingSafeEqual(sha256(attempt.state), sha256(state));

const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals attempts for the trip through the browser: it can neither read nor change what it carries.
 * AES-256-GCM under a key derived from the app secret, so every instance can open what another has sealed.
 */
export const attemptSeal = (appSecret: string) => {
  const key = Buffer.from(hkdfSync('sha256', appSecret, '', 'rollcall connect attempt v1', 32));
  return {
    seal: (attempt: Attempt): string => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      const sealed = Buffer.concat([iv, cipher.update(JSON.stringify(attempt)), cipher.final(), cipher.getAuthTag()]);
      return sealed.toString('base64url');
    },
    /** null for anything but an untouched seal of ours; whether it has expired is not asked here. */
    open: (sealed: string): Attempt | null => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < ivBytes + tagBytes) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      try {
        const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
        return JSON.parse(text.toString('utf8')) as Attempt;
      } catch {
        return null;
      }
    },
  };
};
