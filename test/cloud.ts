import type { Job } from '../src/domain/job.ts';
import type { Meeting, Snapshot } from '../src/domain/meeting.ts';
import type { MeetingRecord } from '../src/feishu/meetings.ts';
import { notificationOf } from '../src/local/bucket-events.ts';
import { createReconcile, type ReconcileDeps } from '../src/reconcile.ts';
import { cursorStore } from '../src/store/cursor.ts';
import { jobStore } from '../src/store/jobs.ts';
import { requestedJobs } from '../src/store/notifications.ts';
import type { ObjectStore } from '../src/store/objects.ts';
import { policyStore } from '../src/store/policies.ts';
import { reportStore } from '../src/store/reports.ts';
import { type ReportRequest, requestStore, toRequest } from '../src/store/requests.ts';
import { sliceStore } from '../src/store/slices.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
import { createWork, type WorkDeps } from '../src/work.ts';
import { snapshot } from './make.ts';
import { memoryObjects } from './memory-store.ts';

type Message = { body: string; dueAt: number; receives: number };

/** A worker that dies leaves its message hidden for so long: six times its fifteen minutes. */
const visibilitySeconds = 5400;
const maxReceives = 20;

/** A worker on a bucket; its workbook is the report as JSON. */
export const workDepsOn = (
  objects: ObjectStore,
  options: { fetch: (meeting: Meeting) => Promise<Snapshot>; nowSeconds: () => number; log: WorkDeps['log'] },
): WorkDeps => ({
  requests: requestStore(objects),
  jobs: jobStore(objects),
  slices: sliceStore(objects),
  policies: policyStore(objects, 'policies/current.json'),
  report: {
    savedSnapshot: snapshotStore(objects).get,
    saveSnapshot: snapshotStore(objects).save,
    async *renderWorkbook(report) {
      yield new TextEncoder().encode(JSON.stringify(report));
    },
    saveReport: reportStore(objects).save,
  },
  fetchSnapshot: options.fetch,
  findMeetings: async () => [],
  timeZone: 'Asia/Shanghai',
  locale: 'en',
  appVersion: '1.0.0',
  now: () => options.nowSeconds() * 1000,
  log: options.log,
});

/** An ended meeting as meeting_list tells of it. */
export const listed = (meeting: Meeting): MeetingRecord => ({
  ...meeting,
  webinar: false,
  external: false,
  announced: { participants: null, devices: null, viewers: null },
});

/**
 * The whole system in one process on a virtual clock: a bucket whose events go through a bus to a queue, the worker
 * behind it, the reconciler beside it. Every part can be told to fail.
 */
export const cloud = ({ at, timeZone = 'Asia/Shanghai' }: { at: number; timeZone?: string }) => {
  const objects = memoryObjects();
  const time = { now: at };
  const messages: Message[] = [];
  const dead: string[] = [];
  const logged: { event: string; [field: string]: unknown }[] = [];
  const faults = {
    /** Seconds after which each copy of a notification comes; none is a lost one. */
    notify: (_key: string): readonly number[] => [0],
    /** What Feishu's participant_list gives. */
    fetch: async (_meeting: Meeting): Promise<Snapshot> => snapshot(),
    /** What Feishu's meeting_list gives. */
    list: async ({ from, to }: { from: number; to: number }): Promise<MeetingRecord[]> =>
      feishu.filter(({ startsAt }) => startsAt >= from && startsAt <= to).map(listed),
  };
  /** The meetings that Feishu knows. */
  const feishu: Meeting[] = [];
  const spans: { from: number; to: number }[] = [];

  const bucket: ObjectStore = {
    ...objects,
    put: async (key, bytes, options) => {
      const outcome = await objects.put(key, bytes, options);
      if (outcome.kind === 'written' && key.startsWith('requests/'))
        for (const delay of faults.notify(key))
          messages.push({ body: notificationOf(key), dueAt: time.now + delay, receives: 0 });
      return outcome;
    },
  };
  const requests = requestStore(bucket);
  const jobs = jobStore(bucket);
  const cursor = cursorStore(bucket);
  const log = (event: string, fields: object) => void logged.push({ event, ...fields });

  const work = createWork(
    workDepsOn(bucket, { fetch: (meeting) => faults.fetch(meeting), nowSeconds: () => time.now, log }),
  );

  const receive = async (message: Message): Promise<void> => {
    message.receives += 1;
    messages.splice(messages.indexOf(message), 1);
    if (message.receives > maxReceives) {
      dead.push(message.body);
      return;
    }
    try {
      for (const jobId of requestedJobs(message.body)) {
        const options = { receiveCount: message.receives, deadlineAt: (time.now + 900) * 1000 };
        const outcome = await work(jobId, options);
        if (outcome.kind === 'again') messages.push({ ...message, dueAt: time.now + outcome.afterSeconds });
      }
    } catch {
      messages.push({ ...message, dueAt: time.now + visibilitySeconds });
    }
  };

  return {
    objects,
    bucket,
    time,
    messages,
    dead,
    logged,
    faults,
    feishu,
    spans,
    requests,
    jobs,
    cursor,
    work,
    /** Delivers what is due until then, in the order in which it is due. */
    pass: async (seconds: number): Promise<void> => {
      const until = time.now + seconds;
      for (;;) {
        const [next] = messages.filter(({ dueAt }) => dueAt <= until).sort((a, b) => a.dueAt - b.dueAt);
        if (next === undefined) break;
        time.now = Math.max(time.now, next.dueAt);
        await receive(next);
      }
      time.now = until;
    },
    reconcile: (over: Partial<ReconcileDeps> = {}) =>
      createReconcile({
        requests,
        jobs,
        cursor,
        policies: policyStore(bucket, 'policies/current.json'),
        listMeetings: (span) => {
          spans.push(span);
          return faults.list(span);
        },
        timeZone,
        windowHours: 26,
        stuckMinutes: 30,
        now: () => time.now * 1000,
        log,
        ...over,
      })(),
    /** What the meeting's event makes the webhook file. */
    event: (meeting: Meeting, eventId = `event-${meeting.instanceId}`): ReportRequest =>
      toRequest(
        { meeting, reason: 'meeting-ended', sourceEventId: eventId, requestedBy: '', requestedAt: meeting.endsAt },
        timeZone,
      ),
    job: async (jobId: string): Promise<Job | undefined> => (await jobs.get(jobId))?.job,
    keys: async (prefix: string): Promise<string[]> => (await objects.list({ prefix })).keys,
    put: (key: string, content: string) =>
      objects.put(key, new TextEncoder().encode(content), { contentType: 'application/json', when: 'any' }),
  };
};
