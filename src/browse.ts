import { isFinished, type Job, queuedJob } from './domain/job.ts';
import { partsOf } from './domain/job-id.ts';
import type { FinishedStore } from './store/finished.ts';
import type { JobStore } from './store/jobs.ts';
import { StoreError, unlessUnreadable } from './store/objects.ts';
import type { RequestStore } from './store/requests.ts';

export type BrowseDeps = {
  requests: Pick<RequestStore, 'get' | 'listPage'>;
  jobs: Pick<JobStore, 'get'>;
  finished: FinishedStore;
};

/** The newest revision of one instance; a job of null cannot be read. */
export type Line = { jobId: string; job: Job | null };

/** Requests read at once of a day; a day that has more is told in portions of this size. */
const portion = 1000;
/** Objects fetched at the same time: what the bucket's client keeps connections for. */
const atOnce = 48;
/** Finished jobs that a warm function need not read again. */
const remembered = 5000;
/** Finished jobs of a day that are read one by one sooner than kept together. */
const few = 20;

/**
 * Lists what was asked for on a day (`yyyy-mm-dd`), latest meeting first: one line per instance, also when nobody has
 * begun with it. `next` continues a day of very many meetings.
 */
export const createBrowse = ({ requests, jobs, finished }: BrowseDeps) => {
  const known = new Map<string, Job>();

  const read = async (jobId: string): Promise<Job | null> => {
    const job = (await jobs.get(jobId))?.job;
    if (job !== undefined) return job;
    const request = await requests.get(jobId);
    return request && queuedJob(request, request.requestedAt);
  };

  const readAll = async (jobIds: readonly string[]): Promise<Line[]> => {
    const lines: Line[] = [];
    for (let from = 0; from < jobIds.length; from += atOnce) {
      const some = jobIds.slice(from, from + atOnce);
      lines.push(
        ...(await Promise.all(some.map(async (jobId) => ({ jobId, job: await unlessUnreadable(() => read(jobId)) })))),
      );
    }
    return lines;
  };

  /** Finished jobs never change: what this function, or another one before it, has seen of them is not read again. */
  const linesOf = async (day: string, jobIds: readonly string[]): Promise<Line[]> => {
    const found = new Map<string, Job | null>();
    const missing = () => jobIds.filter((jobId) => !found.has(jobId));
    const take = (some: readonly Job[]) => {
      for (const job of some) found.set(job.jobId, job);
    };

    take(jobIds.flatMap((jobId) => known.get(jobId) ?? []));
    if (missing().length > few) take(await finished.get(day));
    const lines = await readAll(missing());
    for (const { jobId, job } of lines) found.set(jobId, job);

    const learnt = lines.flatMap(({ job }) => (job !== null && isFinished(job) ? [job] : []));
    if (learnt.length > few) await finished.add(day, learnt).catch(unlessStore);
    if (known.size + found.size > remembered) known.clear();
    for (const [jobId, job] of found) if (job !== null && isFinished(job)) known.set(jobId, job);
    return jobIds.map((jobId) => ({ jobId, job: found.get(jobId) ?? null }));
  };

  return async (day: string, after?: string): Promise<{ lines: Line[]; next: string | null }> => {
    const page = await requests.listPage({ day, limit: portion, ...(after !== undefined && { after }) });
    const newest = newestOf(page.jobIds);
    // The last instance's other revisions may come on the next page, unless it fills this one.
    if (page.more && newest.length > 1) newest.pop();
    const lines = await linesOf(day, newest);
    lines.sort((one, other) => (other.job?.meeting.startsAt ?? 0) - (one.job?.meeting.startsAt ?? 0));
    const last = newest.at(-1);
    return { lines, next: page.more && last !== undefined ? lastOf(page.jobIds, last) : null };
  };
};

/** The list stands also when nothing could be kept for the next one. */
const unlessStore = (error: unknown): void => {
  if (!(error instanceof StoreError)) throw error;
};

/** The newest revision of each instance, in the order of the ids; the revisions of one instance stand together. */
const newestOf = (jobIds: readonly string[]): string[] => {
  const newest = new Map<string, string>();
  for (const jobId of jobIds) {
    const { instanceId, revision } = partsOf(jobId);
    const known = newest.get(instanceId);
    if (known === undefined || partsOf(known).revision < revision) newest.set(instanceId, jobId);
  }
  return [...newest.values()];
};

/** The last id, in the order of the keys, of the instance that a job belongs to. */
const lastOf = (jobIds: readonly string[], jobId: string): string => {
  const { instanceId } = partsOf(jobId);
  return jobIds.findLast((each) => partsOf(each).instanceId === instanceId) ?? jobId;
};
