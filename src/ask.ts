import * as z from 'zod';
import { type Job, queuedJob } from './domain/job.ts';
import { partsOf } from './domain/job-id.ts';
import type { Meeting } from './domain/meeting.ts';
import { parseTime } from './domain/zone.ts';
import type { JobStore } from './store/jobs.ts';
import { inRevision, type ReportRequest, type RequestStore, toRequest } from './store/requests.ts';

export type FilingDeps = {
  requests: RequestStore;
  jobs: Pick<JobStore, 'get'>;
  /** Has the reconciler look after jobs of these days (`yyyy-mm-dd`), however long ago, until they are finished. */
  watchDays: (days: readonly string[]) => Promise<void>;
  timeZone: string;
  /** Unix milliseconds. */
  now: () => number;
};

export type AskDeps = FilingDeps & {
  /** The ended instances of a nine-digit number that began within [from, to], Unix seconds. */
  findMeetings: (query: { meetingNo: string; from: number; to: number }) => Promise<Meeting[]>;
  /** A link that downloads a finished job's report for a short time. */
  link: (jobId: string) => Promise<string>;
};

/** One job with its status, and a link once there is a report. */
export type JobAnswer = Job & { download?: string };

/** The input is not usable; the message names the field and what it must be. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

const meetingNo = z
  .string('must be a text of nine digits')
  .transform((text) => text.replaceAll(/[\s-]/g, ''))
  .refine((text) => /^\d{9}$/.test(text), 'must be nine digits, such as 123456789');
const unixSeconds = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,10}$/)
        .transform(Number),
    ],
    'must be Unix seconds',
  )
  .refine((value) => Number.isInteger(value) && value > 0 && value < 1e10, 'must be whole Unix seconds');
const rerun = z.boolean('must be true or false').optional();
const strictly = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' ? `does not know ${issue.keys.join(', ')}; remove it` : undefined,
  });

const byJob = strictly({ jobId: z.string('must be a text') });
const byInstance = strictly({
  instanceId: z.string('must be a text').regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
  meetingNo,
  startTime: unixSeconds,
  endTime: unixSeconds,
  topic: z.string('must be a text').optional(),
  rerun,
}).refine((input) => input.endTime >= input.startTime, { path: ['endTime'], message: 'must not be before startTime' });
const byNumber = strictly({ meetingNo, from: z.string('must be a text'), to: z.string('must be a text'), rerun });

const parse = <T>(schema: z.ZodType<T>, input: unknown): T => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new InputError(
    parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the input'}: ${issue.message}`).join('; '),
  );
};

/** A day (to its last second when it ends a range) or an ISO time, in the report's zone, as Unix seconds. */
const moment = (timeZone: string, field: string, text: string, edge: 'start' | 'end'): number => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const at = parseTime(timeZone, isDay && edge === 'end' ? `${text}T23:59:59` : text);
  if (at === null) throw new InputError(`${field}: must be a date such as 2026-11-01 or an ISO time`);
  if (at < 0) throw new InputError(`${field}: must not be before 1970`);
  return at;
};

/** Files what somebody asks for, each instance once. */
export const createFiling = (deps: FilingDeps) => {
  const { requests, jobs, timeZone } = deps;

  const jobOf = async (request: ReportRequest): Promise<Job> =>
    (await jobs.get(request.jobId))?.job ?? queuedJob(request, request.requestedAt);

  const fileOne = async (first: ReportRequest, again: boolean): Promise<Job> => {
    if (again) return jobOf(await requests.fileRerun(first));
    // What is told is the report as it stands, with late rows and HR's decisions, and not the first one for ever.
    for (let revision = (await requests.revisions(first.jobId)).at(-1) ?? 0; ; revision += 1) {
      const request = inRevision(first, revision);
      const outcome = await requests.file(request);
      const told = await jobOf(request);
      // A revision that the policy passed over is no answer to somebody who asks: the next one is.
      if (outcome === 'already-filed' && told.status === 'skipped') continue;
      // Asking again for what failed or waits is a wish to have it tried now.
      const stuck = told.status === 'failed' || told.status === 'waiting';
      if (outcome === 'already-filed' && stuck) await requests.redrive(request.jobId);
      return told;
    }
  };

  /** @param options.again Makes a new revision of what there is. */
  const file = async (
    meetings: readonly Meeting[],
    { requestedBy, again = false }: { requestedBy: string; again?: boolean | undefined },
  ): Promise<Job[]> => {
    const requestedAt = Math.floor(deps.now() / 1000);
    const asked = { reason: 'on-demand', sourceEventId: '', requestedBy, requestedAt } as const;
    const wanted = meetings.map((meeting) => toRequest({ meeting, ...asked }, timeZone));
    // Named before they are filed, so that none can be filed and forgotten.
    await deps.watchDays([...new Set(wanted.map(({ jobId }) => partsOf(jobId).day))]);
    const filed: Job[] = [];
    for (const request of wanted) filed.push(await fileOne(request, again));
    return filed;
  };

  return { jobOf, file };
};

/** Answers a script: files what is asked for once, and tells how its jobs stand. */
export const createAsk = (deps: AskDeps) => {
  const { requests, timeZone } = deps;
  const { jobOf, file } = createFiling(deps);
  const withLink = async (job: Job): Promise<JobAnswer> =>
    job.status === 'done' ? { ...job, download: await deps.link(job.jobId) } : job;
  const fileAll = async (meetings: readonly Meeting[], again?: boolean) => ({
    jobs: await Promise.all((await file(meetings, { requestedBy: '', again })).map(withLink)),
  });

  /** @throws {InputError} naming the field that is not usable. */
  return async (input: unknown): Promise<{ jobs: JobAnswer[] }> => {
    if (typeof input !== 'object' || input === null)
      throw new InputError('the input: must be an object with jobId, or instanceId, or meetingNo, from and to');
    if ('jobId' in input) {
      const { jobId } = parse(byJob, input);
      const request = await requests.get(jobId).catch((error: unknown) => {
        if (error instanceof RangeError) throw new InputError(error.message);
        throw error;
      });
      if (request === null) throw new InputError(`jobId: there is no job ${jobId}`);
      return { jobs: [await withLink(await jobOf(request))] };
    }
    if ('instanceId' in input) {
      const asked = parse(byInstance, input);
      const { instanceId, startTime: startsAt, endTime: endsAt, topic = '' } = asked;
      if (endsAt * 1000 > deps.now()) throw new InputError('endTime: must be past; the meeting has to have ended');
      const meeting = { instanceId, meetingNo: asked.meetingNo, topic, startsAt, endsAt, ownerOpenId: '' };
      return fileAll([meeting], asked.rerun);
    }
    const asked = parse(byNumber, input);
    const from = moment(timeZone, 'from', asked.from, 'start');
    const to = moment(timeZone, 'to', asked.to, 'end');
    if (from * 1000 > deps.now()) throw new InputError('from: must not be in the future; a meeting has to have ended');
    if (to < from) throw new InputError('to: must not be before from');
    if (to - from > 366 * 86_400) throw new InputError('to: must be within one year of from');
    return fileAll(await deps.findMeetings({ meetingNo: asked.meetingNo, from, to }), asked.rerun);
  };
};
