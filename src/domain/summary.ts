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

export type DepartmentSummary = { department: string; summary: Summary };

export declare const summarise: (judged: readonly Judged[], rooms: readonly Room[]) => Summary;
/** One summary per department in the order of first appearance; people without one under "—". Rooms belong to none. */
export declare const summariseDepartments: (judged: readonly Judged[]) => DepartmentSummary[];
export type _Unused = Verdict;
