import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import { type Answer, attemptMs, exchange } from './exchange.ts';
import { feishuHost, hostForm, isHost } from './host.ts';
import { readAnswer } from './page.ts';

/**
 * A pair of tokens as Feishu gives it. Times are Unix seconds; `scope` is what was granted, separated by spaces;
 * `refreshToken` is '' when none was given, as without the scope offline_access.
 */
export type TokenGrant = {
  accessToken: string;
  accessTokenExpiresAt: number;
  refreshToken: string;
  refreshTokenExpiresAt: number;
  scope: string;
};

export type OAuth = {
  /** Where a browser asks the user. Without `offline_access` no refresh token is given; no scope is needed for `userInfo`. */
  authorizeUrl: (options: {
    redirectUri: string;
    scopes: readonly string[];
    state: string;
    codeChallenge: string;
  }) => URL;
  /** @param options.code Good for five minutes and once. */
  exchangeCode: (options: { code: string; redirectUri: string; codeVerifier: string }) => Promise<TokenGrant>;
  /**
   * A new pair for the old one, which dies with it. Never repeated here: a refresh token works once, so after an error
   * only what is stored can say whether it still does.
   * @throws {FeishuError} `BAD_CREDENTIALS` for a code no table lists.
   */
  refresh: (refreshToken: string) => Promise<TokenGrant>;
  /** Who the token acts for. */
  userInfo: (accessToken: string) => Promise<{ openId: string; name: string }>;
};

/** The least that a lifetime is taken for, and the most; what Feishu usually grants stands in for a value that is no number. */
type Bounds = { least: number; most: number; usual: number };

/** An access token believed to live longer than it does is rejected and replaced; one believed shorter is only replaced too often. */
const accessSeconds: Bounds = { least: 1200, most: 86_400, usual: 7200 };
const refreshSeconds: Bounds = { least: 86_400, most: 365 * 86_400, usual: 604_800 };

const lifetime = (value: unknown, { least, most, usual }: Bounds): number => {
  const seconds = typeof value === 'string' ? Number.parseFloat(value) : value;
  if (typeof seconds !== 'number' || Number.isNaN(seconds)) return usual;
  return Math.floor(Math.min(Math.max(seconds, least), most));
};

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.unknown().optional(),
  refresh_token: z.string().nullish(),
  refresh_token_expires_in: z.unknown().optional(),
  scope: z.string().catch(''),
});

const userAnswer = z.object({ data: z.object({ open_id: z.string().min(1), name: z.string().catch('') }) });

const authorizePath = '/open-apis/authen/v1/authorize';
const tokenPath = '/open-apis/authen/v2/oauth/token';
const userInfoPath = '/open-apis/authen/v1/user_info';

/** The reader of an answer whose call began at a moment: lifetimes count from there, so they never end later than Feishu's. */
const grantOf = (answer: Answer, askedAt: number): TokenGrant => {
  const granted = readAnswer(tokenAnswer, answer);
  return {
    accessToken: granted.access_token,
    accessTokenExpiresAt: askedAt + lifetime(granted.expires_in, accessSeconds),
    refreshToken: granted.refresh_token ?? '',
    refreshTokenExpiresAt: askedAt + lifetime(granted.refresh_token_expires_in, refreshSeconds),
    scope: granted.scope,
  };
};

/** Feishu refused the app, the secret or the token with a code no table lists: state a person can mend, never a job's failure. */
const badCredentials = (error: unknown): never => {
  if (!(error instanceof FeishuError) || error.kind !== 'never') throw error;
  const { message, feishuCode } = error;
  throw new FeishuError('BAD_CREDENTIALS', message, feishuCode === null ? {} : { feishuCode });
};

const accountsHost = (accountsUrl: string): URL => {
  if (!isHost(accountsUrl)) throw new Error(`FEISHU_ACCOUNTS_URL ${hostForm}`);
  return new URL(accountsUrl);
};

/**
 * Feishu's OAuth 2.0, called by `exchange` as every other address of Feishu is. oauth4webapi cannot do it safely here: it
 * reads the cause of a failure only from 4xx bodies, and Feishu also says 500 and 503; it throws an answer away for a
 * lifetime or token type it does not like, when the old refresh token is already spent; and its errors carry the whole
 * answer, tokens included.
 * @throws {FeishuError} from every call. No error holds a token, a code or the secret.
 * @see https://open.feishu.cn/document/authentication-management/access-token/get-user-access-token
 * @see https://open.feishu.cn/document/authentication-management/access-token/refresh-user-access-token
 */
export const createOAuth = ({
  baseUrl,
  accountsUrl,
  clientId,
  clientSecret,
  clock,
  dispatcher,
}: {
  baseUrl: string;
  accountsUrl: string;
  clientId: string;
  clientSecret: string;
  clock: Pick<Clock, 'now'>;
  dispatcher?: Dispatcher;
}): OAuth => {
  const host = feishuHost(baseUrl);
  const accounts = accountsHost(accountsUrl);

  const grant = async (fields: Record<string, string>): Promise<TokenGrant> => {
    const askedAt = Math.floor(clock.now() / 1000);
    const url = new URL(tokenPath, host);
    const json = { ...fields, client_id: clientId, client_secret: clientSecret };
    return grantOf(await exchange({ method: 'POST', url, json, timeoutMs: attemptMs, dispatcher }), askedAt);
  };

  return {
    authorizeUrl: ({ redirectUri, scopes, state, codeChallenge }) => {
      const url = new URL(authorizePath, accounts);
      url.search = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        ...(scopes.length > 0 && { scope: scopes.join(' ') }),
        state,
        code_challenge: codeChallenge,
        code_challenge_method: 'S256',
      }).toString();
      return url;
    },
    exchangeCode: ({ code, redirectUri, codeVerifier }) =>
      grant({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier }),
    refresh: async (refreshToken) => {
      const pair = await grant({ grant_type: 'refresh_token', refresh_token: refreshToken }).catch(badCredentials);
      if (pair.refreshToken === '')
        throw new FeishuError('REFRESH_NOT_ENABLED', `${tokenPath}: no new refresh token was given`);
      return pair;
    },
    userInfo: async (accessToken) => {
      const url = new URL(userInfoPath, host);
      const headers = { authorization: `Bearer ${accessToken}` };
      const answer = await exchange({ method: 'GET', url, headers, timeoutMs: attemptMs, dispatcher });
      const { open_id: openId, name } = readAnswer(userAnswer, answer).data;
      return { openId, name };
    },
  };
};
