import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Meeting } from '../src/domain/meeting.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { listMeetings } from '../src/feishu/meetings.ts';
import { watchDays } from '../src/store/cursor.ts';
import { StoreError } from '../src/store/objects.ts';
import { inRevision } from '../src/store/requests.ts';
import { cloud, listed } from './cloud.ts';
import { scriptedClient } from './feishu/scripted.ts';
import { meeting, minute, snapshot } from './make.ts';

/** 2026-11-16 10:05 in Shanghai: the ordinary meeting ended five minutes ago. */
const soon = minute(65);
const hours = (count: number): number => count * 3600;
const day = hours(24);
const unreachable = new FeishuError('UNREACHABLE', 'no answer');

/** So many meetings of half an hour, spread evenly over a span. */
const meetings = (count: number, { from, to }: { from: number; to: number }): Meeting[] =>
  Array.from({ length: count }, (_, n) => {
    const startsAt = Math.floor(from + (n * (to - from)) / count);
    return meeting({ instanceId: `m${n}`, startsAt, endsAt: startsAt + 1800 });
  });

let world: ReturnType<typeof cloud>;
beforeEach(() => {
  world = cloud({ at: soon });
});

const jobId = '2026-11-16/6911188411934433028.0';
const nextJobId = '2026-11-16/6911188411934433028.1';
const statusOf = async (id: string) => (await world.job(id))?.status;

describe('R1 a meeting whose event never comes', () => {
  it('is filed under the key of its event within one cycle, and reported', async () => {
    world.feishu.push(meeting());
    expect(await world.reconcile()).toMatchObject({ listed: 1, filed: 1 });
    expect(await world.requests.list('2026-11-16')).toEqual([world.event(meeting()).jobId]);
    await world.pass(60);
    expect(await statusOf(jobId)).toBe('done');
    const report = await world.objects.get(`reports/${jobId}.xlsx`);
    expect(Buffer.from(report?.bytes ?? []).toString()).toContain('"reason":"reconcile"');
  });

  it('is one of 500 of a day without any event, and each is filed by the first cycle after it', async () => {
    const midnight = minute(-9 * 60);
    world.feishu.push(...meetings(500, { from: midnight, to: midnight + day }));
    const ended = (before: number) => world.feishu.filter(({ endsAt }) => endsAt <= before).length;
    for (world.time.now = midnight; world.time.now <= midnight + day + hours(1); await world.pass(1800)) {
      await world.reconcile();
      expect(await world.keys('requests/')).toHaveLength(ended(world.time.now - 300));
    }
    expect(await world.keys('reports/')).toHaveLength(500);
  });

  it('is one of 500 of a day without any event nor cycle, all filed by the next', async () => {
    await world.reconcile();
    const from = world.time.now - hours(2);
    world.feishu.push(...meetings(500, { from, to: from + hours(36) }));
    world.time.now += hours(40);
    expect(await world.reconcile()).toMatchObject({ listed: 500, filed: 500 });
    await world.pass(60);
    expect(await world.keys('reports/')).toHaveLength(500);
  });

  it('keeps nobody waiting for one that has no usable record', async () => {
    const records = [
      { ...listed(meeting()), endsAt: null },
      { ...listed(meeting()), instanceId: '' },
      { ...listed(meeting()), meetingNo: '' },
      listed(meeting({ instanceId: 'good' })),
    ];
    world.faults.list = async () => records;
    expect(await world.reconcile()).toMatchObject({ listed: 4, filed: 1, unreadable: 3, notListed: null });
    expect(await world.keys('requests/')).toEqual(['requests/2026-11-16/good.0.json']);
  });
});

