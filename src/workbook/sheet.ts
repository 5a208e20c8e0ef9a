import type { Value } from './rows.ts';
import { columnName, type RowWriter } from './rows.ts';
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

/** One column of a table: numbers take the column's style, texts that stand in for one are written as text. */
export type Column<R> = {
  header: string;
  width: number;
  style: 'text' | 'shrink' | 'integer' | 'percent' | 'dateTime' | 'duration';
  value: (record: R) => Value;
  shows?: 'verdict' | 'bar';
};

export type Table<R> = {
  name: string;
  columns: readonly Column<R>[];
  records: readonly R[];
  frozenColumns: number;
  /** A last line in bold, outside the filter. */
  total?: R;
};

/** Most rows that Excel reads in one sheet. */
const MAX_ROWS = 1_048_576;
const HEADER_HEIGHT = 32;
/** Styles whose header stands in the middle as their numbers do. */
const CENTRED: ReadonlySet<StyleName> = new Set(['integer', 'percent', 'duration']);

/** A table as one sheet, or as several with numbered names when it has more lines than Excel reads in one. */
export const tableSheets = <R>(table: Table<R>, maxRows = MAX_ROWS): Sheet[] => {
  const perSheet = maxRows - 1 - (table.total === undefined ? 0 : 1);
  const sheets = Math.max(1, Math.ceil(table.records.length / perSheet));
  return Array.from({ length: sheets }, (_, index) => {
    const { total, ...rest } = table;
    const part: Table<R> = {
      ...rest,
      name: index === 0 ? table.name : `${table.name} (${index + 1})`,
      records: sheets === 1 ? table.records : table.records.slice(index * perSheet, (index + 1) * perSheet),
    };
    return tableSheet(total === undefined || index < sheets - 1 ? part : { ...part, total });
  });
};

const tableSheet = <R>({ name, columns, records, frozenColumns, total }: Table<R>): Sheet => {
  const filterRows = records.length + 1;
  const rowCount = filterRows + (total === undefined ? 0 : 1);
  const ranges = (shows: 'verdict' | 'bar') =>
    columns.flatMap((column, index) =>
      column.shows === shows ? [`${columnName(index + 1)}2:${columnName(index + 1)}${Math.max(2, rowCount)}`] : [],
    );
  return {
    name,
    widths: columns.map((column) => column.width),
    rowCount,
    table: { frozenColumns, filterRows },
    merges: [],
    verdictRanges: ranges('verdict'),
    barRanges: ranges('bar'),
    *rows(write, styles) {
      const letters = columns.map((_, index) => columnName(index + 1));
      const line = (row: number, record: R, style: (column: Column<R>, value: Value) => number): string => {
        let cells = '';
        for (const [index, column] of columns.entries()) {
          const value = column.value(record);
          cells += write.cell({ column: letters[index] ?? '', row }, style(column, value), value);
        }
        return write.row(row, cells);
      };
      const header = columns.map((column, index) =>
        write.cell(
          { column: letters[index] ?? '', row: 1 },
          styles[CENTRED.has(column.style) ? 'headerCentre' : 'header'],
          column.header,
        ),
      );
      yield write.row(1, header.join(''), HEADER_HEIGHT);
      let row = 1;
      for (const record of records) {
        row += 1;
        yield line(row, record, (column, value) =>
          typeof value === 'string' && column.style !== 'shrink' ? styles.text : styles[column.style],
        );
      }
      if (total !== undefined) {
        yield line(row + 1, total, (column) =>
          column.style === 'integer'
            ? styles.totalInteger
            : column.style === 'percent'
              ? styles.totalPercent
              : styles.totalText,
        );
      }
    },
  };
};

/** A cell of a page: `at` and `span` count columns from 1. */
export type Placed = { at: number; span?: number; style: StyleName; value: Value; shows?: 'bar' };
/** `height` in points; a row without one fits its text, which Excel cannot do for merged cells. */
export type Line = { height?: number; cells: readonly Placed[] };

/** A sheet laid out by hand, line by line. */
export const pageSheet = (page: { name: string; widths: readonly number[]; lines: readonly Line[] }): Sheet => ({
  name: page.name,
  widths: page.widths,
  rowCount: page.lines.length,
  table: null,
  merges: page.lines.flatMap(({ cells }, index) =>
    cells.flatMap(({ at, span = 1 }) =>
      span > 1 ? [`${columnName(at)}${index + 1}:${columnName(at + span - 1)}${index + 1}`] : [],
    ),
  ),
  verdictRanges: [],
  barRanges: barCells(page.lines),
  *rows(write, styles) {
    for (const [index, { cells, height }] of page.lines.entries()) {
      const row = index + 1;
      let xml = '';
      for (const { at, span = 1, style, value } of cells) {
        for (let column = at; column < at + span; column++) {
          xml += write.cell({ column: columnName(column), row }, styles[style], column === at ? value : null);
        }
      }
      yield write.row(row, xml, height);
    }
  },
});

/** One range of all cells with a bar, for bars compare within their range. */
const barCells = (lines: readonly Line[]): string[] => {
  const cells = lines.flatMap((line, index) =>
    line.cells.flatMap(({ at, shows }) => (shows === 'bar' ? [`${columnName(at)}${index + 1}`] : [])),
  );
  return cells.length === 0 ? [] : [cells.join(' ')];
};
