import { safeText } from './text.ts';

/** What a cell can hold. Never a formula or a link: those are not values that data can express. */
export type Value = string | number | null;

/** The numbers of two styles: of texts, and of all else in the same column. */
export type Looks = { text: number; number: number };

export const same = (style: number): Looks => ({ text: style, number: style });

/** Writes one cell of a column. @throws {RangeError} for NaN and infinities, which Excel takes for a damaged file. */
type CellWriter = (row: number, value: Value) => string;

/** Writes cells and rows of one workbook; the only place that knows how OOXML spells them. */
export type RowWriter = {
  column: (letters: string, looks: Looks) => CellWriter;
  /** @param height in points. */
  row: (row: number, cells: string, height: number) => string;
};

/** Numbers kept as they are spelled: a meeting's times and durations are few, and spelling a fraction is slow. */
const SPELLED = 10_000;

export const rowWriter = (truncatedNote: string): RowWriter => {
  const spelled = new Map<number, string>();
  const spell = (value: number): string => {
    const known = spelled.get(value);
    if (known !== undefined) return known;
    if (spelled.size >= SPELLED) spelled.clear();
    const text = String(value);
    spelled.set(value, text);
    return text;
  };
  return {
    column: (letters, { text, number }) => {
      // Spelled out once for all cells of the column: what is left to each is to join five strings.
      const open = `<c r="${letters}`;
      const empty = { text: `" s="${text}"/>`, number: `" s="${number}"/>` };
      const figure = `" s="${number}"><v>`;
      const words = `" s="${text}" t="inlineStr"><is><t>`;
      /** Readers may drop white space at the ends of a text unless told otherwise. */
      const spaced = `" s="${text}" t="inlineStr"><is><t xml:space="preserve">`;
      return (row, value) => {
        if (typeof value === 'string') {
          if (value === '') return open + row + empty.text;
          const start = value === value.trim() ? words : spaced;
          return `${open}${row}${start}${safeText(value, truncatedNote)}</t></is></c>`;
        }
        if (value === null) return open + row + empty.number;
        if (!Number.isFinite(value)) throw new RangeError(`Cell ${letters}${row} was given ${value}, not a number.`);
        return `${open}${row}${figure}${spell(value)}</v></c>`;
      };
    },
    row: (row, cells, height) => `<row r="${row}" ht="${height}" customHeight="1">${cells}</row>`,
  };
};

/** 1 → A, 27 → AA. */
export const columnName = (column: number): string =>
  column > 26
    ? columnName(Math.floor((column - 1) / 26)) + columnName(((column - 1) % 26) + 1)
    : String.fromCharCode(64 + column);
