import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job, JobStatus } from '../../src/domain/job.ts';
import { directoryObjects } from '../../src/store/directory.ts';
import { inStatus, jobStore } from '../../src/store/jobs.ts';
import type { ObjectStore } from '../../src/store/objects.ts';

let root = '';
let objects: ObjectStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-jobs-'));
  objects = directoryObjects(root);
});
afterEach(() => rm(root, { recursive: true }));

const summary = {
  required: 2,
  attended: 1,
  partial: 0,
  insufficient: 0,
  absent: 1,
  undetermined: 0,
  excused: 0,
  notRequired: 0,
  rate: 0.5,
  rateIfCleared: 0.5,
  rooms: 0,
  externals: 0,
  walkIns: 0,
};
const meeting = { instanceId: '7', meetingNo: '123456789', topic: '周会', startsAt: 1_000, endsAt: 4_600 };
const queued = (jobId: string): Job => ({ jobId, meeting, attempts: 0, updatedAt: 5_000, status: 'queued' });
const jobId = '2026-11-22/7.0';
const put = (key: string, content: string | Uint8Array) =>
  objects.put(key, typeof content === 'string' ? new TextEncoder().encode(content) : content, {
    contentType: 'application/json',
    when: 'any',
  });

const everyStatus: JobStatus[] = [
  { status: 'queued' },
  { status: 'running', pages: 2, rows: 150 },
  { status: 'running', pages: 2, rows: 150, expectedRows: 300 },
  { status: 'done', reportKey: `reports/${jobId}.xlsx`, summary, policySha256: 'p1' },
  { status: 'done', reportKey: `reports/${jobId}.xlsx`, summary, policySha256: 'p1', complete: false },
  {
    status: 'done',
    reportKey: `reports/${jobId}.xlsx`,
    summary,
    policySha256: 'p1',
    decided: { ...summary, absent: 0 },
  },
  { status: 'waiting', until: 9_000, reason: 'not authorised', code: 'REAUTHORISE' },
  { status: 'waiting', until: 9_000, reason: 'not authorised', code: 'REAUTHORISE', remedy: 'authorise again' },
  { status: 'skipped', reason: 'too short' },
  {
    status: 'failed',
    code: 'NO_PERMISSION',
    reason: 'no right',
    remedy: 'ask an admin',
    told: { en: 'ask an admin', zh: '请联系管理员' },
  },
];

