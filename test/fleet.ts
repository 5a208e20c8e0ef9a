import { setImmediate as turn } from 'node:timers/promises';
import type { Meeting } from '../src/domain/meeting.ts';
import type { FeishuClient } from '../src/feishu/client.ts';
import type { Clock } from '../src/feishu/clock.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { fetchSnapshot } from '../src/feishu/snapshot.ts';
import { createRateWindow } from '../src/feishu/window.ts';
import { notificationOf } from '../src/local/bucket-events.ts';
import { createLimiter } from '../src/local/limiter.ts';
import { requestedJobs } from '../src/store/notifications.ts';
import type { ObjectStore } from '../src/store/objects.ts';
import { toRequest } from '../src/store/requests.ts';
import { createWork } from '../src/work.ts';
import { workDepsOn } from './cloud.ts';
import { people } from './feishu/scripted.ts';
import { meeting } from './make.ts';
import { memoryObjects } from './memory-store.ts';

/** A clock on which many wait at once: when nobody has anything to do now, time moves on to the next who wakes. */
export const eventClock = (startSeconds: number): Clock & { run: (until: () => boolean) => Promise<void> } => {
  let now = startSeconds * 1000;
  const sleepers: { at: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
    random: () => 0.5,
    run: async (until) => {
      for (;;) {
        for (let turns = 0; turns < 4; turns += 1) await turn();
        if (until()) return;
        const next = sleepers.reduce<(typeof sleepers)[number] | undefined>(
          (first, each) => (first === undefined || each.at < first.at ? each : first),
          undefined,
        );
        if (next === undefined) throw new Error('nobody will ever wake');
        sleepers.splice(sleepers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
};

const callMs = 150;
const bucketMs = 30;
const renderMs = 200;
const notifyMs = 1000;
const visibilityMs = 5_400_000;

type Message = { body: string; visibleAt: number; receives: number };

/**
 * Two workers, each with its own rate window, behind one queue, on a Feishu with the stand-in's limiter. Calls, the bucket,
 * its notifications and rendering take their time, all on a virtual clock.
 * @param sizes People in each meeting, in the order in which they are asked for.
 */
export const fleet = (sizes: readonly number[], { stepsAside = true } = {}) => {
  const clock = eventClock(meeting().endsAt + 10);
  const overLimit = createLimiter(clock.now);
  const seen: { path: string; at: number; refused: boolean }[] = [];
  const meetings: Meeting[] = sizes.map((_, n) => meeting({ instanceId: `m${n}`, meetingNo: String(100_000_000 + n) }));
  const sizeOf = (meetingNo: unknown): number => sizes[Number(meetingNo) - 100_000_000] ?? 0;

  const answer = (path: string, query: Parameters<FeishuClient['get']>[1]['query']): object => {
    const size = sizeOf(query.meeting_no);
    if (path.endsWith('meeting_list')) {
      const found = meetings.find(({ meetingNo }) => meetingNo === query.meeting_no);
      const numbers = { number_of_participants: `${size}`, number_of_devices: `${size}` };
      return { meeting_list: [{ meeting_instance_id: found?.instanceId, ...numbers }], has_more: false };
    }
    const from = Number(query.page_token || 0);
    const to = Math.min(from + 100, size);
    return { participants: people(from, to), has_more: to < size, ...(to < size && { page_token: String(to) }) };
  };

  const clientOf = (): FeishuClient => {
    const window = createRateWindow(clock);
    return {
      get: async (path, { query, deadlineAt }) => {
        await window.take(path, deadlineAt);
        await clock.sleep(callMs / 2);
        const wait = overLimit(path);
        seen.push({ path, at: clock.now(), refused: wait > 0 });
        await clock.sleep(callMs / 2);
        if (wait > 0) throw new FeishuError('RATE_LIMITED', path, { waitSeconds: wait });
        return { code: 0, msg: 'success', data: answer(path, query) };
      },
    };
  };

  const queue: Message[] = [];
  const memory = memoryObjects();
  const slow = async <T>(result: () => Promise<T>): Promise<T> => {
    await clock.sleep(bucketMs);
    return result();
  };
  const bucket: ObjectStore = {
    ...memory,
    get: (key) => slow(() => memory.get(key)),
    list: (options) => slow(() => memory.list(options)),
    delete: (key) => slow(() => memory.delete(key)),
    put: (key, bytes, options) =>
      slow(async () => {
        const outcome = await memory.put(key, bytes, options);
        if (outcome.kind === 'written' && key.startsWith('requests/'))
          queue.push({ body: notificationOf(key), visibleAt: clock.now() + notifyMs, receives: 0 });
        return outcome;
      }),
  };

  const state = { waitingUntil: 0 };
  const doneAt = new Map<string, number>();
  const visible = () => queue.filter(({ visibleAt }) => visibleAt <= clock.now());
  const runWorker = async (): Promise<void> => {
    const client = clientOf();
    const deps = workDepsOn(bucket, {
      fetch: () => Promise.reject(new Error('not used')),
      nowSeconds: () => clock.now() / 1000,
      log: (event, { jobId }) => {
        if (event === 'work.done') doneAt.set(String(jobId), clock.now());
      },
    });
    const work = createWork({
      ...deps,
      fetchSnapshot: (of, options) => fetchSnapshot({ client, clock, detail: 'standard' }, of, options),
      report: {
        ...deps.report,
        async *renderWorkbook() {
          await clock.sleep(renderMs);
          yield new Uint8Array();
        },
      },
    });
    for (;;) {
      const [message] = visible().sort((a, b) => a.visibleAt - b.visibleAt);
      if (message === undefined) {
        await clock.sleep(100);
        continue;
      }
      message.visibleAt = clock.now() + visibilityMs;
      if (visible().length > 0) state.waitingUntil = clock.now();
      message.receives += 1;
      for (const jobId of requestedJobs(message.body)) {
        const outcome = await work(jobId, {
          receiveCount: message.receives,
          deadlineAt: clock.now() + 900_000,
          othersWait: async () => {
            await clock.sleep(bucketMs);
            return stepsAside && visible().length > 0;
          },
        });
        if (outcome.kind === 'settled') queue.splice(queue.indexOf(message), 1);
        else message.visibleAt = clock.now() + outcome.afterSeconds * 1000;
      }
    }
  };

  return {
    seen,
    /** Milliseconds of the clock when the last meeting waited for a worker. */
    waitingUntil: () => state.waitingUntil,
    /** Files all requests at once, and gives the seconds from then until each report. */
    run: async (): Promise<number[]> => {
      const requests = meetings.map((of) =>
        toRequest(
          { meeting: of, reason: 'meeting-ended', sourceEventId: '', requestedBy: '', requestedAt: of.endsAt },
          'Asia/Shanghai',
        ),
      );
      const { file } = workDepsOn(memory, {
        fetch: () => Promise.reject(new Error('not used')),
        nowSeconds: () => 0,
        log: () => {},
      }).requests;
      for (const [n, request] of requests.entries()) {
        await file(request);
        queue.push({ body: notificationOf(`requests/${request.jobId}.json`), visibleAt: clock.now() + n, receives: 0 });
      }
      const filedAt = clock.now();
      for (const worker of [runWorker(), runWorker()]) worker.catch(() => {});
      await clock.run(() => doneAt.size === sizes.length);
      return requests.map(({ jobId }) => ((doneAt.get(jobId) ?? Number.NaN) - filedAt) / 1000);
    },
  };
};
