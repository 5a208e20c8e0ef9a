import type { Decision } from './domain/decisions.ts';
import type { Meeting, Snapshot } from './domain/meeting.ts';
import type { PolicyVersion } from './domain/policy.ts';
import { type Provenance, type Report, toReport } from './domain/report.ts';

/** The outside world of one report, as functions. */
export type ReportDeps = {
  /** Every row of the meeting, or an error: nothing in between. */
  fetchSnapshot: (meeting: Meeting) => Promise<Snapshot>;
  savedSnapshot: (jobId: string) => Promise<Snapshot | null>;
  /** Keeps the first snapshot saved for a job and returns the one that is kept. */
  saveSnapshot: (jobId: string, meeting: Meeting, snapshot: Snapshot) => Promise<Snapshot>;
  /** The workbook's bytes, made while they are taken. */
  renderWorkbook: (report: Report) => AsyncIterable<Uint8Array>;
  /** Keeps the first workbook saved for a job and returns its key. */
  saveReport: (jobId: string, meeting: Meeting, workbook: AsyncIterable<Uint8Array>) => Promise<string>;
};

/**
 * The whole path of one report. A job that is run again reads its saved snapshot instead of asking Feishu, so the same
 * job and policy always give the same bytes under the same key.
 */
export const makeReport = async (
  {
    meeting,
    policy,
    provenance,
    decisions,
  }: { meeting: Meeting; policy: PolicyVersion; provenance: Provenance; decisions: readonly Decision[] },
  deps: ReportDeps,
): Promise<{ reportKey: string; report: Report }> => {
  const { jobId } = provenance;
  const snapshot =
    (await deps.savedSnapshot(jobId)) ?? (await deps.saveSnapshot(jobId, meeting, await deps.fetchSnapshot(meeting)));
  const report = toReport({ meeting, snapshot, policy, provenance, decisions });
  const reportKey = await deps.saveReport(jobId, meeting, deps.renderWorkbook(report));
  return { reportKey, report };
};
