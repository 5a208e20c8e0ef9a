import { wordsOf } from '../../../words/locale.ts';
import { attendanceTable } from '../../../workbook/columns.ts';
import { participantsTable } from '../../../workbook/participants.ts';
import type { Value } from '../../../workbook/rows.ts';
import type { Table } from '../../../workbook/table.ts';
import { LOCALE, participantAt, reportOf, TIME_ZONE } from './people.ts';

/** A sheet as other libraries are given it: our columns and our values, one row at a time. */
export type Grid = {
  name: string;
  columns: readonly { header: string; width: number; numFmt: string }[];
  rows: () => Iterable<Value[]>;
};

const FORMATS = {
  text: '@',
  shrink: '@',
  integer: '#,##0',
  percent: '0.0%',
  dateTime: 'yyyy-mm-dd hh:mm:ss',
  duration: '[h]:mm:ss',
};

/** The two large sheets of a report on so many people. */
export const grids = (count: number): Grid[] => {
  const report = reportOf(Array.from({ length: count }, (_, index) => participantAt(index)));
  const context = { report, checks: [], words: wordsOf(LOCALE), timeZone: TIME_ZONE };
  return [gridOf(attendanceTable(context)), gridOf(participantsTable(context))];
};

const gridOf = <R>({ name, columns, records }: Table<R>): Grid => ({
  name,
  columns: columns.map(({ header, width, style }) => ({ header, width, numFmt: FORMATS[style] })),
  *rows() {
    for (const record of records) yield columns.map(({ value }) => value(record));
  },
});
