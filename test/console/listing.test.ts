import { describe, expect, it } from 'vitest';
import { createBrowse } from '../../src/browse.ts';
import type { Line } from '../../src/console/deps.ts';
import { dayOf } from '../../src/domain/zone.ts';
import { finishedStore } from '../../src/store/finished.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { requestStore, toRequest } from '../../src/store/requests.ts';
import { meeting, minute, report } from '../make.ts';
import { memoryObjects } from '../memory-store.ts';
import { fakeConsole } from './fake.ts';

const timeZone = 'Asia/Shanghai';
const json = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

/** A bucket with so many meetings on each of so many days back from the ordinary one; every 100th cannot be read. */
const filled = ({
  days,
  aDay,
  topic = (n: number) => `Meeting ${n}`,
}: {
  days: number;
  aDay: number;
  topic?: (n: number) => string;
}) => {
  const objects = memoryObjects();
  const store = (key: string, value: unknown) =>
    objects.stored.set(key, { bytes: json(value), etag: 'e', contentType: 'application/json', contentDisposition: '' });
  const { summary } = report();
  for (let n = 0; n < days * aDay; n += 1) {
    const startsAt = minute(-1440 * Math.floor(n / aDay)) + (n % aDay);
    const asked = { reason: 'meeting-ended', sourceEventId: '', requestedBy: '', requestedAt: startsAt } as const;
    const one = meeting({
      instanceId: `i${String(n).padStart(6, '0')}`,
      startsAt,
      endsAt: startsAt + 1800,
      topic: topic(n),
    });
    const request = toRequest({ meeting: one, ...asked }, timeZone);
    const { jobId } = request;
    store(`requests/${jobId}.json`, request);
    const done = { status: 'done', reportKey: `reports/${jobId}.xlsx`, summary, policySha256: '0'.repeat(64) };
    const job = { jobId, meeting: one, attempts: 1, updatedAt: startsAt, ...done };
    store(`jobs/${jobId}.json`, n % 100 === 99 ? '{"jobId":"<b>no job' : job);
  }
  return objects;
};

/** The console on that bucket; `cost` counts what the last page read. */
const console = (objects: ReturnType<typeof memoryObjects>) => {
  const cost = { gets: 0, lists: 0 };
  // Sorted once: the bucket that this stands in for does not sort at every call.
  const keys = [...objects.stored.keys()].filter((key) => key.startsWith('requests/')).sort();
  const starts = new Map<string, number>();
  for (const [index, key] of keys.entries()) {
    const prefix = key.slice(0, 'requests/yyyy-mm-dd/'.length);
    if (!starts.has(prefix)) starts.set(prefix, index);
  }
  const counted: typeof objects = {
    ...objects,
    get: (key) => {
      cost.gets += 1;
      return objects.get(key);
    },
    list: async ({ prefix, after = '', limit = 1000 }) => {
      cost.lists += 1;
      const all: string[] = [];
      for (let n = starts.get(prefix) ?? keys.length; keys[n]?.startsWith(prefix) && all.length <= limit; n += 1)
        if ((keys[n] as string) > after) all.push(keys[n] as string);
      return { keys: all.slice(0, limit), more: all.length > limit };
    },
  };
  const browse = createBrowse({
    requests: requestStore(counted),
    jobs: jobStore(counted),
    finished: finishedStore(counted),
  });
  const { get, errors } = fakeConsole({ meetings: { browse } });
  const page = async (address: string) => {
    Object.assign(cost, { gets: 0, lists: 0 });
    const answer = await get(address);
    const text = await answer.text();
    return {
      status: answer.status,
      text,
      ids: [...text.matchAll(/<tr id="job-[\d-]{10}-(\w+)\.0"/g)].map(([, id = '']) => id),
      // The switch of language leads to this page again, also after the last.
      next: /<a href="([^"]*after=[^"]*)"/
        .exec(text.split('<nav class="pages"')[1] ?? '')?.[1]
        ?.replaceAll('&amp;', '&'),
      cost: { ...cost },
    };
  };
  return { page, errors };
};

const today = dayOf(timeZone, minute(0));

