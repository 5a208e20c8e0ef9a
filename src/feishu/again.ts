import type { Meeting, Read } from '../domain/meeting.ts';

/** What is told of a meeting is believed only this long after its end. */
const settleSeconds = 3600;
/** When the list is read again, in seconds after the first read. */
const readAgainAfter = [120, 300, 900, 3600];
/** The same for a meeting that had settled before the first read. */
const readSettledAgainAfter = [120, 300];
/** A list that still grows shows it only in time. */
const apartSeconds = 120;

/** @param at Unix seconds. */
export const isSettled = (meeting: Pick<Meeting, 'endsAt'>, at: number): boolean =>
  at - meeting.endsAt >= settleSeconds;

/**
 * Seconds to wait after a read; null when it was the last.
 * @param firstAt Unix seconds of the first read, `at` of the one just made.
 */
export const waitAfter = (meeting: Pick<Meeting, 'endsAt'>, { firstAt, at }: { firstAt: number; at: number }) => {
  const offsets = isSettled(meeting, firstAt) ? readSettledAgainAfter : readAgainAfter;
  const next = offsets.find((offset) => offset > at - firstAt);
  return next === undefined ? null : Math.max(next - (at - firstAt), apartSeconds);
};

/** Whether two reads one after the other show a list at rest; `late`: when they need not lie apart. */
export const agree = (earlier: Read | undefined, read: Read, { late }: { late: boolean }): boolean =>
  earlier?.fingerprint === read.fingerprint && (late || read.at - earlier.at >= apartSeconds);
