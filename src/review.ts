import type { Person } from './domain/audit.ts';
import {
  type DecidedVerdict,
  type Decision,
  inForce,
  personKey,
  type Standing,
  saysTheSame,
} from './domain/decisions.ts';
import { type Job, queuedJob } from './domain/job.ts';
import { partsOf } from './domain/job-id.ts';
import type { Policy, PolicyVersion } from './domain/policy.ts';
import { type Report, toReport } from './domain/report.ts';
import type { Verdict } from './domain/verdict.ts';
import type { JobStore } from './store/jobs.ts';
import { unlessUnreadable } from './store/objects.ts';
import { type PolicyStore, versionOf } from './store/policies.ts';
import {
  inRevision,
  type ReportRequest,
  type RequestStore,
  readableRequest,
  refetched,
  reviewed,
  rowsOf,
} from './store/requests.ts';
import type { SnapshotStore } from './store/snapshots.ts';

export type ReviewDeps = {
  requests: RequestStore;
  jobs: Pick<JobStore, 'get'>;
  snapshots: Pick<SnapshotStore, 'get'>;
  policies: Pick<PolicyStore, 'byHash' | 'current' | 'keep'>;
  /** Has the reconciler look after jobs of these days until they are finished. */
  watchDays: (days: readonly string[]) => Promise<void>;
  appVersion: string;
  /** Unix milliseconds. */
  now: () => number;
};

/** One revision of a meeting's report: why it was made, and how it stands; a job of null cannot be read. */
export type Revision = Pick<ReportRequest, 'jobId' | 'revision' | 'reason' | 'requestedBy' | 'requestedAt'> & {
  job: Job | null;
};

/** A job with all that is known of it. The report is null unless it is done, and its rows are still kept and can be read. */
export type Opened = { revision: Revision; newest: number; report: Report | null };

/** `filed`: under this job. `superseded`: nothing was done, for this newer revision has come since. */
export type Filed = { kind: 'filed'; jobId: string } | { kind: 'superseded'; jobId: string };

/** Reports kept in memory: a done job never changes, and whoever reads one page of it reads the next. */
const remembered = 4;
/** Older revisions than these are not told of. */
const revisionsTold = 30;

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

const requestedBy = ({ name, openId }: Person): string => `${name} (${openId})`;

/** Whether a decision that counts was this one, on this report's own rows and beside this verdict of the rules. */
const isSaid = (standing: Standing | undefined, said: Pick<Decision, 'verdict' | 'reason'> & { beside: Verdict }) =>
  standing?.verdict === said.verdict &&
  standing.reason === said.reason &&
  standing.saidOf === undefined &&
  standing.beside !== undefined &&
  saysTheSame(standing.beside, said.beside);

