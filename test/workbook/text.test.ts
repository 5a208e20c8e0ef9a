import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_LIMIT, safeText } from '../../src/workbook/text.ts';
import { unescaped } from './read.ts';

const safe = (text: string) => safeText(text, '…[truncated]');

describe('safeText', () => {
  it.each([
    ['NUL', 'a\u0000b', 'a\ufffdb'],
    ['the other C0 controls', '\u0001\u0008\u000b\u000c\u000e\u001f', '\ufffd'.repeat(6)],
    ['U+FFFE and U+FFFF', '\ufffe\uffff', '\ufffd\ufffd'],
    ['a high surrogate alone', 'a\ud83d', 'a\ufffd'],
    ['a low surrogate alone', '\ude00a', '\ufffda'],
    ['surrogates the wrong way round', '\ude00\ud83d', '\ufffd\ufffd'],
  ])('X1 shows a mark in place of %s', (_, text, written) => expect(safe(text)).toBe(written));

  it.each(['😀', '\u{10ffff}', '\t\n', '\u0085\u2028', '王伟', 'O\'Connor "x"', '\ufffd', '\ud7ff\ue000'])(
    'X1 keeps %j as it is',
    (text) => expect(safe(text)).toBe(text),
  );

  it('X1 writes a carriage return so that XML readers keep it', () => expect(safe('a\r\nb')).toBe('a&#13;\nb'));

  it.each([
    ['_x0041_', '_x005F_x0041_'],
    ['_x0041_x0042_', '_x005F_x0041_x005F_x0042_'],
    ['_xabCD_', '_x005F_xabCD_'],
    ['_x005F_', '_x005F_x005F_'],
    ['_x41_ _x00411_ _y0041_ x0041_', '_x41_ _x00411_ _y0041_ x0041_'],
  ])('X2 %j is not read as a character code', (text, written) => {
    expect(safe(text)).toBe(written);
    expect(unescaped(written)).toBe(text);
  });

  it('escapes markup', () => expect(safe('<b>&]]>')).toBe('&lt;b&gt;&amp;]]&gt;'));

  it.each([
    ['at the limit', CELL_LIMIT, CELL_LIMIT, false],
    ['one past it', CELL_LIMIT + 1, CELL_LIMIT, true],
  ])('X4 a text %s', (_, length, kept, noted) => {
    const written = safe('a'.repeat(length));
    expect(written).toHaveLength(kept);
    expect(written.endsWith('…[truncated]')).toBe(noted);
  });

  it('X4 counts what is read, not what is written', () =>
    expect(safe('&'.repeat(CELL_LIMIT))).toBe('&amp;'.repeat(CELL_LIMIT)));

  it('X4 cuts before a pair of surrogates, not through it', () => {
    const kept = CELL_LIMIT - '…[truncated]'.length - 1;
    expect(safe(`${'a'.repeat(kept)}😀${'b'.repeat(100)}`)).toBe(`${'a'.repeat(kept)}…[truncated]`);
  });

  it('X1 writes nothing that XML forbids, whatever the text', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = safe(text);
        expect(written).not.toMatch(/[\x00-\x08\x0b-\x1f\ufffe\uffff<>]|&(?!(amp|lt|gt|#13);)/);
        expect(written.isWellFormed()).toBe(true);
      }),
      { numRuns: 2000 },
    ));
});
