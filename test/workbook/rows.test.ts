import { describe, expect, it } from 'vitest';
import { columnName, rowWriter, type Value } from '../../src/workbook/rows.ts';

/** A cell of row 1 whose texts have style 7 and whose numbers style 3. */
const cell = (value: Value, letters = 'A', row = 1) =>
  rowWriter('…').column(letters, { text: 7, number: 3 })(row, value);

describe('cells', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', 'http://example.com', '1', 'true'])(
    'X3 %j is a typed text, never a formula, a link or a number',
    (text) => expect(cell(text)).toBe(`<c r="A1" s="7" t="inlineStr"><is>${tOf(text)}${text}</t></is></c>`),
  );
  const tOf = (text: string) => (text === text.trim() ? '<t>' : '<t xml:space="preserve">');

  it('keeps white space at the ends', () => expect(cell(' a')).toContain('<t xml:space="preserve"> a</t>'));
  it('writes nothing but the style where there is no value', () => {
    expect(cell(null)).toBe('<c r="A1" s="3"/>');
    expect(cell('')).toBe('<c r="A1" s="7"/>');
  });
  it('writes zero', () => expect(cell(0)).toBe('<c r="A1" s="3"><v>0</v></c>'));

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('X4 refuses %s', (value) =>
    expect(() => cell(value, 'B', 7)).toThrow(/B7/),
  );
});

it.each([
  [1, 'A'],
  [26, 'Z'],
  [27, 'AA'],
  [702, 'ZZ'],
  [703, 'AAA'],
])('column %i is called %s', (column, name) => expect(columnName(column)).toBe(name));
