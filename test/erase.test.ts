import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Act } from '../src/domain/audit.ts';
import { erasedName, type Person, personOf } from '../src/domain/erasure.ts';
import { createErase, type EraseDeps, type Finding } from '../src/erase.ts';
import { auditStore } from '../src/store/audit.ts';
import { directoryObjects } from '../src/store/directory.ts';
import { jobStore } from '../src/store/jobs.ts';
import { allKeys, type ObjectStore } from '../src/store/objects.ts';
import { policyStore } from '../src/store/policies.ts';
import { requestStore } from '../src/store/requests.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
import { cloud } from './cloud.ts';
import { absentee, meeting, minute, participant, snapshot } from './make.ts';

const person = personOf({ userIds: ['ou_1'], employeeIds: [], emails: [], openIds: [] });
const colleague = { name: 'Person 2', userId: 'ou_2', employeeId: 'E002', email: 'person.2@example.com' };
const detail = {
  phone: '13800000000',
  publicIp: '203.0.113.7',
  internalIp: '',
  location: '',
  microphone: '',
  speaker: '',
  camera: '',
};
const rows = [
  participant({ detail }),
  // Another device, known by the e-mail address alone.
  participant({ userId: '', employeeId: '', joinedAt: minute(10), connectedSeconds: 600 }),
  absentee(colleague),
  // A namesake whom nobody can tell from the person.
  participant({ userId: '', employeeId: '', email: '', connectedSeconds: 60 }),
];
const traces = /ou_1\b|E001|person\.1@|Person 1\b|13800000000|203\.0\.113\.7/;

let world: ReturnType<typeof cloud>;
let purged: string[];
/** What the audit trail was told, and what was changed until then. */
let told: [Act, number][];
let jobId: string;

const depsOn = (objects: ObjectStore, kept = 0): EraseDeps => ({
  objects,
  versions: {
    purge: async (key) => {
      purged.push(key);
      return { deleted: 1, kept };
    },
  },
  requests: requestStore(objects),
  jobs: jobStore(objects),
  snapshots: snapshotStore(objects),
  policies: policyStore(objects, 'policies/current.json'),
  async *renderWorkbook(report) {
    yield new TextEncoder().encode(JSON.stringify(report));
  },
  readWorkbook: (bytes) => new TextDecoder().decode(bytes),
  audit: async (act) => void told.push([act, purged.length]),
  aliasIn: (scope) => (identity) => `erased-${scope.length}${identity.length}`,
  appVersion: '1.0.0',
});
const eraserOn = (objects: ObjectStore, kept = 0) => createErase(depsOn(objects, kept));

const erase = async (really: boolean, who: Person = person, kept = 0): Promise<Finding[]> => {
  const { identify, erase: run } = eraserOn(world.bucket, kept);
  const findings: Finding[] = [];
  for await (const finding of run(await identify(who), { really })) findings.push(finding);
  return findings;
};

/** Everything in the bucket as text, but policies. */
const everything = (): string =>
  [...world.objects.stored]
    .map(([key, { bytes }]) => `${key} ${new TextDecoder().decode(key.endsWith('.gz') ? gunzipSync(bytes) : bytes)}`)
    .join('\n');
const textOf = (key: string) => new TextDecoder().decode(world.objects.stored.get(key)?.bytes);

beforeEach(async () => {
  purged = [];
  told = [];
  world = cloud({ at: minute(70) });
  world.faults.fetch = async () => snapshot({ participants: rows });
  const request = world.event(meeting({ ownerOpenId: 'ou_1' }));
  jobId = request.jobId;
  await world.requests.file(request);
  await world.pass(60);
  expect(await world.job(jobId)).toMatchObject({ status: 'done' });
  const by = { openId: 'ou_1', name: 'Person 1' };
  await world.put('audit/2020-12-25/08-00-00-a.json', JSON.stringify({ at: 1, who: by, what: 'downloaded', jobId }));
  await world.put(
    'audit/2020-12-25/08-00-01-b.json',
    JSON.stringify({
      at: 1,
      who: { openId: 'ou_9', name: 'HR' },
      what: 'decided',
      jobId,
      person: 'u:ou_1',
      verdict: null,
    }),
  );
  await world.put('audit/2020-12-25/08-00-02-c.json', JSON.stringify({ at: 1, who: { openId: 'ou_9', name: 'HR' } }));
  await world.put(`quarantine/${'a'.repeat(64)}.json`, JSON.stringify({ operator: { open_id: 'ou_1' } }));
  await world.put(`quarantine/${'b'.repeat(64)}.json`, JSON.stringify({ operator: { open_id: 'ou_2' } }));
});

