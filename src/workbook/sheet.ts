import type { RowWriter } from './rows.ts';
import type { StyleName } from './styles.ts';

export type StyleIds = Record<StyleName, number>;

/** One sheet: what the skeleton must set up, and its rows, written only when asked for. */
export type Sheet = {
  name: string;
  /** Column widths in characters of the default font. */
  widths: readonly number[];
  rowCount: number;
  /** Set for a table: its first row is the header, `filterRows` rows with it can be filtered. */
  table: { frozenColumns: number; filterRows: number } | null;
  merges: readonly string[];
  /** The cells that are coloured by their verdict word, in one list: each rule of a sheet needs a rank of its own. */
  verdictCells: string | null;
  /** The cells with rates from 0 to 1 that carry a bar, in one list: bars compare within their list. */
  barCells: string | null;
  rows: (write: RowWriter, styles: StyleIds) => Iterable<string>;
};
