import { beforeEach, describe, expect, it } from 'vitest';
import { createAsk } from '../src/ask.ts';
import { sources } from '../src/domain/scope.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { skippedBecause } from '../src/skipped.ts';
import { watchDays } from '../src/store/cursor.ts';
import type { ReportRequest } from '../src/store/requests.ts';
import { cloud } from './cloud.ts';
import { meeting, minute, participant, roomRow, snapshot } from './make.ts';

const jobId = '2026-11-16/6911188411934433028.0';
let world: ReturnType<typeof cloud>;
let fetches: number;
beforeEach(() => {
  world = cloud({ at: minute(65) });
  fetches = 0;
  world.faults.fetch = async () => {
    fetches += 1;
    return snapshot();
  };
});

const inForce = (scope: object) => world.put('policies/current.json', JSON.stringify({ scope }));
const work = async (over: Partial<ReportRequest> = {}) => {
  await world.requests.file({ ...world.event(meeting()), ...over });
  await world.pass(0);
  return world.job(jobId);
};

describe('a meeting that the policy passes over', () => {
  it.each([
    ['number', { meetingNos: ['123456789'] }],
    ['topic', { topicWords: ['all-hands'] }],
    ['source', { sources: ['calendar'] }],
    ['length', { minMinutes: 61 }],
  ])('by its %s is skipped before anything is asked of Feishu', async (_, scope) => {
    await inForce(scope);
    expect(await work({ source: 2 })).toMatchObject({ status: 'skipped', reason: expect.stringMatching(/polic/) });
    expect(fetches).toBe(0);
    expect(world.messages).toEqual([]);
  });

  it('for want of people is skipped after the fetch, rooms not counted, and nothing personal is kept', async () => {
    await inForce({ minPeople: 2 });
    world.faults.fetch = async () => snapshot({ participants: [participant({ name: 'Canary' }), roomRow()] });
    expect(await work()).toMatchObject({ status: 'skipped', reason: expect.stringContaining('1') });
    expect(await world.keys('snapshots/')).toEqual([]);
    expect(await world.keys('reports/')).toEqual([]);
    for (const { bytes } of world.objects.stored.values())
      expect(Buffer.from(bytes).toString()).not.toContain('Canary');
  });

  it('is not for want of people when the list is incomplete, or times are missing', async () => {
    await inForce({ minPeople: 2 });
    world.faults.fetch = async () => snapshot({ complete: false, proof: null });
    expect(await work()).toMatchObject({ status: 'done' });
    const untimed = participant({ userId: 'ou_2', joinedAt: null, leftAt: null });
    world.faults.fetch = async () => snapshot({ participants: [participant(), untimed] });
    await world.requests.file(world.event(meeting({ instanceId: '2' })));
    await world.pass(0);
    expect(await world.job('2026-11-16/2.0')).toMatchObject({ status: 'done' });
  });

  it('stays skipped however often its message comes, and under the policy it was held against', async () => {
    await inForce({ minMinutes: 61 });
    const skipped = await work();
    await inForce({});
    await world.requests.redrive(jobId);
    await world.pass(86_400);
    await world.reconcile();
    expect(await world.job(jobId)).toEqual(skipped);
    expect(skipped?.policySha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is skipped too when the reconciler found it', async () => {
    await inForce({ minMinutes: 61 });
    world.feishu.push(meeting());
    await world.reconcile();
    await world.pass(0);
    expect(await world.job(jobId)).toMatchObject({ status: 'skipped' });
  });

  it('is reported when somebody asked for it in the first place', async () => {
    await inForce({ minMinutes: 61 });
    expect(await work({ reason: 'on-demand' })).toMatchObject({ status: 'done' });
  });

  it('is told without its topic in the log', async () => {
    await inForce({ topicWords: ['all-hands'] });
    await work();
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'work.skipped', jobId, receiveCount: 1 }));
    expect(JSON.stringify(world.logged)).not.toContain(meeting().topic);
  });
});

describe('asking for a meeting that was passed over', () => {
  const { instanceId, meetingNo, startsAt: startTime, endsAt: endTime, topic } = meeting();
  const asked = { instanceId, meetingNo, startTime, endTime, topic };
  const ask = (input: object = asked) =>
    createAsk({
      requests: world.requests,
      jobs: world.jobs,
      findMeetings: async () => [meeting()],
      watchDays: (days) => watchDays(world.cursor, days, world.time.now),
      link: async (id) => `https://bucket.test/${id}`,
      timeZone: 'Asia/Shanghai',
      now: () => world.time.now * 1000,
    })(input);
  const next = jobId.replace(/0$/, '1');

  beforeEach(async () => {
    await inForce({ minMinutes: 61 });
    await work();
  });

  it.each([
    ['by instance', asked],
    ['by number', { meetingNo, from: '2026-11-16', to: '2026-11-16' }],
  ])('%s makes its report, as a revision of its own', async (_, input) => {
    expect(await ask(input)).toMatchObject({ jobs: [{ jobId: next, status: 'queued' }] });
    await world.pass(0);
    expect(await ask(input)).toMatchObject({ jobs: [{ jobId: next, status: 'done', download: expect.any(String) }] });
    expect(await world.requests.get(next)).toMatchObject({ revision: 1, reason: 'on-demand' });
  });

  it('twice files it once, and tries again what waits', async () => {
    world.faults.fetch = () => Promise.reject(new FeishuError('AUTHORISE_AGAIN', 'authorise again'));
    await ask();
    await world.pass(0);
    expect(await ask()).toMatchObject({ jobs: [{ jobId: next, status: 'waiting' }] });
    expect(world.messages).toHaveLength(1);
    expect(await world.keys('requests/')).toHaveLength(2);
  });

  it('and the report that went out incomplete is made anew, not skipped', async () => {
    world.faults.fetch = async () => snapshot({ complete: false, proof: null });
    await ask();
    await world.pass(0);
    world.faults.fetch = async () => snapshot();
    await world.pass(4 * 3600);
    expect(await world.reconcile()).toMatchObject({ revised: 1 });
    await world.pass(0);
    expect(await world.job(jobId.replace(/0$/, '2'))).toMatchObject({ status: 'done', complete: true });
  });

  it('J1 has its day watched until the job is finished, however long ago the meeting was', async () => {
    world.time.now += 90 * 86_400;
    world.faults.notify = () => [];
    await ask();
    world.faults.notify = () => [0];
    world.time.now += 3600;
    expect(await world.reconcile()).toMatchObject({ redriven: 1 });
  });
});

describe('the one line that tells why', () => {
  const found = [
    { because: 'too-short', seconds: 250, minMinutes: 5 },
    { because: 'too-few-people', people: 1, minPeople: 2 },
    { because: 'meeting-no' },
    { because: 'topic' },
    ...(Object.keys(sources) as (keyof typeof sources)[]).map((source) => ({ because: 'source', source }) as const),
  ] as const;

  it.each(found)('is said in both languages: $because $source', (each) => {
    expect(skippedBecause(each).en).toMatch(/^[A-Z][^\n]*\.$/);
    expect(skippedBecause(each).zh).toMatch(/^[\u4e00-\u9fff][^\n]*。$/);
  });

  it('names what was found and what was asked for', () => {
    expect(skippedBecause(found[0]).en).toMatch(/4\.2 min.*5 min/);
    expect(skippedBecause(found[1]).zh).toMatch(/1 人.*2 人/);
  });
});
