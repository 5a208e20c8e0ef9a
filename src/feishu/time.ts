const dateTime =
  /^([12]\d{3})[./-](\d\d?)[./-](\d\d?)[ T](\d\d?):([0-5]\d):([0-5]\d) ?\(?(?:GMT|UTC)?([+-])(\d\d?)(?::?([0-5]\d))?\)?$/;
const duration = /^(\d+):([0-5]\d):([0-5]\d)$/;

/** Unix seconds of a wall-clock time with its offset, NaN for one that cannot be, such as 30 February or GMT+25. */
const moment = (match: RegExpExecArray): number => {
  const [, year, month, day, hour, minute, second, sign, offsetHour, offsetMinute] = match;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = Number(offsetHour) * 3600 + Number(offsetMinute ?? 0) * 60;
  // A day that its month does not have rolls over into the next one, and so becomes another day.
  const exists =
    Number(month) >= 1 && Number(month) <= 12 && Number(hour) <= 23 && new Date(utc).getUTCDate() === Number(day);
  return exists && offset <= 14 * 3600 ? utc / 1000 - (sign === '-' ? -offset : offset) : Number.NaN;
};

const seconds = (text: string): number => {
  const match = dateTime.exec(text);
  if (match) return moment(match);
  if (/^\d{10}$/.test(text)) return Number(text);
  return /^\d{13}$/.test(text) ? Math.floor(Number(text) / 1000) : Number.NaN;
};

/** Most of a large meeting joins and leaves within few thousand seconds, so what was read once is not read again. */
const remembering = (read: (text: string) => number | null): ((text: string) => number | null) => {
  const known = new Map<string, number | null>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    if (known.size >= 10_000) known.clear();
    known.set(text, value);
    return value;
  };
};

/**
 * `2022.12.23 11:16:59 (GMT+08:00)` → Unix seconds. Also takes other date separators, short offsets, and bare Unix
 * seconds (10 digits) or milliseconds (13 digits).
 * @returns null for nothing (`''`, `-`, `0`), for a time without an offset, and for one that cannot be.
 */
export const parseFeishuTime = remembering((text) => {
  const value = seconds(text.trim());
  return value > 0 ? value : null;
});

/** `H…H:MM:SS` with any number of hour digits → whole seconds, at most as many as can be counted exactly; null for anything else. */
export const parseDuration = remembering((text) => {
  const match = duration.exec(text.trim());
  if (!match) return null;
  const value = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return Math.min(value, Number.MAX_SAFE_INTEGER);
});
