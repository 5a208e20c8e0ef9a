/** The same class as exceljs exports, without what the package loads beside it to stream, to unzip and to read CSV. */
declare module 'exceljs/lib/doc/workbook.js' {
  export { Workbook as default } from 'exceljs';
}
