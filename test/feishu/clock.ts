import type { Clock } from '../../src/feishu/clock.ts';

/** A clock that only moves when somebody sleeps; the jitter is always half of its range. */
export const virtualClock = (startSeconds = 1_700_000_000): Clock & { slept: number[] } => {
  let now = startSeconds * 1000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
    random: () => 0.5,
  };
};
