import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../src/domain/report.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { fetchSnapshot } from '../src/feishu/snapshot.ts';
import { jobStore } from '../src/store/jobs.ts';
import { policyStore } from '../src/store/policies.ts';
import { reportStore } from '../src/store/reports.ts';
import { requestStore, toRequest } from '../src/store/requests.ts';
import { sliceStore } from '../src/store/slices.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
import { createWork, type WorkDeps } from '../src/work.ts';
import { virtualClock } from './feishu/clock.ts';
import { scriptedClient } from './feishu/scripted.ts';
import { meeting, minute } from './make.ts';
import { memoryObjects } from './memory-store.ts';

/** A job from its request to its report, on Feishu lists that come late, grow, or lose a page. Time only moves when it is waited. */

const { endsAt, instanceId } = meeting();
const request = toRequest(
  { meeting: meeting(), reason: 'meeting-ended', sourceEventId: 'e1', requestedBy: '', requestedAt: endsAt },
  'Asia/Shanghai',
);
const { jobId } = request;

type Row = Record<string, unknown>;
/** Minutes after the meeting's start as Feishu writes them. */
const moment = (minutes: number): string =>
  `${new Date((minute(minutes) + 8 * 3600) * 1000).toISOString().slice(0, 19).replaceAll('-', '.').replace('T', ' ')} (GMT+08:00)`;
const row = (id: number, [from, to]: readonly [number, number] = [0, 60]): Row => ({
  user_id: `ou_${id}`,
  accept_status: 1,
  join_time: moment(from),
  leave_time: moment(to),
  time_in_meeting: `${String(Math.floor((to - from) / 60)).padStart(2, '0')}:${String((to - from) % 60).padStart(2, '0')}:00`,
});
const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, id) => row(id));

type Feishu = {
  /** The rows listed so many seconds after the end. */
  rows: (secondsSinceEnd: number) => readonly Row[];
  /** People and devices announced; null for no record. */
  announced: readonly [number, number] | null;
  pageSize?: number;
  /** Throws, or gives the page as it is sent. */
  page?: (rows: readonly Row[], page: number) => readonly Row[];
};

const world = ({ rows, announced, pageSize = 100, page = (rows) => rows }: Feishu, startSeconds = 10) => {
  const clock = virtualClock(endsAt + startSeconds);
  const sinceEnd = () => clock.now() / 1000 - endsAt;
  const readTimes: number[] = [];
  const client = scriptedClient(({ path, query }) => {
    if (path.endsWith('meeting_list')) {
      const [number_of_participants, number_of_devices] = announced ?? [];
      const record = { meeting_instance_id: instanceId, number_of_participants, number_of_devices };
      return { meeting_list: announced ? [record] : [], has_more: false };
    }
    const from = Number(query.page_token || 0);
    if (from === 0) readTimes.push(sinceEnd() - startSeconds);
    const all = rows(sinceEnd());
    const to = from + pageSize;
    const participants = page(all.slice(from, to), from / pageSize);
    return { participants, has_more: to < all.length, page_token: String(to) };
  });
  const objects = memoryObjects();
  const reports: Report[] = [];
  const deps: WorkDeps = {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    slices: sliceStore(objects),
    policies: policyStore(objects, 'policies/current.json'),
    report: {
      savedSnapshot: snapshotStore(objects).get,
      saveSnapshot: snapshotStore(objects).save,
      async *renderWorkbook(report) {
        reports.push(report);
        yield new Uint8Array();
      },
      saveReport: reportStore(objects).save,
    },
    fetchSnapshot: (of, options) => fetchSnapshot({ client, clock, detail: 'standard' }, of, options),
    findMeetings: async () => [],
    timeZone: 'Asia/Shanghai',
    locale: 'en',
    appVersion: '1.0.0',
    now: clock.now,
    log: () => {},
  };
  /** Delivers the job's message as often as it asks for. */
  const run = async () => {
    await requestStore(objects).file(request);
    for (let receiveCount = 1; ; receiveCount += 1) {
      const outcome = await createWork(deps)(jobId, { receiveCount, deadlineAt: clock.now() + 900_000 });
      if (outcome.kind === 'settled') break;
      await clock.sleep(outcome.afterSeconds * 1000);
    }
    const [report] = reports;
    return {
      job: (await deps.jobs.get(jobId))?.job,
      report,
      minutesRead: readTimes.map((at) => at / 60),
      calls: client.calls,
    };
  };
  return { run };
};

