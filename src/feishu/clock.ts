/** Time and chance as values, so that a test can run an hour in a millisecond. */
export type Clock = {
  /** Milliseconds since 1970 by the wall clock. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  /** At least 0, below 1. */
  random: () => number;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};
