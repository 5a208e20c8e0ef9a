import { offsetSeconds } from '../domain/zone.ts';
import { clock } from '../words/clock.ts';
import type { Value } from './rows.ts';

const SECONDS_A_DAY = 86_400;
/** Serial number of 1970-01-01 in Excel's count of days. */
const EPOCH_SERIAL = 25_569;

/** Seconds from which on a duration no longer fits its column. */
const TOO_LONG = 10_000 * 3600;

/** A duration as the fraction of a day that Excel's `[h]:mm:ss` shows; one of 10,000 hours or more as text, instead of ####. */
export const duration = (seconds: number): Value => (seconds < TOO_LONG ? seconds / SECONDS_A_DAY : clock(seconds));

/** Unix seconds → Excel's serial number of the wall-clock time in the zone; null stays null. */
export const momentIn =
  (timeZone: string) =>
  (unixSeconds: number | null): number | null =>
    unixSeconds === null ? null : EPOCH_SERIAL + (unixSeconds + offsetSeconds(timeZone, unixSeconds)) / SECONDS_A_DAY;
