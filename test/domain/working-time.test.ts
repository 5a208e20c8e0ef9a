import { describe, expect, it } from 'vitest';
import { isWorkingTime } from '../../src/domain/working-time.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;

describe('V4 a working day', () => {
  it.each<[string, string, string, boolean]>([
    ['begins at nine', 'Asia/Shanghai', '2026-11-16T09:00:00+08:00', true],
    ['and not a second before', 'Asia/Shanghai', '2026-11-16T08:59:59+08:00', false],
    ['lasts to the second before six', 'Asia/Shanghai', '2026-11-16T17:59:59+08:00', true],
    ['and not to six', 'Asia/Shanghai', '2026-11-16T18:00:00+08:00', false],
    ['is Friday', 'Asia/Shanghai', '2026-11-20T12:00:00+08:00', true],
    ['is not Saturday', 'Asia/Shanghai', '2026-11-21T12:00:00+08:00', false],
    ['is not Sunday', 'Asia/Shanghai', '2026-11-22T12:00:00+08:00', false],
    ['is the zone’s Friday, though Saturday in UTC', 'America/Los_Angeles', '2026-11-21T00:30:00Z', true],
    ['is the zone’s Monday, though Sunday in UTC', 'Pacific/Auckland', '2026-11-15T21:00:00Z', true],
    ['follows summer time', 'Europe/Berlin', '2026-07-01T07:00:00Z', true],
    ['and winter time', 'Europe/Berlin', '2026-11-16T07:30:00Z', false],
  ])('%s: %s %s', (_, zone, moment, working) => {
    expect(isWorkingTime(zone, at(moment))).toBe(working);
  });

  it('has eighteen half hours', () => {
    const midnight = at('2026-11-16T00:00:00+08:00');
    const runs = Array.from({ length: 48 }, (_, n) => midnight + n * 1800 + 600);
    expect(runs.filter((run) => isWorkingTime('Asia/Shanghai', run))).toHaveLength(18);
  });
});
