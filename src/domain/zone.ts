type Zone = { format: Intl.DateTimeFormat; offsets: Map<number, number> };

/** Since 1973 every zone has changed its offset only on a quarter of an hour, so one answer holds for that long. */
const QUARTER_HOUR = 900;
/** A meeting day has 96 quarters; past this many the cache starts anew. */
const CACHED_QUARTERS = 10_000;
const DAY = 86_400;

const zones = new Map<string, Zone>();

/**
 * Seconds to add to UTC to get wall-clock time in the zone at that moment, 1973 or later.
 * @throws {RangeError} when the platform does not know the zone.
 */
export const offsetSeconds = (timeZone: string, unixSeconds: number): number => {
  const { format, offsets } = zoneOf(timeZone);
  const quarter = Math.floor(unixSeconds / QUARTER_HOUR);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  if (offsets.size >= CACHED_QUARTERS) offsets.clear();
  const offset = readOffset(format, quarter * QUARTER_HOUR);
  offsets.set(quarter, offset);
  return offset;
};

/** `yyyy-mm-dd` of a moment in the zone. */
export const dayOf = (timeZone: string, unixSeconds: number): string => wallClock(timeZone, unixSeconds).slice(0, 10);

/** `yyyy-mm-dd hh:mm:ss` of a moment in the zone. */
export const wallClock = (timeZone: string, unixSeconds: number): string =>
  isoUtc(unixSeconds + offsetSeconds(timeZone, unixSeconds)).replace('T', ' ');

/**
 * Unix seconds of `yyyy-mm-dd` (midnight) or `yyyy-mm-ddThh:mm[:ss]` wall-clock time in the zone, or of an ISO time with
 * its own offset (`Z` or `+08:00`); null when unreadable. Where clocks are put back a time occurs twice: the first counts.
 * Where they are put forward a time is missing: it is read as if they were not yet, so 02:30 becomes 03:30 and a missing
 * midnight the day's first moment.
 */
export const parseTime = (timeZone: string, text: string): number | null => {
  const [, day, time, seconds = ':00', offset] = TIME.exec(text) ?? [];
  if (day === undefined) return null;
  const written = `${day}T${time ?? '00:00'}${seconds}`;
  const wall = Date.parse(`${written}Z`) / 1000;
  // Date.parse takes 30 February for 2 March and 24:00 for the next day.
  if (Number.isNaN(wall) || isoUtc(wall) !== written) return null;
  if (offset !== undefined) {
    const moment = Date.parse(`${written}${offset}`) / 1000;
    return Number.isNaN(moment) ? null : moment;
  }
  const before = wall - offsetSeconds(timeZone, wall - DAY);
  const after = wall - offsetSeconds(timeZone, wall + DAY);
  return [before, after].find((moment) => moment + offsetSeconds(timeZone, moment) === wall) ?? before;
};

const TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/;

const isoUtc = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);

const zoneOf = (timeZone: string): Zone => {
  const known = zones.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const zone = { format, offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
};

/** The format ends in `GMT+08:00`, or in plain `GMT` for UTC. */
const readOffset = (format: Intl.DateTimeFormat, unixSeconds: number): number => {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(format.format(unixSeconds * 1000)) ?? [];
  return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60);
};
