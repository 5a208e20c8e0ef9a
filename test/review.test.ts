import { beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../src/domain/audit.ts';
import { checksOf } from '../src/domain/checks.ts';
import { type DecidedVerdict, decidable, personKey } from '../src/domain/decisions.ts';
import type { Snapshot } from '../src/domain/meeting.ts';
import { defaultPolicy } from '../src/domain/policy.ts';
import type { Report } from '../src/domain/report.ts';
import { createReview, type Filed } from '../src/review.ts';
import { watchDays } from '../src/store/cursor.ts';
import { StoreError } from '../src/store/objects.ts';
import { policyStore } from '../src/store/policies.ts';
import { inRevision, requestStore } from '../src/store/requests.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
import { cloud } from './cloud.ts';
import { absentee, meeting, minute, participant, policy, snapshot } from './make.ts';

const hr: Person = { openId: 'ou_hr', name: 'Li Na' };
const boss: Person = { openId: 'ou_boss', name: '王芳' };
const everyone = Array.from({ length: 20 }, (_, n) => absentee({ userId: `ou_${n}`, name: `Person ${n}` }));
const someone = participant({ userId: '', employeeId: '', email: '', name: 'Caller', connectedSeconds: 60 });
const rows = snapshot({ participants: [...everyone, someone] });
/** 2026-11-16 11:00 in Shanghai. */
const soon = minute(120);
const jobIdOf = (revision: number): string => `2026-11-16/6911188411934433028.${revision}`;
const jobId = jobIdOf(0);

let world: ReturnType<typeof cloud>;
let fetches: number;
const fetching = (fetched: Snapshot): void => {
  world.faults.fetch = async () => {
    fetches += 1;
    return fetched;
  };
};
/** One console; two of them share nothing but the bucket. */
const reviewing = (objects = world.bucket) =>
  createReview({
    requests: requestStore(objects),
    jobs: world.jobs,
    snapshots: snapshotStore(objects),
    policies: policyStore(objects, 'policies/current.json'),
    watchDays: (days) => watchDays(world.cursor, days, world.time.now),
    appVersion: '1.0.0',
    now: () => world.time.now * 1000,
  });
let review: ReturnType<typeof createReview>;

const said = (person: number | string, verdict: DecidedVerdict | null = 'excused', reason = 'on a trip') => ({
  person: typeof person === 'string' ? person : `u:ou_${person}`,
  verdict,
  reason,
});
const filed = (revision: number): Filed => ({ kind: 'filed', jobId: jobIdOf(revision) });
const superseded = (revision: number): Filed => ({ kind: 'superseded', jobId: jobIdOf(revision) });
const decisionsOf = async (revision: number) =>
  ((await world.requests.get(jobIdOf(revision)))?.decisions ?? []).map(({ person, verdict }) => [person, verdict]);
const newest = async (): Promise<number> => (await world.requests.revisions(jobId)).at(-1) ?? -1;
const workbook = async (revision: number): Promise<Report> => {
  const found = await world.objects.get(`reports/${jobIdOf(revision)}.xlsx`);
  return JSON.parse(new TextDecoder().decode(found?.bytes));
};
const putPolicy = (over: Parameters<typeof policy>[0]) =>
  world.put('policies/current.json', JSON.stringify(policy(over)));
const everythingAt = (revision: number) =>
  [...world.objects.stored]
    .filter(([key]) => key.includes(`6911188411934433028.${revision}.`))
    .map(([key, { bytes }]): [string, string] => [key, Buffer.from(bytes).toString('hex')])
    .sort();

beforeEach(async () => {
  world = cloud({ at: soon });
  fetches = 0;
  fetching(rows);
  await world.requests.file(world.event(meeting()));
  await world.pass(60);
  fetches = 0;
  review = reviewing();
});

/** Begins one so many turns of the event loop before the other, from the same bucket each time, and looks at what came of it. */
const race = async <One, Other>(
  one: () => Promise<One>,
  other: () => Promise<Other>,
  look: (outcomes: [One, Other]) => Promise<void>,
): Promise<void> => {
  const begun = [...world.objects.stored];
  const after = async <T>(turns: number, begin: () => Promise<T>): Promise<T> => {
    for (let turn = 0; turn < turns; turn += 1) await null;
    return begin();
  };
  for (let head = -60; head <= 60; head += 1) {
    world.objects.stored.clear();
    for (const [key, object] of begun) world.objects.stored.set(key, object);
    await look(await Promise.all([after(-head, one), after(head, other)]));
  }
};

describe('looking into a report', () => {
  it('shows every person with the verdict that the workbook has', async () => {
    const opened = await review.open(jobId);
    expect(opened).toMatchObject({ newest: 0, revision: { jobId, revision: 0, reason: 'meeting-ended' } });
    const { judged, summary } = await workbook(0);
    expect(opened?.report?.judged).toEqual(judged);
    expect(opened?.report?.summary).toEqual(summary);
  });

  it.each(['', '../policies/current', '2026-11-16/nobody.0', jobIdOf(1), `${jobId}\n`, '2026-11-16/周会.0'])(
    'C5 knows no job by %j',
    async (id) => {
      expect(await review.open(id)).toBeNull();
      expect(await review.history(id)).toEqual([]);
      expect(await review.again(id, hr)).toBeNull();
      expect(await review.decide(id, said(0), hr)).toBeNull();
      expect(await review.rejudge(id, hr)).toBeNull();
      expect(await review.tryPolicy(id, defaultPolicy)).toBeNull();
      expect(await newest()).toBe(0);
    },
  );

  it('has no report to show before it is made', async () => {
    await review.again(jobId, hr);
    expect(await review.open(jobIdOf(1))).toMatchObject({ revision: { job: { status: 'queued' } }, report: null });
  });

  it.each([
    ['J4 a job', `jobs/${jobId}.json`, { revision: { job: null }, report: null }],
    ['J4 its rows', `snapshots/${jobId}.json.gz`, { revision: { job: { status: 'done' } }, report: null }],
  ])('%s that cannot be read leaves the rest to be seen', async (_, key, shown) => {
    await world.put(key, 'no such thing');
    expect(await review.open(jobId)).toMatchObject(shown);
    expect(await review.again(jobId, hr)).toEqual(filed(1));
  });

  it('passes on that the bucket does not answer', async () => {
    const unavailable = () => Promise.reject(new StoreError('UNAVAILABLE', 'no answer'));
    await expect(reviewing({ ...world.bucket, get: unavailable }).open(jobId)).rejects.toThrow('no answer');
  });

  it('tells every revision, newest first, with who asked and why', async () => {
    await review.decide(jobId, said(0), hr);
    await world.pass(60);
    await review.again(jobIdOf(1), boss);
    const told = (await review.history(jobId)).map(({ revision, reason, requestedBy, job }) => [
      revision,
      reason,
      requestedBy,
      job?.status,
    ]);
    expect(told).toEqual([
      [2, 'on-demand', '王芳 (ou_boss)', 'queued'],
      [1, 'decided', 'Li Na (ou_hr)', 'done'],
      [0, 'meeting-ended', '', 'done'],
    ]);
  });
});

describe('a decision', () => {
  it('gives a new revision from the same rows, without a call to Feishu, in which it stands beside the verdict', async () => {
    expect(await review.decide(jobId, said(3), hr)).toEqual(filed(1));
    await world.pass(60);
    expect(fetches).toBe(0);
    const before = await workbook(0);
    const after = await workbook(1);
    expect(after).toMatchObject({ judged: before.judged, summary: before.summary, snapshot: before.snapshot });
    const beside = { kind: 'absent' };
    expect(after.decisions).toEqual([{ ...said(3), by: hr, at: soon + 60, beside }]);
    expect(after.decided).toMatchObject({ required: 20, absent: 19, insufficient: 1, excused: 1 });
    expect(after.provenance).toMatchObject({ reason: 'decided', requestedBy: 'Li Na (ou_hr)', sourceEventId: '' });
    expect(await world.job(jobIdOf(1))).toMatchObject({
      status: 'done',
      summary: before.summary,
      decided: after.decided,
    });
    expect((await review.open(jobIdOf(1)))?.report).toMatchObject({
      decisions: after.decisions,
      decided: after.decided,
    });
  });

  it('X7 leaves every byte of the revision before as it was', async () => {
    const before = everythingAt(0);
    expect(before.map(([key]) => key.split('/')[0])).toEqual(['jobs', 'reports', 'requests', 'snapshots']);
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    expect(everythingAt(0)).toEqual(before);
  });

  it('on top of another stands on the rows that were fetched, and has a copy of them beside its report', async () => {
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    await review.decide(jobIdOf(1), said(4), hr);
    await world.pass(60);
    expect((await world.requests.get(jobIdOf(2)))?.snapshotOf).toBe(jobId);
    const snapshots = await Promise.all(
      [0, 1, 2].map((revision) => snapshotStore(world.objects).get(jobIdOf(revision))),
    );
    expect(snapshots).toEqual([rows, rows, rows]);
    expect((await workbook(2)).decided).toMatchObject({ excused: 2 });
  });

  it('judges by the policy of the report it was taken on, not by one that came since', async () => {
    const { policySha256 } = (await world.job(jobId)) ?? {};
    await putPolicy({ minimum: { percent: 1, combine: 'both' } });
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    expect(await world.job(jobIdOf(1))).toMatchObject({ status: 'done', policySha256 });
    expect((await workbook(1)).judged).toEqual((await workbook(0)).judged);
  });

  it.each(decidable)('can be %s', async (verdict) => {
    await review.decide(jobId, said(3, verdict), hr);
    expect(await decisionsOf(1)).toEqual([['u:ou_3', verdict]]);
  });

  it('can be on somebody without an id, by their row', async () => {
    const caller = (await review.open(jobId))?.report?.judged.find(({ name }) => name === 'Caller');
    const person = caller ? personKey(caller) : '';
    expect(person).toBe('row:20');
    expect(await review.decide(jobId, said(person), hr)).toEqual(filed(1));
    await world.pass(60);
    expect((await workbook(1)).decided).toMatchObject({ excused: 1, insufficient: 0 });
  });

  it('C5 is of nobody who is not in the report', async () => {
    for (const person of ['u:ou_99', 'row:0', 'row:21', '', 'ou_1', '__proto__'])
      expect(await review.decide(jobId, said(person), hr)).toBeNull();
    expect(await newest()).toBe(0);
  });

  it('taken back is history, and counts no more', async () => {
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    expect(await review.decide(jobIdOf(1), said(3, null, 'a mistake'), boss)).toEqual(filed(2));
    await world.pass(60);
    const report = await workbook(2);
    expect(report.decisions.map(({ verdict, by }) => [verdict, by.name])).toEqual([
      ['excused', 'Li Na'],
      [null, '王芳'],
    ]);
    expect(report.decided).toBeNull();
    expect(await world.job(jobIdOf(2))).not.toHaveProperty('decided');
  });

  it('that takes nothing back files nothing', async () => {
    expect(await review.decide(jobId, said(3, null), hr)).toEqual(filed(0));
    expect(await newest()).toBe(0);
  });

  it('with another reason is another decision', async () => {
    await review.decide(jobId, said(3), hr);
    expect(await review.decide(jobId, said(3, 'excused', 'ill'), hr)).toEqual(filed(2));
  });

  it('C7 from an old page joins those taken since, and keeps the policy of the newest', async () => {
    await review.decide(jobId, said(1), hr);
    await world.pass(60);
    await putPolicy({ name: 'stricter' });
    await review.rejudge(jobIdOf(1), hr);
    await world.pass(60);
    expect(await review.decide(jobId, said(2), boss)).toEqual(filed(3));
    expect(await decisionsOf(3)).toEqual([
      ['u:ou_1', 'excused'],
      ['u:ou_2', 'excused'],
    ]);
    const [rejudged, decided] = [await world.requests.get(jobIdOf(2)), await world.requests.get(jobIdOf(3))];
    expect(decided?.policySha256).toBe(rejudged?.policySha256);
  });

  it('C7 from a page of other rows changes nothing, and names the newer revision', async () => {
    await review.again(jobId, boss);
    expect(await review.decide(jobId, said(3), hr)).toEqual(superseded(1));
    await world.pass(60);
    expect(await review.decide(jobId, said(3), hr)).toEqual(superseded(1));
    expect(await newest()).toBe(1);
  });

  it('is not taken on rows that have been deleted', async () => {
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    await world.objects.delete(`snapshots/${jobId}.json.gz`);
    review = reviewing();
    expect(await review.open(jobIdOf(1))).toMatchObject({ revision: { job: { status: 'done' } }, report: null });
    expect(await review.decide(jobIdOf(1), said(4), hr)).toBeNull();
    expect(await newest()).toBe(1);
  });

  it.each([
    ['ten thousand characters', '理由'.repeat(5000)],
    ['a formula', '=HYPERLINK("http://example.com")'],
    ['controls and a lone surrogate', 'a\u0000\u001b[31m\r\n\ud800'],
  ])('with a reason of %s is kept to the letter', async (_, reason) => {
    await review.decide(jobId, said(3, 'excused', reason), { openId: 'ou_hr', name: reason.slice(0, 50) });
    await world.pass(60);
    expect((await workbook(1)).decisions).toEqual([
      expect.objectContaining({ reason, by: { openId: 'ou_hr', name: reason.slice(0, 50) } }),
    ]);
  });
});

describe('at the same time', () => {
  it.each([2, 5, 20])('C7 %i people decide, each on somebody else, and all decisions stay', async (count) => {
    const people = Array.from({ length: count }, (_, n) => n);
    const outcomes = await Promise.all(people.map((n) => reviewing().decide(jobId, said(n), hr)));
    expect(new Set(outcomes.map((outcome) => outcome?.jobId)).size).toBe(count);
    expect(new Set(outcomes.map((outcome) => outcome?.kind))).toEqual(new Set(['filed']));
    expect(await newest()).toBe(count);
    expect(new Set((await decisionsOf(count)).map(([person]) => person))).toEqual(
      new Set(people.map((n) => `u:ou_${n}`)),
    );
    await world.pass(600);
    expect((await workbook(count)).decided).toMatchObject({ excused: count, absent: 20 - count });
    expect(fetches).toBe(0);
  });

  it.each([2, 20])('C7 the same decision sent %i times is one revision', async (count) => {
    const outcomes = await Promise.all(Array.from({ length: count }, () => review.decide(jobId, said(3), hr)));
    expect(outcomes).toEqual(outcomes.map(() => filed(1)));
    expect(await review.decide(jobId, said(3), hr)).toEqual(filed(1));
    expect(await newest()).toBe(1);
  });

  it.each([2, 20])('C7 making it again %i times is one revision', async (count) => {
    const outcomes = await Promise.all(Array.from({ length: count }, () => review.again(jobId, hr)));
    expect(outcomes.filter((outcome) => outcome?.kind === 'filed')).toEqual([filed(1)]);
    expect(await newest()).toBe(1);
    expect(await review.again(jobIdOf(1), hr)).toEqual(filed(1));
  });

  it('C7 a decision and a judgement by a new policy: neither is lost, or the judgement was told that it came too late', async () => {
    await putPolicy({ name: 'stricter', minimum: { percent: 90, combine: 'both' } });
    const old = (await world.job(jobId))?.policySha256;
    const seen = new Set<string>();
    const rejudge = () => review.rejudge(jobId, boss);
    const decide = () => review.decide(jobId, said(3), hr);
    await race(rejudge, decide, async ([rejudged, decided]) => {
      expect(decided?.kind).toBe('filed');
      const last = await newest();
      expect(await decisionsOf(last)).toEqual([['u:ou_3', 'excused']]);
      expect([rejudged?.kind, last]).toEqual(rejudged?.kind === 'filed' ? ['filed', 2] : ['superseded', 1]);
      const isOld = (await world.requests.get(jobIdOf(last)))?.policySha256 === old;
      expect(isOld).toBe(rejudged?.kind === 'superseded');
      seen.add(String(rejudged?.kind));
    });
    expect(seen.size).toBe(2);
  });

  it('C7 a decision and a rerun: the rerun carries the decision, or the decision was told of newer rows', async () => {
    const first = { ...world.event(meeting()), reason: 'on-demand' as const };
    const seen = new Set<string>();
    const decide = () => review.decide(jobId, said(3), hr);
    await race(
      decide,
      () => world.requests.fileRerun(first),
      async ([decided, rerun]) => {
        const last = await newest();
        expect(await world.requests.get(jobIdOf(last))).toEqual(rerun);
        expect([decided?.kind, last, await decisionsOf(last)]).toEqual(
          decided?.kind === 'filed' ? ['filed', 2, [['u:ou_3', 'excused']]] : ['superseded', 1, []],
        );
        seen.add(String(decided?.kind));
      },
    );
    expect(seen.size).toBe(2);
  });
});

describe('making it again', () => {
  it('fetches the rows anew; decisions stay with those whom they still name, and the others are told of', async () => {
    await review.decide(jobId, said(3), hr);
    await review.decide(jobId, said('row:20'), hr);
    await world.pass(60);
    fetching(snapshot({ participants: [someone, ...everyone] }));
    expect(await review.again(jobIdOf(2), boss)).toEqual(filed(3));
    await world.pass(60);
    expect(fetches).toBe(1);
    const request = await world.requests.get(jobIdOf(3));
    expect(request).toMatchObject({ reason: 'on-demand', requestedBy: '王芳 (ou_boss)', schemaVersion: 4 });
    expect(request).not.toHaveProperty('snapshotOf');
    expect(request).not.toHaveProperty('policySha256');
    expect(await decisionsOf(3)).toEqual([
      ['u:ou_3', 'excused'],
      ['row:20', 'excused'],
    ]);
    const report = await workbook(3);
    expect(report.decided).toMatchObject({ excused: 1, insufficient: 1, absent: 19 });
    expect(checksOf(report)).toContainEqual(
      expect.objectContaining({
        kind: 'stray-decision',
        judged: null,
        decision: expect.objectContaining({ person: 'row:20', saidOf: jobId }),
      }),
    );
  });

  it('takes the policy in force', async () => {
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    await putPolicy({ name: 'newer' });
    await review.again(jobIdOf(1), hr);
    await world.pass(60);
    expect((await workbook(2)).policy.policy.name).toBe('newer');
  });

  it('from an old page files nothing', async () => {
    await review.decide(jobId, said(3), hr);
    expect(await review.again(jobId, hr)).toEqual(superseded(1));
    expect(await newest()).toBe(1);
  });

  it('tries what waits again as it is', async () => {
    world.faults.fetch = () => Promise.reject(new StoreError('UNAVAILABLE', 'unused'));
    await review.again(jobId, hr);
    const found = await world.jobs.get(jobIdOf(1));
    expect(found).toBeNull();
    const waiting = { status: 'waiting', until: soon + 9000, reason: 'r', code: 'REAUTHORISE' } as const;
    await world.jobs.create({ jobId: jobIdOf(1), meeting: meeting(), attempts: 1, updatedAt: soon, ...waiting });
    world.messages.length = 0;
    fetching(rows);
    expect(await review.again(jobIdOf(1), hr)).toEqual(filed(1));
    await world.pass(60);
    expect(await world.job(jobIdOf(1))).toMatchObject({ status: 'done' });
  });

  it('of a report whose rows were deleted before it was judged anew fetches them, and keeps the decision', async () => {
    await review.decide(jobId, said(3), hr);
    await world.objects.delete(`snapshots/${jobId}.json.gz`);
    await world.pass(60);
    expect(await world.job(jobIdOf(1))).toMatchObject({ status: 'failed', code: 'SNAPSHOT_GONE' });
    expect(fetches).toBe(0);
    expect(await review.again(jobIdOf(1), hr)).toEqual(filed(2));
    await world.pass(60);
    expect(await world.job(jobIdOf(2))).toMatchObject({ status: 'done', decided: { excused: 1 } });
  });
});

describe('judging by the policy in force', () => {
  it('gives a new revision from the same rows with the decisions so far, without a call to Feishu', async () => {
    await review.decide(jobId, said('row:20', 'attended'), hr);
    await world.pass(60);
    await putPolicy({ name: 'lenient', expectations: { ...defaultPolicy.expectations, accepted: 'optional' } });
    expect(await review.rejudge(jobIdOf(1), boss)).toEqual(filed(2));
    await world.pass(60);
    expect(fetches).toBe(0);
    const report = await workbook(2);
    expect(report).toMatchObject({ policy: { policy: { name: 'lenient' } }, summary: { required: 0 } });
    expect(report.provenance).toMatchObject({ reason: 're-judged', requestedBy: '王芳 (ou_boss)' });
    expect(report.decisions).toHaveLength(1);
    expect((await world.requests.get(jobIdOf(2)))?.snapshotOf).toBe(jobId);
  });

  it('is bound to the policy that was in force when it was asked for', async () => {
    await putPolicy({ name: 'asked for' });
    await review.rejudge(jobId, hr);
    await putPolicy({ name: 'later' });
    await world.pass(60);
    expect((await workbook(1)).policy.policy.name).toBe('asked for');
  });

  it('is done although the policy’s scope would pass the meeting over', async () => {
    await putPolicy({ scope: { minMinutes: 600 } });
    await review.rejudge(jobId, hr);
    await world.pass(60);
    expect(await world.job(jobIdOf(1))).toMatchObject({ status: 'done' });
  });

  it('tried first, files nothing and asks nobody', async () => {
    const keys = await world.keys('');
    const strict = policy({ expectations: { ...defaultPolicy.expectations, accepted: 'excused' } });
    const tried = await review.tryPolicy(jobId, strict);
    expect([tried?.before.summary.absent, tried?.after.summary.absent]).toEqual([20, 0]);
    expect(await world.keys('')).toEqual(keys);
    expect(fetches).toBe(0);
  });
});

describe('J1 nothing asked for is lost', () => {
  it.each<[string, () => Promise<unknown>, Record<string, unknown>]>([
    ['a decision', () => review.decide(jobId, said(3), hr), { decided: { excused: 1 } }],
    ['a judgement', () => review.rejudge(jobId, hr), {}],
    ['a report made again', () => review.again(jobId, hr), {}],
  ])('%s whose message is lost is driven again by the reconciler, however old its day', async (_, ask, outcome) => {
    world.time.now += 90 * 86_400;
    world.faults.notify = () => [];
    await ask();
    world.faults.notify = () => [0];
    await world.pass(31 * 60);
    expect(await world.job(jobIdOf(1))).toBeUndefined();
    expect(await world.reconcile()).toMatchObject({ redriven: 1 });
    await world.pass(60);
    expect(await world.job(jobIdOf(1))).toMatchObject({ status: 'done', ...outcome });
  });

  it('the day is watched before anything is filed, so a death in between leaves nothing behind', async () => {
    const dying = { ...world.bucket, put: () => Promise.reject(new Error('killed')) };
    await expect(reviewing(dying).decide(jobId, said(3), hr)).rejects.toThrow('killed');
    expect((await world.cursor.get()).openDays).toHaveProperty('2026-11-16');
    expect(await newest()).toBe(0);
  });

  it('delivered many times, a decision is one report, the same to the byte', async () => {
    world.faults.notify = () => [0, 0, 30, 3600];
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    const first = everythingAt(1).filter(([key]) => key.startsWith('reports/'));
    expect(first).toHaveLength(1);
    await world.pass(7200);
    expect(everythingAt(1).filter(([key]) => key.startsWith('reports/'))).toEqual(first);
  });
});

describe('a revision of late data', () => {
  const incomplete = snapshot({ participants: rows.participants, complete: false, proof: null });

  beforeEach(async () => {
    world = cloud({ at: soon });
    fetching(incomplete);
    await world.requests.file(world.event(meeting()));
    await world.pass(60);
    review = reviewing();
  });

  it('fetches anew for HR, and keeps their decisions on people with an id', async () => {
    await review.decide(jobId, said(3), hr);
    await review.decide(jobId, said('row:20'), hr);
    await world.pass(60);
    world.time.now = meeting().endsAt + 3 * 3600 + 1;
    fetching(rows);
    expect(await world.reconcile()).toMatchObject({ revised: 1 });
    await world.pass(60);
    const request = await world.requests.get(jobIdOf(3));
    expect(request).not.toHaveProperty('snapshotOf');
    expect(await decisionsOf(3)).toEqual([
      ['u:ou_3', 'excused'],
      ['row:20', 'excused'],
    ]);
    expect(await world.job(jobIdOf(3))).toMatchObject({ status: 'done', complete: true, decided: { excused: 1 } });
  });

  it('asks HR again when the rows that came say something else, and accuses nobody until HR has answered', async () => {
    await review.decide(jobId, said(3, 'absent', 'not seen'), hr);
    await review.decide(jobId, said(4, 'absent', 'not seen'), hr);
    await world.pass(60);
    expect((await workbook(2)).decided).toMatchObject({ absent: 2 });
    const came = participant({ userId: 'ou_3', name: 'Person 3' });
    fetching(snapshot({ participants: [came, ...everyone.filter(({ userId }) => userId !== 'ou_3')] }));
    world.time.now = meeting().endsAt + 3 * 3600;
    await world.reconcile();
    await world.pass(60);
    const report = await workbook(3);
    const contested = (told: Report) =>
      checksOf(told).flatMap((check) => (check.kind === 'contested-decision' ? [check.judged.name] : []));
    expect(contested(report)).toEqual(['Person 3']);
    expect(report.decided).toMatchObject({ attended: 1, absent: 19 });
    expect(await world.job(jobIdOf(3))).toMatchObject({ decided: { attended: 1, absent: 19 }, toConfirm: 1 });
    // The same words again are an answer now, once.
    expect(await review.decide(jobIdOf(3), said(3, 'absent', 'not seen'), boss)).toEqual(filed(4));
    expect(await review.decide(jobIdOf(3), said(3, 'absent', 'not seen'), boss)).toEqual(filed(4));
    await world.pass(60);
    expect(contested(await workbook(4))).toEqual([]);
    expect(await world.job(jobIdOf(4))).not.toHaveProperty('toConfirm');
    expect((await workbook(4)).decided).toMatchObject({ attended: 0, absent: 20 });
  });

  it.each<[string, (jobId: string) => Promise<unknown>]>([
    ['decided', (jobId) => review.decide(jobId, said(3, 'excused', jobId), hr)],
    ['had it judged anew', (jobId) => review.rejudge(jobId, hr)],
  ])('is made three hours and one day after the end although HR %s between the hour and the cycle', async (_, act) => {
    for (const hours of [3, 24]) {
      world.time.now = meeting().endsAt + hours * 3600 + 60;
      const before = fetches;
      await act(jobIdOf(await newest()));
      await world.pass(600);
      expect(fetches).toBe(before);
      expect(await world.reconcile()).toMatchObject({ revised: 1 });
      await world.pass(60);
      expect(fetches).toBe(before + 1);
      expect(await world.reconcile()).toMatchObject({ revised: 0 });
    }
    expect(await newest()).toBe(4);
  });

  it('is made although what HR decided meanwhile could not be put on paper, and has their decision', async () => {
    await review.decide(jobId, said(3), hr);
    await world.objects.delete(`snapshots/${jobId}.json.gz`);
    await world.pass(60);
    expect(await world.job(jobIdOf(1))).toMatchObject({ status: 'failed' });
    world.time.now = meeting().endsAt + 3 * 3600;
    expect(await world.reconcile()).toMatchObject({ revised: 1 });
    expect(await decisionsOf(2)).toEqual([['u:ou_3', 'excused']]);
  });

  it('C7 filed while HR decides: the decision was told of it, or comes first and is in the next', async () => {
    world.time.now = meeting().endsAt + 3 * 3600 + 1;
    const seen = new Set<string>();
    const decide = () => review.decide(jobId, said(3), hr);
    await race(
      () => world.reconcile(),
      decide,
      async ([{ revised }, decided]) => {
        const isFiled = decided?.kind === 'filed';
        await world.reconcile();
        const last = await newest();
        expect([last, await decisionsOf(last)]).toEqual(isFiled ? [2, [['u:ou_3', 'excused']]] : [1, []]);
        expect(await world.requests.get(jobIdOf(last))).not.toHaveProperty('snapshotOf');
        seen.add(`${decided?.kind} ${revised}`);
      },
    );
    expect(seen).toEqual(new Set(['superseded 1', 'filed 1', 'filed 0']));
  });
});

describe('a meeting that ended anew', () => {
  const longer = meeting({ endsAt: meeting().endsAt + 600 });

  it('keeps what HR decided of its people, also where the policy would pass it over', async () => {
    await review.decide(jobId, said(3), hr);
    await world.pass(60);
    await putPolicy({ scope: { minMinutes: 600 } });
    world.feishu.push(longer);
    world.time.now = longer.endsAt + 3600;
    expect(await world.reconcile()).toMatchObject({ filed: 1 });
    await world.pass(60);
    expect(await world.requests.get(jobIdOf(2))).toMatchObject({ meeting: longer, schemaVersion: 4 });
    expect(await world.job(jobIdOf(2))).toMatchObject({ status: 'done', decided: { excused: 1 } });
  });

  it('is reported anew although its earlier request cannot be read', async () => {
    world.feishu.push(longer);
    await world.put(`requests/${jobId}.json`, 'no JSON');
    expect(await world.reconcile()).toMatchObject({ filed: 1 });
    expect(await world.requests.get(inRevision(world.event(longer), 1).jobId)).toMatchObject({ schemaVersion: 1 });
  });
});
