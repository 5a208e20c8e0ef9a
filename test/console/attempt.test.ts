import { describe, expect, it } from 'vitest';
import { attemptSeal, newAttempt } from '../../src/console/attempt.ts';

describe('the seal of an attempt', () => {
  const attempt = newAttempt('zh', 1_800_000_000_000);
  const { seal, open } = attemptSeal('app-secret');

  it('opens for another instance with the same app secret', () => {
    expect(attemptSeal('app-secret').open(seal(attempt))).toEqual(attempt);
  });

  it('never looks the same twice, and shows nothing of what it holds', () => {
    expect(seal(attempt)).not.toBe(seal(attempt));
    expect(Buffer.from(seal(attempt), 'base64url').toString('latin1')).not.toContain(attempt.state);
  });

  it('stays shut for another app secret', () => {
    expect(attemptSeal('another').open(seal(attempt))).toBeNull();
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
    expect(newAttempt('zh', 0).state).not.toBe(attempt.state);
  });
});
