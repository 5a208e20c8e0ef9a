import type { Dispatcher } from 'undici';
import * as z from 'zod';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import { attemptMs, exchange } from './exchange.ts';
import { feishuHost } from './host.ts';
import { readAnswer } from './page.ts';

/** Where a client gets its token. `invalidate` says that Feishu rejected this one: the next `get` must not give it from a cache. */
export type TokenSource = { get: () => Promise<string>; invalidate: (token: string) => void };

const path = '/open-apis/auth/v3/tenant_access_token/internal';
const tokenAnswer = z.object({ tenant_access_token: z.string().min(1), expire: z.unknown().optional() });

/** Feishu's longest lifetime is two hours; one that makes no sense counts as a minute. */
const lifetimeSeconds = (expire: unknown): number => {
  const seconds = typeof expire === 'string' ? Number.parseFloat(expire) : expire;
  return typeof seconds === 'number' && seconds >= 60 ? Math.min(seconds, 7200) : 60;
};

/**
 * The app's own token, kept until half an hour before its end (half its life, if that is shorter): from then on Feishu
 * hands out a new one while both stay valid. Callers at the same time share one request.
 * @throws {FeishuError} from `get`: `BAD_CREDENTIALS` for a code no table lists, as the only input is app id and secret.
 * @see https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal
 */
export const tenantTokens = ({
  baseUrl,
  appId,
  appSecret,
  clock,
  dispatcher,
}: {
  baseUrl: string;
  appId: string;
  appSecret: string;
  clock: Clock;
  dispatcher?: Dispatcher;
}): TokenSource => {
  const url = new URL(path, feishuHost(baseUrl));
  let kept: { token: string; untilMs: number } | null = null;
  let asked: Promise<string> | null = null;

  const ask = async (): Promise<string> => {
    const askedAt = clock.now();
    const json = { app_id: appId, app_secret: appSecret };
    const answer = await exchange({ method: 'POST', url, json, timeoutMs: attemptMs, dispatcher }).catch(
      badCredentials,
    );
    const { tenant_access_token: token, expire } = readAnswer(tokenAnswer, answer);
    const seconds = lifetimeSeconds(expire);
    kept = { token, untilMs: askedAt + Math.max(seconds - 1800, seconds / 2) * 1000 };
    return token;
  };

  return {
    get: async () => {
      if (kept && clock.now() < kept.untilMs) return kept.token;
      asked ??= ask().finally(() => {
        asked = null;
      });
      return asked;
    },
    invalidate: (token) => {
      if (kept?.token === token) kept = null;
    },
  };
};

const badCredentials = (error: unknown): never => {
  if (!(error instanceof FeishuError) || error.code !== 'UNKNOWN' || error.feishuCode === null) throw error;
  throw new FeishuError('BAD_CREDENTIALS', error.message, { feishuCode: error.feishuCode });
};
