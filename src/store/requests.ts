import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Decision, decidable, onNewRows } from '../domain/decisions.ts';
import { jobIdForm, partsOf } from '../domain/job-id.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Verdict } from '../domain/verdict.ts';
import { dayOf } from '../domain/zone.ts';
import { allKeys, type ObjectStore, StoreError, unlessUnreadable } from './objects.ts';

/** One report to make: dedupe, outbox and audit record in one immutable object. */
export type ReportRequest = {
  /**
   * 2 for a restarted meeting: a version that knows no parts must not ask Feishu for the whole as if it were one. 4 when
   * HR had a say: a version that knows no decisions must not leave them out, and one that knows those of 3 must not count
   * what later rows speak against, nor lose what was said on other rows.
   */
  schemaVersion: 1 | 2 | 3 | 4;
  /** `<yyyy-mm-dd>/<instanceId>.<revision>`, the day of the meeting's start in the report time zone. */
  jobId: string;
  meeting: Meeting;
  reason: 'meeting-ended' | 'on-demand' | 'reconcile' | 're-judged' | 'decided';
  /** Feishu's event id, '' when no event asked. */
  sourceEventId: string;
  /** Who asked, '' when nobody did. */
  requestedBy: string;
  /** 0 is the automatic one. */
  revision: number;
  /** Unix seconds. For an event its own time, so that a retried write has the same bytes. */
  requestedAt: number;
  /** Feishu's `meeting_source`, which only events tell. */
  source?: number;
  /** The job whose snapshot is judged, without asking Feishu again. */
  snapshotOf?: string;
  /** The policy to judge by; without it the one in force when the work begins. */
  policySha256?: string;
  /** What HR decided of people of this meeting, oldest first. */
  decisions?: readonly Decision[];
};

/** Whether nobody asked, so that the policy's scope holds. */
export const isAutomatic = (reason: ReportRequest['reason']): boolean =>
  reason === 'meeting-ended' || reason === 'reconcile';

/** What whoever asks has to say; the rest follows from it. */
type Asked = Pick<ReportRequest, 'meeting' | 'reason' | 'sourceEventId' | 'requestedBy' | 'requestedAt' | 'source'>;

/** The request of revision 0. Its bytes depend on nothing but what is passed in. */
export const toRequest = (asked: Asked, timeZone: string): ReportRequest => ({
  schemaVersion: plainVersion(asked.meeting),
  jobId: firstJobId(asked.meeting, timeZone),
  meeting: asked.meeting,
  reason: asked.reason,
  sourceEventId: asked.sourceEventId,
  requestedBy: asked.requestedBy,
  revision: 0,
  requestedAt: asked.requestedAt,
  ...(asked.source !== undefined && { source: asked.source }),
});

/** The job of a meeting's first, automatic report. */
export const firstJobId = ({ instanceId, startsAt }: Pick<Meeting, 'instanceId' | 'startsAt'>, timeZone: string) =>
  `${dayOf(timeZone, startsAt)}/${instanceId}.0`;

/** The same request as another revision of its report. */
export const inRevision = (request: ReportRequest, revision: number): ReportRequest => ({
  ...request,
  revision,
  jobId: `${stem(request)}${revision}`,
});

/** The same request judged as HR wants: from a snapshot that is there already, by this policy, with these decisions. */
export const reviewed = (
  request: ReportRequest,
  review: Required<Pick<ReportRequest, 'snapshotOf' | 'policySha256' | 'decisions'>>,
): ReportRequest => ({ ...request, ...review, schemaVersion: decidedVersion });

/** The same request for rows fetched anew and the policy then in force; HR's decisions stay, and name whom they still can. */
export const refetched = (earlier: ReportRequest): ReportRequest => {
  const { snapshotOf: _, policySha256: __, decisions = [], ...request } = earlier;
  return decisions.length > 0
    ? { ...request, decisions: onNewRows(decisions, rowsOf(earlier)), schemaVersion: decidedVersion }
    : { ...request, schemaVersion: plainVersion(request.meeting) };
};

/** The request with what people wanted of the revision before it: a report whatever the policy's scope, and HR's decisions so far. */
export const inheriting = (request: ReportRequest, before: ReportRequest): ReportRequest => {
  const reason = isAutomatic(before.reason) ? request.reason : 'on-demand';
  const { decisions } = refetched(before);
  return decisions ? { ...request, reason, decisions, schemaVersion: decidedVersion } : { ...request, reason };
};

