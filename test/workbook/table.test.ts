import { describe, expect, it } from 'vitest';
import { rowWriter } from '../../src/workbook/rows.ts';
import type { StyleIds } from '../../src/workbook/sheet.ts';
import { STYLES } from '../../src/workbook/styles.ts';
import { type Table, tableSheets } from '../../src/workbook/table.ts';

const styles = Object.fromEntries(Object.keys(STYLES).map((name, index) => [name, index])) as StyleIds;

const table = (over: Partial<Table<number>> = {}): Table<number> => ({
  name: 'Numbers',
  columns: [{ header: 'Number', width: 10, style: 'integer', value: (record) => record }],
  records: [1, 2, 3, 4, 5],
  frozenColumns: 0,
  ...over,
});

const values = (input: Table<number>, maxRows: number) =>
  tableSheets(input, maxRows).map(({ name, rowCount, rows }) => {
    const written = [...rows(rowWriter('…'), styles)];
    expect(written).toHaveLength(rowCount);
    return [name, ...written.flatMap((row) => /<v>(\d+)/.exec(row)?.[1] ?? [])];
  });

describe('X4 a table longer than a sheet', () => {
  it('stays whole when it just fits, header included', () =>
    expect(values(table(), 6)).toEqual([['Numbers', '1', '2', '3', '4', '5']]));
  it('goes on in numbered sheets with one line more', () =>
    expect(values(table(), 5)).toEqual([
      ['Numbers', '1', '2', '3', '4'],
      ['Numbers (2)', '5'],
    ]));
  it('has its total on the last sheet only, and room for it', () =>
    expect(values(table({ total: 15 }), 6)).toEqual([
      ['Numbers', '1', '2', '3', '4'],
      ['Numbers (2)', '5', '15'],
    ]));
  it('is one sheet when empty', () => expect(values(table({ records: [] }), 6)).toEqual([['Numbers']]));
});

it('the total stands outside the filter, so that sorting leaves it in place', () => {
  const [sheet] = tableSheets(table({ total: 15 }));
  expect(sheet).toMatchObject({ rowCount: 7, table: { filterRows: 6 } });
});

it('a text in place of a number is written as text', () => {
  const [sheet] = tableSheets({
    ...table(),
    columns: [{ header: 'Time', width: 10, style: 'dateTime', value: () => '16.11.2026 9am' }],
  });
  const [, row] = [...(sheet?.rows(rowWriter('…'), styles) ?? [])];
  expect(row).toContain(`s="${styles.text}" t="inlineStr"`);
});
