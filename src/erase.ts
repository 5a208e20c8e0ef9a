import { buffer } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Act } from './domain/audit.ts';
import { type Alias, alsoKnownAs, eraseIn, eraseRows, type Person } from './domain/erasure.ts';
import { partsOf } from './domain/job-id.ts';
import type { Participant } from './domain/meeting.ts';
import { type Report, toReport } from './domain/report.ts';
import type { JobStore } from './store/jobs.ts';
import { allKeys, type ObjectStore, type StoredObject, StoreError } from './store/objects.ts';
import type { PolicyStore } from './store/policies.ts';
import { jobIdOfKey, type ReportRequest, type RequestStore } from './store/requests.ts';
import type { SnapshotStore } from './store/snapshots.ts';
import type { Versions } from './store/versions.ts';

export type EraseDeps = {
  objects: ObjectStore;
  versions: Versions;
  requests: Pick<RequestStore, 'get'>;
  jobs: Pick<JobStore, 'get'>;
  snapshots: Pick<SnapshotStore, 'get'>;
  policies: Pick<PolicyStore, 'byHash'>;
  renderWorkbook: (report: Report) => AsyncIterable<Uint8Array>;
  /** What a workbook says, as text. */
  readWorkbook: (bytes: Uint8Array) => string;
  /** The same name for an identity within one scope and one run, another in every other. */
  aliasIn: (scope: string) => Alias;
  /** Writes a line of the audit trail. */
  audit: (act: Act) => Promise<void>;
  appVersion: string;
};

/**
 * What becomes of one object. `rewrite`: the same without the person · `delete`: it cannot be rewritten · `person`: only a
 * person can do what is left, and `because` says what.
 */
export type Finding = {
  key: string;
  act: 'rewrite' | 'delete' | 'person';
  because?: 'counts-would-change' | 'unfinished' | 'unreadable' | 'connected' | 'policy' | 'locked';
};

type Change = { key: string; was: StoredObject; bytes: Uint8Array | null };

const jsonOf = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const left = (key: string, because: NonNullable<Finding['because']>): Finding => ({ key, act: 'person', because });
const actOf = ({ key, bytes }: Change): Finding => ({ key, act: bytes === null ? 'delete' : 'rewrite' });

/** What cannot be read is told of when its turn comes, and stops nothing. */
const ifCorrupt = (error: unknown): null => {
  if (error instanceof StoreError && error.code === 'CORRUPT') return null;
  throw error;
};

/** Every id of the person as it would stand in JSON or in a cell, for what can only be searched as text. */
const mentions = (text: string, person: Person): boolean =>
  Object.values(person).some((ids) => [...ids].some((id) => text.toLowerCase().includes(`"${id.toLowerCase()}"`)));

/**
 * Takes one person out of everything that is kept, and leaves the counts. Of a job the report is replaced first and its
 * rows last, so that a run that is broken off finds the job again. Whoever wrote the object meanwhile wins, and a second
 * run finds what they wrote.
 */
