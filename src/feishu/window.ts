import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';

/** Waits until one more call of a path may start. */
export type RateWindow = { take: (path: string, deadlineAt: number) => Promise<void> };

/**
 * Calls a minute that one worker takes: half of Feishu's 100, for two workers run at once. Of meeting_list one less, for
 * the reconciler and people ask it too.
 */
const limitOf = (path: string): number => (path.endsWith('/meeting_list') ? 49 : 50);
/** Feishu's minute, and half a second for calls that overtake each other on the way. */
const spanMs = 60_500;

/**
 * A sliding window over the starts of calls, one for each API path, first come first served.
 * A timer planned ahead for every call (as p-throttle does, in strict mode too) goes wrong on a Lambda: frozen between two
 * events, all timers that fell due meanwhile fire together at the thaw. Here nothing is planned. A taker looks at the wall
 * clock, and again after every sleep; a start counts from the moment it really happens.
 * @throws {FeishuError} `RATE_LIMITED` with `waitSeconds` when the next slot opens after `deadlineAt`, without waiting for it.
 */
export const createRateWindow = (clock: Clock): RateWindow => {
  const lanes = new Map<string, { starts: number[]; tail: Promise<void> }>();

  const slot = async (
    starts: number[],
    { limit, deadlineAt }: { limit: number; deadlineAt: number },
  ): Promise<void> => {
    for (;;) {
      const now = clock.now();
      const oldest = starts.at(-limit);
      if (oldest === undefined || oldest + spanMs <= now) {
        starts.push(now);
        if (starts.length > limit) starts.shift();
        return;
      }
      const waitMs = oldest + spanMs - now;
      if (now + waitMs >= deadlineAt) {
        const waitSeconds = Math.ceil(waitMs / 1000);
        throw new FeishuError('RATE_LIMITED', `all ${limit} calls of this minute are taken`, { waitSeconds });
      }
      await clock.sleep(waitMs);
    }
  };

  return {
    take: (path, deadlineAt) => {
      const lane = lanes.get(path) ?? { starts: [], tail: Promise.resolve() };
      lanes.set(path, lane);
      const turn = lane.tail.then(() => slot(lane.starts, { limit: limitOf(path), deadlineAt }));
      lane.tail = turn.catch(() => {});
      return turn;
    },
  };
};
