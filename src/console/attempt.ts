import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Locale } from '../words/locale.ts';

/**
 * One trip to Feishu and back, to connect it or to sign in, kept by nobody but the browser that made it.
 * @property next The page to go to afterwards; a path of this site.
 * @property expiresAt Unix milliseconds.
 */
export type Attempt = {
  purpose: 'connect' | 'sign-in';
  state: string;
  codeVerifier: string;
  locale: Locale;
  next: string;
  expiresAt: number;
};

/** How long a person may take to sign in and agree. */
const attemptSeconds = 600;
/** How long their browser keeps it: so that who comes back too late is told so, of what they did and in their language. */
export const keptSeconds = 3600;

/** 256 random bits each for state and verifier; 43 characters, the least that RFC 7636 allows a verifier. */
export const newAttempt = (
  { purpose, locale, next = '/' }: Pick<Attempt, 'purpose' | 'locale'> & { next?: string },
  nowMs: number,
): Attempt => ({
  purpose,
  state: randomBytes(32).toString('base64url'),
  codeVerifier: randomBytes(32).toString('base64url'),
  locale,
  next,
  expiresAt: nowMs + attemptSeconds * 1000,
});

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The S256 challenge of a verifier. @see https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
export const codeChallenge = (codeVerifier: string): string => sha256(codeVerifier).toString('base64url');

/** Whether the answer carries this attempt's state; takes the same time for every wrong one. */
export const answersTo = (attempt: Attempt, state: string): boolean =>
  timingSafeEqual(sha256(attempt.state), sha256(state));
