import { columnName, same, type Value } from './rows.ts';
import type { Sheet } from './sheet.ts';
import type { StyleName } from './styles.ts';

/** A cell of a page: `at` and `span` count columns from 1. */
export type Placed = { at: number; span?: number; style: StyleName; value: Value; shows?: 'bar' };
/** One row; `height` in points. */
export type Line = { height: number; cells: readonly Placed[] };

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
  verdictCells: null,
  barCells: barCells(page.lines),
  *rows(write, styles) {
    for (const [index, { cells, height }] of page.lines.entries()) {
      const row = index + 1;
      let xml = '';
      for (const { at, span = 1, style, value } of cells) {
        for (let column = at; column < at + span; column++) {
          xml += write.column(columnName(column), same(styles[style]))(row, column === at ? value : null);
        }
      }
      yield write.row(row, xml, height);
    }
  },
});

const barCells = (lines: readonly Line[]): string | null =>
  lines
    .flatMap((line, index) =>
      line.cells.flatMap(({ at, shows }) => (shows === 'bar' ? [`${columnName(at)}${index + 1}`] : [])),
    )
    .join(' ') || null;
