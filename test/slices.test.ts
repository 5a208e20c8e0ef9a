import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Meeting } from '../src/domain/meeting.ts';
import type { Report } from '../src/domain/report.ts';
import type { FeishuClient } from '../src/feishu/client.ts';
import { FeishuError, refusal } from '../src/feishu/error.ts';
import { fetchSnapshot } from '../src/feishu/snapshot.ts';
import type { ObjectStore } from '../src/store/objects.ts';
import { requestStore, toRequest } from '../src/store/requests.ts';
import { createWork, type WorkDeps } from '../src/work.ts';
import { workDepsOn } from './cloud.ts';
import { virtualClock } from './feishu/clock.ts';
import { people } from './feishu/scripted.ts';
import { meeting, minute } from './make.ts';
import { memoryObjects } from './memory-store.ts';

/** A list of 25 pages, read in slices of ten, by workers that die, step aside or run out of time. */

const pages = 25;
const pageSize = 4;
const size = pages * pageSize;
const first = meeting({ instanceId: 'a', endsAt: minute(30) });
const second = meeting({ instanceId: 'b', startsAt: minute(40), endsAt: minute(100) });
const { parts, ...joined } = { ...first, instanceId: 'a_b', endsAt: minute(100), parts: [first, second] };
const restarted: Meeting = {
  ...joined,
  parts: parts.map(({ instanceId, startsAt, endsAt }) => ({ instanceId, startsAt, endsAt })),
};

type Kind = { of?: Meeting; record?: boolean; webinar?: boolean; startSeconds?: number };

class Killed extends Error {}

const setUp = ({ of = meeting(), record = true, webinar = false, startSeconds = 10 }: Kind = {}) => {
  const objects = memoryObjects();
  const clock = virtualClock(of.endsAt + startSeconds);
  const request = toRequest(
    { meeting: of, reason: 'on-demand', sourceEventId: '', requestedBy: '', requestedAt: of.endsAt },
    'Asia/Shanghai',
  );
  const { jobId } = request;
  const logged: string[] = [];
  const calls: { path: string; token: string }[] = [];
  const queue: string[] = [];
  const faults = {
    /** The operation, counted over all workers, at which a worker dies: before it is done, or after. */
    kill: { at: Number.POSITIVE_INFINITY, done: false },
    refuse: (_token: string): Error | null => null,
    others: false,
    deadlineMs: 900_000,
  };
  let operations = 0;

  /** Every operation of a worker that leaves its process. */
  const outside = async <T>(dead: { is: boolean }, act: () => Promise<T>): Promise<T> => {
    if (dead.is) throw new Killed();
    operations += 1;
    const dies = operations === faults.kill.at;
    dead.is = dies;
    if (dies && !faults.kill.done) throw new Killed();
    const result = await act();
    if (dies) throw new Killed();
    return result;
  };

  const answer: FeishuClient['get'] = async (path, { query }) => {
    const token = String(query.page_token ?? '');
    calls.push({ path, token });
    if (path.endsWith('meeting_list')) {
      const numbers = { number_of_participants: `${size}`, number_of_devices: `${size}` };
      const known = { meeting_instance_id: of.instanceId, ...(webinar && { meeting_subtype: 8 }), ...numbers };
      return { code: 0, data: { meeting_list: record ? [known] : [], has_more: false } };
    }
    const refused = faults.refuse(token);
    if (refused) throw refused;
    const from = Number(token || 0);
    const to = from + pageSize;
    const [begin, end] = webinar ? (query.webinar_user_role === '0' ? [0, size * 0.6] : [size * 0.6, size]) : [0, size];
    return {
      code: 0,
      data: {
        participants: people(begin + from, Math.min(begin + to, end)),
        has_more: begin + to < end,
        page_token: String(to),
      },
    };
  };

  const startWorker = () => {
    const dead = { is: false };
    const bucket: ObjectStore = {
      ...objects,
      get: (key) => outside(dead, () => objects.get(key)),
      list: (options) => outside(dead, () => objects.list(options)),
      delete: (key) => outside(dead, () => objects.delete(key)),
      put: (key, bytes, options) =>
        outside(dead, async () => {
          const outcome = await objects.put(key, bytes, options);
          if (key.startsWith('requests/')) queue.push(jobId);
          return outcome;
        }),
    };
    const client: FeishuClient = { get: (path, options) => outside(dead, () => answer(path, options)) };
    const deps: WorkDeps = {
      ...workDepsOn(bucket, {
        fetch: () => Promise.reject(new Error('not used')),
        nowSeconds: () => clock.now() / 1000,
        log: (event) => logged.push(event),
      }),
      fetchSnapshot: (each, options) => fetchSnapshot({ client, clock, detail: 'standard' }, each, options),
    };
    return createWork(deps);
  };

  const deliver = (work: ReturnType<typeof startWorker>, receiveCount = 1) =>
    work(jobId, {
      receiveCount,
      deadlineAt: clock.now() + faults.deadlineMs,
      othersWait: async () => faults.others,
    });

  return {
    objects,
    clock,
    calls,
    logged,
    faults,
    queue,
    startWorker,
    deliver,
    operations: () => operations,
    file: () => requestStore(objects).file(request),
    /** Delivers until nothing is left in the queue: a killed worker's message comes back, to another worker. */
    run: async (): Promise<void> => {
      await requestStore(objects).file(request);
      queue.push(jobId);
      let work = startWorker();
      for (let receiveCount = 1; queue.length > 0; receiveCount += 1) {
        try {
          const outcome = await deliver(work, receiveCount);
          if (outcome.kind === 'again') await clock.sleep(outcome.afterSeconds * 1000);
          else queue.shift();
        } catch (error) {
          if (!(error instanceof Killed)) throw error;
          work = startWorker();
        }
        if (receiveCount > 100) throw new Error('it never ends');
      }
    },
    /** What a report's bytes come down to, short enough to be read when it differs. */
    report: () => {
      const bytes = objects.stored.get(`reports/${jobId}.xlsx`)?.bytes;
      if (bytes === undefined) return null;
      const { snapshot, judged } = JSON.parse(Buffer.from(bytes).toString()) as Report;
      const { participants, complete, proof, ...effort } = snapshot;
      const people = new Set(participants.map(({ userId }) => userId)).size;
      const verdicts = hash('sha256', JSON.stringify([participants, judged]));
      return { said: { complete, proof, people, verdicts }, effort, sha256: hash('sha256', bytes) };
    },
    kept: async () => (await objects.list({ prefix: 'state/fetch/' })).keys,
    job: async (): Promise<unknown> =>
      JSON.parse(Buffer.from(objects.stored.get(`jobs/${jobId}.json`)?.bytes ?? []).toString()),
  };
};

