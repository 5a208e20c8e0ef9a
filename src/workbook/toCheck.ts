import type { Check } from '../domain/checks.ts';
import { isContested, lastWordOn } from '../domain/decisions.ts';
import { mapped } from '../domain/sequence.ts';
import { wallClock } from '../domain/zone.ts';
import { clock } from '../words/clock.ts';
import { decisionText } from '../words/decision.ts';
import { reasonOf } from '../words/reason.ts';
import type { Context } from './context.ts';
import type { Column, Table } from './table.ts';

/** A check as HR reads it; the sentence is made only when its line is written. */
type CheckLine = {
  issue: string;
  name: string;
  employeeId: string;
  department: string;
  verdict: string;
  why: () => string;
  action: string;
  id: string;
};

/** One line per thing to check, so that a person with two doubts has two lines to tick off. */
export const toCheckTable = (context: Context): Table<CheckLine> => {
  const { toCheck: header, attendance, sheets } = context.words;
  const lines = mapped(context.checks, lineOf(context));
  const columns: Column<CheckLine>[] = [
    { header: header.issue, width: 20, style: 'text', value: ({ issue }) => issue },
    { header: attendance.name, width: 16, style: 'text', value: ({ name }) => name },
    { header: attendance.employeeId, width: 13, style: 'text', value: ({ employeeId }) => employeeId },
    { header: attendance.department, width: 18, style: 'text', value: ({ department }) => department },
    { header: attendance.verdict, width: 15, style: 'text', value: ({ verdict }) => verdict, shows: 'verdict' },
    { header: header.why, width: 60, style: 'text', value: ({ why }) => why() },
    { header: header.action, width: 42, style: 'text', value: ({ action }) => action },
    { header: attendance.userId, width: 26, style: 'shrink', value: ({ id }) => id },
  ];
  const why = () => (context.report.snapshot.complete ? header.nothing : header.incomplete);
  const nothing: CheckLine = { ...BLANK, issue: header.nothingIssue, why };
  return { name: sheets.toCheck, columns, records: lines.length === 0 ? [nothing] : lines, frozenColumns: 0 };
};

const BLANK: CheckLine = {
  issue: '',
  name: '',
  employeeId: '',
  department: '',
  verdict: '',
  why: () => '',
  action: '',
  id: '',
};

const lineOf = ({ report, words, timeZone }: Context) => {
  const reason = reasonOf(report, words);
  const lastWord = lastWordOn(report.decisions);
  const at = (unixSeconds: number | null) => (unixSeconds === null ? null : wallClock(timeZone, unixSeconds));
  return (check: Check): CheckLine => {
    const told = { ...BLANK, ...words.checks[check.kind] };
    if (check.about === 'room') {
      const { name, meetingRoomId, joinedAt, leftAt, connectedSeconds } = check.room;
      const connected = connectedSeconds === null ? null : clock(connectedSeconds);
      const why = () => words.reason.room({ from: at(joinedAt), to: at(leftAt), connected });
      return { ...told, name, why, id: meetingRoomId };
    }
    const { judged } = check;
    const doubt = () => {
      if (check.about === 'decision') return [decisionText(check, { words, timeZone })];
      return check.about === 'fact' ? [words.doubts[check.kind]] : [];
    };
    if (judged === null) return { ...told, why: () => doubt().join('') };
    const { name, employeeId, department, verdict, userId } = judged;
    const decided = check.about === 'decision' ? null : lastWord(judged);
    if (decided && !isContested(decided, judged))
      told.action = words.decision.settled(words.verdicts[decided.verdict], decided.by.name);
    const why = () => [...doubt(), reason(judged)].join(words.sentenceSeparator);
    return { ...told, name, employeeId, department, verdict: words.verdicts[verdict.kind], why, id: userId };
  };
};
