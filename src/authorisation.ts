import type { TokenGrant } from './feishu/oauth.ts';
import type { TokenSource } from './feishu/tokens.ts';
import { createRefresher, type RefresherDeps } from './refresher.ts';
import { authorisedSeconds, type StoredTokens, type UserTokens } from './store/authorisation.ts';
import type { Connection } from './store/connection.ts';

export type Authorisation = {
  /** @throws {FeishuError} of kind `person` when somebody must authorise, of kind `retry` when the stores cannot be reached. */
  tokens: TokenSource;
  /** Stores what a person has just granted, and ends every wait for it. */
  connect: (grant: TokenGrant, person: { openId: string; name: string }) => Promise<void>;
  /** What was last known; null before anybody connected. */
  status: () => Promise<Connection | null>;
  /**
   * Refreshes ahead of need, so that a quiet week does not outlast the refresh token. To be run daily.
   * @returns Days until a person must authorise again, the broken one included.
   * @throws {FeishuError} as `tokens.get` does.
   */
  keepAlive: () => Promise<{ daysLeft: number }>;
};

const day = 86_400;
const warnDays = 30;

/** Days until the authorisation ends, the broken one included; 0 or less when it has ended. Both moments are Unix seconds. */
export const daysLeft = (authorizedAt: number, now: number): number =>
  Math.ceil((authorizedAt + authorisedSeconds - now) / day);

/**
 * The one user's authorisation, kept alive for a year. `get` refreshes when the access token has ended or was rejected,
 * `keepAlive` from half its life on. So a day of constant use writes the secret 12 times (7200 s each), and once more by
 * the daily schedule; refreshing at half-life in `get` would double that for nothing, as nobody waits longer than one
 * refresh takes. Secrets Manager wants no more than one write in ten minutes.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html
 */
export const createAuthorisation = (deps: RefresherDeps): Authorisation => {
  const { clock, connections, log } = deps;
  const { renew, replace } = createRefresher(deps);
  /** What `get` hands out. */
  let kept: StoredTokens | null = null;
  /** The access token that Feishu rejected last. */
  let rejected: string | null = null;
  let renewing: Promise<StoredTokens> | null = null;

  const seconds = (): number => Math.floor(clock.now() / 1000);
  const lives = ({ accessToken, accessTokenExpiresAt }: UserTokens): boolean =>
    accessToken !== rejected && seconds() < accessTokenExpiresAt;
  const isYoung = (tokens: UserTokens): boolean =>
    lives(tokens) && seconds() < (tokens.refreshedAt + tokens.accessTokenExpiresAt) / 2;

  return {
    tokens: {
      get: async () => {
        if (kept === null || !lives(kept.tokens)) {
          renewing ??= renew(lives).finally(() => {
            renewing = null;
          });
          kept = await renewing;
        }
        return kept.tokens.accessToken;
      },
      invalidate: (token) => {
        if (kept?.tokens.accessToken !== token) return;
        rejected = token;
        kept = null;
      },
    },
    connect: async (grant, { openId, name }) => {
      const now = seconds();
      const tokens = { ...grant, authorizedAt: now, refreshedAt: now, openId, name };
      kept = await replace(tokens);
      log('authorisation.connected', {});
    },
    status: connections.get,
    keepAlive: async () => {
      kept = await renew(isYoung);
      const left = daysLeft(kept.tokens.authorizedAt, seconds());
      if (left <= warnDays) log('authorisation.expiring', { daysLeft: left });
      return { daysLeft: left };
    },
  };
};
