/** Points of one line of body text, and of the air around a row. */
const LINE_HEIGHT = 14;
const PADDING = 4;
/** Excel allows no higher row. */
const MAX_HEIGHT = 409;
/** Width of a Chinese, Japanese or Korean letter, of a Latin capital and of any other, in column-width units; a little generous. */
const WIDE = 2;
const CAPITAL = 1.3;
const NARROW = 1;
/** Cell padding, in the same units. */
const MARGIN = 1;
const FIRST_WIDE = 0x1100;

/** How many lines a text takes, wrapped at spaces in a column so wide. Not every reader works this out by itself. */
export const linesOf = (text: string, columnWidth: number): number => {
  const room = columnWidth - MARGIN;
  if (text.length * WIDE <= room && !text.includes('\n')) return 1;
  let lines = 1;
  let used = 0;
  /** Width since the last place where the line may break. */
  let word = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x0a) {
      lines += 1;
      used = word = 0;
      continue;
    }
    const width = code >= FIRST_WIDE ? WIDE : code >= 0x41 && code <= 0x5a ? CAPITAL : NARROW;
    if (code === 0x20) word = 0;
    else word = code >= FIRST_WIDE ? width : word + width;
    used += width;
    if (used <= room) continue;
    lines += 1;
    if (word >= used) word = width;
    used = word;
  }
  return lines;
};

/** Height in points of a row of so many lines. */
export const heightOf = (lines: number): number => Math.min(MAX_HEIGHT, lines * LINE_HEIGHT + PADDING);