/** The job whose rows were fetched; a report judged anew has a copy of them, which is of no use once they are deleted. */
export const rowsOf = ({ jobId, snapshotOf = jobId }: ReportRequest): string => snapshotOf;

const decidedVersion = 4;

const plainVersion = ({ parts }: Meeting): 1 | 2 => (parts === undefined ? 1 : 2);

/** @throws {RangeError} When it is no job id, so that no text from outside ever chooses a key. */
export const keyOf = (jobId: string): string => {
  if (!jobIdForm.test(jobId)) throw new RangeError('jobId: expected <yyyy-mm-dd>/<instanceId>.<revision>');
  return `requests/${jobId}.json`;
};

/** null when the key is not one of a request. */
export const jobIdOfKey = (key: string): string | null => {
  const jobId = /^requests\/(.*)\.json$/.exec(key)?.[1];
  return jobId !== undefined && jobIdForm.test(jobId) ? jobId : null;
};

/** The `requests/` prefix of the bucket. */
export type RequestStore = {
  /** Of many that ask for one job the first is filed, the others find it filed; both are success. */
  file: (request: ReportRequest) => Promise<'filed' | 'already-filed'>;
  /** Files the request under the next revision that nobody has taken, with HR's decisions so far, and answers it as filed. */
  fileRerun: (request: ReportRequest) => Promise<ReportRequest>;
  /**
   * null when there is no such request.
   * @throws {StoreError} `CORRUPT` when the object is not the request that its key promises.
   */
  get: (jobId: string) => Promise<ReportRequest | null>;
  /** The revisions that are filed for the instance of this job, oldest first. */
  revisions: (jobId: string) => Promise<number[]>;
  /** The ids of the requests of one day (`yyyy-mm-dd`) in the order of their keys, at most `limit` (1–1000) after a job id. */
  listPage: (options: { day: string; after?: string; limit: number }) => Promise<{ jobIds: string[]; more: boolean }>;
  /** The ids of all requests of one day (`yyyy-mm-dd`), in the order of their keys. */
  list: (day: string) => Promise<string[]>;
  /** Writes the same bytes again, so that the bucket's event sends the job to the worker once more. */
  redrive: (jobId: string) => Promise<void>;
};

export const requestStore = (objects: ObjectStore): RequestStore => {
  const file: RequestStore['file'] = async (request) => {
    const bytes = new TextEncoder().encode(JSON.stringify(request));
    const outcome = await objects.put(keyOf(request.jobId), bytes, { contentType: 'application/json', when: 'absent' });
    return outcome.kind === 'written' ? 'filed' : 'already-filed';
  };
  const get: RequestStore['get'] = async (jobId) => {
    const key = keyOf(jobId);
    const object = await objects.get(key);
    if (object === null) return null;
    const request = parse(object.bytes, key);
    if (request.jobId !== jobId || jobId !== `${stem(request)}${request.revision}`) throw corrupt(key, 'jobId');
    return request;
  };
  const listPage: RequestStore['listPage'] = async ({ day, after, limit }) => {
    let from = after === undefined ? undefined : keyOf(after);
    for (;;) {
      const page = await objects.list({
        prefix: `requests/${day}/`,
        limit,
        ...(from !== undefined && { after: from }),
      });
      const jobIds = jobIdsOf(page.keys);
      // A page of nothing but foreign keys is not the end.
      if (jobIds.length > 0 || !page.more) return { jobIds, more: page.more };
      from = page.keys.at(-1);
    }
  };
  const revisions: RequestStore['revisions'] = async (jobId) => {
    const prefix = keyOf(jobId).replace(/\d+\.json$/, '');
    return jobIdsOf(await allKeys(objects, prefix))
      .map((each) => partsOf(each).revision)
      .sort((one, other) => one - other);
  };
  return {
    file,
    fileRerun: async (request) => {
      for (;;) {
        // Looked up anew for every try: what took the revision may be a decision, which must not be left behind.
        const newest = (await revisions(request.jobId)).at(-1) ?? -1;
        const before = newest < 0 ? null : await get(inRevision(request, newest).jobId);
        const rerun = inRevision(before ? inheriting(request, before) : request, newest + 1);
        if ((await file(rerun)) === 'filed') return rerun;
      }
    },
    revisions,
    get,
    listPage,
    list: async (day) => {
      const jobIds: string[] = [];
      for (let after: string | undefined, more = true; more; ) {
        const page = await listPage({ day, limit: 1000, ...(after !== undefined && { after }) });
        jobIds.push(...page.jobIds);
        after = page.jobIds.at(-1);
        more = page.more;
      }
      return jobIds;
    },
    redrive: async (jobId) => {
      const object = await objects.get(keyOf(jobId));
      if (object === null) return;
      await objects.put(keyOf(jobId), object.bytes, { contentType: 'application/json', when: 'any' });
    },
  };
};

