import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/domain/verdict.ts';
import { StoreError } from '../../src/store/objects.ts';
import {
  inheriting,
  inRevision,
  jobIdOfKey,
  keyOf,
  quarantineStore,
  readableRequest,
  refetched,
  requestStore,
  reviewed,
  toRequest,
} from '../../src/store/requests.ts';
import { decision, meeting, minute } from '../make.ts';
import { memoryObjects } from '../memory-store.ts';

const shanghai = 'Asia/Shanghai';
const asked = (over: Parameters<typeof meeting>[0] = {}) => ({
  meeting: meeting(over),
  reason: 'meeting-ended' as const,
  sourceEventId: '5e37',
  requestedBy: '',
  requestedAt: minute(61),
});
const request = (over: Parameters<typeof meeting>[0] = {}) => toRequest(asked(over), shanghai);
const { jobId } = request();
const key = keyOf(jobId);

describe('a job id', () => {
  it.each([
    ['2026-11-16T15:59:59Z', shanghai, '2026-11-16'],
    ['2026-11-16T16:00:00Z', shanghai, '2026-11-17'],
    ['2026-11-16T16:00:00Z', 'America/New_York', '2026-11-16'],
  ])('V4 begins with the day on which %s falls in %s', (start, timeZone, day) => {
    const startsAt = Date.parse(start) / 1000;
    expect(toRequest(asked({ startsAt }), timeZone).jobId).toBe(`${day}/6911188411934433028.0`);
  });

  it('J3 names the instance, never the number that the next meeting reuses', () => {
    expect(request({ instanceId: '1' }).jobId).not.toBe(request({ instanceId: '2' }).jobId);
    expect(request({ meetingNo: '111111111' }).jobId).toBe(request({ meetingNo: '222222222' }).jobId);
  });

  it('and its key are the same thing', () => {
    const day = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') });
    const instanceId = fc.stringMatching(/^[\w-]{1,64}$/);
    fc.assert(
      fc.property(day, instanceId, fc.nat(999_999_999), (date, id, revision) => {
        const jobId = `${date.toISOString().slice(0, 10)}/${id}.${revision}`;
        return jobIdOfKey(keyOf(jobId)) === jobId;
      }),
    );
  });

  it.each([
    'requests/2026-11-16/1.json',
    'requests/2026-11-16/1.01.json',
    'requests/2026-11-16/../x.0.json',
    'requests/2026-11-16/1.0.json.gz',
    'requests/2026-11-16/1.0.json\n',
    'jobs/2026-11-16/1.0.json',
    'old/requests/2026-11-16/1.0.json',
    'requests/',
    '',
  ])('Q7 is not found in the key %j', (other) => {
    expect(jobIdOfKey(other)).toBeNull();
  });

  it.each(['', '../policies/current', '2026-11-16/a/b.0', '2026-11-16/周会.0', `2026-11-16/${'a'.repeat(65)}.0`])(
    'C5 that is none chooses no key: %j',
    (id) => {
      expect(() => keyOf(id)).toThrow(RangeError);
    },
  );
});

describe('filing', () => {
  it('is done once, and what comes after finds it', async () => {
    const objects = memoryObjects();
    const requests = requestStore(objects);
    expect(await requests.file(request())).toBe('filed');
    expect(await requests.file({ ...request(), sourceEventId: 'another' })).toBe('already-filed');
    expect(await requests.get(jobId)).toEqual(request());
    expect([...objects.stored.keys()]).toEqual(['requests/2026-11-16/6911188411934433028.0.json']);
  });

  it('W13 writes the same bytes whenever it is tried', async () => {
    const [first, second] = [memoryObjects(), memoryObjects()];
    await requestStore(first).file(request());
    await requestStore(second).file(request());
    expect(first.stored.get(key)).toEqual(second.stored.get(key));
  });

  it('knows nothing of a job that nobody asked for', async () => {
    expect(await requestStore(memoryObjects()).get(jobId)).toBeNull();
  });
});

