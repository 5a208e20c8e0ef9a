import { describe, expect, it } from 'vitest';
import { agree, waitAfter } from '../../src/feishu/again.ts';

const endsAt = 1_700_000_000;
const waited = (firstAt: number, elapsed: number) =>
  waitAfter({ endsAt }, { firstAt: endsAt + firstAt, at: endsAt + firstAt + elapsed });

describe('F7 the next read', () => {
  it.each([
    ['the first read', 0, 120],
    ['a second in time', 120, 180],
    ['a second that came a little late', 130, 170],
    ['a second so late that the third would follow too soon', 290, 120],
    ['a third', 300, 600],
    ['a fourth', 900, 2700],
    ['a read one second before the last', 3599, 120],
    ['the last', 3600, null],
    ['one that came a day late', 86_400, null],
  ])('after %s', (_, elapsed, wait) => expect(waited(10, elapsed)).toBe(wait));

  it.each([
    ['settled by a second', 3600, 300, null],
    ['not settled by a second', 3599, 300, 600],
  ])('of a meeting that had %s when first read', (_, firstAt, elapsed, wait) =>
    expect(waited(firstAt, elapsed)).toBe(wait),
  );
});

describe('two reads', () => {
  const read = (at: number, fingerprint = 'a') => ({ at, rows: 1, people: 1, calls: 2, fingerprint });

  it.each([
    ['two minutes apart', read(0), read(120), false, true],
    ['a second less apart', read(0), read(119), false, false],
    ['at once, when it is late', read(0), read(0), true, true],
    ['that differ', read(0), read(120, 'b'), true, false],
    ['of which the first is missing', undefined, read(0), true, false],
  ])('%s', (_, earlier, later, late, same) => expect(agree(earlier, later, { late })).toBe(same));
});