describe('R2 one request', () => {
  it('comes of 1,000 races between an event and the reconciler, and both succeed', async () => {
    const winners = new Set<string>();
    for (let round = 0; round < 1000; round += 1) {
      world = cloud({ at: soon });
      world.feishu.push(meeting());
      const push = async () => {
        for (let turn = 0; turn < round % 100; turn += 1) await null;
        return world.requests.file(world.event(meeting()));
      };
      const [event, { filed }] = await Promise.all([push(), world.reconcile()]);
      expect([event, filed]).toEqual(event === 'filed' ? ['filed', 0] : ['already-filed', 1]);
      expect(await world.keys('requests/')).toEqual([`requests/${jobId}.json`]);
      expect(world.messages).toHaveLength(1);
      winners.add(event);
    }
    expect(winners.size).toBe(2);
  });

  it('comes of two cycles at once, and neither loses what the other remembers', async () => {
    world.feishu.push(...meetings(50, { from: soon - hours(5), to: soon - hours(2) }));
    const [first, second] = await Promise.all([world.reconcile(), world.reconcile()]);
    expect(first.filed + second.filed).toBe(50);
    expect(await world.keys('requests/')).toHaveLength(50);
    expect(await world.cursor.get()).toMatchObject({ listedUntil: soon });
  });

  it('of two cycles that overlap the older, ending last, does not move the cursor back', async () => {
    const { list } = world.faults;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    world.faults.list = (span) => released.then(() => list(span));
    const older = world.reconcile();
    await expect.poll(() => world.spans).toHaveLength(1);
    world.faults.list = list;
    world.time.now += 60;
    await world.reconcile();
    release();
    await older;
    expect(await world.cursor.get()).toMatchObject({ listedUntil: soon + 60 });
  });

  it('and none is asked for again by the next cycles', async () => {
    world.feishu.push(...meetings(250, { from: soon - hours(5), to: soon - hours(2) }));
    await world.reconcile();
    await world.pass(1800);
    expect(await world.reconcile()).toMatchObject({ listed: 250, filed: 0, redriven: 0 });
  });
});

describe('R3 no early report, and nothing lost', () => {
  it.each([
    ['four minutes and 59 seconds ago is left to its event', soon - 299, 0],
    ['five minutes ago is filed', soon - 300, 1],
    ['in the future, by a clock that is ahead, is left alone', soon + 60, 0],
  ])('what ended %s', async (_, endsAt, filed) => {
    world.feishu.push(meeting({ startsAt: soon - hours(1), endsAt }));
    expect(await world.reconcile()).toMatchObject({ listed: 1, filed });
  });

  it('a meeting across midnight lies under the day of its start', async () => {
    const midnight = minute(-9 * 60);
    world.feishu.push(meeting({ startsAt: midnight - hours(3), endsAt: midnight + hours(4) }));
    await world.reconcile();
    expect(await world.keys('requests/')).toEqual(['requests/2026-11-15/6911188411934433028.0.json']);
  });

  it('paging that fails half-way files nothing, keeps the cursor, and the next cycle asks for all of it', async () => {
    const item = (n: number) => ({
      meeting_id: '123456789',
      meeting_instance_id: `p${n}`,
      meeting_start_time: '2026.11.16 08:00:00 (GMT+08:00)',
      meeting_end_time: '2026.11.16 09:00:00 (GMT+08:00)',
    });
    let failing = true;
    const client = scriptedClient(({ query }) => {
      if (query.page_token === undefined || query.page_token === '')
        return { meeting_list: [item(0), item(1)], has_more: true, page_token: 'b' };
      return failing ? unreachable : { meeting_list: [item(2)], has_more: false };
    });
    world.faults.list = (span) => listMeetings(client, span, { deadlineAt: 0 });
    world.time.now -= hours(1);
    await world.cursor.update((cursor) => ({ ...cursor, listedUntil: world.time.now }));
    world.time.now += hours(1);
    expect(await world.reconcile()).toMatchObject({ filed: 0, notListed: 'UNREACHABLE' });
    expect(await world.cursor.get()).toMatchObject({ listedUntil: soon - hours(1) });
    failing = false;
    expect(await world.reconcile()).toMatchObject({ filed: 3, notListed: null });
    expect(await world.cursor.get()).toMatchObject({ listedUntil: soon });
    expect(client.calls[0]?.query).not.toHaveProperty('meeting_no', expect.anything());
  });

  it('a list that is refused is told with its code, and jobs are seen to all the same', async () => {
    world.faults.notify = () => [];
    await world.requests.file(world.event(meeting()));
    world.faults.list = () =>
      Promise.reject(new FeishuError('BAD_REQUEST', 'a filter is missing', { feishuCode: 121003 }));
    world.time.now += hours(1);
    expect(await world.reconcile()).toMatchObject({ listed: 0, redriven: 1, notListed: 'BAD_REQUEST' });
    expect(world.logged).toContainEqual(
      expect.objectContaining({ event: 'reconcile.not-listed', code: 'BAD_REQUEST', feishuCode: 121003 }),
    );
  });

  it('after weeks without a list it is read in pieces, each beginning a window early; a failed one is where the next cycle goes on', async () => {
    const start = soon;
    await world.reconcile();
    world.time.now += 20 * day;
    world.feishu.push(...meetings(200, { from: start - hours(10), to: world.time.now - hours(1) }));
    const { list } = world.faults;
    world.faults.list = (span) => (span.to < start + 10 * day ? list(span) : Promise.reject(unreachable));
    world.spans.length = 0;
    await world.reconcile();
    world.faults.list = list;
    await world.reconcile();
    const piece = (from: number, to: number) => ({ from: start + from - hours(26), to: start + to });
    expect(world.spans).toEqual([
      piece(0, 7 * day),
      piece(7 * day, 14 * day),
      piece(7 * day, 14 * day),
      piece(14 * day, 20 * day),
    ]);
    expect(await world.keys('requests/')).toHaveLength(200);
  });

  it('a cursor of years ago is followed for one year', async () => {
    await world.cursor.update((cursor) => ({ ...cursor, listedUntil: soon - 1000 * day }));
    await world.reconcile();
    expect(world.spans[0]?.from).toBe(soon - 365 * day - hours(26));
  });

  it('a store that fails while filing stops the cycle and keeps the cursor', async () => {
    world.feishu.push(meeting());
    const failure = new StoreError('UNAVAILABLE', 'no answer');
    const requests = { ...world.requests, file: () => Promise.reject(failure) };
    await expect(world.reconcile({ requests })).rejects.toBe(failure);
    expect(await world.cursor.get()).toMatchObject({ listedUntil: null });
  });

  it('a cursor that is ahead of the clock does not hide what comes', async () => {
    await world.cursor.update((cursor) => ({ ...cursor, listedUntil: soon + 30 * day }));
    world.feishu.push(meeting());
    expect(await world.reconcile()).toMatchObject({ filed: 1 });
    expect(await world.cursor.get()).toMatchObject({ listedUntil: soon });
  });
});