describe('a rerun', () => {
  it('takes the next revision and leaves the others as they are', async () => {
    const requests = requestStore(memoryObjects());
    await requests.file(request());
    const rerun = await requests.fileRerun({ ...request(), requestedBy: 'ou_hr' });
    expect(rerun).toEqual({ ...request(), requestedBy: 'ou_hr', revision: 1, jobId: jobId.replace(/0$/, '1') });
    expect(await requests.get(rerun.jobId)).toEqual(rerun);
    expect(await requests.get(jobId)).toEqual(request());
  });

  it('comes after revision 10, though 10 lies before 9 in the list', async () => {
    const requests = requestStore(memoryObjects());
    for (let revision = 0; revision <= 10; revision += 1) await requests.fileRerun(request());
    expect((await requests.fileRerun(request())).revision).toBe(11);
  });

  it('is not counted on from another instance whose id begins alike', async () => {
    const requests = requestStore(memoryObjects());
    await requests.file(request({ instanceId: '12' }));
    expect((await requests.fileRerun(request({ instanceId: '1' }))).revision).toBe(0);
  });

  it('finds a free revision past what one list shows', async () => {
    const objects = memoryObjects();
    const requests = requestStore({ ...objects, list: (options) => objects.list({ ...options, limit: 2 }) });
    for (let revision = 0; revision < 5; revision += 1) await requests.fileRerun(request());
    expect(objects.stored.size).toBe(5);
    expect((await requests.fileRerun(request())).revision).toBe(5);
  });

  it('C7 asked for by 20 people at once gets 20 revisions, none overwritten', async () => {
    const objects = memoryObjects();
    const requests = requestStore(objects);
    const people = Array.from({ length: 20 }, (_, n) => `ou_${n}`);
    const reruns = await Promise.all(people.map((requestedBy) => requests.fileRerun({ ...request(), requestedBy })));
    expect(new Set(reruns.map((rerun) => rerun.revision))).toEqual(new Set(people.keys()));
    for (const rerun of reruns) expect(await requests.get(rerun.jobId)).toEqual(rerun);
  });
});

describe('the requests of a day', () => {
  it('are all of them, past what one list shows, and no others', async () => {
    const objects = memoryObjects();
    const requests = requestStore({ ...objects, list: (options) => objects.list({ ...options, limit: 2 }) });
    const ids = ['1', '2', '3', '4', '5'];
    for (const instanceId of ids) await requests.file(request({ instanceId }));
    await requests.file(request({ startsAt: minute(24 * 60) }));
    objects.stored.set('requests/2026-11-16/notes.txt', {
      bytes: new Uint8Array(),
      etag: '',
      contentType: '',
      contentDisposition: '',
    });
    expect(await requests.list('2026-11-16')).toEqual(ids.map((id) => `2026-11-16/${id}.0`));
    expect(await requests.list('2026-11-15')).toEqual([]);
  });
});

describe('reading', () => {
  const reading = (content: string | object, at = jobId) => {
    const objects = memoryObjects();
    const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
    objects.stored.set(keyOf(at), { bytes, etag: '', contentType: '', contentDisposition: '' });
    return requestStore(objects).get(at);
  };

  it('O5 knows the source of a meeting when it was told', async () => {
    expect(await reading({ ...request(), source: 4 })).toEqual({ ...request(), source: 4 });
  });

  it('O5 ignores what a newer version added', async () => {
    const newer = { ...request(), priority: 1, meeting: { ...meeting(), mood: 'good' } };
    expect(await reading(newer)).toEqual(request());
  });

  it.each<[string, string | object, string]>([
    ['no JSON', '{"topic":"Secret plan"', 'JSON'],
    ['empty', '', 'JSON'],
    ['no object', '[]', ''],
    ['of a schema this version must not guess at', { ...request(), schemaVersion: 2 }, 'schemaVersion'],
    ['without its meeting', { ...request(), meeting: undefined }, 'meeting'],
    ['without a start', { ...request(), meeting: { ...meeting(), startsAt: null } }, 'meeting.startsAt'],
    ['under the key of another job', request({ instanceId: '1' }), 'jobId'],
    ['told to be another job', { ...request(), jobId: '2026-11-16/1.0' }, 'jobId'],
    ['at odds with its own id', { ...request(), meeting: meeting({ instanceId: '1' }) }, 'jobId'],
    ['at odds with its own revision', { ...request(), revision: 1 }, 'jobId'],
  ])('J4 names key and fields, not contents, of an object that is %s', async (_, content, fields) => {
    const failure = await reading(content).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: 'StoreError', code: 'CORRUPT' });
    expect(`${failure}`).toContain(`${key} is not a request this version reads (${fields})`);
    expect(`${failure}`).not.toContain('Secret');
  });

  it('passes on that the store could not tell', async () => {
    const objects = { ...memoryObjects(), get: () => Promise.reject(new Error('no answer')) };
    await expect(requestStore(objects).get(jobId)).rejects.toThrow('no answer');
  });
});

