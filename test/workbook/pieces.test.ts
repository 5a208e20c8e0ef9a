import { expect, it } from 'vitest';
import { piecesOf } from '../../src/workbook/pieces.ts';

it('carries every letter once, in order, about 256 KB at a time', () => {
  const strings = Array.from({ length: 20_000 }, (_, index) => `${index};会😀`.padEnd(50));
  let bytes = Buffer.alloc(0);
  const lengths: number[] = [];
  for (const piece of piecesOf(strings)) {
    bytes = Buffer.concat([bytes, piece]);
    lengths.push(piece.length);
  }
  expect(bytes.toString()).toBe(strings.join(''));
  expect(lengths).toHaveLength(Math.ceil(bytes.length / 262_144));
});

it('takes a string longer than a piece, and none', () => {
  const lengths = [...piecesOf(['a', '会'.repeat(1_000_000), 'b'])].map((piece) => piece.length);
  expect(lengths).toEqual([1, 3_000_000, 1]);
  expect([...piecesOf([])]).toEqual([]);
});
