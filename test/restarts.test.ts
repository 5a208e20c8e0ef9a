import { beforeEach, describe, expect, it } from 'vitest';
import { checksOf } from '../src/domain/checks.ts';
import type { DecidedVerdict } from '../src/domain/decisions.ts';
import type { Meeting, Snapshot } from '../src/domain/meeting.ts';
import type { Report } from '../src/domain/report.ts';
import { restartsOf } from '../src/domain/restarts.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { createReview } from '../src/review.ts';
import { watchDays } from '../src/store/cursor.ts';
import { policyStore } from '../src/store/policies.ts';
import { firstJobId, inRevision, requestStore, toRequest } from '../src/store/requests.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
import { createWork, type WorkDeps } from '../src/work.ts';
import { cloud, workDepsOn } from './cloud.ts';
import { absentee, meeting, minute, participant, snapshot } from './make.ts';
import { memoryObjects } from './memory-store.ts';

const zone = 'Asia/Shanghai';
const first = meeting({ instanceId: 'a', endsAt: minute(30) });
const second = meeting({ instanceId: 'b', startsAt: minute(40), endsAt: minute(100) });
const jobIds = { first: '2026-11-16/a.0', second: '2026-11-16/b.0', joined: '2026-11-16/a_b.0' };

const requestOf = (of: Meeting, reason: 'meeting-ended' | 'on-demand' = 'meeting-ended') =>
  toRequest(
    { meeting: of, reason, sourceEventId: `e-${of.instanceId}`, requestedBy: '', requestedAt: of.endsAt },
    zone,
  );

/** Somebody who was in the whole of an instance. */
const wholly = ({ startsAt, endsAt }: Meeting): Snapshot =>
  snapshot({
    participants: [participant({ joinedAt: startsAt, leftAt: endsAt, connectedSeconds: endsAt - startsAt })],
    fetchedAt: endsAt + 60,
  });

const setUp = () => {
  const objects = memoryObjects();
  const state = { now: minute(101), asked: [] as string[], looked: [] as object[], lines: [] as string[] };
  const feishu = {
    instances: async (): Promise<Meeting[]> => [first, second],
    rows: async (of: Meeting): Promise<Snapshot> => wholly(of),
  };
  const deps: WorkDeps = {
    ...workDepsOn(objects, {
      fetch: (of) => {
        state.asked.push(of.instanceId);
        return feishu.rows(of);
      },
      nowSeconds: () => state.now,
      log: (event, fields) => state.lines.push(JSON.stringify({ event, ...fields })),
    }),
    findMeetings: (query) => {
      state.looked.push(query);
      return feishu.instances();
    },
  };
  const run = (jobId: string) => createWork(deps)(jobId, { receiveCount: 1, deadlineAt: (state.now + 900) * 1000 });
  return {
    objects,
    state,
    feishu,
    deps,
    run,
    file: (of: Meeting, reason?: 'on-demand') => requestStore(objects).file(requestOf(of, reason)),
    requests: async () => (await objects.list({ prefix: 'requests/' })).keys,
    status: async (jobId: string) => (await deps.jobs.get(jobId))?.job.status,
    report: async (jobId: string): Promise<Report> => {
      const found = await objects.get(`reports/${jobId}.xlsx`);
      return JSON.parse(new TextDecoder().decode(found?.bytes)) as Report;
    },
    policy: (policy: object) =>
      objects.put('policies/current.json', new TextEncoder().encode(JSON.stringify(policy)), {
        contentType: 'application/json',
        when: 'any',
      }),
  };
};

let world: ReturnType<typeof setUp>;
beforeEach(async () => {
  world = setUp();
  await world.file(first);
  await world.file(second);
});

const runAll = async (): Promise<void> => {
  for (const key of await world.requests()) await world.run(key.slice('requests/'.length, -'.json'.length));
};

