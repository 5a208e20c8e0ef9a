import { offsetSeconds } from '../domain/zone.ts';

const SECONDS_A_DAY = 86_400;
/** Serial number of 1970-01-01 in Excel's count of days. */
const EPOCH_SERIAL = 25_569;

/** A duration as the fraction of a day that Excel's `[h]:mm:ss` shows. */
export const duration = (seconds: number): number => seconds / SECONDS_A_DAY;

/** Unix seconds → Excel's serial number of the wall-clock time in the zone; null stays null. */
export const momentIn =
  (timeZone: string) =>
  (unixSeconds: number | null): number | null =>
    unixSeconds === null ? null : EPOCH_SERIAL + (unixSeconds + offsetSeconds(timeZone, unixSeconds)) / SECONDS_A_DAY;
