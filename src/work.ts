import { countPeople } from './domain/attendees.ts';
import { countToConfirm } from './domain/checks.ts';
import type { InBoth } from './domain/in-both.ts';
import { isFinished, type Job, type JobStatus, queuedJob } from './domain/job.ts';
import type { Meeting, Read, Slice, Snapshot } from './domain/meeting.ts';
import type { PolicyVersion } from './domain/policy.ts';
import { outOfScope } from './domain/scope.ts';
import { FeishuError } from './feishu/error.ts';
import { Paused } from './feishu/paging.ts';
import { makeReport, type ReportDeps } from './report.ts';
import { createFileRestarted, fetchParts, type RestartDeps } from './restarts.ts';
import { skippedBecause } from './skipped.ts';
import { inStatus, type JobStore, type ReadJob } from './store/jobs.ts';
import { PolicyError, type PolicyStore } from './store/policies.ts';
import { isAutomatic, type ReportRequest, type RequestStore } from './store/requests.ts';
import type { SliceStore } from './store/slices.ts';
import { createUnfinished, type Left, Overtaken } from './unfinished.ts';

type Progress = { pages: number; rows: number; expectedRows: number | null };

export type WorkDeps = RestartDeps & {
  requests: Pick<RequestStore, 'get' | 'redrive'>;
  jobs: JobStore;
  slices: SliceStore;
  policies: PolicyStore;
  report: Omit<ReportDeps, 'fetchSnapshot'>;
  /** @param deadlineAt Unix milliseconds. */
  fetchSnapshot: (
    meeting: Meeting,
    options: {
      deadlineAt: number;
      earlier: readonly Read[];
      onRead: (read: Read) => Promise<void>;
      onProgress: (progress: Progress) => Promise<void>;
      unfinished: Left | null;
      onSlice: (slice: Slice, which: { begins: boolean }) => Promise<void>;
      goOn: () => Promise<boolean>;
      onInstances: (instances: () => Meeting[]) => void;
    },
  ) => Promise<Snapshot>;
  locale: 'zh' | 'en';
  appVersion: string;
};

/** `settled`: the message is done with. `again`: deliver it once more after a while. */
export type WorkOutcome = { kind: 'settled' } | { kind: 'again'; afterSeconds: number };

/** Feishu or the network hiccups: seconds until the next try, by number of deliveries; then the job waits without its message. */
const hiccupWaits = [30, 60, 120, 300, 600];
/** Deliveries after which even a wait that Feishu asked for is no longer a short one. */
const mostDeliveries = 12;
const longWaitSeconds = 3600;
/** Progress is written at most this often, so that a long fetch does not turn into a write per page. */
const progressEveryMs = 2000;

/** Ends a run: the policy asks for no report of this meeting. */
class Skipped extends Error {
  override readonly name = 'Skipped';
  readonly why: InBoth;
  constructor(why: InBoth) {
    super(why.en);
    this.why = why;
  }
}

/** Ends a run: the rows to judge anew have been deleted. */
class SnapshotGone extends Error {
  override readonly name = 'SnapshotGone';
}

type Setback = { status: JobStatus & { status: 'waiting' | 'failed' | 'skipped' }; again: number | null };

/** Time kept back from the fetch for judging, writing and saving; of a short run no more than a third. */
const reserveMs = 30_000;

/**
 * What an error means for a job: wait with the message kept, wait without it, fail with a remedy, or be passed over.
 * Anything that is neither Feishu's nor the policy's answer is rethrown, so that the queue delivers the message again.
 */
const setbackOf = (error: unknown, context: { receiveCount: number; nowMs: number; locale: 'zh' | 'en' }): Setback => {
  if (error instanceof Skipped) {
    const { why } = error;
    return { status: { status: 'skipped', reason: why[context.locale], told: why }, again: null };
  }
  const { code, reason, remedy } = troubleOf(error);
  const told = { code, reason, remedy: remedy[context.locale], told: remedy };
  const failed: Setback = { status: { status: 'failed', ...told }, again: null };
  const waiting = (seconds: number, again: number | null): Setback => ({
    status: { status: 'waiting', until: Math.floor(context.nowMs / 1000) + seconds, ...told },
    again,
  });
  if (error instanceof PolicyError) return waiting(longWaitSeconds, null);
  if (!(error instanceof FeishuError)) return failed;
  switch (error.kind) {
    case 'never':
      return failed;
    case 'person':
      // A missing right can concern this meeting alone; every other cause stops all meetings and is cured for all at once.
      return error.code === 'NO_PERMISSION' ? failed : waiting(longWaitSeconds, null);
    case 'refresh':
    case 'retry': {
      const seconds = error.waitSeconds ?? hiccupWaits[context.receiveCount - 1];
      return seconds === undefined || context.receiveCount > mostDeliveries
        ? waiting(longWaitSeconds, null)
        : waiting(Math.ceil(seconds), Math.ceil(seconds));
    }
  }
};

