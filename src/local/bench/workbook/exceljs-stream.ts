import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { grids } from './tables.ts';

const folder = await mkdtemp(join(tmpdir(), 'exceljs-'));
const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: join(folder, 'report.xlsx'), useStyles: true });
for (const { name, columns, rows } of grids(Number(process.argv[2]))) {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ header, width, numFmt }) => ({ header, width, style: { numFmt } }));
  for (const row of rows()) sheet.addRow(row).commit();
  sheet.commit();
}
await workbook.commit();
await rm(folder, { recursive: true });