/** What HR does with a report that is there: looks into it, decides on people, has it judged or made anew. Feishu is never asked here. */
export const createReview = ({ requests, jobs, snapshots, policies, watchDays, appVersion, now }: ReviewDeps) => {
  const reports = new Map<string, Report>();

  const requestOf = (jobId: string): Promise<ReportRequest | null> => readableRequest(requests, jobId);

  const jobOf = (request: ReportRequest): Promise<Job | null> =>
    unlessUnreadable(async () => (await jobs.get(request.jobId))?.job ?? queuedJob(request, request.requestedAt));

  const revisionOf = async (request: ReportRequest): Promise<Revision> => {
    const { jobId, revision, reason, requestedBy, requestedAt } = request;
    return { jobId, revision, reason, requestedBy, requestedAt, job: await jobOf(request) };
  };

  /** null when its rows are gone. */
  const judged = async (request: ReportRequest, policy: PolicyVersion): Promise<Report | null> => {
    const { jobId, meeting, reason, sourceEventId, requestedBy, decisions = [] } = request;
    const snapshot = await snapshots.get(rowsOf(request));
    if (snapshot === null) return null;
    const provenance = { jobId, reason, sourceEventId, requestedBy, appVersion };
    return toReport({ meeting, snapshot, policy, decisions, provenance });
  };

  const reportOf = async (request: ReportRequest, job: Job | null): Promise<Report | null> => {
    if (job?.status !== 'done') return null;
    const known = reports.get(request.jobId);
    if (known) return known;
    const { policySha256 } = job;
    const report = await unlessUnreadable(async () => judged(request, await policies.byHash(policySha256)));
    if (report === null) return null;
    const [oldest] = reports.keys();
    if (reports.size >= remembered && oldest !== undefined) reports.delete(oldest);
    reports.set(request.jobId, report);
    return report;
  };

  const newestOf = async (jobId: string): Promise<number> => (await requests.revisions(jobId)).at(-1) ?? 0;

  /** A job with its request, which what is filed next is made of. */
  const look = async (jobId: string): Promise<(Opened & { request: ReportRequest }) | null> => {
    const request = await requestOf(jobId);
    if (request === null) return null;
    const [revision, newest] = await Promise.all([revisionOf(request), newestOf(jobId)]);
    return { request, revision, newest, report: await reportOf(request, revision.job) };
  };

  const history = async (jobId: string): Promise<Revision[]> => {
    const request = await requestOf(jobId);
    if (request === null) return [];
    const told = (await requests.revisions(jobId)).slice(-revisionsTold).reverse();
    const all = await Promise.all(told.map((revision) => requestOf(inRevision(request, revision).jobId)));
    return Promise.all(all.filter((each) => each !== null).map(revisionOf));
  };

  /** Files the next revision after the one that was looked at, which two who ask at once share. */
  const fileNext = async (request: ReportRequest, next: ReportRequest): Promise<Filed> => {
    await watchDays([partsOf(request.jobId).day]);
    const wanted = inRevision(next, request.revision + 1);
    return (await requests.file(wanted)) === 'filed'
      ? { kind: 'filed', jobId: wanted.jobId }
      : { kind: 'superseded', jobId: wanted.jobId };
  };

  const asked = (by: Person) => ({
    sourceEventId: '',
    requestedBy: requestedBy(by),
    requestedAt: Math.floor(now() / 1000),
  });

  /** Makes the report again, with rows fetched anew; what failed or waits is tried again as it is. null: there is no such job. */
  const again = async (jobId: string, by: Person): Promise<Filed | null> => {
    const request = await requestOf(jobId);
    if (request === null) return null;
    const [newest, job] = await Promise.all([newestOf(jobId), jobOf(request)]);
    if (newest !== request.revision) return { kind: 'superseded', jobId: inRevision(request, newest).jobId };
    const status = job?.status;
    if (status === 'queued' || status === 'running') return { kind: 'filed', jobId };
    // Without its rows a report that was to be judged anew fails each time: only new rows help.
    const isLost = status === 'failed' && request.snapshotOf !== undefined;
    if ((status === 'failed' && !isLost) || status === 'waiting') {
      await watchDays([partsOf(jobId).day]);
      await requests.redrive(jobId);
      return { kind: 'filed', jobId };
    }
    return fileNext(request, { ...refetched(request), reason: 'on-demand', ...asked(by) });
  };

  /**
   * Adds a decision on one person, as a new revision from the same rows. Decisions of several people on one report, also at
   * once, all stay; the same one twice is one.
   */
  const decide = async (
    jobId: string,
    said: { person: string; verdict: DecidedVerdict | null; reason: string },
    by: Person,
  ): Promise<Filed | null> => {
    const found = await look(jobId);
    if (found?.report == null) return null;
    const { request, report } = found;
    const judged = report.judged.find((person) => personKey(person) === said.person);
    if (judged === undefined) return null;
    const beside = judged.verdict;
    const rows = rowsOf(request);
    const { day } = partsOf(jobId);
    // The joined report that this may be a part of, and is to have the decision too, can lie under the day before.
    await watchDays([day, dayBefore(day)]);
    for (;;) {
      const newest = await requestOf(inRevision(request, await newestOf(jobId)).jobId);
      if (newest === null) return null;
      if (rowsOf(newest) !== rows) return { kind: 'superseded', jobId: newest.jobId };
      const decisions = newest.decisions ?? [];
      const standing = inForce(decisions).get(said.person);
      if (said.verdict === null ? standing === undefined : isSaid(standing, { ...said, beside }))
        return { kind: 'filed', jobId: newest.jobId };
      const at = Math.floor(now() / 1000);
      const next = reviewed(
        { ...newest, reason: 'decided', ...asked(by) },
        {
          snapshotOf: rows,
          policySha256: newest.policySha256 ?? report.policy.sha256,
          decisions: [...decisions, { ...said, by, at, beside }],
        },
      );
      const wanted = inRevision(next, newest.revision + 1);
      if ((await requests.file(wanted)) === 'filed') return { kind: 'filed', jobId: wanted.jobId };
    }
  };

  /** Judges a done report by the policy in force, as a new revision from the same rows. null: it is not there, or not done. */
  const rejudge = async (jobId: string, by: Person): Promise<Filed | null> => {
    const found = await look(jobId);
    if (found?.report == null) return null;
    const { request, newest } = found;
    if (newest !== request.revision) return { kind: 'superseded', jobId: inRevision(request, newest).jobId };
    const policy = await policies.current();
    await policies.keep(policy);
    const next = reviewed(
      { ...request, reason: 're-judged', ...asked(by) },
      {
        snapshotOf: rowsOf(request),
        policySha256: policy.sha256,
        decisions: request.decisions ?? [],
      },
    );
    return fileNext(request, next);
  };

  /** The report as it is and as another policy would have it; null when it is not there, not done, or its rows are gone. */
  const tryPolicy = async (jobId: string, policy: Policy): Promise<{ before: Report; after: Report } | null> => {
    const found = await look(jobId);
    if (found?.report == null) return null;
    const after = await judged(found.request, versionOf(policy));
    return after && { before: found.report, after };
  };

  const open: (jobId: string) => Promise<Opened | null> = look;

  return { open, history, again, decide, rejudge, tryPolicy };
};