/** What an error is called, what is known of it and what helps. @throws what nobody foresaw. */
const troubleOf = (error: unknown): { code: string; reason: string; remedy: InBoth } => {
  if (error instanceof FeishuError) return { code: error.code, reason: error.message, remedy: error.remedy };
  if (error instanceof PolicyError)
    return {
      code: 'POLICY_INVALID',
      reason: error.message,
      remedy: { en: 'Correct the policy; the job goes on by itself.', zh: '请更正考勤规则，之后任务会自动继续。' },
    };
  if (error instanceof SnapshotGone)
    return {
      code: 'SNAPSHOT_GONE',
      reason: `The rows of ${error.message} have been deleted.`,
      remedy: {
        en: 'Its rows have been deleted. Ask for a new report of the meeting: it fetches the rows anew.',
        zh: '该会议的参会记录已删除。请重新生成该会议的报告：系统会重新获取参会记录。',
      },
    };
  throw error;
};

/** Pages and rows that unfinished reads have already. */
const readSoFar = ({ unfinished = [] }: Job): { pages: number; rows: number } => ({
  pages: unfinished.reduce((sum, { pages }) => sum + pages, 0),
  rows: unfinished.reduce((sum, { rows }) => sum + rows, 0),
});

/** Follows one job's status; every change is fenced by the version it was read at. */
const follow = (jobs: JobStore, { job, etag }: ReadJob) => {
  let known = { job, etag };
  /** False when another run of the same job has finished it meanwhile. */
  return async (next: (job: Job) => Job): Promise<boolean> => {
    for (;;) {
      const changed = next(known.job);
      const written = await jobs.replace(changed, known.etag);
      if (written !== null) {
        known = { job: changed, etag: written };
        return true;
      }
      const latest = await jobs.get(job.jobId);
      if (latest === null || isFinished(latest.job)) return false;
      known = latest;
    }
  };
};

/** The job as stored, or stored now for the first time. */
const open = async (jobs: JobStore, request: ReportRequest, updatedAt: number): Promise<ReadJob> => {
  const { jobId, meeting } = request;
  const found = await jobs.get(jobId);
  if (found !== null) return found;
  const job = queuedJob({ jobId, meeting }, updatedAt);
  const etag = await jobs.create(job);
  return etag === null ? open(jobs, request, updatedAt) : { job, etag };
};

type Delivery = {
  receiveCount: number;
  /** Unix milliseconds. */
  deadlineAt: number;
  /** Whether other messages wait; by default none does. */
  othersWait?: () => Promise<boolean>;
};

/**
 * Works on one job: makes its report and keeps its status true, whatever happens on the way. Running it twice, also at
 * once, makes one report: the policy is pinned by the first run, the snapshot and the workbook are kept once.
 */
