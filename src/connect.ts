import { type Answer, type Answered, createReadAnswer, failed, toldOf } from './answer.ts';
import { type Attempt, codeChallenge } from './console/attempt.ts';
import type { Outcome } from './console/outcome.ts';
import type { OAuth, TokenGrant } from './feishu/oauth.ts';
import type { Log } from './log.ts';
import { authorisedSeconds } from './store/authorisation.ts';

/** What a report needs of the person who authorises: to read participants, and to go on without them. */
export const neededScopes = ['vc:rooms.room.detailinfo:read', 'offline_access'] as const;

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

/** A grant that may be stored. */
type Vetted = {
  kind: 'vetted';
  grant: TokenGrant;
  person: { openId: string; name: string };
  mayManageMeetings: boolean;
};

/** Connects Feishu: sends an administrator there, and judges what comes back before anything is stored. */
export const createConnect = ({ oauth, admins, now, log, useOnce, ...deps }: ConnectDeps) => {
  const readAnswer = createReadAnswer({ useOnce, now });

  /** The page of Feishu's that asks for consent. */
  const authorizeUrl = (attempt: Attempt, redirectUri: string): URL =>
    oauth.authorizeUrl({
      redirectUri,
      scopes: neededScopes,
      state: attempt.state,
      codeChallenge: codeChallenge(attempt.codeVerifier),
    });

  const vet = async ({ code, codeVerifier }: Answered, redirectUri: string): Promise<Outcome | Vetted> => {
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
    const answered = await readAnswer(attempt, answer);
    if (answered.kind !== 'answered') return answered;
    const vetted = await vet(answered, redirectUri).catch(failed);
    if (vetted.kind !== 'vetted') return vetted;
    const { grant, person, mayManageMeetings } = vetted;
    await deps.connect(grant, person);
    const until = Math.floor(now() / 1000) + authorisedSeconds;
    return { kind: 'connected', ...person, until, mayManageMeetings };
  };

  /**
   * Judges Feishu’s answer.
   * @throws when the store cannot say whether the attempt was used, or cannot keep the tokens.
   */
  const finish = async (attempt: Attempt | null, answer: Answer, redirectUri: string): Promise<Outcome> => {
    const outcome = await judge(attempt, answer, redirectUri);
    log('connect', toldOf(outcome));
    return outcome;
  };

  return { authorizeUrl, finish };
};