describe('erasing a person', () => {
  it('first only tells what it would do', async () => {
    const before = everything();
    const findings = await erase(false);
    expect(everything()).toBe(before);
    expect(findings).toEqual([
      { key: `reports/${jobId}.xlsx`, act: 'rewrite' },
      { key: `requests/${jobId}.json`, act: 'rewrite' },
      { key: `snapshots/${jobId}.json.gz`, act: 'rewrite' },
      { key: 'audit/2020-12-25/08-00-00-a.json', act: 'rewrite' },
      { key: 'audit/2020-12-25/08-00-01-b.json', act: 'rewrite' },
      { key: `quarantine/${'a'.repeat(64)}.json`, act: 'delete' },
    ]);
  });

  it('leaves no id, name, address or detail of theirs anywhere, also in older versions', async () => {
    expect(everything()).toMatch(traces);
    const changed = await erase(true);
    expect(everything()).not.toMatch(traces);
    expect(everything()).toContain('Person 2');
    expect(purged).toEqual(changed.map(({ key }) => key));
    expect(await erase(false)).toEqual([]);
  });

  it('tells the trail before anything is changed and when it is done, and not whom; what finds nothing tells nothing', async () => {
    const objects = (await erase(false)).length;
    expect(told).toEqual([]);
    await erase(true);
    expect(told).toEqual([
      [{ what: 'erased', objects: null }, 0],
      [{ what: 'erased', objects }, objects],
    ]);
    await erase(true);
    expect(told).toHaveLength(2);
  });

  it('does not tell of an end when it was broken off, nor count what somebody else wrote meanwhile', async () => {
    const { put } = world.objects;
    world.bucket.put = async (key, ...rest) => {
      if (key.startsWith('snapshots/')) throw new Error('power is cut');
      return put(key, ...rest);
    };
    await expect(erase(true)).rejects.toThrow('power');
    expect(told.map(([act]) => act)).toEqual([{ what: 'erased', objects: null }]);
    world.bucket.put = async (key, ...rest) => (key.startsWith('audit/') ? { kind: 'refused' } : put(key, ...rest));
    const objects = (await erase(true)).filter(({ act }) => act !== 'person').length - 2;
    expect(told.at(-1)?.[0]).toEqual({ what: 'erased', objects });
  });

  it('changes nothing of which the trail cannot be told', async () => {
    const before = everything();
    const eraser = createErase({ ...depsOn(world.bucket), audit: () => Promise.reject(new Error('no answer')) });
    const run = async () => {
      for await (const _ of eraser.erase(person, { really: true }));
    };
    await expect(run()).rejects.toThrow('no answer');
    expect(everything()).toBe(before);
  });

  it('keeps every count, the job and whoever else is in the report', async () => {
    const job = await world.job(jobId);
    const report = JSON.parse(textOf(`reports/${jobId}.xlsx`));
    await erase(true);
    const after = JSON.parse(textOf(`reports/${jobId}.xlsx`));
    expect([after.summary, after.departments]).toEqual([report.summary, report.departments]);
    expect(after.judged.map(({ verdict }: { verdict: unknown }) => verdict)).toEqual(
      report.judged.map(({ verdict }: { verdict: unknown }) => verdict),
    );
    expect(after.judged.map(({ name }: { name: string }) => name)).toEqual([
      erasedName,
      erasedName,
      'Person 2',
      erasedName,
    ]);
    await world.pass(3600);
    expect(await world.job(jobId)).toEqual(job);
  });

  it('keeps what HR decided of them, without their reason, and what HR decided of others whole', async () => {
    const by = { openId: 'ou_9', name: 'HR' };
    const decisions = [
      { person: 'u:ou_1', verdict: 'excused' as const, reason: 'Person 1 was ill', by, at: minute(80) },
      { person: 'u:ou_2', verdict: 'excused' as const, reason: 'on leave', by, at: minute(80) },
    ];
    const { policySha256 = '' } = (await world.job(jobId)) ?? {};
    const asked = { ...world.event(meeting()), reason: 'decided' as const, schemaVersion: 3 as const, revision: 1 };
    const decided = { ...asked, jobId: jobId.replace(/0$/, '1'), snapshotOf: jobId, policySha256, decisions };
    await world.requests.file(decided);
    await world.pass(60);
    const before = await world.job(decided.jobId);
    expect(before).toMatchObject({ status: 'done', decided: { excused: 2 } });
    await erase(true);
    const { decisions: kept, decided: counts } = JSON.parse(textOf(`reports/${decided.jobId}.xlsx`));
    expect(counts).toEqual(before?.status === 'done' && before.decided);
    expect(kept.map(({ reason }: { reason: string }) => reason)).toEqual(['', 'on leave']);
    expect(everything()).not.toMatch(traces);
  });

  it('finds them by any one of their ids, and by those that stand beside it', async () => {
    for (const id of [{ employeeIds: ['E001'] }, { emails: ['Person.1@Example.com'] }]) {
      const known = personOf({ userIds: [], employeeIds: [], emails: [], openIds: [], ...id });
      expect((await erase(false, known)).map(({ key }) => key)).toContain('audit/2020-12-25/08-00-00-a.json');
    }
  });

  it('does nothing about somebody who is not there', async () => {
    const nobody = personOf({ userIds: ['ou_none'], employeeIds: ['1'], emails: [], openIds: [] });
    expect(await erase(false, nobody)).toEqual([]);
  });

  it('deletes a report whose rows are no longer kept, and leaves the counts in the job', async () => {
    world.objects.stored.delete(`snapshots/${jobId}.json.gz`);
    expect(await erase(true)).toContainEqual({ key: `reports/${jobId}.xlsx`, act: 'delete' });
    expect(await world.keys('reports/')).toEqual([]);
    expect(await world.job(jobId)).toMatchObject({ status: 'done', summary: expect.anything() });
    expect(everything()).not.toMatch(traces);
  });

  it('goes on after it was broken off, for the rows are written last', async () => {
    const { put } = world.objects;
    world.bucket.put = async (key, ...rest) => {
      if (key.startsWith('snapshots/')) throw new Error('power is cut');
      return put(key, ...rest);
    };
    await expect(erase(true)).rejects.toThrow('power');
    world.bucket.put = put;
    await erase(true);
    expect(everything()).not.toMatch(traces);
  });

  it('tells what only a person can settle', async () => {
    await world.put('state/connection.json', JSON.stringify({ state: 'connected', openId: 'ou_1', name: 'Person 1' }));
    await world.put('policies/current.json', JSON.stringify({ overrides: [{ match: { ownerOpenId: 'ou_1' } }] }));
    await world.requests.file(world.event(meeting({ instanceId: '7' })));
    await world.put('audit/2020-12-25/08-00-03-d.json', 'no JSON');
    await world.put('snapshots/2020-12-25/8.0.json.gz', 'no gzip');
    const left = (await erase(true, person, 1)).filter(({ act }) => act === 'person');
    expect(new Set(left.map(({ because }) => because))).toEqual(
      new Set(['connected', 'policy', 'unfinished', 'unreadable', 'locked']),
    );
  });
});

