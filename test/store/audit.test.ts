import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/domain/audit.ts';
import { decidable } from '../../src/domain/decisions.ts';
import { auditStore } from '../../src/store/audit.ts';
import type { ObjectStore } from '../../src/store/objects.ts';
import { minute } from '../make.ts';
import { memoryObjects } from '../memory-store.ts';

const who = { openId: 'ou_hr', name: '李娜 \u0000\ud800<script>' };
const jobId = '2026-11-16/1.0';
const acts: Act[] = [
  { what: 'signed-in' },
  { what: 'connected' },
  { what: 'asked', instanceIds: ['1', '2'] },
  { what: 'downloaded', jobId },
  { what: 'decided', jobId, person: 'u:ou_1', verdict: null },
  ...decidable.map((verdict): Act => ({ what: 'decided', jobId, person: 'row:3', verdict })),
  { what: 're-judged', jobIds: [jobId], policySha256: 'a'.repeat(64) },
  { what: 'policy-saved', policySha256: 'a'.repeat(64) },
  { what: 'erased', objects: null },
  { what: 'erased', objects: 12 },
];

/** A trail whose clock a test moves; the bucket lists so many keys at once. */
const trail = (limit = 1000, timeZone = 'Asia/Shanghai') => {
  const memory = memoryObjects();
  const time = { seconds: minute(0) };
  const objects: ObjectStore = { ...memory, list: (options) => memory.list({ ...options, limit }) };
  return { ...auditStore(objects, { timeZone, now: () => time.seconds * 1000 + 999 }), time, stored: memory.stored };
};

describe('the audit trail', () => {
  it('tells every act as it was, with who and when, newest first', async () => {
    const { write, list, time } = trail(2);
    for (const act of acts) {
      await write(who, act);
      time.seconds += 1;
    }
    const { entries, more } = await list({ day: '2026-11-16', limit: 100 });
    expect(entries.map(({ entry }) => entry)).toEqual(
      acts.map((act, n) => ({ at: minute(0) + n, who, ...act })).reverse(),
    );
    expect(more).toBe(false);
  });

  it('is one object for each act, never written again, also in the same second', async () => {
    const { write, list, stored } = trail();
    await Promise.all(Array.from({ length: 50 }, () => write(who, { what: 'signed-in' })));
    expect(stored.size).toBe(50);
    for (const key of stored.keys()) expect(key).toMatch(/^audit\/2026-11-16\/09-00-00-[0-9a-f-]{36}\.json$/);
    expect((await list({ day: '2026-11-16', limit: 100 })).entries).toHaveLength(50);
  });

  it.each([
    ['Asia/Shanghai', '2026-11-17'],
    ['America/New_York', '2026-11-16'],
  ])('V4 lies under the day of %s', async (timeZone, day) => {
    const { write, list, time } = trail(1000, timeZone);
    time.seconds = Date.UTC(2026, 10, 16, 16) / 1000;
    await write(who, { what: 'connected' });
    expect((await list({ day, limit: 10 })).entries).toHaveLength(1);
  });

  it('C11 is read in pages that leave nothing out and tell nothing twice', async () => {
    const { write, list, time } = trail(3);
    for (let n = 0; n < 10; n += 1, time.seconds += 30) await write(who, { what: 'downloaded', jobId: String(n) });
    const told: unknown[] = [];
    let before: string | undefined;
    for (let pages = 0; pages < 4; pages += 1) {
      const page = await list({ day: '2026-11-16', limit: 3, ...(before !== undefined && { before }) });
      expect(page.more).toBe(pages < 3);
      told.push(...page.entries.map(({ entry }) => entry?.what === 'downloaded' && Number(entry.jobId)));
      before = page.entries.at(-1)?.key;
    }
    expect(told).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(await list({ day: '2026-11-15', limit: 3 })).toEqual({ entries: [], more: false });
  });

  it.each([
    ['no JSON', '{'],
    ['of an act this version does not know', JSON.stringify({ at: 1, who, what: 'flew' })],
    ['without who', JSON.stringify({ at: 1, what: 'connected' })],
    [
      'with a verdict nobody can decide',
      JSON.stringify({ at: 1, who, what: 'decided', jobId, person: 'u:1', verdict: 'undetermined' }),
    ],
  ])('J4 shows an entry that is %s as one that cannot be read, and the others', async (_, content) => {
    const { write, list, stored } = trail();
    const key = 'audit/2026-11-16/08-00-00-bad.json';
    stored.set(key, { bytes: Buffer.from(content), etag: '', contentType: '', contentDisposition: '' });
    await write(who, { what: 'connected' });
    const { entries } = await list({ day: '2026-11-16', limit: 10 });
    expect(entries).toEqual([
      expect.objectContaining({ entry: expect.objectContaining({ who }) }),
      { key, entry: null },
    ]);
  });

  it('lets nothing be done that left no trace: a write that fails is an error', async () => {
    const failing = { ...memoryObjects(), put: () => Promise.reject(new Error('no answer')) };
    const { write } = auditStore(failing, { timeZone: 'UTC', now: () => 0 });
    await expect(write(who, { what: 'connected' })).rejects.toThrow('no answer');
  });
});
