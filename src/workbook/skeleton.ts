import type { ConditionalFormattingRule } from 'exceljs';
import Workbook from 'exceljs/lib/doc/workbook.js';
import { strFromU8, unzipSync } from 'fflate';
import type { VerdictWords } from '../words/words.ts';
import { columnName } from './rows.ts';
import type { Sheet, StyleIds } from './sheet.ts';
import { BAR_COLOUR, STYLES, type StyleName, VERDICT_COLOURS } from './styles.ts';

/** Everything of the file but the rows, which are written apart because exceljs would hold them all in memory. */
export type Skeleton = {
  styles: StyleIds;
  /** Finished files of the archive. */
  files: readonly { path: string; bytes: Uint8Array }[];
  /** For each sheet, in order, the XML around its rows. */
  sheets: readonly { path: string; before: string; after: string; sheet: Sheet }[];
};

type Setting = { verdicts: VerdictWords; createdAt: Date; pageHeader: string };

/** Lets exceljs make what it is good at: styles, columns, panes, filters, merges, colours and the print set-up. */
export const skeletonOf = async (sheets: readonly Sheet[], setting: Setting): Promise<Skeleton> => {
  const workbook = new Workbook();
  workbook.created = setting.createdAt;
  workbook.modified = setting.createdAt;
  workbook.creator = 'Rollcall';
  workbook.lastModifiedBy = 'Rollcall';
  for (const sheet of sheets) addSheet(workbook, sheet, setting);

  const archive = unzipSync(new Uint8Array(await workbook.xlsx.writeBuffer({ zip: { compression: 'STORE' } })));
  const parts = sheets.map((sheet, index) => {
    const path = `xl/worksheets/sheet${index + 1}.xml`;
    return { path, xml: strFromU8(archive[path] ?? new Uint8Array()), sheet };
  });
  const rewritten = new Set(parts.map(({ path }) => path));
  return {
    styles: styleIds(parts[0]?.xml ?? ''),
    files: Object.entries(archive)
      .filter(([path]) => !path.endsWith('/') && !rewritten.has(path))
      .map(([path, bytes]) => ({ path, bytes })),
    sheets: parts.map(({ path, xml, sheet }) => ({ path, sheet, ...around(xml, sheet) })),
  };
};

const addSheet = (workbook: Workbook, sheet: Sheet, { verdicts, pageHeader }: Setting): void => {
  const { table, widths } = sheet;
  const worksheet = workbook.addWorksheet(sheet.name, {
    views: table === null ? [{ showGridLines: false }] : [{ state: 'frozen', ySplit: 1, xSplit: table.frozenColumns }],
    pageSetup: {
      paperSize: 9, // A4
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      margins: { left: 0.4, right: 0.4, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
      // exceljs fixes the columns itself, but not the rows.
      printArea: `A$1:${columnName(widths.length)}$${sheet.rowCount}`,
      ...(table === null ? {} : { printTitlesRow: '1:1' }),
    },
    headerFooter: { oddHeader: `&L&A&R${pageHeader}`, oddFooter: '&LRollcall&C&P / &N&R&A' },
  });
  worksheet.columns = widths.map((width) => ({ width }));
  if (table !== null) {
    worksheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: table.filterRows, column: widths.length } };
  }
  for (const range of sheet.merges) worksheet.mergeCells(range);
  const { verdictCells, barCells } = sheet;
  if (verdictCells !== null) worksheet.addConditionalFormatting({ ref: verdictCells, rules: verdictRules(verdicts) });
  if (barCells !== null) worksheet.addConditionalFormatting({ ref: barCells, rules: [BAR_RULE] });
  for (const [index, name] of STYLE_NAMES.entries()) worksheet.getCell(`${CARRIERS}${index + 1}`).style = STYLES[name];
};

const rangeOf = ({ widths, rowCount }: Sheet): string => `A1:${columnName(widths.length)}${rowCount}`;

const STYLE_NAMES = Object.keys(STYLES) as StyleName[];
/** A column no merge reaches; its cells carry one style each so that we learn the numbers exceljs gives them. */
const CARRIERS = 'ZZ';

const styleIds = (xml: string): StyleIds =>
  Object.fromEntries(
    STYLE_NAMES.map((name, index) => {
      const id = new RegExp(`<c r="${CARRIERS}${index + 1}" s="(\\d+)"`).exec(xml)?.[1];
      if (id === undefined) throw new Error(`exceljs gave the style ${name} no number.`);
      return [name, Number(id)];
    }),
  ) as StyleIds;

const verdictRules = (verdicts: VerdictWords): ConditionalFormattingRule[] =>
  Object.entries(VERDICT_COLOURS).map(([kind, { fill, ink }], index) => ({
    type: 'cellIs',
    operator: 'equal',
    priority: index + 1,
    formulae: [`"${verdicts[kind as keyof VerdictWords]}"`],
    style: {
      font: { bold: true, color: { argb: ink } },
      fill: { type: 'pattern', pattern: 'solid', bgColor: { argb: fill } },
    },
  }));

/** Spread over exceljs's type, which forgets the colour of bars. */
const BAR_RULE: ConditionalFormattingRule = {
  type: 'dataBar',
  priority: 20,
  gradient: false,
  cfvo: [
    { type: 'num', value: 0 },
    { type: 'num', value: 1 },
  ],
  ...{ color: { argb: BAR_COLOUR } },
};

/** Digits in text cells are meant as text: no green corners on every employee ID. */
const ignoredErrors = (range: string): string =>
  `<ignoredErrors><ignoredError sqref="${range}" numberStoredAsText="1"/></ignoredErrors>`;
/** exceljs gives every bar a random id; one sheet has at most one. */
const RANDOM_ID = /(?<=<x14:id>|<x14:cfRule type="dataBar" id=")[^<"]*/g;
const FIXED_ID = '{00000000-0000-4000-8000-000000000001}';

const around = (xml: string, sheet: Sheet): { before: string; after: string } => {
  const range = rangeOf(sheet);
  const [before, after, ...more] = xml
    .replace(/<dimension ref="[^"]*"\/>/, `<dimension ref="${range}"/>`)
    .replace('</headerFooter>', `</headerFooter>${ignoredErrors(range)}`)
    .replace(RANDOM_ID, FIXED_ID)
    .split(/(?<=<sheetData>).*(?=<\/sheetData>)/s);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error('exceljs wrote a sheet without room for rows.');
  }
  return { before, after };
};
