import { beforeEach, describe, expect, it } from 'vitest';
import { createAsk, createFiling } from '../src/ask.ts';
import type { JobStatus } from '../src/domain/job.ts';
import { watchDays } from '../src/store/cursor.ts';
import { inRevision, refetched, reviewed } from '../src/store/requests.ts';
import { cloud } from './cloud.ts';
import { decision, meeting, minute } from './make.ts';

const requestedBy = '李娜 (ou_hr)';
const jobIdOf = (revision: number): string => `2026-11-16/6911188411934433028.${revision}`;
let world: ReturnType<typeof cloud>;
const filing = () =>
  createFiling({
    requests: world.requests,
    jobs: world.jobs,
    watchDays: (days) => watchDays(world.cursor, days, world.time.now),
    timeZone: 'Asia/Shanghai',
    now: () => world.time.now * 1000,
  });
const ask = (again?: boolean) => filing().file([meeting()], { requestedBy, again });
const revisions = () => world.requests.revisions(jobIdOf(0));
const inStatus = (revision: number, status: JobStatus) =>
  world.jobs.create({ jobId: jobIdOf(revision), meeting: meeting(), attempts: 1, updatedAt: minute(61), ...status });

beforeEach(() => {
  world = cloud({ at: minute(120) });
});

describe('asking for a report', () => {
  it('files it once under the name of who asked, and answers how it stands', async () => {
    expect(await ask()).toMatchObject([{ jobId: jobIdOf(0), status: 'queued' }]);
    expect(await world.requests.get(jobIdOf(0))).toMatchObject({
      reason: 'on-demand',
      requestedBy,
      requestedAt: minute(120),
    });
    await world.pass(60);
    expect(await ask()).toMatchObject([{ jobId: jobIdOf(0), status: 'done' }]);
    expect(await revisions()).toEqual([0]);
  });

  it('C7 by 20 people at once, or for a list that names it twice, files it once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => ask()));
    await filing().file([meeting(), meeting()], { requestedBy });
    expect(await revisions()).toEqual([0]);
  });

  it('finds the one that its event asked for', async () => {
    await world.requests.file(world.event(meeting()));
    expect(await ask()).toMatchObject([{ jobId: jobIdOf(0) }]);
    expect(await world.requests.get(jobIdOf(0))).toMatchObject({ reason: 'meeting-ended', requestedBy: '' });
  });

  it('J1 watches its day before it is filed, however old', async () => {
    world.faults.notify = () => [];
    world.time.now += 300 * 86_400;
    await ask();
    expect((await world.cursor.get()).openDays).toHaveProperty('2026-11-16');
    world.time.now += 3600;
    world.faults.notify = () => [0];
    expect(await world.reconcile()).toMatchObject({ redriven: 1 });
  });

  it.each<JobStatus>([
    { status: 'failed', code: 'NO_PERMISSION', reason: 'r', remedy: 'm' },
    { status: 'waiting', until: minute(600), code: 'AUTHORISE_AGAIN', reason: 'r' },
  ])('again has it tried now when it is $status', async (status) => {
    world.faults.notify = () => [];
    await ask();
    await inStatus(0, status);
    world.faults.notify = () => [0];
    expect(await ask()).toMatchObject([status]);
    await world.pass(60);
    expect(await world.job(jobIdOf(0))).toMatchObject({ status: 'done' });
    expect(await revisions()).toEqual([0]);
  });

  it('O5 files the next revision of what the policy passed over, once', async () => {
    world.faults.notify = () => [];
    await ask();
    await inStatus(0, { status: 'skipped', reason: 'too short' });
    expect(await ask()).toMatchObject([{ jobId: jobIdOf(1), status: 'queued' }]);
    expect(await ask()).toMatchObject([{ jobId: jobIdOf(1) }]);
    expect(await revisions()).toEqual([0, 1]);
  });

  it('answers with the newest revision: late rows and HR’s decisions are in it', async () => {
    await ask();
    await world.pass(60);
    const review = {
      snapshotOf: jobIdOf(0),
      policySha256: (await world.job(jobIdOf(0)))?.policySha256 ?? '',
      decisions: [decision()],
    };
    await world.requests.file(inRevision(reviewed(world.event(meeting()), review), 1));
    await world.pass(60);
    expect(await ask()).toMatchObject([{ jobId: jobIdOf(1), status: 'done', decided: { excused: 1 } }]);
    const answer = createAsk({
      requests: world.requests,
      jobs: world.jobs,
      watchDays: async () => {},
      timeZone: 'Asia/Shanghai',
      now: () => world.time.now * 1000,
      findMeetings: async () => [meeting()],
      link: async (jobId) => `https://bucket.test/${jobId}`,
    });
    expect(await answer({ meetingNo: '235812466', from: '2026-11-16', to: '2026-11-16' })).toMatchObject({
      jobs: [{ download: `https://bucket.test/${jobIdOf(1)}` }],
    });
    expect(await revisions()).toEqual([0, 1]);
  });
});

describe('asking for it again', () => {
  it('C7 makes a new revision each time, with HR’s decisions so far', async () => {
    await ask();
    await world.requests.file(
      inRevision({ ...refetched(world.event(meeting())), decisions: [decision()], schemaVersion: 4 }, 1),
    );
    const jobs = await Promise.all([ask(true), ask(true)]);
    expect(
      jobs
        .flat()
        .map(({ jobId }) => jobId)
        .sort(),
    ).toEqual([jobIdOf(2), jobIdOf(3)]);
    for (const revision of [2, 3])
      expect(await world.requests.get(jobIdOf(revision))).toMatchObject({ decisions: [decision()], requestedBy });
  });
});