export const createWork =
  (deps: WorkDeps) =>
  async (
    jobId: string,
    { receiveCount, deadlineAt, othersWait = async () => false }: Delivery,
  ): Promise<WorkOutcome> => {
    const { jobs, policies, now, log } = deps;
    const request = await deps.requests.get(jobId);
    if (request === null) {
      log('work.no-request', { jobId });
      return { kind: 'settled' };
    }
    const ids = { jobId, eventId: request.sourceEventId };
    const seconds = () => Math.floor(now() / 1000);
    const opened = await open(jobs, request, seconds());
    if (isFinished(opened.job)) return { kind: 'settled' };
    const change = follow(jobs, opened);
    const unfinished = createUnfinished(deps.slices, { job: opened.job, change });
    const fileRestarted = createFileRestarted(deps);
    let instances: (() => Meeting[]) | null = null;

    const pinPolicy = async (): Promise<PolicyVersion> => {
      const pinned = opened.job.policySha256 ?? request.policySha256;
      if (pinned !== undefined) return policies.byHash(pinned);
      const current = await policies.current();
      await policies.keep(current);
      return current;
    };

    /** Whoever asks for a report gets it; what comes by itself is held against the policy. */
    const checkScope = ({ policy: { scope } }: PolicyVersion, snapshot: Snapshot | null): void => {
      if (scope === undefined || !isAutomatic(request.reason)) return;
      const people = snapshot && countPeople(snapshot.participants, request.meeting);
      const found = outOfScope(scope, { meeting: request.meeting, source: request.source ?? null, people });
      if (found !== null) throw new Skipped(skippedBecause(found));
    };

    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = async ({ pages, rows, expectedRows }: Progress): Promise<void> => {
      if (now() - toldAt < progressEveryMs) return;
      toldAt = now();
      const status = { status: 'running', pages, rows, ...(expectedRows !== null && { expectedRows }) } as const;
      await change((job) => inStatus(job, status, { updatedAt: seconds() }));
    };

    const fetchOne = async (meeting: Meeting, part?: number): Promise<Snapshot> =>
      deps.fetchSnapshot(meeting, {
        deadlineAt: deadlineAt - Math.min(reserveMs, (deadlineAt - now()) / 3),
        earlier: (opened.job.reads ?? []).filter((read) => read.part === part),
        onRead: (read) => unfinished.remember(part === undefined ? read : { ...read, part }, { updatedAt: seconds() }),
        onProgress: tell,
        unfinished: await unfinished.left(part),
        onSlice: (slice, { begins }) => unfinished.keep(slice, { part, begins, updatedAt: seconds() }),
        goOn: async () => !(await othersWait()),
        onInstances: (found) => {
          instances = found;
        },
      });

    /** What was kept of unfinished reads is of no use any more; where it cannot be removed, the report still stands. */
    const sweep = () =>
      unfinished.sweep().catch((error: unknown) => {
        log('work.not-swept', { ...ids, error: error instanceof Error ? error.name : 'unknown' });
      });

    /** What is judged anew without asking Feishu. */
    const keptSnapshot = async (snapshotOf: string): Promise<Snapshot> => {
      const kept = await deps.report.savedSnapshot(snapshotOf);
      if (kept === null) throw new SnapshotGone(snapshotOf);
      return kept;
    };

    try {
      const policy = await pinPolicy();
      const started = await change((job) =>
        inStatus(
          // A read that goes on is no new attempt.
          job.unfinished?.length ? job : { ...job, attempts: job.attempts + 1 },
          { status: 'running', ...readSoFar(job) },
          { updatedAt: seconds(), policySha256: policy.sha256 },
        ),
      );
      if (!started) return { kind: 'settled' };
      checkScope(policy, null);
      const { reportKey, report } = await makeReport(
        {
          meeting: request.meeting,
          policy,
          decisions: request.decisions ?? [],
          provenance: {
            jobId,
            reason: request.reason,
            sourceEventId: request.sourceEventId,
            requestedBy: request.requestedBy,
            appVersion: deps.appVersion,
          },
        },
        {
          ...deps.report,
          fetchSnapshot: async (meeting) => {
            const { savedSnapshot } = deps.report;
            if (request.snapshotOf !== undefined) return keptSnapshot(request.snapshotOf);
            const snapshot = await fetchParts(meeting, { fetch: fetchOne, savedSnapshot, timeZone: deps.timeZone });
            // Before anything personal is kept.
            if (snapshot.complete) checkScope(policy, snapshot);
            return snapshot;
          },
        },
      );
      // While the job is not done yet, so that a run that dies here looks again.
      if (request.snapshotOf === undefined) await fileRestarted(request, policy.policy, instances);
      await sweep();
      const { summary, decided, snapshot } = report;
      const { complete } = snapshot;
      const toConfirm = countToConfirm(report);
      const told = {
        reportKey,
        summary,
        ...(decided && { decided }),
        ...(toConfirm > 0 && { toConfirm }),
        policySha256: policy.sha256,
        complete,
      };
      const status = { status: 'done', ...told } as const;
      await change((job) => inStatus(job, status, { updatedAt: seconds() }));
      log('work.done', {
        ...ids,
        pages: snapshot.pages,
        rows: snapshot.participants.length,
        complete,
        undetermined: summary.undetermined,
        // What was fetched for an earlier revision has been told then.
        ...(request.snapshotOf === undefined && { reads: snapshot.reads, calls: snapshot.calls ?? 0 }),
        // Only what comes by itself is waited for from the meeting's end on.
        ...(request.revision === 0 &&
          isAutomatic(request.reason) && { secondsSinceEnd: seconds() - request.meeting.endsAt }),
      });
      return { kind: 'settled' };
    } catch (error) {
      if (error instanceof Paused) {
        // A new message behind those that wait; this one would count as delivered in vain.
        await deps.requests.redrive(jobId);
        log('work.paused', ids);
        return { kind: 'settled' };
      }
      if (error instanceof Overtaken) {
        log('work.overtaken', ids);
        return { kind: 'settled' };
      }
      const { status, again } = setbackOf(error, { receiveCount, nowMs: now(), locale: deps.locale });
      if (status.status !== 'waiting') await sweep();
      await change((job) => inStatus(job, status, { updatedAt: seconds() }));
      log(`work.${status.status}`, { ...ids, ...('code' in status && { code: status.code }), receiveCount });
      return again === null ? { kind: 'settled' } : { kind: 'again', afterSeconds: again };
    }
  };
