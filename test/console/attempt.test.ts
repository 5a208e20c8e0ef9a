import { describe, expect, it } from 'vitest';
import { type Attempt, newAttempt } from '../../src/console/attempt.ts';
import { createSeal } from '../../src/console/seal.ts';

const sealWith = (appSecret: string) => createSeal<Attempt>(appSecret, 'connect attempt');

describe('the seal of an attempt', () => {
  const attempt = newAttempt({ purpose: 'connect', locale: 'zh' }, 1_800_000_000_000);
  const { seal, open } = sealWith('app-secret');

  it('opens for another instance with the same app secret', () => {
    expect(sealWith('app-secret').open(seal(attempt))).toEqual(attempt);
  });

  it('never looks the same twice, and shows nothing of what it holds', () => {
    expect(seal(attempt)).not.toBe(seal(attempt));
    expect(Buffer.from(seal(attempt), 'base64url').toString('latin1')).not.toContain(attempt.state);
  });

  it('stays shut for another app secret', () => {
    expect(sealWith('another').open(seal(attempt))).toBeNull();
  });

  it('stays shut when any of its bytes was changed', () => {
    const bytes = Buffer.from(seal(attempt), 'base64url');
    for (let n = 0; n < bytes.length; n += 1) {
      const changed = Buffer.from(bytes);
      changed[n] = (bytes[n] ?? 0) ^ 1;
      expect(open(changed.toString('base64url'))).toBeNull();
    }
  });

  it('stays shut when it is cut, at every length', () => {
    const sealed = seal(attempt);
    // The last character can carry bits that decode to nothing, so whole bytes are cut.
    const bytes = Buffer.from(sealed, 'base64url');
    for (let n = 0; n < bytes.length; n += 1) expect(open(bytes.subarray(0, n).toString('base64url'))).toBeNull();
    expect(open('not base64 at all ★')).toBeNull();
  });

  it('holds 256 random bits of state and a verifier as RFC 7636 wants it', () => {
    expect(attempt.state).toMatch(/^[\w-]{43}$/);
    expect(attempt.codeVerifier).toMatch(/^[\w-]{43}$/);
    expect(newAttempt({ purpose: 'connect', locale: 'zh' }, 0).state).not.toBe(attempt.state);
  });
});
