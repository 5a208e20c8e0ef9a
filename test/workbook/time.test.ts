import { expect, it } from 'vitest';
import { duration, momentIn } from '../../src/workbook/time.ts';

const HOUR = 3600;

it.each([
  ['nothing', 0, 0],
  ['a day', 24 * HOUR, 1],
  ['the longest that its column shows', 10_000 * HOUR - 1, (10_000 * HOUR - 1) / (24 * HOUR)],
  ['a longer one, in words instead of ####', 10_000 * HOUR, '10000:00:00'],
  ['one longer than Excel can count', 99_999_999 * HOUR, '99999999:00:00'],
])('a duration of %s', (_, seconds, value) => expect(duration(seconds)).toBe(value));

it('every second of a day is less than a thousandth of a second beside its serial number', () => {
  const at = momentIn('Asia/Kathmandu');
  const start = Date.UTC(2026, 10, 16) / 1000 - 5.75 * HOUR;
  const beside = Array.from({ length: 24 * HOUR }, (_, second) =>
    Math.abs(((at(start + second) ?? Number.NaN) - 46_342) * 24 * HOUR - second),
  );
  expect(beside.filter((seconds) => !(seconds < 0.001))).toEqual([]);
});