describe('quarantine', () => {
  it('keeps the text once, under its SHA-256', async () => {
    const objects = memoryObjects();
    const quarantine = quarantineStore(objects);
    const text = '{"topic":"周会"}';
    expect(await quarantine(text)).toBe('quarantined');
    expect(await quarantine(text)).toBe('already-quarantined');
    const [[at, object] = []] = objects.stored;
    expect(at).toBe(`quarantine/${createHash('sha256').update(text).digest('hex')}.json`);
    expect(Buffer.from(object?.bytes ?? []).toString()).toBe(text);
  });
});

describe('a request in which HR had a say', () => {
  const policySha256 = 'a'.repeat(64);
  const review = { snapshotOf: jobId, policySha256, decisions: [decision(), decision({ person: 'row:3' })] };
  const parts = [
    { instanceId: 'a', startsAt: minute(0), endsAt: minute(30) },
    { instanceId: 'b', startsAt: minute(40), endsAt: minute(60) },
  ];
  const plain = [request(), request({ parts })];
  const onNew = [decision(), decision({ person: 'row:3', saidOf: jobId })];

  it.each(plain)('O5 is of a version that an earlier reader refuses, for it would leave the decisions out', (each) => {
    expect([1, 2]).toContain(each.schemaVersion);
    for (const decisions of [[], review.decisions])
      expect(reviewed(each, { ...review, decisions }).schemaVersion).toBe(4);
    expect(refetched(reviewed(each, review)).schemaVersion).toBe(4);
  });

  it.each(plain)(
    'O5 of the version before, whose decisions do not tell what they stood beside, is read as it was filed',
    async (each) => {
      const objects = memoryObjects();
      const filed = inRevision({ ...reviewed(each, review), schemaVersion: 3 }, 1);
      await requestStore(objects).file(filed);
      expect(await requestStore(objects).get(filed.jobId)).toEqual(filed);
      expect(refetched(filed).schemaVersion).toBe(4);
    },
  );

  it('keeps what the rules said beside each decision, and whence it comes', async () => {
    const requests = requestStore(memoryObjects());
    const beside: Verdict[] = [
      { kind: 'attended' },
      { kind: 'insufficient', because: 'late' },
      { kind: 'undetermined', because: 'no-times' },
    ];
    const decisions = beside.map((each) => decision({ beside: each, saidOf: jobId }));
    const filed = inRevision(reviewed(request(), { ...review, decisions }), 1);
    await requests.file(filed);
    expect(await requests.get(filed.jobId)).toEqual(filed);
  });

  it.each(plain)('is read as it was filed', async (each) => {
    const requests = requestStore(memoryObjects());
    for (const asked of [reviewed(each, review), refetched(reviewed(each, review))]) {
      const filed = inRevision(asked, asked.revision + 1 + Number('snapshotOf' in asked));
      await requests.file(filed);
      expect(await requests.get(filed.jobId)).toEqual(filed);
    }
  });

  it.each(plain)(
    'for rows fetched anew drops rows and policy, and says of which rows a decision was that names one',
    (each) => {
      const earlier = reviewed(each, review);
      expect(refetched(earlier)).toEqual({ ...each, decisions: onNew, schemaVersion: 4 });
      const again = inRevision(refetched(earlier), 1);
      expect(refetched(again)).toEqual(again);
      expect(refetched(each)).toEqual(each);
    },
  );

  it.each([
    ['of a version that knows no decisions', { ...reviewed(request(), review), schemaVersion: 1 }],
    ['of a version that knows only parts', { ...reviewed(request({ parts }), review), schemaVersion: 2 }],
    ['in which nobody had a say', { ...request(), schemaVersion: 3 }],
    ['in which nobody had a say, of a later version', { ...request(), schemaVersion: 4 }],
    ['of a version that is still to come', { ...reviewed(request(), review), schemaVersion: 5 }],
    [
      'beside what the rules cannot say',
      { ...reviewed(request(), review), decisions: [{ ...decision(), beside: { kind: 'late' } }] },
    ],
    ['said of no job', reviewed(request(), { ...review, decisions: [decision({ saidOf: '../policies/current' })] })],
    ['from the rows of no job', reviewed(request(), { ...review, snapshotOf: '../policies/current' })],
    ['by no policy', reviewed(request(), { ...review, policySha256: 'current' })],
    [
      'with a verdict that nobody can decide',
      { ...reviewed(request(), review), decisions: [{ ...decision(), verdict: 'undetermined' }] },
    ],
    ['on nobody', reviewed(request(), { ...review, decisions: [decision({ person: '' })] })],
  ])('J4 is not read %s', async (_, content) => {
    const objects = memoryObjects();
    const bytes = Buffer.from(JSON.stringify(content));
    await objects.put(key, bytes, { contentType: 'application/json', when: 'any' });
    await expect(requestStore(objects).get(jobId)).rejects.toMatchObject({ code: 'CORRUPT' });
    expect(await readableRequest(requestStore(objects), jobId)).toBeNull();
  });

  it('is handed on with its decisions, and as asked for whatever the scope', () => {
    const next = { ...inRevision(request(), 2), reason: 'reconcile' as const };
    const decided = { ...reviewed(request(), review), reason: 'decided' as const };
    expect(inheriting(next, decided)).toEqual({
      ...next,
      reason: 'on-demand',
      decisions: onNew,
      schemaVersion: 4,
    });
    expect(inheriting(next, request())).toEqual(next);
    expect(inheriting(next, { ...request(), reason: 'on-demand' })).toEqual({ ...next, reason: 'on-demand' });
  });

  it('passes its decisions on to a rerun', async () => {
    const requests = requestStore(memoryObjects());
    await requests.file(request());
    await requests.file(inRevision(reviewed(request(), review), 1));
    const rerun = await requests.fileRerun({ ...request(), reason: 'on-demand', requestedBy: 'ou_hr' });
    const asked = {
      ...request(),
      reason: 'on-demand',
      requestedBy: 'ou_hr',
      decisions: onNew,
      schemaVersion: 4,
    };
    expect(rerun).toEqual(inRevision(asked as typeof rerun, 2));
  });
});