const undisturbed = async (kind: Kind) => {
  const world = setUp(kind);
  await world.run();
  return { report: world.report(), operations: world.operations(), calls: world.calls.length };
};

const kinds: [string, Kind][] = [
  ['sealed by its counts', {}],
  ['sealed by two reads at once', { record: false, startSeconds: 86_400 }],
  ['sealed by two reads with a wait between', { record: false }],
  ['of a webinar', { webinar: true }],
  ['of a restarted meeting', { of: restarted, record: false, startSeconds: 86_400 }],
];

describe.each(kinds)('F14 R3 a long list, %s,', (_, kind) => {
  it.each([false, true])('survives a worker’s death at any operation (done: %s)', async (done) => {
    const { report, operations } = await undisturbed(kind);
    expect(report?.said.people).toBe(100);
    for (let at = 1; at <= operations; at += 1) {
      const world = setUp(kind);
      world.faults.kill = { at, done };
      await world.run();
      expect(world.report()?.said, `killed at ${at}`).toEqual(report?.said);
      // A death between two reads may cost one more look; within a read nothing of it is to be seen.
      if (kind.record !== false) expect(world.report(), `killed at ${at}`).toEqual(report);
      expect(await world.job()).toMatchObject({ status: 'done' });
    }
  });

  it('reads no page twice for a worker that died after a slice', async () => {
    const { calls } = await undisturbed(kind);
    const world = setUp(kind);
    let left = 1;
    world.faults.refuse = (token) => (token === String(17 * pageSize) && left-- > 0 ? new Killed() : null);
    await world.run();
    const slice = 10;
    expect(world.calls.length - calls).toBeLessThanOrEqual(slice + 1);
  });

  it('comes out the same when others always come first, and leaves nothing behind', async () => {
    const { report, calls } = await undisturbed(kind);
    const world = setUp(kind);
    world.faults.others = true;
    await world.run();
    expect(world.report()).toEqual(report);
    expect(world.calls).toHaveLength(calls);
    expect(world.logged.filter((event) => event === 'work.paused').length).toBeGreaterThanOrEqual(2);
    expect(await world.kept()).toEqual([]);
    expect(await world.job()).not.toHaveProperty('unfinished');
  });
});

