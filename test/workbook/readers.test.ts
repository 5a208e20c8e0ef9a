import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderWorkbook } from '../../src/workbook/render.ts';
import { decision, participant, report, snapshot } from '../make.ts';
import { opened, sheetOf, unescaped } from './read.ts';

const run = promisify(execFile);
const PYTHON = '/usr/bin/python3';
const SOFFICE = '/usr/bin/soffice';

/** A test that needs a program outside npm: skipped aloud where it is missing, failed where CI_REQUIRE_ALL=1 forbids that. */
const needing = (program: string, present: boolean) => {
  if (present || process.env.CI_REQUIRE_ALL === '1') return it;
  process.stderr.write(`SKIPPED: ${program} is not on this machine; install it to read the workbook with it too.\n`);
  return it.skip;
};
const hasOpenpyxl = await run(PYTHON, ['-c', 'import openpyxl']).then(
  () => true,
  () => false,
);

const FRAGMENTS = [
  ...['\u0000', '\u0001', '\u0008', '\u000b', '\u001f', '\u007f', '\u0085', '\u2028', '\ufffe', '\uffff'],
  ...['\ud800', '\udfff', '😀', '\u{10ffff}', '王', '\t', '\n', '\r', '\r\n', ' ', '  '],
  ...[
    '_x0041_',
    '_x',
    '005F_',
    '_x005F_',
    '_X0041_',
    '=',
    '+',
    '-',
    '@',
    '＝',
    '<',
    '>',
    '&',
    '&amp;',
    ']]>',
    '"',
    "'",
  ],
  ...['=HYPERLINK("http://example.com")', 'http://example.com', 'NaN', '1e5', 'TRUE', '#REF!', '1/2'],
];
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...FRAGMENTS), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', minLength: 1 }),
);
const names = [
  ...fc.sample(hostile, { numRuns: 5000, seed: 20261116 }),
  'x'.repeat(40_000),
  `${'😀'.repeat(16_383)}abc`,
];

/** What a reader should find: written out again, without a look at the code under test. */
const visible = (text: string): string => {
  const kept =
    text.length <= 32_767
      ? text
      : `${text.slice(0, 32_767 - '…[truncated]'.length).replace(/[\ud800-\udbff]$/, '')}…[truncated]`;
  return Array.from(kept, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const control = code < 32 && !'\t\n\r'.includes(character);
    const lone = code >= 0xd800 && code <= 0xdfff;
    return control || lone || code === 0xfffe || code === 0xffff ? '\ufffd' : character;
  }).join('');
};

let folder = '';
let bytes: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-workbook-'));
  const participants = names.map((name, id) => participant({ name, userId: `ou_${id}` }));
  const decisions = names.map((name, id) =>
    decision({ person: `u:ou_${id}`, reason: name, by: { openId: 'ou_hr', name } }),
  );
  const input = report({ snapshot: snapshot({ participants }), decisions });
  bytes = await buffer(renderWorkbook(input, { locale: 'en', timeZone: 'UTC' }));
  await writeFile(join(folder, 'hostile.xlsx'), bytes);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The person's name, the reason of the decision on them and who decided: columns of Attendance. */
const HOSTILE_COLUMNS = [1, 21, 22];

describe('X1 X2 X3 X4 five thousand hostile names and decisions come back as texts, the same or visibly marked', () => {
  it('through exceljs', async () => {
    const sheet = sheetOf(await opened(bytes), 'Attendance');
    for (const [index, name] of names.entries()) {
      for (const column of HOSTILE_COLUMNS) {
        const { value } = sheet.getCell(index + 2, column);
        expect(typeof value === 'string' ? unescaped(value) : value).toBe(visible(name));
      }
    }
  });

  needing('openpyxl', hasOpenpyxl)('through openpyxl', async () => {
    const script = `
import json, openpyxl, sys, warnings
warnings.simplefilter('ignore')
sheet = openpyxl.load_workbook(sys.argv[1])['Attendance']
cells = [[row[column - 1] for column in json.loads(sys.argv[2])] for row in sheet.iter_rows(min_row=2)]
print(json.dumps([[[cell.data_type, cell.value] for cell in row] for row in cells]))`;
    const file = join(folder, 'hostile.xlsx');
    const { stdout } = await run(PYTHON, ['-c', script, file, JSON.stringify(HOSTILE_COLUMNS)], { maxBuffer: 2 ** 28 });
    const rows: [string, string][][] = JSON.parse(stdout);
    expect(rows).toHaveLength(names.length);
    for (const [index, row] of rows.entries())
      for (const [type, value] of row) {
        expect(type).toBe('s');
        expect(unescaped(value)).toBe(visible(names[index] ?? ''));
      }
  });

  needing('LibreOffice', existsSync(SOFFICE))(
    'and through LibreOffice, which makes a PDF of a report',
    async () => {
      const ordinary = join(folder, 'report.xlsx');
      await writeFile(
        ordinary,
        renderWorkbook(report({ decisions: [decision()] }), { locale: 'zh', timeZone: 'Asia/Shanghai' }),
      );
      await run(SOFFICE, [
        '--headless',
        `-env:UserInstallation=file://${folder}/profile`,
        ...['--convert-to', 'pdf', '--outdir', folder, ordinary],
      ]);
      const pdf = await readFile(join(folder, 'report.pdf'), 'latin1');
      expect(pdf.startsWith('%PDF')).toBe(true);
      expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThanOrEqual(6);
    },
    60_000,
  );
});
