import { isFinished, type Job, queuedJob } from './domain/job.ts';
import { partsOf } from './domain/job-id.ts';
import type { JobStore } from './store/jobs.ts';
import { unlessUnreadable } from './store/objects.ts';
import type { RequestStore } from './store/requests.ts';

export type BrowseDeps = {
  requests: Pick<RequestStore, 'get' | 'listPage'>;
  jobs: Pick<JobStore, 'get'>;
};

/** The newest revision of one instance; a job of null cannot be read. */
export type Line = { jobId: string; job: Job | null };

/** Requests read at once of a day; a day that has more is told in portions of this size. */
const portion = 1000;
/** Objects fetched at the same time: what the bucket's client keeps connections for. */
const atOnce = 48;
/** Finished jobs never change, so a warm function need not read them again. */
const remembered = 5000;

/**
 * Lists what was asked for on a day (`yyyy-mm-dd`), latest meeting first: one line per instance, also when nobody has
 * begun with it. `next` continues a day of very many meetings.
 */
export const createBrowse = ({ requests, jobs }: BrowseDeps) => {
  const finished = new Map<string, Job>();

  const read = async (jobId: string): Promise<Job | null> => {
    const known = finished.get(jobId);
    if (known) return known;
    const job = (await jobs.get(jobId))?.job;
    if (job === undefined) {
      const request = await requests.get(jobId);
      return request && queuedJob(request, request.requestedAt);
    }
    if (isFinished(job)) {
      if (finished.size >= remembered) finished.clear();
      finished.set(jobId, job);
    }
    return job;
  };

  return async (day: string, after?: string): Promise<{ lines: Line[]; next: string | null }> => {
    const page = await requests.listPage({ day, limit: portion, ...(after !== undefined && { after }) });
    const newest = newestOf(page.jobIds);
    // The last instance's other revisions may come on the next page, unless it fills this one.
    if (page.more && newest.length > 1) newest.pop();
    const lines: Line[] = [];
    for (let from = 0; from < newest.length; from += atOnce) {
      const some = newest.slice(from, from + atOnce);
      lines.push(
        ...(await Promise.all(some.map(async (jobId) => ({ jobId, job: await unlessUnreadable(() => read(jobId)) })))),
      );
    }
    lines.sort((one, other) => (other.job?.meeting.startsAt ?? 0) - (one.job?.meeting.startsAt ?? 0));
    const last = newest.at(-1);
    return { lines, next: page.more && last !== undefined ? lastOf(page.jobIds, last) : null };
  };
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