describe('npm run erase', () => {
  const run = (bucket: string, ...args: string[]) =>
    new Promise<{ code: number; output: string }>((done) => {
      const env = { ...process.env, REPORT_BUCKET: pathToFileURL(bucket).href, REPORT_LOCALE: 'en' };
      const child = execFile(
        process.execPath,
        ['--import', 'tsx', 'src/local/erase.ts', ...args],
        { env },
        (_, out, err) => done({ code: child.exitCode ?? -1, output: out + err }),
      );
    });

  it('makes real workbooks anew in a bucket on a laptop', async () => {
    const root = await mkdtemp(join(tmpdir(), 'rollcall-erase-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const objects = directoryObjects(root);
    for (const [key, { bytes, contentType }] of world.objects.stored)
      if (!key.startsWith('quarantine/')) await objects.put(key, bytes, { contentType, when: 'any' });
    expect(await run(root, '--user-id', 'ou_1')).toMatchObject({
      code: 0,
      output: expect.stringContaining('add --apply'),
    });
    expect(await run(root, '--user-id', 'ou_1', '--apply')).toMatchObject({ code: 0 });
    const { output } = await run(root, '--user-id', 'ou_1');
    expect(output).not.toContain('rewrite');
    const trail = auditStore(objects, { timeZone: 'Asia/Shanghai', now: Date.now });
    const acts = (await allKeys(objects, 'audit/')).filter((key) => !key.startsWith('audit/2020'));
    const [day = ''] = acts.map((key) => key.split('/')[1]);
    const { entries } = await trail.list({ day, limit: 10 });
    expect(entries.map(({ entry }) => entry)).toEqual([
      expect.objectContaining({ who: { openId: '', name: '' }, what: 'erased' }),
      expect.objectContaining({ who: { openId: '', name: '' }, what: 'erased' }),
    ]);
    for (const key of acts) expect(new TextDecoder().decode((await objects.get(key))?.bytes)).not.toMatch(traces);
    const workbook = await objects.get(`reports/${jobId}.xlsx`);
    expect(new TextDecoder().decode(workbook?.bytes.subarray(0, 2))).toBe('PK');
  }, 60_000);

  it('says how it is used when nobody is named', async () => {
    expect(await run('/nowhere', '--apply')).toMatchObject({ code: 2, output: expect.stringContaining('Usage') });
  });
});