describe('a meeting that was begun again within fifteen minutes', () => {
  it('is reported as one besides its parts, from the rows that their reports have', async () => {
    await world.run(jobIds.first);
    await world.run(jobIds.second);
    expect(await world.requests()).toEqual(
      Object.values(jobIds)
        .map((jobId) => `requests/${jobId}.json`)
        .sort(),
    );
    await world.run(jobIds.joined);
    expect(world.state.asked).toEqual(['a', 'b']);
    const { judged, meeting: told, snapshot: rows, provenance } = await world.report(jobIds.joined);
    expect(told.parts?.map(({ instanceId }) => instanceId)).toEqual(['a', 'b']);
    expect(judged.map(({ certainSeconds, verdict }) => [certainSeconds, verdict.kind])).toEqual([[5400, 'attended']]);
    expect(rows).toMatchObject({ complete: true, pages: 2 });
    expect(provenance).toMatchObject({ jobId: jobIds.joined, reason: 'meeting-ended' });
  });

  it('is filed once, whichever part looks and however often', async () => {
    await world.run(jobIds.second);
    const before = world.objects.stored.get(`requests/${jobIds.joined}.json`);
    await world.run(jobIds.first);
    await Promise.all([world.run(jobIds.first), world.run(jobIds.second)]);
    expect(world.objects.stored.get(`requests/${jobIds.joined}.json`)).toBe(before);
    expect(await world.requests()).toHaveLength(3);
  });

  it('is looked for among the instances of its number within a day, and not past the present', async () => {
    await world.run(jobIds.second);
    world.state.now = minute(100) + 30 * 86_400;
    await world.run(jobIds.first);
    const { meetingNo } = first;
    expect(world.state.looked).toEqual([
      { meetingNo, from: minute(40) - 86_400, to: minute(101) },
      { meetingNo, from: minute(0) - 86_400, to: minute(30) + 86_400 },
    ]);
  });

  it('is found by the part that ended last, though the list does not know that one yet', async () => {
    world.feishu.instances = async () => [first];
    await world.run(jobIds.second);
    expect(await world.requests()).toContain(`requests/${jobIds.joined}.json`);
  });

  it('grows with the next restart, into a report of its own', async () => {
    const third = meeting({ instanceId: 'c', startsAt: minute(110), endsAt: minute(120) });
    world.feishu.instances = async () => [first, second, third];
    world.state.now = minute(121);
    await world.file(third);
    await runAll();
    expect(await world.requests()).toContain('requests/2026-11-16/a_c.0.json');
    await world.run('2026-11-16/a_c.0');
    expect((await world.report('2026-11-16/a_c.0')).judged[0]?.certainSeconds).toBe(6000);
  });

  it('never looks for a restart of what is already joined', async () => {
    await runAll();
    const { length } = world.state.looked;
    await world.run(jobIds.joined);
    expect(await world.status(jobIds.joined)).toBe('done');
    expect(world.state.looked).toHaveLength(length);
  });

  it.each([
    ['sixteen minutes later', meeting({ instanceId: 'b', startsAt: minute(46), endsAt: minute(100) })],
    ['on another day', meeting({ instanceId: 'b', startsAt: minute(40) + 86_400, endsAt: minute(100) + 86_400 })],
  ])('or not: %s', async (_, other) => {
    world = setUp();
    world.state.now = other.endsAt + 60;
    world.feishu.instances = async () => [first, other];
    await world.file(first);
    await world.file(other);
    await runAll();
    expect(await world.requests()).toHaveLength(2);
    expect(await world.status(firstJobId(other, zone))).toBe('done');
  });

  it('obeys the limit of the policy, and asks Feishu nothing when restarts do not count', async () => {
    await world.policy({ restarts: { withinMinutes: 9 } });
    await world.run(jobIds.first);
    expect(await world.requests()).toHaveLength(2);
    await world.policy({ restarts: { withinMinutes: 0 } });
    await world.run(jobIds.second);
    expect(world.state.looked).toHaveLength(1);
  });

  it.each([
    [90, 'done'],
    [91, 'skipped'],
  ])('is held against the scope as a whole, its break not counted: at least %d minutes', async (minMinutes, status) => {
    await world.policy({ scope: { minMinutes } });
    await requestStore(world.objects).file(requestOf(restartsOf([first, second], 900)[0] as Meeting));
    await world.run(jobIds.joined);
    expect(await world.status(jobIds.joined)).toBe(status);
  });

  it('keeps the report of a part when the look fails, and logs why', async () => {
    world.feishu.instances = () => Promise.reject(new FeishuError('UNREACHABLE', 'no answer'));
    await world.run(jobIds.second);
    expect(await world.status(jobIds.second)).toBe('done');
    expect(world.state.lines.join()).toContain(
      '"event":"work.restart-unknown","jobId":"2026-11-16/b.0","code":"UNREACHABLE"',
    );
  });
});