const verdicts = (report: Report | undefined): Map<string | null, string> =>
  new Map(report?.judged.map(({ identity, verdict }) => [identity, verdict.kind]));

describe('F7 a list that comes late or grows', () => {
  it('is read once when its counts are met, and nothing is kept of it', async () => {
    const { job, minutesRead, calls } = await world({ rows: () => rowsOf(250), announced: [250, 250] }).run();
    expect(job).toMatchObject({ status: 'done', complete: true });
    expect(job).not.toHaveProperty('reads');
    expect(minutesRead).toEqual([0]);
    expect(calls).toHaveLength(4);
  });

  it.each([
    ['at the second read', 3, [0, 2]],
    ['at the third', 130, [0, 2, 5]],
    ['at the fourth', 800, [0, 2, 5, 15]],
    ['at the last', 3000, [0, 2, 5, 15, 60]],
  ])('is whole %s', async (_, after, expected) => {
    const rows = (seconds: number) => rowsOf(seconds > 10 + after ? 5 : 4);
    const { job, minutesRead, report } = await world({ rows, announced: [5, 5] }).run();
    expect(job).toMatchObject({ status: 'done', complete: true });
    expect(minutesRead).toEqual(expected);
    expect(report?.snapshot).toMatchObject({ proof: 'counts', reads: expected.length, calls: 2 * expected.length });
    expect(report?.summary.attended).toBe(5);
  });

  it('that stays short of what is announced is sealed after the last wait, the difference only stated', async () => {
    const { job, minutesRead, report } = await world({ rows: () => rowsOf(5), announced: [6, 9] }).run();
    expect(minutesRead).toEqual([0, 2, 5, 15, 60]);
    expect(job).toMatchObject({ status: 'done', complete: true });
    expect(report?.snapshot).toMatchObject({ proof: 'two-reads', announced: { participants: 6, devices: 9 } });
    expect(report?.summary).toMatchObject({ attended: 5, undetermined: 0 });
  });

  it('that grows to the end is reported incomplete, and the job says so', async () => {
    const rows = (seconds: number) => [...rowsOf(3), row(3, [0, 1 + Math.floor(seconds / 100)])];
    let extra = 0;
    const page = (listed: readonly Row[]) => [...listed, row(100 + extra++, [0, 5])];
    const { job, minutesRead, report } = await world({ rows, page, announced: [99, 99] }).run();
    expect(minutesRead).toEqual([0, 2, 5, 15, 60, 60]);
    expect(job).toMatchObject({ status: 'done', complete: false });
    expect(report?.snapshot).toMatchObject({ complete: false, proof: null, reads: 6 });
    expect(new Set(verdicts(report).values())).toEqual(new Set(['attended', 'undetermined']));
  });

  it('without a record is believed when two reads agree, however it grew before', async () => {
    const growth = fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(growth, async (arrivals) => {
        const rows = (seconds: number) => rowsOf(arrivals.filter((at) => at <= seconds).length);
        const { job, report, minutesRead } = await world({ rows, announced: null }).run();
        expect(job).toMatchObject({ status: 'done', complete: true });
        expect(report?.snapshot.proof).toBe('two-reads');
        const [last, before] = minutesRead.toReversed();
        const listedAt = (minutes: number | undefined) => rows(10 + (minutes ?? 0) * 60).length;
        expect(listedAt(before)).toBe(listedAt(last));
        expect(report?.snapshot.participants).toHaveLength(listedAt(last));
      }),
      { numRuns: 100 },
    );
  });

  it('of a meeting long past holds nothing up: two reads at once', async () => {
    for (const announced of [null, [6, 6]] as const) {
      const { job, minutesRead } = await world({ rows: () => rowsOf(5), announced }, 86_400).run();
      expect(job).toMatchObject({ status: 'done', complete: true });
      expect(minutesRead).toEqual([0, 0]);
    }
  });

  it('is remembered in the job by counts and a fingerprint, while it waits', async () => {
    const objects = memoryObjects();
    const { job } = await world({
      rows: () => rowsOf(5),
      announced: [6, 6],
      page: (rows, page) => {
        if (objects.stored.size > 0) throw new FeishuError('NO_PERMISSION', 'said');
        objects.stored.set(String(page), {
          bytes: new Uint8Array(),
          etag: '',
          contentType: '',
          contentDisposition: '',
        });
        return rows;
      },
    }).run();
    expect(job?.reads).toEqual([
      { at: endsAt + 10, rows: 5, people: 5, calls: 2, fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });
});

describe('V7 a page of thirty that is lost', () => {
  /** 150 people; sixty of them changed devices half-way, so that one row alone says too little. */
  const pages = 30;
  const rows: Row[] = Array.from({ length: 7 * pages }, (_, n) => {
    const id = n % 150;
    if (n >= 150) return row(id, [30, 60]);
    if (id < 60) return row(id, [0, 30]);
    if (id < 90) return { user_id: `ou_${id}`, accept_status: 1 };
    return row(id, id < 110 ? [0, 20] : [0, 60]);
  });
  const announced = [120, rows.length - 30] as const;
  const feishu = { rows: () => rows, announced, pageSize: 7 };
  const undisturbed = world(feishu)
    .run()
    .then(({ report }) => verdicts(report));
  const everyPage = Array.from({ length: pages }, (_, k) => k);

  it('the undisturbed run tells all kinds apart', async () => {
    expect([...new Set((await undisturbed).values())].sort()).toEqual(['absent', 'attended', 'insufficient']);
  });

  it.each(everyPage)('page %i never answers: there is no report', async (k) => {
    const page = (listed: readonly Row[], at: number) => {
      if (at === k) throw new FeishuError('UNREACHABLE', 'said');
      return listed;
    };
    const { job, report } = await world({ ...feishu, page }).run();
    expect(job).toMatchObject({ status: 'waiting', code: 'UNREACHABLE' });
    expect(report).toBeUndefined();
  });

  it.each(everyPage)('page %i answers the second time: nothing differs', async (k) => {
    let killed = false;
    const page = (listed: readonly Row[], at: number) => {
      if (at !== k || killed) return listed;
      killed = true;
      throw new FeishuError('UNREACHABLE', 'said');
    };
    const { report } = await world({ ...feishu, page }).run();
    expect(verdicts(report)).toEqual(await undisturbed);
  });

  it.each(everyPage)('page %i comes without its rows until the last wait: nothing differs', async (k) => {
    let reads = 0;
    const page = (listed: readonly Row[], at: number) => {
      if (at === 0) reads += 1;
      return at === k && reads < 5 ? [row(0, [0, 30])] : listed;
    };
    const { report, minutesRead } = await world({ ...feishu, page }).run();
    expect(minutesRead).toEqual([0, 2, 5, 15, 60]);
    expect(verdicts(report)).toEqual(await undisturbed);
  });

  it.each(everyPage)('page %i is another in every read: no verdict differs but undetermined', async (k) => {
    let reads = 0;
    const page = (listed: readonly Row[], at: number) => {
      if (at === 0) reads += 1;
      return at === k ? [{ user_id: `ou_${1000 + reads}` }] : listed;
    };
    const { job, report } = await world({ ...feishu, page }).run();
    const nobodyJoined = rows.slice(7 * k, 7 * k + 7).every((one) => one.join_time === undefined);
    expect(job).toMatchObject({ status: 'done', complete: nobodyJoined });
    for (const [identity, verdict] of await undisturbed)
      expect([undefined, verdict, nobodyJoined ? verdict : 'undetermined']).toContain(verdicts(report).get(identity));
  });
});

describe('F14 the size of a meeting', () => {
  it.each([
    [1, 1],
    [3000, 1],
    [10_000, 1],
    [10_000, 5],
    [3000, 50],
  ])('of %i people on %i devices each is judged in a call for each page', async (people, devices) => {
    const rows = Array.from({ length: people * devices }, (_, n) => row(n % people, [Math.floor(n / people), 60]));
    const { report, calls } = await world({ rows: () => rows, announced: [people, rows.length] }).run();
    expect(report?.snapshot).toMatchObject({ complete: true, proof: 'counts' });
    expect(report?.summary).toMatchObject({ required: people, attended: people });
    expect(calls).toHaveLength(1 + Math.ceil(rows.length / 100));
  });

  it('of nobody is believed an hour after the end', async () => {
    const { job, report } = await world({ rows: () => [], announced: null }).run();
    expect(job).toMatchObject({ status: 'done', complete: true });
    expect(report?.snapshot.fetchedAt).toBeGreaterThanOrEqual(endsAt + 3600);
    expect(report?.judged).toEqual([]);
  });
});
