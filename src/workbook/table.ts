import { heightOf, linesOf } from './fit.ts';
import { columnName, type Value } from './rows.ts';
import type { Sheet, StyleIds } from './sheet.ts';
import type { StyleName } from './styles.ts';

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
      const header = columns.map(({ style, header }, index) =>
        write.cell(`${columnName(index + 1)}1`, styles[headerStyle(style)], header),
      );
      yield write.row(1, header.join(''), HEADER_HEIGHT);

      const line = (row: number, record: R, looks: readonly Look[]): string => {
        let cells = '';
        let lines = 1;
        for (let index = 0; index < columns.length; index++) {
          // Looks are made from the columns, one for one.
          const { value, width } = columns[index] as Column<R>;
          const { letters, number, text, wraps } = looks[index] as Look;
          const content = value(record);
          const isText = typeof content === 'string';
          if (wraps && isText) lines = Math.max(lines, linesOf(content, width));
          cells += write.cell(letters + row, isText ? text : number, content);
        }
        return write.row(row, cells, heightOf(lines));
      };
      let row = 1;
      const looks = columns.map(({ style }, index) => bodyLook(columnName(index + 1), style, styles));
      for (const record of records) yield line(++row, record, looks);
      const totals = columns.map(({ style }, index) => totalLook(columnName(index + 1), style, styles));
      if (total !== undefined) yield line(++row, total, totals);
    },
  };
};

/** How the cells of a column are written, worked out once for all its rows. */
type Look = { letters: string; number: number; text: number; wraps: boolean };

const bodyLook = (letters: string, style: Column<never>['style'], styles: StyleIds): Look => ({
  letters,
  number: styles[style],
  text: style === 'shrink' ? styles.shrink : styles.text,
  wraps: style !== 'shrink',
});

const totalLook = (letters: string, style: Column<never>['style'], styles: StyleIds): Look => ({
  letters,
  number: style === 'percent' ? styles.totalPercent : styles.totalInteger,
  text: styles.totalText,
  wraps: true,
});

/** Numbers stand in the middle of their column, and so do their headers. */
const headerStyle = (style: StyleName): StyleName =>
  style === 'integer' || style === 'percent' || style === 'duration' ? 'headerCentre' : 'header';
