import type { InBoth } from './in-both.ts';
import type { Meeting, Read } from './meeting.ts';
import type { Summary } from './summary.ts';

/** Where a job stands, with what belongs to that status. Times are Unix seconds. */
export type JobStatus =
  | { status: 'queued' }
  | { status: 'running'; pages: number; rows: number; expectedRows?: number }
  | {
      status: 'done';
      reportKey: string;
      summary: Summary;
      policySha256: string;
      /** False when the report went out with rows missing; absent from jobs of an earlier version. */
      complete?: boolean;
      /** The counts when HR's decisions stand in for the computed verdicts; absent when HR decided nothing. */
      decided?: Summary;
      /** Decisions that HR is asked about again; absent when there are none. */
      toConfirm?: number;
    }
  | ({ status: 'waiting'; until: number; reason: string; code: string; remedy?: string } & Told)
  | ({ status: 'failed'; code: string; reason: string; remedy: string } & Told)
  | ({ status: 'skipped'; reason: string } & Told);

/** What HR reads of a job that made no report, in whichever language they read; absent from jobs of an earlier version. */
type Told = { told?: InBoth };

/** A read that is not at its end: the slices kept of it, oldest first, and how far it came. */
export type UnfinishedRead = { part?: number; slices: string[]; pages: number; rows: number };

/** What is told of one report to make. */
export type Job = {
  /** `<yyyy-mm-dd>/<instanceId>.<revision>` */
  jobId: string;
  meeting: Pick<Meeting, 'instanceId' | 'meetingNo' | 'topic' | 'startsAt' | 'endsAt'>;
  /** The policy the job is judged by, from the first run that read one; a second run must use the same. */
  policySha256?: string;
  attempts: number;
  /** Reads of the participants that proved nothing yet, oldest first. */
  reads?: Read[];
  /** One for each part that is being read; empty when something may still be kept of finished reads. */
  unfinished?: UnfinishedRead[];
  updatedAt: number;
} & JobStatus;

/** The job of a request that nobody has begun with, since the given moment (Unix seconds). */
export const queuedJob = ({ jobId, meeting }: Pick<Job, 'jobId' | 'meeting'>, since: number): Job => ({
  jobId,
  meeting,
  attempts: 0,
  updatedAt: since,
  status: 'queued',
});

/** No later run changes it. */
export const isFinished = ({ status }: Pick<Job, 'status'>): boolean => status === 'done' || status === 'skipped';