describe('the rows of a part', () => {
  const joined = async () => {
    await world.run(jobIds.second);
    world.state.asked.length = 0;
    await world.run(jobIds.joined);
  };

  it('are fetched when it has no report yet', async () => {
    await joined();
    expect(world.state.asked).toEqual(['a']);
    expect(await world.status(jobIds.joined)).toBe('done');
  });

  it('are fetched again when its report went out incomplete', async () => {
    world.feishu.rows = async (of) => ({ ...wholly(of), complete: false, proof: null });
    await world.run(jobIds.first);
    world.feishu.rows = async (of) => wholly(of);
    await joined();
    expect(world.state.asked).toEqual(['a']);
    expect((await world.report(jobIds.joined)).snapshot.complete).toBe(true);
  });

  it('are fetched again when it has ended anew since its report', async () => {
    world.feishu.rows = async (of) => ({ ...wholly(of), fetchedAt: first.endsAt - 60 });
    await world.run(jobIds.first);
    world.feishu.rows = async (of) => wholly(of);
    await joined();
    expect(world.state.asked).toEqual(['a']);
  });

  it('have the joined report wait for them, each part remembering its own reads', async () => {
    await requestStore(world.objects).file(requestOf(restartsOf([first, second], 900)[0] as Meeting));
    const read = { at: minute(101), rows: 1, people: 1, calls: 2, fingerprint: 'f' };
    const earlier: unknown[] = [];
    world.deps.fetchSnapshot = async (of, options) => {
      earlier.push([of.instanceId, options.earlier]);
      if (of.instanceId === 'a' && options.earlier.length > 0) return wholly(of);
      await options.onRead(read);
      throw new FeishuError('INCOMPLETE', 'told', { waitSeconds: 120 });
    };
    for (let delivered = 0; delivered < 3; delivered += 1)
      await expect(world.run(jobIds.joined)).resolves.toEqual({ kind: 'again', afterSeconds: 120 });
    const ofFirst = ['a', [{ ...read, part: 0 }]];
    expect(earlier).toEqual([['a', []], ofFirst, ['b', []], ofFirst, ['b', [{ ...read, part: 1 }]]]);
    expect(await world.status(jobIds.joined)).toBe('waiting');
  });

  it('that are missing leave the joined report incomplete, and nobody accused', async () => {
    world.feishu.rows = async (of) =>
      snapshot({ participants: wholly(of).participants, complete: of.instanceId === 'b' });
    await world.run(jobIds.first);
    await joined();
    const { snapshot: rows, judged } = await world.report(jobIds.joined);
    expect(rows.complete).toBe(false);
    expect(judged.map(({ verdict }) => verdict.kind)).toEqual(['attended']);
  });
});

describe('a joined report', () => {
  it('X7 comes out the same byte for byte when everything but its request and its snapshot is lost', async () => {
    await runAll();
    await world.run(jobIds.joined);
    const before = world.objects.stored.get(`reports/${jobIds.joined}.xlsx`)?.bytes;
    for (const key of world.objects.stored.keys())
      if (/^(reports|jobs)\/|^snapshots\/.*\/[ab]\.0/.test(key)) world.objects.stored.delete(key);
    world.state.asked.length = 0;
    await world.run(jobIds.joined);
    expect(world.objects.stored.get(`reports/${jobIds.joined}.xlsx`)?.bytes).toEqual(before);
    expect(world.state.asked).toEqual([]);
  });

  it('has a request that names its parts, and another revision of it does too', async () => {
    await world.run(jobIds.second);
    const requests = requestStore(world.objects);
    const request = await requests.get(jobIds.joined);
    expect(request).toMatchObject({ schemaVersion: 2, sourceEventId: 'e-b', requestedAt: second.endsAt });
    if (request === null) throw new Error('not filed');
    await requests.file(inRevision(request, 1));
    await world.run('2026-11-16/a_b.1');
    expect((await world.report('2026-11-16/a_b.1')).meeting.parts).toHaveLength(2);
  });

  it.each([
    ['parts that its version does not announce', (request: object) => ({ ...request, schemaVersion: 1 })],
    ['no parts where its version announces them', (request: object) => ({ ...request, meeting: first })],
  ])('is not made from a request with %s', async (_, change) => {
    await world.run(jobIds.second);
    const stored = world.objects.stored.get(`requests/${jobIds.joined}.json`);
    const changed = change(JSON.parse(new TextDecoder().decode(stored?.bytes)) as object);
    await world.objects.put(`requests/${jobIds.joined}.json`, new TextEncoder().encode(JSON.stringify(changed)), {
      contentType: 'application/json',
      when: 'any',
    });
    await expect(world.run(jobIds.joined)).rejects.toMatchObject({ code: 'CORRUPT' });
  });
});

