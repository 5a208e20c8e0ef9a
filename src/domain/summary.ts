import type { Room } from './attendees.ts';
import type { Judged, Verdict } from './verdict.ts';

/** Counts of required people by verdict, the rates, and who else was there. */
export type Summary = {
  required: number;
  attended: number;
  partial: number;
  insufficient: number;
  absent: number;
  undetermined: number;
  /** People expected to be excused, whatever they did. */
  excused: number;
  /** People whose coming was optional, whatever they did. */
  notRequired: number;
  /** attended ÷ required, 0–1; null when nobody was required. */
  rate: number | null;
  /** The rate if every undetermined person is cleared. */
  rateIfCleared: number | null;
  rooms: number;
  externals: number;
  /** Not invited, and joined. */
  walkIns: number;
};

/** `decided`: the counts when HR's decisions stand in for the computed verdicts; null when HR decided on nobody of the meeting. */
export type DepartmentSummary = { department: string; summary: Summary; decided: Summary | null };

/** The group of people without a department. */
export const NO_DEPARTMENT = '—';

export const summarise = (judged: readonly Judged[], rooms: readonly Room[]): Summary => {
  const expected = { required: 0, optional: 0, excused: 0 };
  const kinds = new Map<Verdict['kind'], number>();
  let externals = 0;
  let walkIns = 0;
  for (const { expectation, verdict, external, joined, flags } of judged) {
    expected[expectation] += 1;
    if (expectation === 'required') kinds.set(verdict.kind, (kinds.get(verdict.kind) ?? 0) + 1);
    if (external) externals += 1;
    if (joined && flags.includes('not-invited')) walkIns += 1;
  }
  const count = (kind: Verdict['kind']): number => kinds.get(kind) ?? 0;
  const share = (people: number): number | null => (expected.required === 0 ? null : people / expected.required);
  const attended = count('attended');
  const undetermined = count('undetermined');
  return {
    required: expected.required,
    attended,
    partial: count('partial'),
    insufficient: count('insufficient'),
    absent: count('absent'),
    undetermined,
    excused: expected.excused,
    notRequired: expected.optional,
    rate: share(attended),
    rateIfCleared: share(attended + undetermined),
    rooms: rooms.length,
    externals,
    walkIns,
  };
};

const byDepartment = (judged: readonly Judged[]): Map<string, Judged[]> => {
  const people = new Map<string, Judged[]>();
  for (const person of judged) {
    const department = person.department || NO_DEPARTMENT;
    const group = people.get(department);
    if (group) group.push(person);
    else people.set(department, [person]);
  }
  return people;
};

/**
 * One summary per department in the order of first appearance; people without one under `NO_DEPARTMENT`. Rooms belong to none.
 * @param decided The same people with HR's decisions; null when there are none.
 */
export const summariseDepartments = (
  judged: readonly Judged[],
  decided: readonly Judged[] | null,
): DepartmentSummary[] => {
  const groups = decided && byDepartment(decided);
  return [...byDepartment(judged)].map(([department, people]) => ({
    department,
    summary: summarise(people, []),
    decided: groups && summarise(groups.get(department) ?? [], []),
  }));
};
