/** What Feishu takes of one API in any minute. */
export const callsPerMinute = 100;

/** @returns For a call of an API: the seconds to wait, or 0 when it still fits into this API's minute. */
export const createLimiter = (now: () => number): ((path: string) => number) => {
  const calls = new Map<string, number[]>();
  return (path) => {
    const recent = (calls.get(path) ?? []).filter((at) => at > now() - 60_000);
    calls.set(path, recent);
    if (recent.length >= callsPerMinute) return Math.ceil(((recent[0] ?? now()) + 60_000 - now()) / 1000);
    recent.push(now());
    return 0;
  };
};
