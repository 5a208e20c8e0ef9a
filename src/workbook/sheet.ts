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
  /** Ranges whose cells are coloured by their verdict word. */
  verdictRanges: readonly string[];
  /** Ranges of rates from 0 to 1 that carry a bar. */
  barRanges: readonly string[];
  rows: (write: RowWriter, styles: StyleIds) => Iterable<string>;
};