export const createErase = (deps: EraseDeps) => {
  const { objects } = deps;

  const rewritten = (key: string, was: StoredObject, { value, places }: ReturnType<typeof eraseIn>): Change[] =>
    places === 0 ? [] : [{ key, was, bytes: bytesOf(value) }];

  const snapshotOf = (key: string, was: StoredObject, person: Person, alias: Alias): Change[] => {
    const file = JSON.parse(gunzipSync(was.bytes).toString('utf8')) as {
      meeting: object;
      snapshot: { participants: Participant[] };
    };
    const { participants, rows } = eraseRows(file.snapshot.participants, person, alias);
    const meeting = eraseIn(file.meeting, person, alias);
    if (rows + meeting.places === 0) return [];
    const snapshot = { ...file.snapshot, participants };
    return [{ key, was, bytes: gzipSync(JSON.stringify({ ...file, meeting: meeting.value, snapshot })) }];
  };

  /** The report made anew from what stays; null when its counts would not be the same. */
  const reportWithout = async (request: ReportRequest, person: Person, alias: Alias): Promise<Uint8Array | null> => {
    const { jobId } = request;
    const job = (await deps.jobs.get(jobId))?.job;
    const snapshot = await deps.snapshots.get(jobId);
    if (job?.policySha256 === undefined || snapshot === null) return null;
    const policy = await deps.policies.byHash(job.policySha256);
    const made = (
      { meeting, reason, sourceEventId, requestedBy, decisions = [] }: ReportRequest,
      rows: Participant[],
    ) =>
      toReport({
        meeting,
        policy,
        decisions,
        snapshot: { ...snapshot, participants: rows },
        provenance: { jobId, reason, sourceEventId, requestedBy, appVersion: deps.appVersion },
      });
    const before = made(request, [...snapshot.participants]);
    const erasedRequest = eraseIn(request, person, alias).value as ReportRequest;
    const after = made(erasedRequest, eraseRows(snapshot.participants, person, alias).participants);
    const same = isDeepStrictEqual(
      [before.summary, before.decided, before.departments],
      [after.summary, after.decided, after.departments],
    );
    return same ? buffer(deps.renderWorkbook(after)) : null;
  };

  /** Request, snapshot and report of one job, in the order in which they are to be written. */
  const jobChanges = async (requestKey: string, person: Person): Promise<(Change | Finding)[]> => {
    const was = await objects.get(requestKey);
    const jobId = jobIdOfKey(requestKey);
    if (was === null || jobId === null) return [];
    const { day, instanceId } = partsOf(jobId);
    const alias = deps.aliasIn(`${day}/${instanceId}`);
    const request = rewritten(requestKey, was, eraseIn(jsonOf(was.bytes), person, alias));
    const snapshotKey = `snapshots/${jobId}.json.gz`;
    const stored = await objects.get(snapshotKey);
    // Only what is a snapshot is taken apart.
    if (stored !== null) await deps.snapshots.get(jobId);
    const snapshot = stored === null ? [] : snapshotOf(snapshotKey, stored, person, alias);
    const reportKey = `reports/${jobId}.xlsx`;
    const report = await objects.get(reportKey);
    if (report === null) {
      const status = (await deps.jobs.get(jobId))?.job.status;
      const ended = status === 'done' || status === 'failed' || status === 'skipped';
      return [...request, ...snapshot, ...(ended ? [] : [left(requestKey, 'unfinished')])];
    }
    if (stored === null) {
      // The rows' time is over, so the report cannot be made again.
      const text = `"${deps.readWorkbook(report.bytes).replaceAll(/[<>]/g, '"')}"`;
      return mentions(text, person) ? [{ key: reportKey, was: report, bytes: null }, ...request] : request;
    }
    if (request.length + snapshot.length === 0) return [];
    const parsed = await deps.requests.get(jobId);
    const bytes = parsed && (await reportWithout(parsed, person, alias));
    if (bytes === null) return [left(reportKey, 'counts-would-change')];
    return [{ key: reportKey, was: report, bytes }, ...request, ...snapshot];
  };

  const otherChanges = async (key: string, person: Person): Promise<Change[]> => {
    const was = await objects.get(key);
    if (was === null) return [];
    if (key.startsWith('quarantine/'))
      return mentions(new TextDecoder().decode(was.bytes), person) ? [{ key, was, bytes: null }] : [];
    const found = jsonOf(was.bytes);
    const jobId = typeof found === 'object' && found !== null && 'jobId' in found ? String(found.jobId) : '';
    const { day, instanceId } = partsOf(jobId);
    return rewritten(key, was, eraseIn(found, person, deps.aliasIn(`${day}/${instanceId}`)));
  };

  const apply = async ({ key, was, bytes }: Change): Promise<Finding[]> => {
    const { contentType, contentDisposition, etag } = was;
    if (bytes === null) await objects.delete(key);
    else {
      const outcome = await objects.put(key, bytes, {
        contentType,
        ...(contentDisposition !== '' && { contentDisposition }),
        when: { etag },
      });
      if (outcome.kind === 'refused') return [left(key, 'unfinished')];
    }
    const { kept } = await deps.versions.purge(key);
    return kept > 0 ? [left(key, 'locked')] : [];
  };

  /** What only a person can change: who is connected, and a policy that names somebody. */
  const told = async (person: Person): Promise<Finding[]> => {
    const findings: Finding[] = [];
    const keys = [...(await allKeys(objects, 'policies/')), 'state/connection.json'];
    for (const key of keys) {
      const found = await objects.get(key);
      if (found === null || eraseIn(jsonOf(found.bytes), person, (id) => id).places === 0) continue;
      findings.push(left(key, key.startsWith('policies/') ? 'policy' : 'connected'));
    }
    return findings;
  };

  /** Rows that bear one id of somebody tell the others: a second report may have only those. */
  const identify = async (person: Person): Promise<Person> => {
    let known = person;
    for (const key of await allKeys(objects, 'snapshots/')) {
      const jobId = key.slice('snapshots/'.length).replace(/\.json\.gz$/, '');
      const snapshot = await deps.snapshots.get(jobId).catch(ifCorrupt);
      if (snapshot !== null) known = alsoKnownAs(snapshot.participants, known);
    }
    return isDeepStrictEqual(known, person) ? person : identify(known);
  };

  /**
   * The trail tells that it began before anything is changed, and how much was when it ends; a run that finds nothing is none.
   * @param options.really false only tells what would be done.
   */
  const erase = async function* (person: Person, { really }: { really: boolean }): AsyncGenerator<Finding> {
    const sources: [string, (key: string) => Promise<(Change | Finding)[]>][] = [
      ['requests/', (key) => jobChanges(key, person)],
      ...['audit/', 'quarantine/'].map((prefix): [string, (key: string) => Promise<Change[]>] => [
        prefix,
        (key) => otherChanges(key, person),
      ]),
    ];
    let changed: number | null = null;
    const change = async (found: Change): Promise<Finding[]> => {
      if (changed === null) await deps.audit({ what: 'erased', objects: null });
      const remains = await apply(found);
      const isRefused = remains.some(({ because }) => because === 'unfinished');
      changed = (changed ?? 0) + (isRefused ? 0 : 1);
      return remains;
    };
    for (const [prefix, changesOf] of sources)
      for (const key of await allKeys(objects, prefix)) {
        try {
          for (const found of await changesOf(key)) {
            yield 'act' in found ? found : actOf(found);
            if (really && !('act' in found)) yield* await change(found);
          }
        } catch (error) {
          if (!(error instanceof SyntaxError)) ifCorrupt(error);
          yield left(key, 'unreadable');
        }
      }
    if (changed !== null) await deps.audit({ what: 'erased', objects: changed });
    yield* await told(person);
  };

  return { identify, erase };
};
