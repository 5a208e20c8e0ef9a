import { expect, it } from 'vitest';
import { heightOf, linesOf } from '../../src/workbook/fit.ts';

it.each([
  ['nothing', '', 10, 1],
  ['a short word', 'Sales', 10, 1],
  ['Chinese letters that just fit', '研发中心', 9, 1],
  ['Chinese letters that do not, broken anywhere', '研发中心', 8, 2],
  ['words, broken at the space', 'aaaaaa bbbbbb', 12, 2],
  ['words of which the second takes lines of its own', 'aaa bbbbbbbbb cccc', 11, 3],
  ['one word longer than the column', 'a'.repeat(30), 11, 3],
  ['capitals, which are wider', 'A'.repeat(30), 11, 5],
  ['a name and its department in the width of their letters', 'Customer Success', 18, 1],
  ['lines of its own', 'a\nb\n\nc', 10, 4],
])('%s', (_, text, width, lines) => expect(linesOf(text, width)).toBe(lines));

it('rows grow with their lines up to the height Excel allows', () => {
  expect(heightOf(2)).toBeGreaterThan(heightOf(1));
  expect(heightOf(1000)).toBe(409);
});
