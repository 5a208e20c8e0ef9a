import { between, type Sequence } from '../domain/sequence.ts';
import { heightOf, linesOf } from './fit.ts';
import { columnName, type Looks, type RowWriter, same, type Value } from './rows.ts';
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
  records: Sequence<R>;
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
      records: sheets === 1 ? table.records : between(table.records, index * perSheet, (index + 1) * perSheet),
    };
    return tableSheet(total === undefined || index < sheets - 1 ? part : { ...part, total });
  });
};

const tableSheet = <R>({ name, columns, records, frozenColumns, total }: Table<R>): Sheet => {
  const filterRows = records.length + 1;
  const rowCount = filterRows + (total === undefined ? 0 : 1);
  const cells = (shows: 'verdict' | 'bar') =>
    columns
      .flatMap((column, index) =>
        column.shows === shows ? [`${columnName(index + 1)}2:${columnName(index + 1)}${Math.max(2, rowCount)}`] : [],
      )
      .join(' ') || null;
  return {
    name,
    widths: columns.map((column) => column.width),
    rowCount,
    table: { frozenColumns, filterRows },
    merges: [],
    verdictCells: cells('verdict'),
    barCells: cells('bar'),
    *rows(write, styles) {
      let header = '';
      for (const [index, { style, header: title }] of columns.entries()) {
        header += write.column(columnName(index + 1), same(styles[headerStyle(style)]))(1, title);
      }
      yield write.row(1, header, HEADER_HEIGHT);
      let row = 1;
      const line = lineWriter(columns, write, (style) => bodyLooks(style, styles));
      for (const record of records) yield line(++row, record);
      if (total === undefined) return;
      yield lineWriter(columns, write, (style) => totalLooks(style, styles))(++row, total);
    },
  };
};

type Kind = Column<never>['style'];

/** Writes a record as one line, as high as its longest text needs. */
const lineWriter = <R>(columns: readonly Column<R>[], write: RowWriter, looksOf: (kind: Kind) => Looks) => {
  const fields = columns.map(({ value, width, style }, index) => ({
    value,
    width,
    wraps: style !== 'shrink',
    cell: write.column(columnName(index + 1), looksOf(style)),
  }));
  return (row: number, record: R): string => {
    let cells = '';
    let lines = 1;
    for (const { value, width, wraps, cell } of fields) {
      const content = value(record);
      if (wraps && typeof content === 'string') lines = Math.max(lines, linesOf(content, width));
      cells += cell(row, content);
    }
    return write.row(row, cells, heightOf(lines));
  };
};

const bodyLooks = (kind: Kind, styles: StyleIds): Looks => ({
  number: styles[kind],
  text: kind === 'shrink' ? styles.shrink : styles.text,
});

const totalLooks = (kind: Kind, styles: StyleIds): Looks => ({
  number: kind === 'percent' ? styles.totalPercent : styles.totalInteger,
  text: styles.totalText,
});

/** Numbers stand in the middle of their column, and so do their headers. */
const headerStyle = (style: StyleName): StyleName =>
  style === 'integer' || style === 'percent' || style === 'duration' ? 'headerCentre' : 'header';
