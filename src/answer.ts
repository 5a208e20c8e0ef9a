import { type Attempt, answersTo } from './console/attempt.ts';
import type { Failed, Outcome, SignedIn, Stale } from './console/outcome.ts';
import { FeishuError } from './feishu/error.ts';
import type { LogFields } from './log.ts';

/** What Feishu’s redirect carries. */
export type Answer = { state?: string | undefined; code?: string | undefined; error?: string | undefined };

/** An authorisation code that belongs to this very browser's attempt. */
export type Answered = { kind: 'answered'; code: string; codeVerifier: string };

const stale = (because: Stale): Failed => ({ kind: 'stale', because });

/**
 * Judges what a browser brings back from Feishu: the only way to a code is the attempt of this very browser, once, within
 * ten minutes.
 * @throws when the store cannot say whether the attempt was used.
 */
export const createReadAnswer =
  ({ useOnce, now }: { useOnce: (state: string) => Promise<boolean>; now: () => number }) =>
  async (attempt: Attempt | null, answer: Answer): Promise<Answered | Failed> => {
    if (attempt === null) return stale('no-attempt');
    if (!answersTo(attempt, answer.state ?? '')) return stale('other-state');
    if (now() >= attempt.expiresAt) return stale('expired');
    if (!(await useOnce(attempt.state))) return stale('used');
    if (answer.error === 'access_denied') return { kind: 'cancelled' };
    if (!answer.code) return stale('code-refused');
    return { kind: 'answered', code: answer.code, codeVerifier: attempt.codeVerifier };
  };

/** Feishu on a code: unknown, expired, of another app, with another verifier, used. Only a new start helps. */
const codeRefused: readonly (number | null)[] = [20003, 20004, 20024, 20049, 20065];

/** @throws what is no failure of Feishu's. */
export const failed = (error: unknown): Failed => {
  if (!(error instanceof FeishuError)) throw error;
  if (codeRefused.includes(error.feishuCode)) return stale('code-refused');
  const needsPerson = error.kind === 'person' || error.kind === 'never';
  const remedy = needsPerson ? error.remedy : null;
  return { kind: 'feishu-failed', code: String(error.feishuCode ?? error.code), remedy };
};

/** What the log may hold of an outcome: ids, never names. */
export const toldOf = (outcome: Outcome | SignedIn): LogFields => ({
  outcome: outcome.kind,
  ...('because' in outcome && { because: outcome.because }),
  ...('code' in outcome &&
    (/^\d+$/.test(outcome.code) ? { feishuCode: Number(outcome.code) } : { code: outcome.code })),
});
