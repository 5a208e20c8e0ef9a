import { describe, expect, it } from 'vitest';
import { chunked, columnName, rowWriter } from '../../src/workbook/rows.ts';

const { cell } = rowWriter('…');

describe('cells', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', 'http://example.com', '1', 'true'])(
    'X3 %j is a typed text, never a formula, a link or a number',
    (text) => expect(cell('A1', 7, text)).toBe(`<c r="A1" s="7" t="inlineStr"><is>${tOf(text)}${text}</t></is></c>`),
  );
  const tOf = (text: string) => (text === text.trim() ? '<t>' : '<t xml:space="preserve">');

  it('keeps white space at the ends', () => expect(cell('A1', 1, ' a')).toContain('<t xml:space="preserve"> a</t>'));
  it('writes nothing but the style where there is no value', () => {
    expect(cell('A1', 3, null)).toBe('<c r="A1" s="3"/>');
    expect(cell('A1', 3, '')).toBe('<c r="A1" s="3"/>');
  });
  it('writes zero', () => expect(cell('A1', 3, 0)).toBe('<c r="A1" s="3"><v>0</v></c>'));

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('X4 refuses %s', (value) =>
    expect(() => cell('B7', 1, value)).toThrow(/B7/),
  );
});

it.each([
  [1, 'A'],
  [26, 'Z'],
  [27, 'AA'],
  [702, 'ZZ'],
  [703, 'AAA'],
])('column %i is called %s', (column, name) => expect(columnName(column)).toBe(name));

it('chunks carry every string once, in order, about 64 KB at a time', () => {
  const strings = Array.from({ length: 5000 }, (_, index) => `${index};`.padEnd(50));
  const chunks = [...chunked(strings)];
  expect(chunks.join('')).toBe(strings.join(''));
  expect(chunks.length).toBe(4);
});
