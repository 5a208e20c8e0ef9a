import type { Case } from '../case.ts';

/** The two large sheets of a report, 19 and 22 columns. */
export const workbook: Case = {
  name: 'workbook',
  about:
    'Writing the workbook, whole processes. The floor joins the XML of the same rows by hand and sends it through `node:zlib` at level 1.',
  unit: 'people',
  sizes: [200, 10_000, 100_000],
  rounds: 5,
  cost: 'cpu',
  floor: { title: 'floor', entry: 'workbook/floor.ts' },
  candidates: [
    { title: 'Rollcall', entry: 'workbook/rollcall.ts' },
    { title: 'exceljs, streaming as documented', entry: 'workbook/exceljs-stream.ts' },
    { title: 'SheetJS', entry: 'workbook/sheetjs.ts', upTo: 10_000 },
    { title: 'exceljs `writeBuffer`', entry: 'workbook/exceljs-buffer.ts', upTo: 10_000 },
  ],
};
