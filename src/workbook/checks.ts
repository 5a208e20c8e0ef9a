import type { Room } from '../domain/attendees.ts';
import type { Report } from '../domain/report.ts';
import type { Judged } from '../domain/verdict.ts';
import { wallClock } from '../domain/zone.ts';
import type { Context } from './columns.ts';
import { reasonOf } from './reason.ts';
import type { Value } from './rows.ts';
import type { Column, Table } from './sheet.ts';
import { clock } from './time.ts';
import type { CheckKind } from './words.ts';

/** One thing for a person to look at. */
export type Check =
  | { kind: Exclude<CheckKind, 'room'>; judged: Judged; room: null }
  | { kind: 'room'; judged: null; room: Room };

const FLAGS = ['no-times', 'inconsistent-times', 'reply-conflict', 'name-conflict', 'unidentified'] as const;

/** Everything that needs a person: open verdicts first, then doubtful facts by kind, then rooms. */
export const checksOf = ({ judged, rooms }: Pick<Report, 'judged' | 'rooms'>): Check[] => [
  ...judged.flatMap((person): Check[] =>
    person.verdict.kind === 'undetermined' ? [{ kind: person.verdict.because, judged: person, room: null }] : [],
  ),
  ...FLAGS.flatMap((kind) =>
    judged
      .filter(({ flags, verdict }) => flags.includes(kind) && !(kind === 'no-times' && isOpenFor(kind, verdict)))
      .map((person): Check => ({ kind, judged: person, room: null })),
  ),
  ...rooms.map((room): Check => ({ kind: 'room', judged: null, room })),
];

const isOpenFor = (because: string, verdict: Judged['verdict']): boolean =>
  verdict.kind === 'undetermined' && verdict.because === because;

/** One line per thing to check, so that a person with two doubts has two lines to tick off. */
export const toCheckTable = ({ report, words, timeZone }: Context): Table<Check | null> => {
  const reason = reasonOf(report, words);
  const at = (unixSeconds: number | null) => (unixSeconds === null ? null : wallClock(timeZone, unixSeconds));
  const why = ({ kind, judged, room }: Check): string => {
    if (judged === null) {
      const connected = room.connectedSeconds === null ? null : clock(room.connectedSeconds);
      return words.reason.room({ from: at(room.joinedAt), to: at(room.leftAt), connected });
    }
    return [words.checks[kind].why, reason(judged)].filter((text) => text !== '').join(words.sentenceSeparator);
  };
  const about = (value: (judged: Judged) => Value) => (check: Check | null) =>
    check === null || check.judged === null ? null : value(check.judged);
  const { toCheck: header, attendance } = words;
  const columns: Column<Check | null>[] = [
    {
      header: header.issue,
      width: 18,
      style: 'text',
      value: (c) => (c === null ? header.nothing : words.checks[c.kind].issue),
    },
    { header: attendance.name, width: 18, style: 'text', value: (c) => (c?.judged ?? c?.room)?.name ?? null },
    { header: attendance.employeeId, width: 12, style: 'text', value: about((j) => j.employeeId) },
    { header: attendance.department, width: 18, style: 'text', value: about((j) => j.department) },
    {
      header: attendance.verdict,
      width: 14,
      style: 'text',
      value: about((j) => words.verdicts[j.verdict.kind]),
      shows: 'verdict',
    },
    { header: header.why, width: 60, style: 'text', value: (c) => (c === null ? null : why(c)) },
    {
      header: header.action,
      width: 42,
      style: 'text',
      value: (c) => (c === null ? null : words.checks[c.kind].action),
    },
    {
      header: attendance.userId,
      width: 22,
      style: 'shrink',
      value: (c) => c?.judged?.userId ?? c?.room?.meetingRoomId ?? null,
    },
  ];
  const checks = checksOf(report);
  return { name: words.sheets.toCheck, columns, records: checks.length === 0 ? [null] : checks, frozenColumns: 0 };
};
