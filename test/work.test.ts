import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../src/domain/job.ts';
import type { Snapshot } from '../src/domain/meeting.ts';
import { FeishuError, type FeishuErrorCode } from '../src/feishu/error.ts';
import { jobStore } from '../src/store/jobs.ts';
import { policyStore } from '../src/store/policies.ts';
import { reportStore } from '../src/store/reports.ts';
import { inRevision, requestStore, reviewed, toRequest } from '../src/store/requests.ts';
import { sliceStore } from '../src/store/slices.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
import { createWork, type WorkDeps } from '../src/work.ts';
import { decision, meeting, participant, snapshot } from './make.ts';
import { memoryObjects } from './memory-store.ts';

const endedAt = meeting().endsAt;
const request = toRequest(
  { meeting: meeting(), reason: 'meeting-ended', sourceEventId: 'e1', requestedBy: '', requestedAt: endedAt },
  'Asia/Shanghai',
);
const { jobId } = request;

const setUp = () => {
  const objects = memoryObjects();
  const state = { nowMs: (endedAt + 60) * 1000, fetches: 0, renders: 0 };
  let fetch = async (): Promise<Snapshot> => snapshot({ participants: [participant()] });
  const lines: string[] = [];
  const deps: WorkDeps = {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    slices: sliceStore(objects),
    policies: policyStore(objects, 'policies/current.json'),
    report: {
      savedSnapshot: snapshotStore(objects).get,
      saveSnapshot: snapshotStore(objects).save,
      async *renderWorkbook(report) {
        state.renders += 1;
        yield new TextEncoder().encode(JSON.stringify(report));
      },
      saveReport: reportStore(objects).save,
    },
    fetchSnapshot: async (_, { onProgress }) => {
      state.fetches += 1;
      const fetched = await fetch();
      await onProgress({ pages: 1, rows: fetched.participants.length, expectedRows: null });
      return fetched;
    },
    findMeetings: async () => [],
    timeZone: 'Asia/Shanghai',
    locale: 'en',
    appVersion: '1.0.0',
    now: () => state.nowMs,
    log: (event, fields) => lines.push(JSON.stringify({ event, ...fields })),
  };
  return {
    objects,
    state,
    deps,
    lines,
    fails: (error: unknown) => {
      fetch = () => Promise.reject(error);
    },
    recovers: () => {
      fetch = async () => snapshot({ participants: [participant()] });
    },
    run: (receiveCount = 1) => createWork(deps)(jobId, { receiveCount, deadlineAt: state.nowMs + 900_000 }),
    job: async (): Promise<Job | undefined> => (await deps.jobs.get(jobId))?.job,
  };
};

let world: ReturnType<typeof setUp>;
beforeEach(async () => {
  world = setUp();
  await world.deps.requests.get(jobId);
  await requestStore(world.objects).file(request);
});

describe('a job that goes well', () => {
  it('ends as done, with its report, its summary and the policy it was judged by', async () => {
    await expect(world.run()).resolves.toEqual({ kind: 'settled' });
    const job = await world.job();
    expect(job).toMatchObject({ status: 'done', attempts: 1, reportKey: `reports/${jobId}.xlsx` });
    if (job?.status !== 'done') throw new Error('not done');
    expect(job.summary.required).toBe(1);
    expect(await world.objects.get(`policies/${job.policySha256}.json`)).not.toBeNull();
  });

  it('J2 is done once, however often it is delivered', async () => {
    await world.run();
    await world.run(2);
    await world.run(3);
    expect(world.state).toMatchObject({ fetches: 1, renders: 1 });
  });

  it('Q3 is done once by two workers at the same time', async () => {
    const outcomes = await Promise.all([world.run(), world.run()]);
    expect(outcomes).toEqual([{ kind: 'settled' }, { kind: 'settled' }]);
    expect((await world.job())?.status).toBe('done');
    expect((await world.objects.list({ prefix: 'reports/' })).keys).toHaveLength(1);
  });

  it('logs ids and counts, and nobody’s name', async () => {
    await world.run();
    expect(world.lines.join()).toContain(jobId);
    expect(world.lines.join()).not.toContain(participant().name);
    expect(world.lines.join()).not.toContain(meeting().topic);
  });

  it('tells the ids of push and job in every line, and how long the report was waited for', async () => {
    world.fails(new FeishuError('RATE_LIMITED', 'slow down', { waitSeconds: 5 }));
    await world.run();
    world.recovers();
    await world.run(2);
    const told = world.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ event }) => event)).toEqual(['work.waiting', 'work.done']);
    for (const line of told) expect(line).toMatchObject({ jobId, eventId: 'e1' });
    expect(told.at(-1)).toMatchObject({ secondsSinceEnd: 60, calls: expect.any(Number) });
  });

  it('settles what no request asks for', async () => {
    const work = createWork(world.deps);
    await expect(work('2026-11-20/9.0', { receiveCount: 1, deadlineAt: 0 })).resolves.toEqual({ kind: 'settled' });
  });
});

