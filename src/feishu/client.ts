import type { Dispatcher } from 'undici';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import { attemptMs, exchange } from './exchange.ts';
import { feishuHost } from './host.ts';
import type { TokenSource } from './tokens.ts';
import { createRateWindow, type RateWindow } from './window.ts';

export type FeishuClient = {
  /**
   * One call, repeated until it is answered, cannot be, or its time is up.
   * @param options.deadlineAt Milliseconds of the clock; no attempt outlives it (a token that must be fetched first may).
   * @returns The whole answer `{code: 0, msg, data}`.
   * @throws {FeishuError} of kind `retry` when time or attempts are spent, never `refresh`.
   */
  get: (path: string, options: { query: Query; deadlineAt: number }) => Promise<unknown>;
};

/** Values that are undefined or '' are left out. */
type Query = Record<string, string | number | boolean | undefined>;

const maxAttempts = 5;
const backoffMs = 500;

/** Milliseconds to wait before the next attempt: what Feishu asked for, and full jitter that doubles each time. */
const pause = (error: FeishuError, attempt: number, clock: Clock): number =>
  (error.waitSeconds ?? 0) * 1000 + clock.random() * backoffMs * 2 ** attempt;

const address = (host: URL, path: string, query: Query): URL => {
  const url = new URL(path, host);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
  }
  return url;
};

/**
 * Calls Feishu with a token, inside the rate window.
 * A rejected token is replaced once; when the next is rejected too, a person is needed.
 */
export const createFeishuClient = ({
  baseUrl,
  tokens,
  clock,
  window = createRateWindow(clock),
  dispatcher,
  onRefusal = () => {},
}: {
  baseUrl: string;
  tokens: TokenSource;
  clock: Clock;
  window?: RateWindow;
  dispatcher?: Dispatcher;
  /** Told of every attempt that failed, also of those that are repeated. */
  onRefusal?: (error: FeishuError) => void;
}): FeishuClient => {
  const host = feishuHost(baseUrl);

  const attempt = async (url: URL, deadlineAt: number): Promise<unknown> => {
    // The token comes first, so that the call starts in the moment its slot is counted.
    const token = await tokens.get();
    await window.take(url.pathname, deadlineAt);
    const leftMs = deadlineAt - clock.now();
    if (leftMs <= 0) throw new FeishuError('DEADLINE', `${url.pathname}: no time left to call`);
    try {
      const headers = { authorization: `Bearer ${token}` };
      const timeoutMs = Math.ceil(Math.min(leftMs, attemptMs));
      return await exchange({ method: 'GET', url, headers, timeoutMs, dispatcher });
    } catch (error) {
      if (error instanceof FeishuError && error.kind === 'refresh') tokens.invalidate(token);
      throw error;
    }
  };

  const get: FeishuClient['get'] = async (path, { query, deadlineAt }) => {
    const url = address(host, path, query);
    let rejected = false;
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(url, deadlineAt);
      } catch (error) {
        if (!(error instanceof FeishuError)) throw error;
        onRefusal(error);
        if (error.kind === 'refresh') {
          if (rejected) throw authoriseAgain(error);
          rejected = true;
          continue;
        }
        const waitMs = pause(error, tries, clock);
        if (error.kind !== 'retry' || tries >= maxAttempts || clock.now() + waitMs >= deadlineAt) throw error;
        await clock.sleep(waitMs);
      }
    }
  };

  return { get };
};

const authoriseAgain = ({ feishuCode, message }: FeishuError): FeishuError =>
  new FeishuError('AUTHORISE_AGAIN', `${message}, for a fresh token too`, feishuCode === null ? {} : { feishuCode });
