import type { Case } from '../case.ts';

/** The two large sheets of a report, 19 and 22 columns; Rollcall writes the other four as well. */
export const workbook: Case = {
  name: 'workbook',
  about:
    'Writing the workbook, whole processes, from people made up one by one. The floor joins the XML of the same rows by hand, streams it through `node:zlib` at level 1 and into a file; no styles, no heights, no other sheet.',
  unit: 'people',
  sizes: [200, 10_000, 100_000, 300_000],
  rounds: 3,
  cost: 'cpu',
  floor: { title: 'floor', entry: 'workbook/floor.ts' },
  candidates: [
    { title: 'Rollcall', entry: 'workbook/rollcall.ts' },
    { title: 'Rollcall, and sent to S3', entry: 'workbook/sent.ts' },
    { title: 'exceljs, streaming as documented', entry: 'workbook/exceljs-stream.ts', upTo: 100_000 },
    { title: 'SheetJS', entry: 'workbook/sheetjs.ts', upTo: 100_000 },
    { title: 'exceljs `writeBuffer`', entry: 'workbook/exceljs-buffer.ts', upTo: 10_000 },
  ],
};
