/** Points of one line of body text, and of the air around a row. */
const LINE_HEIGHT = 14;
const PADDING = 4;
/** Excel allows no higher row. */
const MAX_HEIGHT = 409;
/** Width of a Chinese, Japanese or Korean letter and of any other, in column-width units; a little generous. */
const WIDE = 2;
const NARROW = 1.15;

/** How many lines a text takes, wrapped in a column so wide. Readers differ in whether they work this out themselves. */
export const linesOf = (text: string, width: number): number => {
  const room = width - 1;
  if (text.length * WIDE <= room && !text.includes('\n')) return 1;
  let lines = 1;
  let used = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    used += code >= 0x1100 ? WIDE : NARROW;
    if (used <= room && code !== 10) continue;
    lines += 1;
    used = code === 10 ? 0 : used - room;
  }
  return lines;
};

/** Height in points of a row of so many lines. */
export const heightOf = (lines: number): number => Math.min(MAX_HEIGHT, lines * LINE_HEIGHT + PADDING);
