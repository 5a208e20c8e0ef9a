import { type Answer, createReadAnswer, failed, toldOf } from './answer.ts';
import { type Attempt, codeChallenge } from './console/attempt.ts';
import type { SignedIn } from './console/outcome.ts';
import type { Person } from './domain/audit.ts';
import type { OAuth } from './feishu/oauth.ts';
import type { Log } from './log.ts';

export type SignInDeps = {
  oauth: Pick<OAuth, 'authorizeUrl' | 'exchangeCode' | 'userInfo'>;
  /** True once for each state. */
  useOnce: (state: string) => Promise<boolean>;
  mayEnter: (openId: string) => boolean;
  /** Leaves a trace before the session begins. */
  onSignedIn: (person: Person) => Promise<void>;
  /** Unix milliseconds. */
  now: () => number;
  log: Log;
};

/** Finds out who somebody is, and nothing else: no scope is asked for, and the token is dropped once it has named them. */
export const createSignIn = ({ oauth, mayEnter, onSignedIn, log, ...deps }: SignInDeps) => {
  const readAnswer = createReadAnswer(deps);

  const authorizeUrl = ({ state, codeVerifier }: Attempt, redirectUri: string): URL =>
    oauth.authorizeUrl({ redirectUri, scopes: [], state, codeChallenge: codeChallenge(codeVerifier) });

  const judge = async (attempt: Attempt | null, answer: Answer, redirectUri: string): Promise<SignedIn> => {
    const answered = await readAnswer(attempt, answer);
    if (answered.kind !== 'answered') return answered;
    const { code, codeVerifier } = answered;
    const identify = async (): Promise<SignedIn> => {
      const { accessToken } = await oauth.exchangeCode({ code, redirectUri, codeVerifier });
      return { kind: 'signed-in', ...(await oauth.userInfo(accessToken)) };
    };
    const found = await identify().catch(failed);
    if (found.kind !== 'signed-in') return found;
    const { openId, name } = found;
    if (!mayEnter(openId)) return { kind: 'refused', openId };
    await onSignedIn({ openId, name });
    return found;
  };

  const finish = async (attempt: Attempt | null, answer: Answer, redirectUri: string): Promise<SignedIn> => {
    const outcome = await judge(attempt, answer, redirectUri);
    log('sign-in', toldOf(outcome));
    return outcome;
  };

  return { authorizeUrl, finish };
};
