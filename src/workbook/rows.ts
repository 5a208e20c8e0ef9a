import { safeText } from './text.ts';

/** What a cell can hold. Never a formula or a link: those are not values that data can express. */
export type Value = string | number | null;

/** Writes cells and rows of one workbook; the only place that knows how OOXML spells them. */
export type RowWriter = {
  /** @throws {RangeError} for NaN and infinities, which Excel takes for a damaged file. */
  cell: (address: string, style: number, value: Value) => string;
  /** @param height in points. */
  row: (row: number, cells: string, height: number) => string;
};

/** Readers may drop white space at the ends of a text unless told otherwise. */
const KEEPS_SPACE = '<t xml:space="preserve">';

export const rowWriter = (truncatedNote: string): RowWriter => ({
  cell: (address, style, value) => {
    if (value === null || value === '') return `<c r="${address}" s="${style}"/>`;
    if (typeof value === 'string') {
      const open = value === value.trim() ? '<t>' : KEEPS_SPACE;
      return `<c r="${address}" s="${style}" t="inlineStr"><is>${open}${safeText(value, truncatedNote)}</t></is></c>`;
    }
    if (!Number.isFinite(value)) throw new RangeError(`Cell ${address} was given ${value}, not a number.`);
    return `<c r="${address}" s="${style}"><v>${value}</v></c>`;
  },
  row: (row, cells, height) => `<row r="${row}" ht="${height}" customHeight="1">${cells}</row>`,
});

/** 1 → A, 27 → AA. */
export const columnName = (column: number): string =>
  column > 26
    ? columnName(Math.floor((column - 1) / 26)) + columnName(((column - 1) % 26) + 1)
    : String.fromCharCode(64 + column);

/** Joins small strings to chunks of about 64 KB, so that streams carry few of them. */
export function* chunked(strings: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of strings) {
    chunk += text;
    if (chunk.length >= 65_536) {
      yield chunk;
      chunk = '';
    }
  }
  yield chunk;
}
