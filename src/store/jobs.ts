import * as z from 'zod';
import type { Job, JobStatus, UnfinishedRead } from '../domain/job.ts';
import type { Read } from '../domain/meeting.ts';
import type { Summary } from '../domain/summary.ts';
import { type ObjectStore, StoreError, unlessUnreadable } from './objects.ts';

const count = z.int().nonnegative();
const rate = z.number().min(0).max(1).nullable();

const summary = z.object({
  required: count,
  attended: count,
  partial: count,
  insufficient: count,
  absent: count,
  undetermined: count,
  excused: count,
  notRequired: count,
  rate,
  rateIfCleared: rate,
  rooms: count,
  externals: count,
  walkIns: count,
}) satisfies z.ZodType<Summary>;

const read = z.object({
  at: z.number(),
  rows: count,
  people: count,
  calls: count,
  fingerprint: z.string(),
  part: count.exactOptional(),
}) satisfies z.ZodType<Read>;

const unfinished = z.object({
  part: count.exactOptional(),
  slices: z.array(z.string()),
  pages: count,
  rows: count,
}) satisfies z.ZodType<UnfinishedRead>;

const facts = z.object({
  jobId: z.string(),
  meeting: z.object({
    instanceId: z.string(),
    meetingNo: z.string(),
    topic: z.string(),
    startsAt: z.number(),
    endsAt: z.number(),
  }),
  policySha256: z.string().exactOptional(),
  attempts: count,
  reads: z.array(read).exactOptional(),
  unfinished: z.array(unfinished).exactOptional(),
  updatedAt: z.number(),
});

const told = z.object({ en: z.string(), zh: z.string() }).exactOptional();

const status = z.discriminatedUnion('status', [
  z.object({ status: z.literal('queued') }),
  z.object({ status: z.literal('running'), pages: count, rows: count, expectedRows: count.exactOptional() }),
  z.object({
    status: z.literal('done'),
    reportKey: z.string(),
    summary,
    policySha256: z.string(),
    complete: z.boolean().exactOptional(),
    decided: summary.exactOptional(),
    toConfirm: count.exactOptional(),
  }),
  z.object({
    status: z.literal('waiting'),
    until: z.number(),
    reason: z.string(),
    code: z.string(),
    remedy: z.string().exactOptional(),
    told,
  }),
  z.object({ status: z.literal('failed'), code: z.string(), reason: z.string(), remedy: z.string(), told }),
  z.object({ status: z.literal('skipped'), reason: z.string(), told }),
]);

/** A job as the bucket holds it. */
export const jobSchema: z.ZodType<Job> = z.intersection(facts, status);

/** A job as read, with the version that `replace` asks for. */
export type ReadJob = { job: Job; etag: string };

/** The `jobs/` prefix of the bucket: the only objects that are ever overwritten. */
export type JobStore = {
  /**
   * null when there is no such job.
   * @throws {StoreError} `CORRUPT` naming the key.
   */
  get: (jobId: string) => Promise<ReadJob | null>;
  /** The new job's etag, or null when there is one already. */
  create: (job: Job) => Promise<string | null>;
  /**
   * Writes over exactly the version read. Fields of an earlier status that linger in `job` are not written.
   * @returns The new etag, or null when another run was faster: read again and decide anew.
   */
  replace: (job: Job, etag: string) => Promise<string | null>;
  /** The jobs of one day (`yyyy-mm-dd`) by instance id, at most `limit` (default 50) after a job id; null for one that cannot be read. */
  list: (options: {
    day: string;
    after?: string;
    limit?: number;
  }) => Promise<{ jobs: { jobId: string; job: Job | null }[]; more: boolean }>;
};

/**
 * The same job in a new status.
 * @throws {RangeError} When the status names another policy than the one the job is pinned to.
 */
export const inStatus = (
  job: Job,
  next: JobStatus,
  { updatedAt, policySha256 = job.policySha256 }: { updatedAt: number; policySha256?: string | undefined },
): Job => {
  const policies = [job.policySha256, policySha256, next.status === 'done' ? next.policySha256 : undefined];
  const [pinned, other] = new Set(policies.filter((sha256) => sha256 !== undefined));
  if (other !== undefined) throw new RangeError(`Job ${job.jobId} is pinned to policy ${pinned}, not ${other}`);
  const { jobId, meeting, attempts, reads, unfinished } = job;
  const goesOn = next.status === 'queued' || next.status === 'running' || next.status === 'waiting';
  return {
    jobId,
    meeting,
    ...(pinned && { policySha256: pinned }),
    attempts,
    ...(reads && { reads }),
    ...(unfinished && goesOn && { unfinished }),
    updatedAt,
    ...next,
  };
};

const keyOf = (jobId: string): string => `jobs/${jobId}.json`;
const bytesOf = (job: Job): Uint8Array => new TextEncoder().encode(JSON.stringify(jobSchema.parse(job)));

const parseJob = (jobId: string, bytes: Uint8Array): Job => {
  try {
    const job = jobSchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    if (job.jobId !== jobId) throw new RangeError('jobId is that of another job');
    return job;
  } catch (error) {
    const problem =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')
        : error instanceof RangeError
          ? error.message
          : 'no JSON';
    throw new StoreError('CORRUPT', `${keyOf(jobId)}: ${problem}`);
  }
};

export const jobStore = (objects: ObjectStore): JobStore => {
  const get: JobStore['get'] = async (jobId) => {
    const found = await objects.get(keyOf(jobId));
    return found && { job: parseJob(jobId, found.bytes), etag: found.etag };
  };
  const write = async (job: Job, when: 'absent' | { etag: string }): Promise<string | null> => {
    const outcome = await objects.put(keyOf(job.jobId), bytesOf(job), { contentType: 'application/json', when });
    return outcome.kind === 'written' ? outcome.etag : null;
  };
  return {
    get,
    create: (job) => write(job, 'absent'),
    replace: (job, etag) => write(job, { etag }),
    list: async ({ day, after, limit = 50 }) => {
      const { keys, more } = await objects.list({
        prefix: `jobs/${day}/`,
        limit,
        ...(after !== undefined && { after: keyOf(after) }),
      });
      const jobs = await Promise.all(
        keys.map(async (key) => {
          const jobId = key.slice('jobs/'.length).replace(/\.json$/, '');
          const found = await unlessUnreadable(async () => ({ read: await get(jobId) }));
          if (found === null) return { jobId, job: null };
          return found.read && { jobId, job: found.read.job };
        }),
      );
      return { jobs: jobs.filter((job) => job !== null), more };
    },
  };
};