describe('R4 double and missed cycles', () => {
  it.each([
    ['when clocks go back', 'America/New_York', '2026-10-31T00:00:00Z'],
    ['when clocks go forward', 'America/New_York', '2026-03-07T00:00:00Z'],
    ['when a whole day is skipped', 'Pacific/Apia', '2011-12-29T00:00:00Z'],
    ['where clocks never change', 'Asia/Shanghai', '2026-11-15T00:00:00Z'],
  ])('%s leave no meeting without its one report', async (_, timeZone, start) => {
    const from = Date.parse(start) / 1000;
    const pauses = fc.array(fc.constantFrom(0, 60, 1800, hours(7), hours(30)), { minLength: 8, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(pauses, async (schedule) => {
        world = cloud({ at: from, timeZone });
        await world.reconcile();
        world.feishu.push(...meetings(150, { from, to: from + 3 * day }));
        const lost = new Set<string>();
        // The first notification of every request is lost as well.
        world.faults.notify = (key) => (lost.size === lost.add(key).size ? [0] : []);
        for (const pause of [...schedule, 4 * day, hours(1)]) {
          await world.pass(pause);
          await world.reconcile();
        }
        await world.pass(60);
        expect(await world.keys('reports/')).toEqual(
          world.feishu.map((each) => `reports/${world.event(each).jobId}.xlsx`).sort(),
        );
      }),
      { numRuns: 10 },
    );
  });
});

describe('J1 a notification that is lost', () => {
  it.each(['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Atlantic/Cape_Verde'])(
    'is found for every start within two days, by the days of %s',
    async (timeZone) => {
      world = cloud({ at: soon, timeZone });
      world.faults.notify = () => [];
      const all = meetings(48, { from: soon - hours(48), to: soon });
      for (const each of all) await world.requests.file(world.event(each));
      expect(await world.reconcile()).toMatchObject({ redriven: all.length });
    },
  );

  it.each([
    ['after half an hour is sent again', 1800, 1],
    ['a second before is waited for', 1799, 0],
  ])('%s', async (_, age, redriven) => {
    world.faults.notify = () => [];
    await world.requests.file(world.event(meeting()));
    world.faults.notify = () => [0];
    world.time.now = meeting().endsAt + age;
    expect(await world.reconcile()).toMatchObject({ redriven });
    await world.pass(0);
    expect(await statusOf(jobId)).toBe(redriven === 1 ? 'done' : undefined);
  });

  it('is sent again with the same bytes under the same key', async () => {
    await world.requests.file(world.event(meeting()));
    const before = await world.objects.get(`requests/${jobId}.json`);
    world.messages.length = 0;
    world.time.now += hours(1);
    await world.reconcile();
    expect(await world.objects.get(`requests/${jobId}.json`)).toEqual(before);
    expect(world.messages).toHaveLength(1);
  });

  it('of a meeting of long ago, asked for today, is sent again too', async () => {
    world.faults.notify = () => [];
    const old = meeting({ startsAt: minute(0) - 90 * day, endsAt: minute(60) - 90 * day });
    const request = world.event(old);
    await watchDays(world.cursor, ['2026-08-18'], world.time.now);
    // A cycle in between, before it is filed, does not forget the day.
    await world.reconcile();
    await world.requests.file({ ...request, reason: 'on-demand', requestedAt: world.time.now });
    world.faults.notify = () => [0];
    await world.pass(hours(1));
    expect(await world.reconcile()).toMatchObject({ redriven: 1 });
    await world.pass(60);
    expect(await statusOf(request.jobId)).toBe('done');
    world.time.now += hours(1);
    await world.reconcile();
    expect((await world.cursor.get()).openDays).toEqual({});
  });
});

describe('a job that came to a halt', () => {
  const filed = async (status: object, updatedAt = soon) => {
    world.faults.notify = () => [];
    const request = world.event(meeting());
    await world.requests.file(request);
    const job = { jobId, meeting: meeting(), attempts: 1, updatedAt, ...status };
    await world.put(`jobs/${jobId}.json`, JSON.stringify(job));
  };
  const waiting = { status: 'waiting', until: soon + 600, reason: 'r', code: 'C' };

  it.each([
    ['queued, without news for half an hour', { status: 'queued' }, 1800, 1],
    ['queued, a second less', { status: 'queued' }, 1799, 0],
    ['running, without news for half an hour', { status: 'running', pages: 1, rows: 1 }, 1800, 1],
    ['running, a second less', { status: 'running', pages: 1, rows: 1 }, 1799, 0],
    ['waiting, five minutes past its time', waiting, 900, 1],
    ['waiting, a second less', waiting, 899, 0],
    ['failed', { status: 'failed', reason: 'r', code: 'C', remedy: 'm' }, day, 0],
    ['skipped', { status: 'skipped', reason: 'r' }, day, 0],
  ])('%s', async (_, status, later, redriven) => {
    await filed(status);
    world.time.now += later;
    expect(await world.reconcile()).toMatchObject({ redriven });
  });

  it('waiting for a person for a week is sent again once it is due, though far older than the window', async () => {
    await world.requests.file(world.event(meeting()));
    world.faults.fetch = () => Promise.reject(new FeishuError('AUTHORISE_AGAIN', 'authorise again'));
    for (let cycle = 0; cycle < 7 * 48; cycle += 1) {
      await world.pass(1800);
      await world.reconcile();
    }
    expect(await statusOf(jobId)).toBe('waiting');
    world.faults.fetch = async () => snapshot();
    for (let cycle = 0; cycle < 3; cycle += 1) {
      await world.reconcile();
      await world.pass(1800);
    }
    expect(await statusOf(jobId)).toBe('done');
  });
});

describe('J2 notifications that come twice, late and out of order', () => {
  it('make one report each', async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 3600 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(delays, { minLength: 1, maxLength: 10 }), async (fates) => {
        world = cloud({ at: soon });
        let fetches = 0;
        world.faults.fetch = async () => {
          fetches += 1;
          return snapshot();
        };
        const all = meetings(fates.length, { from: soon - hours(3), to: soon - hours(1) });
        for (const [n, each] of all.entries()) {
          world.faults.notify = () => fates[n] ?? [];
          await world.requests.file(world.event(each));
        }
        await world.pass(3600);
        expect(await world.keys('reports/')).toEqual(all.map((each) => `reports/${world.event(each).jobId}.xlsx`));
        expect(fetches).toBe(all.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('J3 what is one meeting', () => {
  it('the same number on the same day is another one', async () => {
    const again = meeting({ instanceId: '2', startsAt: minute(61), endsAt: minute(62) });
    await world.requests.file(world.event(meeting()));
    expect(await world.requests.file(world.event(again))).toBe('filed');
  });

  it('the same meeting under another event id is the same one', async () => {
    await world.requests.file(world.event(meeting(), 'one'));
    expect(await world.requests.file(world.event(meeting(), 'other'))).toBe('already-filed');
    expect(await world.requests.get(jobId)).toMatchObject({ sourceEventId: 'one' });
  });

  it.each([
    ['more than a minute later is a new revision', 61, 1],
    ['within a minute is the same end', 60, 0],
    ['earlier is not believed', -600, 0],
  ])('a listed end %s, filed once, and the first stays as it is', async (_, later, filed) => {
    await world.requests.file(world.event(meeting()));
    const first = await world.objects.get(`requests/${jobId}.json`);
    await world.pass(hours(1));
    const longer = meeting({ endsAt: meeting().endsAt + later });
    expect(await world.requests.file(world.event(longer, 'late'))).toBe('already-filed');
    world.feishu.push(longer);
    expect(await world.reconcile()).toMatchObject({ filed });
    await world.pass(1800);
    expect(await world.reconcile()).toMatchObject({ filed: 0 });
    expect(await world.objects.get(`requests/${jobId}.json`)).toEqual(first);
    expect((await world.requests.get(nextJobId))?.meeting).toEqual(filed === 1 ? longer : undefined);
    expect(await statusOf(nextJobId)).toBe(filed === 1 ? 'done' : undefined);
  });
});

describe('J4 objects that cannot be read', () => {
  beforeEach(async () => {
    world.faults.notify = () => [];
    for (const each of meetings(3, { from: soon - hours(3), to: soon - hours(1) }))
      await world.requests.file(world.event(each));
    world.faults.notify = () => [0];
    world.time.now += hours(1);
  });

  it.each(['requests/2026-11-16/m1.0.json', 'jobs/2026-11-16/m1.0.json'])(
    '%s is told by its key in every cycle, and the others go on',
    async (key) => {
      await world.put(key, '{"schemaVersion":99}');
      expect(await world.reconcile()).toMatchObject({ redriven: 2, unreadable: 1 });
      expect(world.logged).toContainEqual(expect.objectContaining({ event: 'reconcile.unreadable', key }));
      await world.pass(60);
      expect(await world.keys('reports/')).toHaveLength(2);
      world.time.now += 10 * day;
      expect(await world.reconcile()).toMatchObject({ redriven: 0, unreadable: 1 });
    },
  );

  it('a job whose unreadable status was moved away is done anew', async () => {
    await world.put('jobs/2026-11-16/m1.0.json', 'no JSON');
    await world.reconcile();
    await world.objects.delete('jobs/2026-11-16/m1.0.json');
    world.time.now += 10 * day;
    await world.reconcile();
    await world.pass(60);
    expect(await statusOf('2026-11-16/m1.0')).toBe('done');
  });

  it('a status that cannot be read leaves open which end is known, so no other end is filed', async () => {
    const [, one] = meetings(3, { from: soon - hours(3), to: soon - hours(1) });
    if (one === undefined) throw new Error('no meeting');
    await world.put('jobs/2026-11-16/m1.0.json', 'no JSON');
    await world.requests.file(inRevision(world.event(one), 1));
    await world.pass(0);
    expect(await statusOf('2026-11-16/m1.1')).toBe('done');
    world.feishu.push({ ...one, endsAt: one.endsAt + 600 });
    expect(await world.reconcile()).toMatchObject({ listed: 1, filed: 0 });
  });
});

describe('J5 a message that died', () => {
  it('is replaced by the reconciler once its cause is gone', async () => {
    world.faults.fetch = () => Promise.reject(new TypeError('a bug'));
    await world.requests.file(world.event(meeting()));
    await world.pass(2 * day);
    expect(world.dead).toHaveLength(1);
    expect(world.messages).toHaveLength(0);
    world.faults.fetch = async () => snapshot();
    expect(await world.reconcile()).toMatchObject({ redriven: 1 });
    await world.pass(60);
    expect(await statusOf(jobId)).toBe('done');
  });
});

describe('J6 a store that may not tell whether an object is there', () => {
  const forbidden = new StoreError('FORBIDDEN', 'no right to list');

  it('stops the cycle; a job that nobody may see is not taken for a missing one', async () => {
    world.faults.notify = () => [];
    await world.requests.file(world.event(meeting()));
    world.time.now += hours(1);
    const jobs = { list: () => Promise.reject(forbidden) };
    await expect(world.reconcile({ jobs })).rejects.toBe(forbidden);
    const requests = { ...world.requests, get: () => Promise.reject(forbidden) };
    await expect(world.reconcile({ requests })).rejects.toBe(forbidden);
    expect(await world.cursor.get()).toMatchObject({ listedUntil: null });
  });
});

describe('a report that went out incomplete', () => {
  const filed = async (madeAt: number, revision = 0, complete: boolean | undefined = false) => {
    world.faults.notify = () => [];
    const request = inRevision(world.event(meeting()), revision);
    await world.requests.file(request);
    world.time.now = madeAt;
    world.faults.fetch = async () => snapshot({ complete: complete ?? true, proof: null });
    await world.work(request.jobId, { receiveCount: 1, deadlineAt: (madeAt + 900) * 1000 });
  };
  const end = meeting().endsAt;

  it.each([
    ['an hour and a half after the end, is made anew after three hours', 1.5, 3, 1],
    ['and not a second before', 1.5, 3 - 1 / 3600, 0],
    ['four hours after the end, is made anew after a day', 4, 24, 1],
    ['and not before', 4, 23.9, 0],
    ['a day after the end, is the last', 24, 25, 0],
  ])('%s', async (_, made, now, revised) => {
    await filed(end + hours(made));
    world.time.now = end + hours(now);
    expect(await world.reconcile()).toMatchObject({ revised });
    expect(await world.keys('requests/')).toHaveLength(1 + revised);
  });

  it('gets two new revisions at the most, and they go on being looked for when the window is long past', async () => {
    await world.requests.file(world.event(meeting()));
    world.faults.fetch = async () => snapshot({ complete: false, proof: null });
    for (let cycle = 0; cycle < 100; cycle += 1) {
      await world.pass(1800);
      await world.reconcile();
    }
    expect(await world.keys('reports/')).toHaveLength(3);
    expect((await world.cursor.get()).openDays).toEqual({});
  });

  it('gets one when two cycles run at once', async () => {
    await filed(end + hours(1));
    world.time.now = end + hours(3);
    const [first, second] = await Promise.all([world.reconcile(), world.reconcile()]);
    expect(first.revised + second.revised).toBe(1);
    expect(await world.keys('requests/')).toHaveLength(2);
  });

  it('gets none when it was complete, or was followed by a revision', async () => {
    await filed(end + hours(1), 0, true);
    world.time.now = end + hours(3);
    expect(await world.reconcile()).toMatchObject({ revised: 0 });
    await filed(end + hours(1), 1, false);
    await filed(end + hours(1), 2, true);
    world.time.now = end + hours(3);
    expect(await world.reconcile()).toMatchObject({ revised: 0 });
  });

  it('gets one that is said to come of the reconciler', async () => {
    await filed(end + hours(1));
    world.time.now = end + hours(3);
    await world.reconcile();
    expect(await world.requests.get(nextJobId)).toMatchObject({ revision: 1, reason: 'reconcile' });
  });
});