describe('a read that goes on', () => {
  it('counts as one attempt, and shows how far it came', async () => {
    const world = setUp();
    world.faults.others = true;
    await world.file();
    const work = world.startWorker();
    await world.deliver(work);
    expect(await world.job()).toMatchObject({ status: 'running', attempts: 1, pages: 10, rows: 40 });
    await world.deliver(work);
    expect(await world.job()).toMatchObject({ status: 'running', attempts: 1, pages: 20, rows: 80 });
  });

  it('keeps what it has when its time is up, and takes it up from there', async () => {
    const { report, calls } = await undisturbed({});
    const world = setUp();
    let left = 1;
    world.faults.refuse = (token) =>
      token === String(17 * pageSize) && left-- > 0 ? new FeishuError('DEADLINE', 'said', { waitSeconds: 0 }) : null;
    await world.run();
    expect(world.report()).toEqual(report);
    expect(world.calls).toHaveLength(calls + 1);
  });

  it('R3 is begun anew when Feishu no longer takes its page token', async () => {
    for (const refused of [
      refusal(121003, 'said'),
      refusal(126009, 'said'),
      new FeishuError('PAGING_STALLED', 'said'),
    ]) {
      const world = setUp();
      world.faults.others = true;
      await world.file();
      await world.deliver(world.startWorker());
      const token = String(10 * pageSize);
      let fresh = false;
      world.faults.refuse = (asked) => {
        fresh ||= asked === '';
        return asked === token && !fresh ? refused : null;
      };
      world.faults.others = false;
      await world.deliver(world.startWorker());
      expect(world.report()).toEqual((await undisturbed({})).report);
      expect(await world.kept()).toEqual([]);
    }
  });

  it('F5 still knows the tokens that it has used', async () => {
    const world = setUp();
    world.faults.others = true;
    await world.file();
    await world.deliver(world.startWorker());
    const [key = ''] = await world.kept();
    const kept = JSON.parse(gunzipSync(world.objects.stored.get(key)?.bytes ?? '').toString());
    expect(kept.slice.reading.used).toEqual(['', ...Array.from({ length: 10 }, (_, n) => String((n + 1) * pageSize))]);
  });

  it.each([
    [
      'its pages are gone',
      async (world: ReturnType<typeof setUp>) => {
        for (const key of (await world.kept()).slice(0, 1)) world.objects.stored.delete(key);
      },
    ],
    [
      'its pages cannot be read',
      async (world: ReturnType<typeof setUp>) => {
        const [key = ''] = await world.kept();
        await world.objects.put(key, new Uint8Array([1]), { contentType: '', when: 'any' });
      },
    ],
    ['it was left for hours', async (world: ReturnType<typeof setUp>) => world.clock.sleep(7_200_000)],
  ])('is begun anew when %s', async (_, harm) => {
    const world = setUp();
    world.faults.others = true;
    await world.file();
    await world.deliver(world.startWorker());
    await world.deliver(world.startWorker());
    await harm(world);
    world.faults.others = false;
    await world.deliver(world.startWorker());
    expect(await world.job()).toMatchObject({ status: 'done', complete: true });
    expect(world.report()?.said.people).toBe(100);
    expect(await world.kept()).toEqual([]);
  });

  it('J2 Q3 two workers on one job: one is overtaken and stops, and no page is mixed in', async () => {
    const { report } = await undisturbed({});
    const world = setUp();
    await world.file();
    const outcomes = await Promise.all([world.deliver(world.startWorker()), world.deliver(world.startWorker())]);
    expect(outcomes).toEqual([{ kind: 'settled' }, { kind: 'settled' }]);
    expect(world.logged).toContain('work.overtaken');
    expect(world.report()).toEqual(report);
  });

  it('is left to whoever is ahead by a worker that was paused meanwhile', async () => {
    const { report } = await undisturbed({});
    const world = setUp();
    await world.file();
    let wake = (): void => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const slow = world.startWorker();
    let paused = false;
    const delivery = slow('2026-11-16/6911188411934433028.0', {
      receiveCount: 1,
      deadlineAt: world.clock.now() + 900_000,
      othersWait: async () => {
        paused = true;
        await asleep;
        return false;
      },
    });
    while (!paused) await new Promise((resolve) => setImmediate(resolve));
    world.faults.others = true;
    await world.deliver(world.startWorker());
    wake();
    expect(await delivery).toEqual({ kind: 'settled' });
    expect(world.logged).toContain('work.overtaken');
    world.faults.others = false;
    await world.deliver(world.startWorker());
    expect(world.report()).toEqual(report);
  });

  it('still ends when what was kept cannot be removed', async () => {
    const world = setUp();
    world.faults.others = true;
    await world.file();
    await world.deliver(world.startWorker());
    world.faults.others = false;
    world.objects.delete = () => Promise.reject(new Error('403'));
    await world.deliver(world.startWorker());
    expect(await world.job()).toMatchObject({ status: 'done' });
    expect(world.logged).toContain('work.not-swept');
  });

  it('a short list keeps nothing', async () => {
    const world = setUp();
    await world.file();
    const puts: string[] = [];
    const { put } = world.objects;
    world.objects.put = (key, ...rest) => {
      puts.push(key);
      return put(key, ...rest);
    };
    world.faults.refuse = (token) => (token === String(8 * pageSize) ? refusal(121005, 'said') : null);
    await world.deliver(world.startWorker());
    expect(puts.filter((key) => key.startsWith('state/'))).toHaveLength(1);
  });
});
