import { type Attempt, answersTo, codeChallenge } from './console/attempt.ts';
import type { Outcome, Stale } from './console/outcome.ts';
import { FeishuError } from './feishu/error.ts';
import type { OAuth, TokenGrant } from './feishu/oauth.ts';
import type { Log } from './log.ts';
import { authorisedSeconds } from './store/authorisation.ts';

/** What a report needs of the person who authorises: to read participants, and to go on without them. */
export const neededScopes = ['vc:rooms.room.detailinfo:read', 'offline_access'] as const;

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

/** What Feishu’s redirect carries. */
type Answer = { state?: string | undefined; code?: string | undefined; error?: string | undefined };

/** A grant that may be stored. */
type Vetted = {
  kind: 'vetted';
  grant: TokenGrant;
  person: { openId: string; name: string };
  mayManageMeetings: boolean;
};

const stale = (because: Stale): Outcome => ({ kind: 'stale', because });

/** @throws what is no failure of Feishu's. */
const failed = (error: unknown): Outcome => {
  if (!(error instanceof FeishuError)) throw error;
  if (codeRefused.includes(error.feishuCode)) return stale('code-refused');
  const needsPerson = error.kind === 'person' || error.kind === 'never';
  const remedy = needsPerson ? error.remedy : null;
  return { kind: 'feishu-failed', code: String(error.feishuCode ?? error.code), remedy };
};

/** Connects Feishu: sends an administrator there, and judges what comes back before anything is stored. */
export const createConnect = ({ oauth, admins, now, log, ...deps }: ConnectDeps) => {
  /** The page of Feishu's that asks for consent. */
  const authorizeUrl = (attempt: Attempt, redirectUri: string): URL =>
    oauth.authorizeUrl({
      redirectUri,
      scopes: neededScopes,
      state: attempt.state,
      codeChallenge: codeChallenge(attempt.codeVerifier),
    });

  const vet = async (code: string, { codeVerifier }: Attempt, redirectUri: string): Promise<Outcome | Vetted> => {
    const grant = await oauth.exchangeCode({ code, redirectUri, codeVerifier });
    const granted = grant.scope.split(/\s+/);
    const scopes = neededScopes.filter((scope) => !granted.includes(scope));
    // Granted or not: without a refresh token the connection would end within two hours.
    const withoutRefresh = grant.refreshToken === '' ? (['offline_access'] as const) : [];
    const missing = [...new Set([...scopes, ...withoutRefresh])];
    if (missing.length > 0) return { kind: 'missing-scopes', scopes: missing };
    const person = await oauth.userInfo(grant.accessToken);
    if (!admins.includes(person.openId)) return { kind: 'refused', openId: person.openId };
    return { kind: 'vetted', grant, person, mayManageMeetings: await deps.mayManageMeetings(grant.accessToken) };
  };

  const judge = async (attempt: Attempt | null, answer: Answer, redirectUri: string): Promise<Outcome> => {
    if (attempt === null) return stale('no-attempt');
    if (!answersTo(attempt, answer.state ?? '')) return stale('other-state');
    if (now() >= attempt.expiresAt) return stale('expired');
    if (!(await deps.useOnce(attempt.state))) return stale('used');
    if (answer.error === 'access_denied') return { kind: 'cancelled' };
    if (!answer.code) return stale('code-refused');
    const vetted = await vet(answer.code, attempt, redirectUri).catch(failed);
    if (vetted.kind !== 'vetted') return vetted;
    const { grant, person, mayManageMeetings } = vetted;
    await deps.connect(grant, person);
    const until = Math.floor(now() / 1000) + authorisedSeconds;
    return { kind: 'connected', ...person, until, mayManageMeetings };
  };

  /**
   * Judges Feishu’s answer; the only way to `connected` is the attempt of this very browser, once, within ten minutes.
   * @throws when the store cannot say whether the attempt was used, or cannot keep the tokens.
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