describe('a job', () => {
  it.each(everyStatus)('is read as it was written: $status', async (status) => {
    const store = jobStore(objects);
    const job = inStatus(queued(jobId), status, { updatedAt: 6_000 });
    const etag = await store.create(job);
    expect(await store.get(jobId)).toEqual({ job, etag });
    expect(JSON.parse(await readFile(join(root, `jobs/${jobId}.json`), 'utf8'))).toEqual(job);
  });

  it('is created once', async () => {
    const store = jobStore(objects);
    expect(await store.create(queued(jobId))).not.toBeNull();
    expect(await store.create(queued(jobId))).toBeNull();
  });

  it('Q3 is replaced over the version read, by one of two runs', async () => {
    const store = jobStore(objects);
    const etag = (await store.create(queued(jobId))) ?? '';
    const running = (pages: number) =>
      inStatus(queued(jobId), { status: 'running', pages, rows: 0 }, { updatedAt: 6_000 });
    const newer = await store.replace(running(1), etag);
    expect(newer).not.toBeNull();
    expect(await store.replace(running(2), etag)).toBeNull();
    expect(await store.get(jobId)).toEqual({ job: running(1), etag: newer });
  });

  it('is null when there is none', async () => {
    expect(await jobStore(objects).get(jobId)).toBeNull();
  });

  it('O5 tolerates fields of a newer version', async () => {
    await put(
      `jobs/${jobId}.json`,
      JSON.stringify({ ...queued(jobId), mood: 'new', meeting: { ...meeting, room: 'new' } }),
    );
    expect((await jobStore(objects).get(jobId))?.job).toEqual(queued(jobId));
  });

  it.each([
    ['no JSON', '{', 'no JSON'],
    ['not UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'no JSON'],
    ['an unknown status', JSON.stringify({ ...queued(jobId), status: 'lost' }), 'status'],
    [
      'counts by decisions that are none',
      JSON.stringify({ ...queued(jobId), ...everyStatus[3], decided: { ...summary, rate: 2 } }),
      'decided.rate',
    ],
    ['a status without its fields', JSON.stringify({ ...queued(jobId), status: 'running', pages: 1 }), 'rows'],
    ["another job's id", JSON.stringify(queued('2026-11-22/8.0')), 'jobId'],
  ])('J4 with %s is corrupt, and the error names key and place', async (_, content, place) => {
    await put(`jobs/${jobId}.json`, content);
    await expect(jobStore(objects).get(jobId)).rejects.toMatchObject({
      code: 'CORRUPT',
      message: expect.stringMatching(new RegExp(`^jobs/${jobId}\\.json: .*${place}`)),
    });
  });
});

describe('a change of status', () => {
  const waiting: Job = { ...queued(jobId), policySha256: 'p1', status: 'waiting', until: 9, reason: 'r', code: 'C' };

  it('leaves the fields of the earlier status behind, in the bucket too when they linger', async () => {
    expect(inStatus(waiting, { status: 'queued' }, { updatedAt: 6_000 })).toEqual({
      ...queued(jobId),
      policySha256: 'p1',
      updatedAt: 6_000,
    });
    const store = jobStore(objects);
    await store.create({ ...waiting, status: 'running', pages: 0, rows: 0 } as Job);
    expect((await store.get(jobId))?.job).not.toHaveProperty('until');
  });

  it('F7 keeps the reads of the participants', () => {
    const read = { at: 5_000, rows: 3, people: 2, calls: 2, fingerprint: 'f1' };
    const job: Job = { ...waiting, reads: [read] };
    expect(inStatus(job, { status: 'running', pages: 0, rows: 0 }, { updatedAt: 6_000 }).reads).toEqual([read]);
  });

  it('V6 pins a policy once and keeps it', () => {
    const pinned = inStatus(
      queued(jobId),
      { status: 'running', pages: 0, rows: 0 },
      { updatedAt: 1, policySha256: 'p1' },
    );
    expect(pinned.policySha256).toBe('p1');
    expect(inStatus(pinned, { status: 'queued' }, { updatedAt: 2 }).policySha256).toBe('p1');
    expect(() => inStatus(pinned, { status: 'queued' }, { updatedAt: 2, policySha256: 'p2' })).toThrow(
      'pinned to policy p1',
    );
    const done = { status: 'done', reportKey: 'k', summary, policySha256: 'p2' } as const;
    expect(() => inStatus(pinned, done, { updatedAt: 2 })).toThrow('pinned to policy p1, not p2');
    expect(inStatus(pinned, { ...done, policySha256: 'p1' }, { updatedAt: 2 }).policySha256).toBe('p1');
  });
});

describe('a list of jobs', () => {
  it('C11 is of one day, in pages, a bad job shown as bad', async () => {
    const store = jobStore(objects);
    for (const id of ['2026-11-21/9.0', '2026-11-22/1.0', '2026-11-22/1.1', '2026-11-22/3.0'])
      await store.create(queued(id));
    await put('jobs/2026-11-22/2.0.json', 'not a job');
    const first = await store.list({ day: '2026-11-22', limit: 3 });
    expect(first).toEqual({
      jobs: [
        { jobId: '2026-11-22/1.0', job: queued('2026-11-22/1.0') },
        { jobId: '2026-11-22/1.1', job: queued('2026-11-22/1.1') },
        { jobId: '2026-11-22/2.0', job: null },
      ],
      more: true,
    });
    expect(await store.list({ day: '2026-11-22', limit: 3, after: '2026-11-22/2.0' })).toEqual({
      jobs: [{ jobId: '2026-11-22/3.0', job: queued('2026-11-22/3.0') }],
      more: false,
    });
  });

  it('is an error, not shorter, while the store cannot be read', async () => {
    await jobStore(objects).create(queued(jobId));
    const failing = { ...objects, get: () => Promise.reject(new Error('no answer')) };
    await expect(jobStore(failing).list({ day: '2026-11-22' })).rejects.toThrow('no answer');
  });
});