describe('the reconciler', () => {
  const listedWorld = async (policy: object, ...meetings: Meeting[]) => {
    const clouded = cloud({ at: minute(110) });
    await clouded.put('policies/current.json', JSON.stringify(policy));
    clouded.feishu.push(...meetings);
    await clouded.reconcile();
    await clouded.pass(1800);
    return clouded;
  };
  const third = meeting({ instanceId: 'c', startsAt: minute(101), endsAt: minute(104) });

  it('files a restarted meeting whose parts the policy passed over, as the whole is long enough', async () => {
    const clouded = await listedWorld({ scope: { minMinutes: 80 } }, first, second);
    expect(await clouded.keys('reports/')).toEqual([]);
    expect(await clouded.reconcile()).toMatchObject({ filed: 1 });
    await clouded.pass(1800);
    expect(await clouded.keys('reports/')).toEqual([`reports/${jobIds.joined}.xlsx`]);
    expect(await clouded.reconcile()).toMatchObject({ filed: 0 });
  });

  it('leaves out what its window shows only the end of, once the whole is known', async () => {
    const clouded = await listedWorld({}, first, second, third);
    expect(await clouded.reconcile()).toMatchObject({ filed: 1 });
    expect(await clouded.keys('requests/2026-11-16/a_')).toEqual(['requests/2026-11-16/a_c.0.json']);
    clouded.feishu.shift();
    expect(await clouded.reconcile()).toMatchObject({ filed: 0 });
  });

  it('files nothing joined on another day, under a limit of 0 or while the policy cannot be read', async () => {
    const nextDay = { ...second, startsAt: second.startsAt - 86_400, endsAt: second.endsAt - 86_400 };
    expect(await (await listedWorld({}, first, nextDay)).reconcile()).toMatchObject({ filed: 0 });
    const off = await listedWorld({ restarts: { withinMinutes: 0 } }, first, second);
    expect(await off.reconcile()).toMatchObject({ filed: 0 });
    const broken = await listedWorld({ minimun: {} }, first, second);
    expect(await broken.reconcile()).toMatchObject({ filed: 0 });
    expect(await broken.requests.list('2026-11-16')).toEqual([jobIds.first, jobIds.second]);
  });

  describe('with what HR decided on the parts', () => {
    const hr = { openId: 'ou_hr', name: 'Li Na' };
    const joinedJob = (revision: number) => `2026-11-16/a_b.${revision}`;
    const stayed = ({ startsAt, endsAt }: Meeting) => ({
      joinedAt: startsAt,
      leftAt: endsAt,
      connectedSeconds: endsAt - startsAt,
    });
    const people =
      (...missing: string[]) =>
      (of: Meeting) =>
        snapshot({
          participants: [
            ...['ou_1', 'ou_2', 'ou_3'].map((userId) =>
              missing.includes(userId)
                ? absentee({ userId, employeeId: userId, email: '' })
                : participant({ userId, employeeId: userId, email: '', ...stayed(of) }),
            ),
            participant({ userId: '', employeeId: '', email: '', name: 'Caller', ...stayed(of) }),
          ],
          fetchedAt: of.endsAt + 60,
        });
    const worldWith = async (...meetings: Meeting[]) => {
      const clouded = cloud({ at: minute(110) });
      clouded.faults.fetch = async (of) => people('ou_1', 'ou_2')(of);
      clouded.feishu.push(...meetings);
      // Parts, joined report, and its work.
      for (let cycle = 0; cycle < 2; cycle += 1) {
        await clouded.reconcile();
        await clouded.pass(1800);
      }
      const review = createReview({
        requests: clouded.requests,
        jobs: clouded.jobs,
        snapshots: snapshotStore(clouded.bucket),
        policies: policyStore(clouded.bucket, 'policies/current.json'),
        watchDays: (days) => watchDays(clouded.cursor, days, clouded.time.now),
        appVersion: '1.0.0',
        now: () => clouded.time.now * 1000,
      });
      const decide = async (jobId: string, person: string, verdict: DecidedVerdict | null) => {
        const newest = (await clouded.requests.revisions(jobId)).at(-1);
        await review.decide(jobId.replace(/\d+$/, String(newest)), { person, verdict, reason: 'said' }, hr);
        await clouded.pass(60);
      };
      const settle = async () => {
        const done = await clouded.reconcile();
        await clouded.pass(1800);
        return done;
      };
      const report = async (jobId: string): Promise<Report> => {
        const found = await clouded.objects.get(`reports/${jobId}.xlsx`);
        return JSON.parse(new TextDecoder().decode(found?.bytes)) as Report;
      };
      return { ...clouded, decide, settle, report };
    };
    const strays = (told: Report) =>
      checksOf(told).flatMap((check) =>
        check.kind === 'stray-decision' ? [[check.decision.person, check.decision.verdict, check.decision.saidOf]] : [],
      );

    it('carries over whom HR let off, and lists what was said of a part’s minutes or of one of its rows', async () => {
      const clouded = await worldWith(first, second);
      expect(await clouded.keys('reports/2026-11-16/a_b')).toHaveLength(1);
      await clouded.decide(jobIds.first, 'u:ou_1', 'excused');
      await clouded.decide(jobIds.second, 'u:ou_2', 'absent');
      await clouded.decide(jobIds.second, 'row:3', 'attended');
      expect(await clouded.settle()).toMatchObject({ revised: 1 });
      const told = await clouded.report(joinedJob(1));
      expect(told.decided).toMatchObject({ required: 4, excused: 1, absent: 1 });
      expect(told.provenance).toMatchObject({ reason: 'decided', requestedBy: '' });
      expect(strays(told)).toEqual([
        ['u:ou_2', 'absent', jobIds.second],
        ['row:3', 'attended', jobIds.second],
      ]);
      expect(told.policy).toEqual((await clouded.report(joinedJob(0))).policy);
      expect(await clouded.settle()).toMatchObject({ revised: 0, filed: 0 });
    });

    it('adds only what is new, and lets HR have the last word on the whole', async () => {
      const clouded = await worldWith(first, second);
      await clouded.decide(jobIds.first, 'u:ou_1', 'excused');
      await clouded.settle();
      await clouded.decide(joinedJob(0), 'u:ou_2', 'excused');
      await clouded.decide(joinedJob(0), 'u:ou_1', null);
      await clouded.decide(jobIds.first, 'u:ou_2', 'absent');
      await clouded.settle();
      const last = (await clouded.requests.revisions(joinedJob(0))).at(-1) ?? 0;
      const { decisions, decided } = await clouded.report(joinedJob(last));
      expect(decisions.map(({ person, verdict, saidOf }) => [person, verdict, saidOf])).toEqual([
        ['u:ou_1', 'excused', jobIds.first],
        ['u:ou_2', 'excused', undefined],
        ['u:ou_1', null, undefined],
        ['u:ou_2', 'absent', jobIds.first],
      ]);
      expect(decided).toMatchObject({ excused: 1, absent: 1 });
    });

    it('is carried on to a longer report that follows, from the parts and from the shorter one', async () => {
      const third = meeting({ instanceId: 'c', startsAt: minute(101), endsAt: minute(104) });
      const clouded = await worldWith(first, second);
      await clouded.decide(jobIds.first, 'u:ou_1', 'excused');
      await clouded.settle();
      await clouded.decide(joinedJob(0), 'u:ou_2', 'excused');
      clouded.feishu.push(third);
      for (let cycle = 0; cycle < 3; cycle += 1) await clouded.settle();
      const last = (await clouded.requests.revisions('2026-11-16/a_c.0')).at(-1) ?? 0;
      const { decisions, decided } = await clouded.report(`2026-11-16/a_c.${last}`);
      expect(decisions.map(({ person, saidOf }) => [person, saidOf])).toEqual([
        ['u:ou_1', jobIds.first],
        ['u:ou_2', joinedJob(0)],
      ]);
      expect(decided).toMatchObject({ excused: 2 });
    });

    it('keeps what HR decided long after, on a part under another day than the whole', async () => {
      const day = 86_400;
      const late = meeting({ instanceId: 'a', startsAt: minute(0) + day / 2, endsAt: minute(14 * 60 + 50) });
      const after = meeting({ instanceId: 'b', startsAt: minute(15 * 60 + 1), endsAt: minute(16 * 60) });
      const clouded = await worldWith();
      clouded.time.now = after.endsAt + 600;
      clouded.feishu.push(late, after);
      for (let cycle = 0; cycle < 2; cycle += 1) await clouded.settle();
      expect(await clouded.requests.list('2026-11-17')).toEqual(['2026-11-17/b.0']);
      clouded.time.now += 10 * day;
      await clouded.settle();
      await clouded.decide('2026-11-17/b.0', 'u:ou_1', 'excused');
      await clouded.settle();
      expect((await clouded.report(joinedJob(1))).decided).toMatchObject({ excused: 1 });
    });
  });

  it('follows a part that ended anew with a new revision of the joined report', async () => {
    const clouded = await listedWorld({}, first, second);
    await clouded.reconcile();
    await clouded.pass(1800);
    clouded.feishu[1] = { ...second, endsAt: second.endsAt + 300 };
    expect(await clouded.reconcile()).toMatchObject({ filed: 2 });
    expect(await clouded.keys('requests/2026-11-16/a_b')).toEqual(
      [0, 1].map((revision) => `requests/2026-11-16/a_b.${revision}.json`),
    );
  });
});
