import type { TokenGrant } from '../src/feishu/oauth.ts';
import { type Answer, type Seen, startServer } from './feishu/server.ts';

type Pair = { access: string; accessUntil: number; refresh: string; refreshUntil: number };

/** A misbehaviour for one request; `commit` does what an undisturbed request would have done and gives its answer. */
export type Fault = (commit: () => Answer) => Answer;

/** Hours for an access token, days for a refresh token, as Feishu usually grants them. */
const accessSeconds = 7200;
const refreshSeconds = 7 * 86_400;

export const refusal = (code: number, status = 400): Answer => ({
  status,
  json: { code, error: 'invalid_grant', error_description: 'canary-person has canary-token' },
});

/** The answer is lost after the endpoint has done its work. */
export const loseAnswer: Fault = (commit) => {
  commit();
  return (response) => response.destroy();
};

/**
 * The token endpoint on loopback: a refresh token works once, and the old pair dies with it. Other paths are handed to
 * `serve` when the access token lives, and refused otherwise.
 * @param now Unix seconds.
 */
export const startTokenEndpoint = async ({
  now = () => 0,
  serve = () => ({ status: 404, raw: '' }),
  rejectWith = { status: 400, json: { code: 99991663, msg: 'token invalid' } },
}: {
  now?: () => number;
  serve?: (seen: Seen) => Answer;
  rejectWith?: Answer;
} = {}) => {
  let pairs = 0;
  let live: Pair | null = null;
  let asked = 0;
  let granted = 0;
  const faults: Fault[] = [];

  const next = (): Pair => {
    pairs += 1;
    live = {
      access: `canary-access-${pairs}`,
      accessUntil: now() + accessSeconds,
      refresh: `canary-refresh-${pairs}`,
      refreshUntil: now() + refreshSeconds,
    };
    return live;
  };
  const isLive = (accessToken: string) => live?.access === accessToken && now() < live.accessUntil;

  const refresh = (refreshToken: string): Answer => {
    if (refreshToken !== live?.refresh) return refusal(/^canary-refresh-\d+$/.test(refreshToken) ? 20073 : 20026);
    if (now() >= live.refreshUntil) return refusal(20037);
    granted += 1;
    const { access, refresh: refresh_token } = next();
    const lifetimes = { expires_in: accessSeconds, refresh_token_expires_in: refreshSeconds };
    return { json: { code: 0, access_token: access, refresh_token, ...lifetimes, token_type: 'Bearer', scope: 's' } };
  };

  const server = await startServer((seen) => {
    if (seen.path !== '/open-apis/authen/v2/oauth/token')
      return isLive(seen.headers.authorization?.replace('Bearer ', '') ?? '') ? serve(seen) : rejectWith;
    asked += 1;
    const commit = () => refresh((JSON.parse(seen.body) as { refresh_token: string }).refresh_token);
    return faults.shift()?.(commit) ?? commit();
  });

  return {
    ...server,
    isLive,
    /** Refresh calls that arrived, and those that were answered with a new pair. */
    counts: () => ({ asked, granted }),
    /** Misbehaves on the next refresh calls, one fault each. */
    misbehave: (...next: readonly Fault[]) => faults.push(...next),
    /** The access token dies, the refresh token does not. */
    rejectAccess: () => {
      if (live) live.accessUntil = 0;
    },
    /** What a person's consent gives. */
    consent: (): TokenGrant => {
      const { access, accessUntil, refresh, refreshUntil } = next();
      return {
        accessToken: access,
        accessTokenExpiresAt: accessUntil,
        refreshToken: refresh,
        refreshTokenExpiresAt: refreshUntil,
        scope: 's',
      };
    },
  };
};

export type TokenEndpoint = Awaited<ReturnType<typeof startTokenEndpoint>>;
