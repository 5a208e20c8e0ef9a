import { type Attempt, answersTo, codeChallenge } from './console/attempt.ts';
import type { Outcome, Stale } from './console/outcome.ts';
import { FeishuError } from './feishu/error.ts';
import type { OAuth, TokenGrant } from './feishu/oauth.ts';
import type { Log } from './log.ts';

/** What a report needs of the person who authorises: to read participants, and to go on without them. */
export const neededScopes = ['vc:rooms.room.detailinfo:read', 'offline_access'] as const;

/** Feishu asks for a new consent this long after the last one. */
const consentDays = 365;

/** Feishu on a code: unknown, expired, of another app, with another verifier, used. Only a new start helps. */
const codeRefused: readonly (number | null)[] = [20003, 20004, 20024, 20049, 20065];

export type ConnectDeps = {
  oauth: Pick<OAuth, 'authorizeUrl' | 'exchangeCode' | 'userInfo'>;
  /** True once for each state. */
  useOnce: (state: string) => Promise<boolean>;
  /** Whether this token may see the company's meetings. */
  mayManageMeetings: (accessToken: string) => Promise<boolean>;
  connect: (grant: TokenGrant, person: { openId: string; name: string }) => Promise<void>;
  /** open_ids. */
  admins: readonly string[];
  /** Unix milliseconds. */
  now: () => number;
  log: Log;
};

/** What Feishu's redirect carries. */
type Answer = { state?: string | undefined; code?: string | undefined; error?: string | undefined };

const stale = (because: Stale): Outcome => ({ kind: 'stale', because });

/** Connects Feishu: sends an administrator there, and judges what comes back before anything is stored. */
export const createConnect = ({ oauth, admins, now, log, ...deps }: ConnectDeps) => {
  /** The page of Feishu's that asks for consent. */
  const authorizeUrl = (attempt: Attempt, redirectUri: string): URL =>
    oauth.authorizeUrl({
      redirectUri,
      scopes: [...neededScopes],
      state: attempt.state,
      codeChallenge: codeChallenge(attempt.codeVerifier),
    });

  const redeem = async (code: string, { codeVerifier }: Attempt, redirectUri: string): Promise<Outcome> => {
    const grant = await oauth.exchangeCode({ code, redirectUri, codeVerifier });
    const granted = grant.scope.split(/\s+/);
    const scopes = neededScopes.filter((scope) => !granted.includes(scope));
    if (scopes.length > 0) return { kind: 'missing-scopes', scopes };
    const person = await oauth.userInfo(grant.accessToken);
    if (!admins.includes(person.openId)) return { kind: 'refused', openId: person.openId };
    const mayManageMeetings = await deps.mayManageMeetings(grant.accessToken);
    await deps.connect(grant, person);
    const until = Math.floor(now() / 1000) + consentDays * 86_400;
    return { kind: 'connected', ...person, until, mayManageMeetings };
  };

  const judge = async (attempt: Attempt | null, answer: Answer, redirectUri: string): Promise<Outcome> => {
    if (attempt === null) return stale('no-attempt');
    if (!answersTo(attempt, answer.state ?? '')) return stale('other-state');
    if (now() >= attempt.expiresAt) return stale('expired');
    if (!(await deps.useOnce(attempt.state))) return stale('used');
    if (answer.error === 'access_denied') return { kind: 'cancelled' };
    if (!answer.code) return stale('code-refused');
    try {
      return await redeem(answer.code, attempt, redirectUri);
    } catch (error) {
      if (!(error instanceof FeishuError)) throw error;
      if (codeRefused.includes(error.feishuCode)) return stale('code-refused');
      return { kind: 'feishu-failed', code: String(error.feishuCode ?? error.code), remedy: error.remedy };
    }
  };

  /**
   * Judges Feishu's answer; the only way to `connected` is the attempt of this very browser, once, within ten minutes.
   * @throws {StoreError} when the store cannot say whether the attempt was used, or cannot keep the tokens.
   */
  const finish = async (attempt: Attempt | null, answer: Answer, redirectUri: string): Promise<Outcome> => {
    const outcome = await judge(attempt, answer, redirectUri);
    log('connect', {
      outcome: outcome.kind,
      ...('because' in outcome && { because: outcome.because }),
      ...('openId' in outcome && { openId: outcome.openId }),
      ...('code' in outcome && { code: outcome.code }),
    });
    return outcome;
  };

  return { authorizeUrl, finish };
};

export type Connect = ReturnType<typeof createConnect>;
