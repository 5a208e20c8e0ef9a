import type { Room } from './attendees.ts';
import type { Meeting, Snapshot } from './meeting.ts';
import type { PolicyVersion, Rules } from './policy.ts';
import type { DepartmentSummary, Summary } from './summary.ts';
import type { Judged } from './verdict.ts';

/** Where a report comes from: what HR needs to trace it back. */
export type Provenance = {
  /** `<yyyy-mm-dd>/<instanceId>.<revision>`, or '' for an offline report. */
  jobId: string;
  /** Why the report was asked for. */
  reason: 'meeting-ended' | 'on-demand' | 'reconcile' | 'offline';
  /** Feishu's event id, '' when no event asked. */
  sourceEventId: string;
  /** Who asked, '' when nobody did. */
  requestedBy: string;
  appVersion: string;
};

/** A judged meeting: everything that the workbook shows. */
export type Report = {
  meeting: Meeting;
  snapshot: Snapshot;
  policy: PolicyVersion;
  rules: Rules;
  /** Index of the policy's override that set the rules, or null. */
  override: number | null;
  judged: readonly Judged[];
  rooms: readonly Room[];
  summary: Summary;
  departments: readonly DepartmentSummary[];
  provenance: Provenance;
};

/** The whole of judging: snapshot and policy in, report out. Pure. */
export declare const toReport: (input: {
  meeting: Meeting;
  snapshot: Snapshot;
  policy: PolicyVersion;
  provenance: Provenance;
}) => Report;
