import { beforeEach, describe, expect, it } from 'vitest';
import { createBrowse, type Line } from '../src/browse.ts';
import { finishedStore } from '../src/store/finished.ts';
import { jobStore } from '../src/store/jobs.ts';
import { StoreError } from '../src/store/objects.ts';
import { inRevision, requestStore } from '../src/store/requests.ts';
import { cloud } from './cloud.ts';
import { meeting, minute } from './make.ts';

const day = '2026-11-16';
let world: ReturnType<typeof cloud>;
let reads: string[];
/** The list as a cold function tells it, from a bucket that lists so many keys at once. */
const browsing = (limit = 1000) => {
  const objects = {
    ...world.objects,
    get: (key: string) => {
      reads.push(key);
      return world.objects.get(key);
    },
    list: (options: Parameters<typeof world.objects.list>[0]) =>
      world.objects.list({ ...options, limit: Math.min(limit, options.limit ?? limit) }),
  };
  return createBrowse({ requests: requestStore(objects), jobs: jobStore(objects), finished: finishedStore(objects) });
};
const file = (instanceId: string, revision = 0, startsAt = minute(0)) =>
  world.requests.file(inRevision(world.event(meeting({ instanceId, startsAt, endsAt: startsAt + 60 })), revision));
const idsOf = (lines: readonly Line[]): string[] => lines.map(({ jobId }) => jobId.slice(day.length + 1));

beforeEach(() => {
  world = cloud({ at: minute(120) });
  reads = [];
});

describe('the meetings of a day', () => {
  it('are one line each by the newest revision, latest first, also before anybody has begun with them', async () => {
    await file('early', 0, minute(0));
    await file('late', 0, minute(90));
    for (let revision = 0; revision <= 11; revision += 1) await file('often', revision, minute(30));
    await file('other-day', 0, minute(24 * 60));
    const { lines, next } = await browsing()(day);
    expect([idsOf(lines), next]).toEqual([['late.0', 'often.11', 'early.0'], null]);
    expect(lines.map(({ job }) => job?.status)).toEqual(['queued', 'queued', 'queued']);
    await world.pass(60);
    expect((await browsing()(day)).lines.map(({ job }) => job?.status)).toEqual(['done', 'done', 'done']);
  });

  it('are none of a day without any', async () => {
    expect(await browsing()(day)).toEqual({ lines: [], next: null });
  });

  it.each([
    ['job', 'jobs/2026-11-16/bad.0.json'],
    ['request without a job', 'requests/2026-11-16/bad.0.json'],
  ])('J4 C11 show a %s that cannot be read as such, last, and all others', async (_, key) => {
    for (const id of ['bad', 'good']) await file(id);
    await world.put(key, 'no JSON');
    const { lines } = await browsing()(day);
    expect(lines.map(({ jobId, job }) => [jobId, job?.status])).toEqual([
      [`${day}/good.0`, 'queued'],
      [`${day}/bad.0`, undefined],
    ]);
  });

  it('are an error, not fewer, while the bucket does not answer', async () => {
    await file('one');
    const unavailable = () => Promise.reject(new StoreError('UNAVAILABLE', 'no answer'));
    const browse = createBrowse({
      requests: world.requests,
      jobs: { get: unavailable },
      finished: finishedStore(world.objects),
    });
    await expect(browse(day)).rejects.toThrow('no answer');
  });

  it('C11 come in portions that tell each instance once, by its newest revision, wherever a list breaks off', async () => {
    const revisions = { a: 3, 'a-b': 1, a_b: 2, b: 5, c: 1, d: 12 };
    for (const [id, count] of Object.entries(revisions))
      for (let revision = 0; revision < count; revision += 1) await file(id, revision);
    const all = Object.entries(revisions).map(([id, count]) => `${id}.${count - 1}`);
    // A portion must hold the revisions of the instance that has most.
    for (let limit = 13; limit <= 26; limit += 1) {
      const browse = browsing(limit);
      const told: string[] = [];
      let after: string | undefined;
      do {
        const { lines, next } = await browse(day, after);
        told.push(...idsOf(lines));
        after = next ?? undefined;
      } while (after !== undefined);
      expect([limit, told.sort()]).toEqual([limit, all.sort()]);
    }
  });

  it('end, also when one instance fills a whole portion', async () => {
    for (let revision = 0; revision < 5; revision += 1) await file('often', revision);
    await file('once');
    const browse = browsing(2);
    const told: string[] = [];
    for (let portions = 0, after: string | undefined; portions < 10; portions += 1) {
      const { lines, next } = await browse(day, after);
      told.push(...idsOf(lines));
      if (next === null) break;
      after = next;
    }
    expect(told).toEqual(['often.1', 'often.3', 'often.4', 'once.0']);
  });

  it('that are finished are read once; those under way each time; a new revision is seen', async () => {
    const browse = browsing();
    await file('one');
    await browse(day);
    await world.pass(60);
    await file('two');
    await browse(day);
    reads.length = 0;
    const { lines } = await browse(day);
    expect(idsOf(lines)).toEqual(['one.0', 'two.0']);
    expect(reads.filter((key) => key.includes('one'))).toEqual([]);
    expect(reads.filter((key) => key.includes('two'))).not.toEqual([]);
    await file('one', 1);
    expect(idsOf((await browse(day)).lines)).toContain('one.1');
  });
});

