import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, offsetSeconds, parseTime, wallClock } from '../../src/domain/zone.ts';

const utc = (iso: string): number => Date.parse(iso) / 1000;
const HOUR = 3600;

describe('V4 wall clocks', () => {
  it.each<[string, string, string, number]>([
    ['Asia/Shanghai', '2026-11-16T01:00:00Z', '2026-11-16 09:00:00', 8 * HOUR],
    ['UTC', '2026-11-16T01:00:00Z', '2026-11-16 01:00:00', 0],
    ['Asia/Kathmandu', '2026-11-16T01:00:00Z', '2026-11-16 06:45:00', 5.75 * HOUR],
    ['America/St_Johns', '2026-11-16T01:00:00Z', '2026-11-15 21:30:00', -3.5 * HOUR],
    ['America/New_York', '2026-11-01T05:59:59Z', '2026-11-01 01:59:59', -4 * HOUR],
    ['America/New_York', '2026-11-01T06:00:00Z', '2026-11-01 01:00:00', -5 * HOUR],
    ['Asia/Shanghai', '2028-02-28T16:00:00Z', '2028-02-29 00:00:00', 8 * HOUR],
    ['Asia/Shanghai', '2026-12-31T15:59:59Z', '2026-12-31 23:59:59', 8 * HOUR],
  ])('%s at %s', (zone, moment, wall, offset) => {
    expect(wallClock(zone, utc(moment))).toBe(wall);
    expect(dayOf(zone, utc(moment))).toBe(wall.slice(0, 10));
    expect(offsetSeconds(zone, utc(moment))).toBe(offset);
  });

  it('stay right past the size of the cache', () => {
    const start = utc('2026-01-01T00:00:00Z');
    const moments = Array.from({ length: 12_000 }, (_, quarter) => start + quarter * 900);
    expect(new Set(moments.map((moment) => offsetSeconds('Asia/Shanghai', moment)))).toEqual(new Set([8 * HOUR]));
  });

  it('refuse a zone that does not exist', () => {
    expect(() => wallClock('Asia/Nowhere', 0)).toThrow(RangeError);
  });
});

describe('V4 reading a time', () => {
  it.each<[string, string, string]>([
    ['a day is its midnight', '2026-11-01', '2026-10-31T16:00:00Z'],
    ['minutes', '2026-11-01T09:30', '2026-11-01T01:30:00Z'],
    ['seconds', '2026-11-01T09:30:15', '2026-11-01T01:30:15Z'],
    ['fractions are dropped', '2026-11-01T09:30:15.999', '2026-11-01T01:30:15Z'],
    ['its own offset Z', '2026-11-01T09:30:15.000Z', '2026-11-01T09:30:15Z'],
    ['its own offset in hours and minutes', '2026-11-01T09:30-03:30', '2026-11-01T13:00:00Z'],
    ['a leap day', '2028-02-29', '2028-02-28T16:00:00Z'],
  ])('%s', (_, text, moment) => {
    expect(parseTime('Asia/Shanghai', text)).toBe(utc(moment));
  });

  it.each([
    '',
    'tomorrow',
    '2026-11',
    '2026-1-1',
    '20261101',
    '2026-02-30',
    '2027-02-29',
    '2026-13-01',
    '2026-00-01',
    '2026-11-01T24:00',
    '2026-11-01T09',
    '2026-11-01T09:60',
    '2026-11-01T09:30:60',
    '2026-11-01 09:30',
    '2026-11-01T09:30+25:00',
    '2026-11-01T09:30+0800',
    ' 2026-11-01',
    '2026-11-01Z',
  ])('refuses %j', (text) => {
    expect(parseTime('Asia/Shanghai', text)).toBeNull();
  });

  it.each<[string, string, string, string]>([
    ['before clocks go forward', 'America/New_York', '2026-03-08T01:59:59', '2026-03-08T06:59:59Z'],
    ['skipped: as if clocks had not gone forward yet', 'America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00Z'],
    ['after clocks went forward', 'America/New_York', '2026-03-08T03:00', '2026-03-08T07:00:00Z'],
    ['before clocks go back', 'America/New_York', '2026-11-01T00:59:59', '2026-11-01T04:59:59Z'],
    ['twice: the first', 'America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00Z'],
    ['after clocks went back', 'America/New_York', '2026-11-01T02:00', '2026-11-01T07:00:00Z'],
    ['a skipped midnight: the first moment of the day', 'Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['half an hour twice: the first', 'Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00Z'],
  ])('%s', (_, zone, text, moment) => {
    expect(parseTime(zone, text)).toBe(utc(moment));
  });

  it('finds back every moment, or the first of two with the same wall clock', () => {
    const zone = fc.constantFrom(
      'Asia/Shanghai',
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Asia/Kathmandu',
    );
    const moment = fc.integer({ min: utc('2000-01-01T00:00:00Z'), max: utc('2037-01-01T00:00:00Z') });
    fc.assert(
      fc.property(zone, moment, (timeZone, unixSeconds) => {
        const wall = wallClock(timeZone, unixSeconds);
        const found = parseTime(timeZone, wall.replace(' ', 'T')) ?? Number.NaN;
        expect(wallClock(timeZone, found)).toBe(wall);
        expect(found).toBeLessThanOrEqual(unixSeconds);
      }),
      { numRuns: 2000 },
    );
  });
});
