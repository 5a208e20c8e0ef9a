import { lastWordOn } from '../domain/decisions.ts';
import { lengthSeconds } from '../domain/restarts.ts';
import type { DepartmentSummary, Summary } from '../domain/summary.ts';
import type { Judged } from '../domain/verdict.ts';
import { reasonOf } from '../words/reason.ts';
import type { Context } from './context.ts';
import type { Value } from './rows.ts';
import type { Column, Table } from './table.ts';
import { duration, momentIn } from './time.ts';

/** One line per attendee. The headers and their order are a contract, see design.md §6. */
export const attendanceTable = (context: Context): Table<Judged> => {
  const { report, words, timeZone } = context;
  const length = lengthSeconds(report.meeting);
  const reason = reasonOf(report, words);
  const header = words.attendance;
  const at = momentIn(timeZone);
  const columns: Column<Judged>[] = [
    { header: header.name, width: 17, style: 'text', value: (j) => j.name },
    { header: header.employeeId, width: 13, style: 'text', value: (j) => j.employeeId },
    { header: header.department, width: 18, style: 'text', value: (j) => j.department },
    { header: header.email, width: 28, style: 'shrink', value: (j) => j.email },
    { header: header.external, width: 10, style: 'text', value: (j) => (j.external ? words.yes : null) },
    { header: header.reply, width: 13, style: 'text', value: (j) => words.replies[j.reply] },
    { header: header.expected, width: 11, style: 'text', value: (j) => words.expectations[j.expectation] },
    {
      header: header.verdict,
      width: 15,
      style: 'text',
      value: (j) => words.verdicts[j.verdict.kind],
      shows: 'verdict',
    },
    { header: header.reason, width: 44, style: 'text', value: reason },
    {
      header: header.flags,
      width: 18,
      style: 'text',
      value: (j) => j.flags.map((flag) => words.flags[flag]).join(words.listSeparator),
    },
    { header: header.firstJoin, width: 19, style: 'dateTime', value: (j) => at(j.firstJoin) },
    { header: header.lastLeave, width: 19, style: 'dateTime', value: (j) => at(j.lastLeave) },
    { header: header.certain, width: 10, style: 'duration', value: (j) => duration(j.certainSeconds) },
    { header: header.possible, width: 10, style: 'duration', value: (j) => duration(j.possibleSeconds) },
    { header: header.required, width: 10, style: 'duration', value: (j) => duration(j.requiredSeconds) },
    {
      header: header.percent,
      width: 10,
      style: 'percent',
      value: (j) => (length > 0 ? j.certainSeconds / length : null),
    },
    { header: header.late, width: 10, style: 'duration', value: (j) => some(j.lateSeconds) },
    { header: header.leftEarly, width: 10, style: 'duration', value: (j) => some(j.leftEarlySeconds) },
    { header: header.userId, width: 26, style: 'shrink', value: (j) => j.userId },
  ];
  columns.push(...decisionColumns(context));
  return { name: words.sheets.attendance, columns, records: report.judged, frozenColumns: 1 };
};

/** What HR decided, beside what the rules say; no columns when HR decided nothing on these people. */
const decisionColumns = ({ report: { decisions, decided }, words, timeZone }: Context): Column<Judged>[] => {
  if (decided === null) return [];
  const of = lastWordOn(decisions);
  const { decision: header, verdicts } = words;
  const at = momentIn(timeZone);
  return [
    {
      header: header.verdict,
      width: 15,
      style: 'text',
      value: (j) => {
        const decided = of(j);
        return decided ? verdicts[decided.verdict] : null;
      },
      shows: 'verdict',
    },
    { header: header.reason, width: 44, style: 'text', value: (j) => of(j)?.reason ?? null },
    { header: header.by, width: 17, style: 'text', value: (j) => of(j)?.by.name ?? null },
    { header: header.at, width: 19, style: 'dateTime', value: (j) => at(of(j)?.at ?? null) },
  ];
};

type Figures = { [Key in keyof Summary]: Summary[Key] extends number ? Key : never }[keyof Summary];

/** One line per department, and the whole meeting below; behind the counts of the rules those with HR's decisions, if any. */
export const departmentsTable = ({ report, words }: Context): Table<DepartmentSummary> => {
  const { departments: header, verdicts } = words;
  const figures: [string, Figures][] = [
    [header.required, 'required'],
    [verdicts.attended, 'attended'],
    [verdicts.partial, 'partial'],
    [verdicts.insufficient, 'insufficient'],
    [verdicts.absent, 'absent'],
    [verdicts.undetermined, 'undetermined'],
    [header.optional, 'notRequired'],
    [header.excused, 'excused'],
  ];
  const count = (header: string, value: (line: DepartmentSummary) => Value): Column<DepartmentSummary> => ({
    header,
    width: 13,
    style: 'integer',
    value,
  });
  const columns: Column<DepartmentSummary>[] = [
    { header: words.attendance.department, width: 28, style: 'text', value: ({ department }) => department },
    { header: header.rate, width: 20, style: 'percent', value: ({ summary }) => summary.rate, shows: 'bar' },
    { header: header.rateIfCleared, width: 14, style: 'percent', value: ({ summary }) => summary.rateIfCleared },
    ...figures.map(([title, key]) => count(title, ({ summary }) => summary[key])),
    count(header.externals, ({ summary }) => summary.externals),
    count(header.walkIns, ({ summary }) => summary.walkIns),
  ];
  const share = (title: string, key: 'rate' | 'rateIfCleared'): Column<DepartmentSummary> => ({
    header: header.decided(title),
    width: 14,
    style: 'percent',
    value: ({ decided }) => decided?.[key] ?? null,
  });
  if (report.decided !== null)
    columns.push(
      share(header.rate, 'rate'),
      share(header.rateIfCleared, 'rateIfCleared'),
      ...figures.map(([title, key]) => count(header.decided(title), ({ decided }) => decided?.[key] ?? null)),
    );
  return {
    name: words.sheets.departments,
    columns,
    records: report.departments,
    frozenColumns: 1,
    total: { department: header.total, summary: report.summary, decided: report.decided },
  };
};

/** A duration, or nothing to read where there is nothing to say. */
const some = (seconds: number): Value => (seconds > 0 ? duration(seconds) : null);
