import ExcelJS, { type CellValue, type Worksheet } from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';

/** The workbook as an independent reader sees it. */
export const opened = async (bytes: Uint8Array): Promise<ExcelJS.Workbook> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  return workbook;
};

export const sheetOf = (workbook: ExcelJS.Workbook, name: string): Worksheet => {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
};

/** The cells of a row from A on; null for an empty cell. */
export const rowOf = (sheet: Worksheet, row: number): CellValue[] =>
  Array.from({ length: sheet.columnCount }, (_, index) => sheet.getCell(row, index + 1).value);

/** The line whose first cell says `name`, by header. */
export const lineOf = (sheet: Worksheet, name: string): Record<string, CellValue> => {
  for (let row = 2; row <= sheet.rowCount; row++) {
    if (sheet.getCell(row, 1).value !== name) continue;
    const cells = rowOf(sheet, row);
    return Object.fromEntries(rowOf(sheet, 1).map((header, index) => [String(header), cells[index] ?? null]));
  }
  throw new Error(`no line ${name}`);
};

/** Every text of a sheet; exceljs repeats that of a merged cell in each of its parts, we do not. */
export const textsOf = (sheet: Worksheet): string[] => {
  const texts: string[] = [];
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      if (typeof cell.value === 'string' && cell.master === cell) texts.push(cell.value);
    }),
  );
  return texts;
};

/** The files of the archive as text. */
export const filesOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, file]) => [path, strFromU8(file)]));

/** What Excel makes of the escapes in a text, which neither exceljs nor openpyxl undoes in an inline string. */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