describe('the time a job may take', () => {
  it.each([
    ['keeps half a minute back for judging and writing', 900_000, 870_000],
    ['keeps a third of a short run back', 30_000, 20_000],
  ])('%s', async (_, givenMs, fetchMs) => {
    let deadlineAt = 0;
    const { fetchSnapshot } = world.deps;
    world.deps.fetchSnapshot = (asked, options) => {
      deadlineAt = options.deadlineAt;
      return fetchSnapshot(asked, options);
    };
    const { nowMs } = world.state;
    await createWork(world.deps)(jobId, { receiveCount: 1, deadlineAt: nowMs + givenMs });
    expect(deadlineAt - nowMs).toBe(fetchMs);
  });
});

describe('a job that is interrupted', () => {
  it('V6 X7 after a crash before the end is judged from its snapshot by the policy it began with', async () => {
    const { saveReport } = world.deps.report;
    world.deps.report.saveReport = () => Promise.reject(new Error('killed'));
    await expect(world.run()).rejects.toThrow('killed');
    const pinned = (await world.job())?.policySha256;
    const policy = JSON.stringify({ schemaVersion: 1, name: 'stricter', minimum: { percent: 100 } });
    await world.objects.put('policies/current.json', new TextEncoder().encode(policy), {
      contentType: 'application/json',
      when: 'any',
    });
    world.deps.report.saveReport = saveReport;
    await world.run(2);
    expect(await world.job()).toMatchObject({ status: 'done', policySha256: pinned, attempts: 2 });
    expect(world.state.fetches).toBe(1);
  });
});

const failure = (code: FeishuErrorCode, waitSeconds?: number) =>
  new FeishuError(code, 'told', waitSeconds === undefined ? {} : { waitSeconds });

describe('a job that has to wait', () => {
  it.each([
    ['an unreachable Feishu, first', failure('UNREACHABLE'), 1, 30],
    ['an unreachable Feishu, fifth', failure('UNREACHABLE'), 5, 600],
    ['a record that is not ready', failure('NOT_READY', 61), 1, 61],
    ['a record that is still not ready', failure('NOT_READY', 900), 12, 900],
    ['a list that is not whole yet', failure('INCOMPLETE', 180), 2, 180],
    ['a rate limit', failure('RATE_LIMITED', 51.2), 1, 52],
  ])('F2 F7 keeps its message for %s', async (_, error, receiveCount, seconds) => {
    world.fails(error);
    await expect(world.run(receiveCount)).resolves.toEqual({ kind: 'again', afterSeconds: seconds });
    expect(await world.job()).toMatchObject({ status: 'waiting', code: error.code, until: endedAt + 60 + seconds });
  });

  it.each([
    ['hiccup', failure('UNREACHABLE'), 6],
    ['wait of Feishu’s', failure('RATE_LIMITED', 52), 13],
  ])('lets its message go after the last short %s, and waits for an hour', async (_, error, receiveCount) => {
    world.fails(error);
    await expect(world.run(receiveCount)).resolves.toEqual({ kind: 'settled' });
    expect(await world.job()).toMatchObject({ status: 'waiting', until: endedAt + 60 + 3600 });
  });

  it.each([
    'MISSING_SCOPE',
    'NOT_GRANTED',
    'APP_DISABLED',
    'AUTHORISE_AGAIN',
    'IP_NOT_ALLOWED',
    'QUOTA_SPENT',
  ] as const)('T6 F9 waits for a person on %s, and names the remedy', async (code) => {
    world.fails(failure(code));
    await expect(world.run()).resolves.toEqual({ kind: 'settled' });
    const job = await world.job();
    expect(job).toMatchObject({ status: 'waiting', code });
    expect(job?.status === 'waiting' && job.remedy).toMatch(/\w{4}/);
    expect(job?.status === 'waiting' && job.told).toEqual(new FeishuError(code, '').remedy);
  });

  it('waits on a policy that cannot be read, naming the key that is wrong', async () => {
    await world.objects.put('policies/current.json', new TextEncoder().encode('{"minimun":{}}'), {
      contentType: 'application/json',
      when: 'any',
    });
    await world.run();
    expect(await world.job()).toMatchObject({
      status: 'waiting',
      code: 'POLICY_INVALID',
      reason: expect.stringContaining('minimun'),
    });
  });

  it('goes on to its report once the cause is gone', async () => {
    world.fails(failure('APP_DISABLED'));
    await world.run();
    world.recovers();
    await world.run();
    expect((await world.job())?.status).toBe('done');
  });
});

