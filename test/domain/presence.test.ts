import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certainSeconds, possibleSeconds, type Span } from '../../src/domain/presence.ts';

const span = (from: number, to: number, seconds: number): Span => ({ from, to, atLeast: seconds, atMost: seconds });
const bounds = (spans: readonly Span[]) => ({ certain: certainSeconds(spans), possible: possibleSeconds(spans) });

describe('V2 presence is a union of devices, never their sum', () => {
  it.each<[string, [number, number, number][], number, number]>([
    ['one row', [[0, 60, 45]], 45, 45],
    [
      'two full spans apart',
      [
        [0, 30, 30],
        [40, 60, 20],
      ],
      50,
      50,
    ],
    [
      'two full spans that overlap',
      [
        [0, 60, 60],
        [30, 90, 60],
      ],
      90,
      90,
    ],
    [
      'two halves of one span',
      [
        [0, 60, 30],
        [0, 60, 30],
      ],
      30,
      60,
    ],
    [
      'two spans that overlap in part',
      [
        [0, 60, 40],
        [30, 90, 40],
      ],
      50,
      80,
    ],
    [
      'a row inside a full span',
      [
        [0, 60, 60],
        [10, 50, 20],
      ],
      60,
      60,
    ],
    [
      'the same full span twice and one more',
      [
        [0, 10, 10],
        [0, 10, 10],
        [5, 20, 15],
      ],
      20,
      20,
    ],
    ['nothing', [], 0, 0],
    ['an empty span', [[5, 5, 0]], 0, 0],
  ])('%s', (_, rows, certain, possible) => {
    expect(bounds(rows.map(([from, to, minutes]) => span(from * 60, to * 60, minutes * 60)))).toEqual({
      certain: certain * 60,
      possible: possible * 60,
    });
  });

  it('counts a row of unknown length as anything from nothing to its span', () => {
    expect(bounds([{ from: 0, to: 60, atLeast: 0, atMost: 60 }])).toEqual({ certain: 0, possible: 60 });
  });
});

const SECONDS = 10;

const anySpan: fc.Arbitrary<Span> = fc
  .tuple(fc.nat(SECONDS), fc.nat(SECONDS), fc.nat(SECONDS), fc.nat(SECONDS))
  .map(([a, b, c, d]) => {
    const length = Math.abs(a - b);
    const [least, most] = [Math.min(c, d, length), Math.min(Math.max(c, d), length)];
    return { from: Math.min(a, b), to: Math.max(a, b), atLeast: least, atMost: most };
  });
const anySpans = fc.array(anySpan, { maxLength: 6 });

const ones = (mask: number): number => mask.toString(2).replaceAll('0', '').length;
const maskOf = ({ from, to }: Span): number => 2 ** to - 2 ** from;

/** The smallest set of seconds that gives every row what it needs, by trying all sets. */
const leastUnion = (spans: readonly Span[]): number =>
  Math.min(
    ...Array.from({ length: 2 ** SECONDS }, (_, mask) => mask)
      .filter((mask) => spans.every((row) => ones(mask & maskOf(row)) >= row.atLeast))
      .map(ones),
  );

/** Most seconds that can each be given to a row that may still take one, by augmenting paths. */
const greatestUnion = (spans: readonly Span[]): number => {
  const takers = spans.flatMap((row) => Array.from({ length: row.atMost }, () => row));
  const takenBy = new Map<number, number>();
  const augment = (taker: number, seen: Set<number>): boolean => {
    const row = takers[taker];
    for (let second = row?.from ?? 0; second < (row?.to ?? 0); second++) {
      if (seen.has(second)) continue;
      seen.add(second);
      const holder = takenBy.get(second);
      if (holder !== undefined && !augment(holder, seen)) continue;
      takenBy.set(second, taker);
      return true;
    }
    return false;
  };
  return takers.filter((_, taker) => augment(taker, new Set())).length;
};

describe('V2 bounds are exact, second by second', () => {
  it('certain is the smallest union', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        expect(certainSeconds(spans)).toBe(leastUnion(spans));
      }),
      { numRuns: 1000 },
    );
  });

  it('possible is the largest union', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        expect(possibleSeconds(spans)).toBe(greatestUnion(spans));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('F14 many rows of one person', () => {
  const ROWS = 20_000;
  const rows = (make: (index: number) => Span): Span[] => Array.from({ length: ROWS }, (_, index) => make(index));

  it.each<[string, Span[], number, number]>([
    ['apart', rows((i) => span(i * 10, i * 10 + 5, 5)), ROWS * 5, ROWS * 5],
    ['nested', rows((i) => span(i, 2 * ROWS - i, 1)), 1, ROWS],
    ['one second each in a common span', rows(() => span(0, ROWS / 2, 1)), 1, ROWS / 2],
    ['staircase', rows((i) => span(i, i + ROWS, ROWS / 2)), ROWS - 1, 2 * ROWS - 1],
    [
      'islands, then one row over all of them',
      [...rows((i) => span(i * 10, i * 10 + 5, 1)), span(0, ROWS * 10, ROWS)],
      ROWS,
      2 * ROWS,
    ],
  ])('%s', (_, spans, certain, possible) => {
    expect(bounds(spans)).toEqual({ certain, possible });
  });
});