describe('the list of a large bucket', () => {
  it('C11 tells of all 500 meetings of a day once, in pages below 60 KB', async () => {
    const { page } = console(filled({ days: 1, aDay: 500 }));
    const seen: string[] = [];
    for (let address: string | undefined = `/?from=${today}&to=${today}`; address; ) {
      const { status, text, ids, next } = await page(address);
      expect(status).toBe(200);
      expect(new TextEncoder().encode(text).length).toBeLessThan(60_000);
      expect(ids.length).toBeLessThanOrEqual(40);
      seen.push(...ids);
      address = next;
    }
    expect(seen).toHaveLength(500);
    expect(new Set(seen).size).toBe(500);
    // Latest first; of what cannot be read nobody knows when it was.
    const unreadable = ['i000099', 'i000199', 'i000299', 'i000399', 'i000499'];
    expect(seen.slice(0, 495)).toEqual(
      seen
        .filter((id) => !unreadable.includes(id))
        .sort()
        .reverse(),
    );
    expect(seen.slice(495).sort()).toEqual(unreadable);
  });

  it('C11 tells of 100,000 jobs a page at a time, reading no more than a portion of a day for each', async () => {
    const { page, errors } = console(filled({ days: 50, aDay: 2000 }));
    const seen = new Set<string>();
    let address: string | undefined = '/';
    for (let n = 0; n < 60 && address; n += 1) {
      const { ids, next, cost } = await page(address);
      expect(cost.gets).toBeLessThanOrEqual(2000);
      expect(cost.lists).toBeLessThanOrEqual(3);
      for (const id of ids) seen.add(id);
      expect(ids.length).toBeGreaterThan(0);
      address = next;
    }
    expect(seen.size).toBe(60 * 40);
    expect(errors).toEqual([]);
  }, 120_000);

  it('C11 looks for something rare with bounded reads a page, and finds it by going on', async () => {
    const { page } = console(filled({ days: 50, aDay: 2000, topic: (n) => (n === 30_123 ? 'The needle' : 'Hay') }));
    let address: string | undefined = `/?q=needle&from=2026-09-01&to=${today}`;
    let clicks = 0;
    for (let found = false; !found && address; clicks += 1) {
      const { ids, next, cost } = await page(address);
      // Of each portion besides what was kept of the day, before and after.
      expect(cost.gets).toBeLessThanOrEqual(4000 + 2 * cost.lists);
      found = ids.length > 0;
      address = next;
    }
    expect(clicks).toBeGreaterThan(1);
    expect(clicks).toBeLessThanOrEqual(15);
  }, 120_000);

  it('C11 shows what cannot be read as that, and the rest beside it', async () => {
    const { page } = console(filled({ days: 1, aDay: 200 }));
    const { ids, text } = await page(`/?from=${today}&to=${today}&status=unreadable`);
    expect(ids.sort()).toEqual(['i000099', 'i000199']);
    expect(text).toContain('Status unreadable');
    expect(text).not.toContain('<b>no job');
  });
});

describe('a meeting with decisions to confirm', () => {
  const { summary } = report();
  const line = (n: number, toConfirm?: number): Line => ({
    jobId: `2026-11-16/${n}.1`,
    job: {
      jobId: `2026-11-16/${n}.1`,
      meeting: meeting({ topic: `Meeting ${n}` }),
      attempts: 1,
      updatedAt: minute(70),
      status: 'done',
      reportKey: 'reports/x',
      summary,
      decided: summary,
      policySha256: '0'.repeat(64),
      ...(toConfirm !== undefined && { toConfirm }),
    },
  });

  it.each([
    ['en', '2 decisions to confirm'],
    ['zh', '2 项裁定待确认'],
  ])('says so in %s, and is found among those with something to check', async (lang, told) => {
    const browse = async (day: string) => ({ lines: day === '2026-11-16' ? [line(1), line(2, 2)] : [], next: null });
    const { get } = fakeConsole({ meetings: { browse } });
    const text = await (await get(`/?q=&from=2026-11-16&to=2026-11-16&status=check&lang=${lang}`)).text();
    expect(text).toContain('Meeting 2');
    expect(text).not.toContain('Meeting 1');
    expect(text).toContain(told);
  });
});
