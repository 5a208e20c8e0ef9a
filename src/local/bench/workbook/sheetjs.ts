import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as XLSX from 'xlsx';
import { grids } from './tables.ts';

const folder = await mkdtemp(join(tmpdir(), 'sheetjs-'));
const workbook = XLSX.utils.book_new();
for (const { name, columns, rows } of grids(Number(process.argv[2]))) {
  const sheet = XLSX.utils.aoa_to_sheet([columns.map(({ header }) => header), ...rows()]);
  sheet['!cols'] = columns.map(({ width }) => ({ wch: width }));
  XLSX.utils.book_append_sheet(workbook, sheet, name);
}
await writeFile(join(folder, 'report.xlsx'), XLSX.write(workbook, { type: 'buffer', compression: true }));
await rm(folder, { recursive: true });