describe('a day of many finished meetings', () => {
  const kept = `state/finished/${day}.json`;
  const ids = Array.from({ length: 30 }, (_, n) => `m${String(n).padStart(2, '0')}`);
  const jobReads = () => reads.filter((key) => key.startsWith('jobs/'));
  const told = async (browse: ReturnType<typeof browsing>) => {
    reads = [];
    return (await browse(day)).lines.map(({ jobId, job }) => [jobId, job?.status]);
  };

  beforeEach(async () => {
    for (const id of ids) await file(id);
    await world.pass(60);
  });

  it('is read from one object by every function after the first, with the same result', async () => {
    const first = await told(browsing());
    expect([first.length, jobReads().length]).toEqual([30, 30]);
    expect(await told(browsing())).toEqual(first);
    expect(reads.filter((key) => !key.startsWith('requests/'))).toEqual([kept]);
  });

  it('shows what finished, was filed or got a new revision since, at the cost of those alone', async () => {
    await told(browsing());
    await file('new');
    await file('m03', 1);
    await world.pass(60);
    await file('under-way');
    const lines = await told(browsing());
    expect(lines).toContainEqual([`${day}/m03.1`, 'done']);
    expect(lines).toContainEqual([`${day}/new.0`, 'done']);
    expect(lines).toContainEqual([`${day}/under-way.0`, 'queued']);
    expect(lines).not.toContainEqual([`${day}/m03.0`, 'done']);
    expect(jobReads()).toEqual(['m03.1', 'new.0', 'under-way.0'].map((id) => `jobs/${day}/${id}.json`));
  });

  it.each([
    ['nothing that can be read', 'no JSON'],
    ['what another version wrote', '{"schemaVersion":2,"jobs":[]}'],
  ])('is read from its jobs when %s is kept of it, and kept anew', async (_, text) => {
    const right = await told(browsing());
    await world.put(kept, text);
    expect(await told(browsing())).toEqual(right);
    expect(jobReads()).toHaveLength(30);
    await told(browsing());
    expect(jobReads()).toEqual([]);
  });

  it('stands also when nothing can be kept of it', async () => {
    const finished = {
      ...finishedStore(world.objects),
      add: () => Promise.reject(new StoreError('UNAVAILABLE', 'no answer')),
    };
    const browse = createBrowse({ requests: world.requests, jobs: world.jobs, finished });
    expect((await browse(day)).lines).toHaveLength(30);
  });

  it('loses nothing that was kept when more is added', async () => {
    await told(browsing());
    for (const id of ids) await file(`x-${id}`);
    await world.pass(60);
    await told(browsing());
    expect(await told(browsing())).toHaveLength(60);
    expect(jobReads()).toEqual([]);
  });
});
