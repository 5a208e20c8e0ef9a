import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration, parseFeishuTime } from '../../src/feishu/time.ts';

describe('F13 a time of Feishu', () => {
  it.each([
    ['the documented form', '2022.12.23 11:16:59 (GMT+08:00)', 1671765419],
    ['the same moment elsewhere', '2022.12.23 00:46:59 (GMT-02:30)', 1671765419],
    ['an offset without minutes', '2022.12.23 11:16:59 (GMT+8)', 1671765419],
    ['dashes', '2022-12-23 11:16:59 (GMT+08:00)', 1671765419],
    ['slashes, one digit', '2022/1/2 3:04:05 (GMT+00:00)', 1641092645],
    ['ISO with an offset', '2022-12-23T11:16:59+08:00', 1671765419],
    ['spaces around', '  2022.12.23 11:16:59 (GMT+08:00) ', 1671765419],
    ['29 February of a leap year', '2024.02.29 00:00:00 (GMT+00:00)', 1709164800],
    ['seconds', '1671765419', 1671765419],
    ['milliseconds', '1671765419999', 1671765419],
  ])('%s is read', (_, text, seconds) => expect(parseFeishuTime(text)).toBe(seconds));

  it.each([
    ['nothing', ''],
    ['a dash', '-'],
    ['zero', '0'],
    ['ten zeros', '0000000000'],
    ['the moment zero', '1970.01.01 00:00:00 (GMT+00:00)'],
    ['no offset', '2022.12.23 11:16:59'],
    ['30 February', '2022.02.30 11:16:59 (GMT+08:00)'],
    ['29 February of no leap year', '2023.02.29 11:16:59 (GMT+08:00)'],
    ['month 0', '2022.00.10 11:16:59 (GMT+08:00)'],
    ['month 13', '2022.13.10 11:16:59 (GMT+08:00)'],
    ['day 0', '2022.12.00 11:16:59 (GMT+08:00)'],
    ['day 32', '2022.12.32 11:16:59 (GMT+08:00)'],
    ['hour 24', '2022.12.23 24:00:00 (GMT+08:00)'],
    ['minute 60', '2022.12.23 11:60:00 (GMT+08:00)'],
    ['second 60', '2022.12.23 11:59:60 (GMT+08:00)'],
    ['an offset of 15 hours', '2022.12.23 11:16:59 (GMT+15:00)'],
    ['the year 75', '0075.12.23 11:16:59 (GMT+08:00)'],
    ['eleven digits', '16717654190'],
    ['something after it', '2022.12.23 11:16:59 (GMT+08:00) or so'],
  ])('%s is no time', (_, text) => expect(parseFeishuTime(text)).toBeNull());

  it('every second of every offset comes back', () => {
    const moment = fc.record({
      seconds: fc.integer({ min: 1, max: 4_000_000_000 }),
      offset: fc.integer({ min: -14 * 60, max: 14 * 60 }),
    });
    fc.assert(
      fc.property(moment, ({ seconds, offset }) => {
        const wall = new Date((seconds + offset * 60) * 1000).toISOString();
        const sign = offset < 0 ? '-' : '+';
        const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
        const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
        const text = `${wall.slice(0, 10).replaceAll('-', '.')} ${wall.slice(11, 19)} (GMT${sign}${hours}:${minutes})`;
        expect(parseFeishuTime(text)).toBe(seconds);
      }),
    );
  });

  it('no text makes it throw or go below zero', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseFeishuTime(text) ?? 1).toBeGreaterThan(0);
        expect(parseDuration(text) ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('F13 a duration of Feishu', () => {
  it.each([
    ['00:01:52', 112],
    ['0:00:00', 0],
    ['23:59:59', 86399],
    ['100:00:01', 360001],
    ['1234567:00:00', 4444441200],
    ['9999999999999999:00:00', Number.MAX_SAFE_INTEGER],
    [`${'9'.repeat(400)}:00:00`, Number.MAX_SAFE_INTEGER],
  ])('%s is read', (text, seconds) => expect(parseDuration(text)).toBe(seconds));

  it.each(['', '-', '112', '01:52', '00:60:00', '00:00:60', '-0:00:01', '00:1:00', '1:00:00.5'])(
    '%j is no duration',
    (text) => expect(parseDuration(text)).toBeNull(),
  );
});
