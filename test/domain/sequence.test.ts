import { expect, it } from 'vitest';
import { between, countOf, mapped } from '../../src/domain/sequence.ts';

const five = [1, 2, 3, 4, 5];

it('maps each time anew, with positions', () => {
  const doubled = mapped(five, (thing, index) => thing * 10 + index);
  expect([doubled.length, ...doubled, ...doubled]).toEqual([5, 10, 21, 32, 43, 54, 10, 21, 32, 43, 54]);
});

it.each([
  [0, 2, [1, 2]],
  [2, 4, [3, 4]],
  [4, 9, [5]],
  [5, 9, []],
  [7, 9, []],
])('from %i up to %i', (from, to, things) => {
  const part = between(five, from, to);
  expect([part.length, ...part]).toEqual([things.length, ...things]);
});

it('counts', () => expect(countOf(five, (thing) => thing > 3)).toBe(2));
