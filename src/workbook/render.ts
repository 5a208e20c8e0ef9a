import { checksOf } from '../domain/checks.ts';
import type { Told } from '../domain/report.ts';
import { wallClock } from '../domain/zone.ts';
import { type Locale, wordsOf } from '../words/locale.ts';
import { attendanceTable, departmentsTable } from './columns.ts';
import type { Context } from './context.ts';
import { evidenceSheet } from './evidence.ts';
import { participantsTable } from './participants.ts';
import { piecesOf } from './pieces.ts';
import { rowWriter } from './rows.ts';
import type { Sheet } from './sheet.ts';
import { skeletonOf } from './skeleton.ts';
import { summarySheet } from './summary.ts';
import { tableSheets } from './table.ts';
import { toCheckTable } from './toCheck.ts';
import { type Part, zipped } from './zip.ts';

/**
 * A report as the bytes of an .xlsx file. The same report and options give the same bytes, whatever the machine's
 * time zone or clock. Rows are written and compressed while the bytes are taken, so memory does not grow with the sheets.
 * @param options.timeZone IANA zone in which every time is shown.
 */
export async function* renderWorkbook(
  report: Told,
  options: { locale: Locale; timeZone: string },
): AsyncGenerator<Uint8Array> {
  const words = wordsOf(options.locale);
  const context: Context = { report, checks: checksOf(report), words, timeZone: options.timeZone };
  const sheets = sheetsOf(context);
  const { meeting, snapshot } = report;
  const skeleton = await skeletonOf(sheets, {
    verdicts: words.verdicts,
    createdAt: new Date((snapshot.fetchedAt ?? meeting.endsAt) * 1000),
    pageHeader: `${wallClock(options.timeZone, meeting.startsAt)} ${options.timeZone}`,
  });

  const write = rowWriter(words.truncated);
  const files = skeleton.files.map(({ path, bytes }): Part => ({ path, pieces: [bytes] }));
  const filled = skeleton.sheets.map(
    ({ path, before, after, sheet }): Part => ({
      path,
      pieces: piecesOf(around(before, sheet.rows(write, skeleton.styles), after)),
    }),
  );
  yield* zipped([...files, ...filled]);
}

const sheetsOf = (context: Context): Sheet[] => [
  summarySheet(context),
  ...tableSheets(attendanceTable(context)),
  ...tableSheets(toCheckTable(context)),
  ...tableSheets(departmentsTable(context)),
  ...tableSheets(participantsTable(context)),
  evidenceSheet(context),
];

function* around(before: string, rows: Iterable<string>, after: string): Generator<string> {
  yield before;
  yield* rows;
  yield after;
}