describe('the revisions of an instance', () => {
  it('are all of them, in order, past what one list shows, and no other instance’s', async () => {
    const objects = memoryObjects();
    const requests = requestStore({ ...objects, list: (options) => objects.list({ ...options, limit: 2 }) });
    for (let revision = 0; revision <= 11; revision += 1)
      await requests.file(inRevision(request({ instanceId: '1' }), revision));
    for (const instanceId of ['12', '1-2', '1_2']) await requests.file(request({ instanceId }));
    expect(await requests.revisions('2026-11-16/1.7')).toEqual([...Array(12).keys()]);
    expect(await requests.revisions('2026-11-16/2.0')).toEqual([]);
  });
});

describe('a page of requests', () => {
  it('goes on after a job, and past keys that are none of ours', async () => {
    const objects = memoryObjects();
    const requests = requestStore(objects);
    for (const instanceId of ['1', '2', '3']) await requests.file(request({ instanceId }));
    const foreign = ['1.0.json.bak', '1.0.json.old', '1.0.json.tmp'];
    for (const name of foreign)
      await objects.put(`requests/2026-11-16/${name}`, Buffer.from(''), { contentType: '', when: 'any' });
    const page = (after?: string) => requests.listPage({ day: '2026-11-16', limit: 1, ...(after && { after }) });
    expect(await page()).toEqual({ jobIds: ['2026-11-16/1.0'], more: true });
    expect(await page('2026-11-16/1.0')).toEqual({ jobIds: ['2026-11-16/2.0'], more: true });
    expect(await page('2026-11-16/2.0')).toEqual({ jobIds: ['2026-11-16/3.0'], more: false });
    expect(await page('2026-11-16/3.0')).toEqual({ jobIds: [], more: false });
    await expect(page('../jobs')).rejects.toThrow(RangeError);
  });
});

describe('a request that may be unreadable', () => {
  it('is null for what is no job id, and an error while the bucket cannot tell', async () => {
    expect(await readableRequest(requestStore(memoryObjects()), '../policies/current')).toBeNull();
    expect(await readableRequest(requestStore(memoryObjects()), jobId)).toBeNull();
    const failing = { ...memoryObjects(), get: () => Promise.reject(new StoreError('UNAVAILABLE', 'no answer')) };
    await expect(readableRequest(requestStore(failing), jobId)).rejects.toThrow('no answer');
  });
});