/** The request; null when there is none, when it cannot be read, and when the text is no job id. */
export const readableRequest = async (
  requests: Pick<RequestStore, 'get'>,
  jobId: string,
): Promise<ReportRequest | null> => {
  try {
    return await unlessUnreadable(() => requests.get(jobId));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** The job id up to its revision. */
const stem = (request: ReportRequest): string => `${request.jobId.slice(0, 10)}/${request.meeting.instanceId}.`;

const jobIdsOf = (keys: readonly string[]): string[] => keys.map(jobIdOfKey).filter((jobId) => jobId !== null);

const verdict: z.ZodType<Verdict> = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['attended', 'partial', 'absent', 'not-required', 'excused']) }),
  z.object({ kind: z.literal('insufficient'), because: z.enum(['too-short', 'late', 'left-early']) }),
  z.object({
    kind: z.literal('undetermined'),
    because: z.enum(['ambiguous-presence', 'incomplete-data', 'no-times']),
  }),
]);

/** Keys that a newer version adds are ignored; a change that an older one must not misread gets a new schemaVersion. */
const requestSchema: z.ZodType<ReportRequest> = z.object({
  schemaVersion: z.literal([1, 2, 3, 4]),
  jobId: z.string(),
  meeting: z.object({
    instanceId: z.string(),
    meetingNo: z.string().regex(/^\d{9}$/),
    topic: z.string(),
    startsAt: z.int(),
    endsAt: z.int(),
    ownerOpenId: z.string(),
    parts: z
      .array(z.object({ instanceId: z.string(), startsAt: z.int(), endsAt: z.int() }))
      .min(2)
      .exactOptional(),
  }),
  reason: z.enum(['meeting-ended', 'on-demand', 'reconcile', 're-judged', 'decided']),
  sourceEventId: z.string(),
  requestedBy: z.string(),
  revision: z.int(),
  requestedAt: z.int(),
  source: z.number().exactOptional(),
  snapshotOf: z.string().regex(jobIdForm).exactOptional(),
  policySha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
  decisions: z
    .array(
      z.object({
        person: z.string().min(1),
        verdict: z.enum(decidable).nullable(),
        reason: z.string(),
        by: z.object({ openId: z.string(), name: z.string() }),
        at: z.int(),
        beside: verdict.exactOptional(),
        saidOf: z.string().regex(jobIdForm).exactOptional(),
      }),
    )
    .exactOptional(),
});

const parse = (bytes: Uint8Array, key: string): ReportRequest => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw corrupt(key, 'JSON'); // Without the cause: its message quotes the text.
  }
  const parsed = requestSchema.safeParse(value);
  if (!parsed.success) throw corrupt(key, parsed.error.issues.map((issue) => issue.path.join('.')).join(' '));
  const request = parsed.data;
  const isReviewed = [request.snapshotOf, request.policySha256, request.decisions].some((said) => said !== undefined);
  const versions = isReviewed ? [3, decidedVersion] : [plainVersion(request.meeting)];
  if (!versions.includes(request.schemaVersion)) throw corrupt(key, 'schemaVersion');
  return request;
};

const corrupt = (key: string, fields: string): StoreError =>
  new StoreError('CORRUPT', `${key} is not a request this version reads (${fields}): move it away and file it anew.`);

/** Keeps an authentic push that cannot be read, once however often it is pushed: the key is the SHA-256 of the text. */
export const quarantineStore =
  (objects: ObjectStore) =>
  async (plaintext: string): Promise<'quarantined' | 'already-quarantined'> => {
    const bytes = new TextEncoder().encode(plaintext);
    const key = `quarantine/${createHash('sha256').update(bytes).digest('hex')}.json`;
    const outcome = await objects.put(key, bytes, { contentType: 'application/json', when: 'absent' });
    return outcome.kind === 'written' ? 'quarantined' : 'already-quarantined';
  };
