import type { Job } from './domain/job.ts';
import { partsOf } from './domain/job-id.ts';
import { isJoinedId } from './domain/restarts.ts';
import type { Log } from './log.ts';
import { saidOnParts } from './said-on-parts.ts';
import type { JobStore } from './store/jobs.ts';
import {
  inRevision,
  isAutomatic,
  type ReportRequest,
  type RequestStore,
  readableRequest,
  refetched,
  reviewed,
  rowsOf,
} from './store/requests.ts';

export type TendDeps = {
  requests: Pick<RequestStore, 'file' | 'get' | 'list' | 'redrive' | 'revisions'>;
  /** IANA zone of the days. */
  timeZone: string;
  jobs: Pick<JobStore, 'list'>;
  /** Minutes without news after which a job counts as stuck. */
  stuckMinutes: number;
  log: Log;
};

/** `unfinished`: nothing to do yet. `unreadable`: only a person can mend its objects. */
export type Tended = 'finished' | 'unfinished' | 'redriven' | 'revised' | 'unreadable';

/** What is known of one instance: its newest revision, and its latest end, null when not every job can tell. */
export type Known = { revision: number; endsAt: number | null };

/** A job's own message comes first; this long after the moment that a job waits for, the message is taken for lost. */
const lateSeconds = 300;
/** Rows that are still incomplete are fetched anew at each of these hours after the meeting's end. */
const refetchHours = [3, 24];

/** When the rows that a job fetched are to be fetched anew, in Unix seconds; null when they are whole or have had their last chance. */
const refetchAt = (job: Job | null | undefined): number | null => {
  if (job?.status !== 'done' || job.complete !== false) return null;
  const moments = refetchHours.map((hours) => job.meeting.endsAt + hours * 3600);
  return moments.find((moment) => moment > job.updatedAt) ?? null;
};

type Context = { at: number; stuckSeconds: number };

/** What a job needs by what it tells of itself. */
const needOf = (job: Job, { at, stuckSeconds }: Context): 'nothing' | 'time' | 'redrive' => {
  switch (job.status) {
    case 'queued':
    case 'running':
      return job.updatedAt + stuckSeconds <= at ? 'redrive' : 'time';
    case 'waiting':
      return job.until + lateSeconds <= at ? 'redrive' : 'time';
    case 'done':
    case 'failed':
    case 'skipped':
      return 'nothing';
  }
};

const allJobs = async (jobs: TendDeps['jobs'], day: string): Promise<Map<string, Job | null>> => {
  const found = new Map<string, Job | null>();
  let after: string | undefined;
  do {
    const page = await jobs.list({ day, limit: 100, ...(after !== undefined && { after }) });
    for (const { jobId, job } of page.jobs) found.set(jobId, job);
    after = page.more ? page.jobs.at(-1)?.jobId : undefined;
  } while (after !== undefined);
  return found;
};

const knownOf = (jobIds: readonly string[], found: ReadonlyMap<string, Job | null>): Map<string, Known> => {
  const known = new Map<string, Known>();
  for (const jobId of jobIds) {
    const { instanceId, revision } = partsOf(jobId);
    const { revision: newest, endsAt: latest } = known.get(instanceId) ?? { revision: 0, endsAt: 0 };
    const endsAt = found.get(jobId)?.meeting.endsAt ?? null;
    known.set(instanceId, {
      revision: Math.max(newest, revision),
      endsAt: endsAt === null || latest === null ? null : Math.max(latest, endsAt),
    });
  }
  return known;
};

/**
 * Sees to the requests of one day: sends those whose job is missing, stuck or due to the worker again, and asks for a
 * new revision of a report that went out incomplete, or lacks what HR decided on its parts. What cannot be read is told, and the others go on.
 * @param at Unix seconds.
 */
export const createTend =
  ({ requests, jobs, timeZone, stuckMinutes, log }: TendDeps) =>
  async (day: string, at: number): Promise<{ outcomes: Tended[]; known: Map<string, Known> }> => {
    const stuckSeconds = stuckMinutes * 60;
    const jobIds = await requests.list(day);
    const found = await allJobs(jobs, day);
    const known = knownOf(jobIds, found);

    const isPending = (jobId: string): boolean => refetchAt(found.get(jobId)) !== null;
    const pending = new Set(jobIds.filter(isPending).map((jobId) => partsOf(jobId).instanceId));

    const unreadable = (key: string): Tended => {
      log('reconcile.unreadable', { key });
      return 'unreadable';
    };

    const refetch = async (request: ReportRequest): Promise<Tended> => {
      // What a person asked for stays asked for: the policy's scope does not hold against it.
      const reason = isAutomatic(request.reason) ? 'reconcile' : 'on-demand';
      const next = inRevision({ ...refetched(request), reason, requestedAt: at }, request.revision + 1);
      if ((await requests.file(next)) === 'already-filed') return 'unfinished';
      log('reconcile.revised', { jobId: next.jobId });
      return 'revised';
    };

    /** The report of a restarted meeting with what HR decided on its parts since. */
    const carry = async (request: ReportRequest, job: Job & { status: 'done' }): Promise<Tended> => {
      const decisions = await saidOnParts(request, { requests, timeZone });
      if (decisions.length === 0) return 'finished';
      const next = reviewed(
        { ...request, reason: 'decided', sourceEventId: '', requestedBy: '', requestedAt: at },
        {
          snapshotOf: rowsOf(request),
          policySha256: job.policySha256,
          decisions: [...(request.decisions ?? []), ...decisions],
        },
      );
      const wanted = inRevision(next, request.revision + 1);
      if ((await requests.file(wanted)) === 'already-filed') return 'unfinished';
      log('reconcile.carried', { jobId: wanted.jobId });
      return 'revised';
    };

    const tend = async (jobId: string): Promise<Tended> => {
      const { instanceId, revision } = partsOf(jobId);
      const job = found.get(jobId);
      if (job === null) return unreadable(`jobs/${jobId}.json`);
      const need = job && needOf(job, { at, stuckSeconds });
      // What HR decided or had judged anew since stands on the rows of an earlier job: those are as old as they were.
      const isNewest = known.get(instanceId)?.revision === revision;
      const mayBePending = isNewest && pending.has(instanceId);
      const mayHaveParts = isNewest && job?.status === 'done' && isJoinedId(instanceId);
      if (need === 'nothing' && !mayBePending && !mayHaveParts) return 'finished';
      if (need === 'time' && !mayBePending) return 'unfinished';
      const request = await readableRequest(requests, jobId);
      if (request === null) return unreadable(`requests/${jobId}.json`);
      const moment = mayBePending ? refetchAt(found.get(rowsOf(request))) : null;
      if (moment !== null && moment <= at) return refetch(request);
      if (mayHaveParts) {
        const carried = await carry(request, job);
        if (carried !== 'finished') return carried;
      }
      if (need === 'nothing') return moment === null ? 'finished' : 'unfinished';
      if (need === 'time') return 'unfinished';
      if (need === undefined && request.requestedAt + stuckSeconds > at) return 'unfinished';
      await requests.redrive(jobId);
      log('reconcile.redriven', { jobId, status: job?.status ?? 'none' });
      return 'redriven';
    };

    const outcomes: Tended[] = [];
    for (const jobId of jobIds) outcomes.push(await tend(jobId));
    return { outcomes, known };
  };