describe('a job that cannot be done', () => {
  it.each(['NO_PERMISSION', 'NO_SUCH_MEETING', 'BAD_REQUEST', 'MEETING_TOO_LONG'] as const)(
    'Q6 F8 is state with a remedy, not an exception: %s',
    async (code) => {
      world.fails(failure(code));
      await expect(world.run()).resolves.toEqual({ kind: 'settled' });
      expect(await world.job()).toMatchObject({ status: 'failed', code, remedy: expect.stringMatching(/\w{4}/) });
      expect((await world.objects.list({ prefix: 'reports/' })).keys).toEqual([]);
    },
  );

  it('Q1 throws what it does not understand, so that the queue delivers it again', async () => {
    world.fails(new TypeError('a bug'));
    await expect(world.run()).rejects.toThrow('a bug');
  });
});

describe('a job that judges rows anew', () => {
  const jobIdOf = (revision: number) => `2026-11-16/6911188411934433028.${revision}`;
  const asked = async (over: object = {}): Promise<string> => {
    const { policySha256 = '' } = (await world.job()) ?? {};
    const review = { snapshotOf: jobId, policySha256, decisions: [decision()], ...over };
    const next = inRevision({ ...reviewed(request, review), reason: 'decided' }, 1);
    await requestStore(world.objects).file(next);
    return next.jobId;
  };
  const runNext = () =>
    createWork(world.deps)(jobIdOf(1), { receiveCount: 1, deadlineAt: world.state.nowMs + 900_000 });
  const next = async () => (await world.deps.jobs.get(jobIdOf(1)))?.job;

  beforeEach(() => world.run());

  it('asks Feishu for nothing: neither for rows nor for a restart', async () => {
    const never = () => Promise.reject(new Error('asked Feishu'));
    await asked();
    Object.assign(world.deps, { fetchSnapshot: never, findMeetings: never });
    await expect(runNext()).resolves.toEqual({ kind: 'settled' });
    expect(await next()).toMatchObject({
      status: 'done',
      summary: { attended: 1 },
      decided: { excused: 1, required: 0 },
    });
    expect(world.lines.join()).not.toContain('restart-unknown');
  });

  it('tells neither of calls that it did not make nor of a time that nobody waited', async () => {
    await asked();
    await runNext();
    const told = JSON.parse(world.lines.at(-1) ?? '') as object;
    expect(told).toMatchObject({ event: 'work.done', jobId: jobIdOf(1), rows: 1 });
    expect(Object.keys(told).filter((name) => ['calls', 'secondsSinceEnd'].includes(name))).toEqual([]);
  });

  it('V6 is judged by the policy it names, and waits for none that is wrong now', async () => {
    await asked();
    await world.objects.put('policies/current.json', new TextEncoder().encode('no policy'), {
      contentType: 'application/json',
      when: 'any',
    });
    await runNext();
    expect(await next()).toMatchObject({ status: 'done', policySha256: (await world.job())?.policySha256 });
  });

  it('fails with a remedy in words once the rows are deleted, and keeps nothing of them', async () => {
    await asked();
    await world.objects.delete(`snapshots/${jobId}.json.gz`);
    await expect(runNext()).resolves.toEqual({ kind: 'settled' });
    expect(await next()).toMatchObject({
      status: 'failed',
      code: 'SNAPSHOT_GONE',
      reason: expect.stringContaining(jobId),
      remedy: expect.stringContaining('new report'),
    });
    expect(world.state.fetches).toBe(1);
    expect((await world.objects.list({ prefix: 'reports/' })).keys).toEqual([`reports/${jobId}.xlsx`]);
  });

  it('O5 judges rows that an earlier version kept', async () => {
    const { proof: _, reads: __, calls: ___, ...earlier } = snapshot({ participants: [participant()] });
    const bytes = gzipSync(JSON.stringify({ schemaVersion: 1, meeting: meeting(), snapshot: earlier }));
    await world.objects.put(`snapshots/${jobId}.json.gz`, bytes, { contentType: 'application/gzip', when: 'any' });
    await asked();
    await runNext();
    expect(await next()).toMatchObject({ status: 'done', decided: { excused: 1 } });
  });

  it('tells no decided counts when the decisions concern nobody', async () => {
    await asked({ decisions: [decision({ person: 'u:gone' })] });
    await runNext();
    expect(await next()).toMatchObject({ status: 'done' });
    expect(await next()).not.toHaveProperty('decided');
  });

  it('Q1 is delivered again while its policy is missing', async () => {
    await asked({ policySha256: 'f'.repeat(64) });
    await expect(runNext()).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  it('logs nothing of a decision', async () => {
    await asked({ decisions: [decision({ reason: 'canary-reason', by: { openId: 'ou_hr', name: 'canary-name' } })] });
    await runNext();
    expect(world.lines.join()).toContain(jobIdOf(1));
    expect(world.lines.join()).not.toContain('canary');
  });
});
