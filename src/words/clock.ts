/** Seconds as `1:05:09`, for sentences. */
export const clock = (seconds: number): string => {
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
};

const two = (count: number): string => (count < 10 ? `0${count}` : String(count));
