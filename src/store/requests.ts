import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Meeting } from '../domain/meeting.ts';
import { dayOf } from '../domain/zone.ts';
import { type ObjectStore, StoreError } from './objects.ts';

/** One report to make: dedupe, outbox and audit record in one immutable object. */
export type ReportRequest = {
  /** 2 for a restarted meeting: a version that knows no parts must not ask Feishu for the whole as if it were one. */
  schemaVersion: 1 | 2;
  /** `<yyyy-mm-dd>/<instanceId>.<revision>`, the day of the meeting's start in the report time zone. */
  jobId: string;
  meeting: Meeting;
  reason: 'meeting-ended' | 'on-demand' | 'reconcile';
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
};

/** What whoever asks has to say; the rest follows from it. */
type Asked = Pick<ReportRequest, 'meeting' | 'reason' | 'sourceEventId' | 'requestedBy' | 'requestedAt' | 'source'>;

/** The request of revision 0. Its bytes depend on nothing but what is passed in. */
export const toRequest = (asked: Asked, timeZone: string): ReportRequest => ({
  schemaVersion: asked.meeting.parts === undefined ? 1 : 2,
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

const jobIdForm = /^\d{4}-\d{2}-\d{2}\/[\w-]{1,64}\.(?:0|[1-9]\d{0,8})$/;

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

/** What a job id is made of; only for one that a store gave. */
export const partsOf = (jobId: string): { day: string; instanceId: string; revision: number } => {
  const [day = '', name = ''] = jobId.split('/');
  const [instanceId = '', revision = ''] = name.split('.');
  return { day, instanceId, revision: Number(revision) };
};

/** The `requests/` prefix of the bucket. */
export type RequestStore = {
  /** Of many that ask for one job the first is filed, the others find it filed; both are success. */
  file: (request: ReportRequest) => Promise<'filed' | 'already-filed'>;
  /** Files the request under the next revision that nobody has taken, and answers it as filed. */
  fileRerun: (request: ReportRequest) => Promise<ReportRequest>;
  /**
   * null when there is no such request.
   * @throws {StoreError} `CORRUPT` when the object is not the request that its key promises.
   */
  get: (jobId: string) => Promise<ReportRequest | null>;
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
  return {
    file,
    fileRerun: async (request) => {
      for (let revision = await freeRevision(objects, request); ; revision += 1) {
        const rerun = inRevision(request, revision);
        if ((await file(rerun)) === 'filed') return rerun;
      }
    },
    get: async (jobId) => {
      const key = keyOf(jobId);
      const object = await objects.get(key);
      if (object === null) return null;
      const request = parse(object.bytes, key);
      if (request.jobId !== jobId || jobId !== `${stem(request)}${request.revision}`) throw corrupt(key, 'jobId');
      return request;
    },
    list: async (day) => {
      const jobIds: string[] = [];
      for (let after: string | undefined, more = true; more; ) {
        const page = await objects.list({ prefix: `requests/${day}/`, ...(after !== undefined && { after }) });
        jobIds.push(...jobIdsOf(page.keys));
        after = page.keys.at(-1);
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

/** The job id up to its revision. */
const stem = (request: ReportRequest): string => `${request.jobId.slice(0, 10)}/${request.meeting.instanceId}.`;

const jobIdsOf = (keys: readonly string[]): string[] => keys.map(jobIdOfKey).filter((jobId) => jobId !== null);

/** One more than the last revision listed; keys come in byte order, so 10 lies before 9. */
const freeRevision = async (objects: ObjectStore, request: ReportRequest): Promise<number> => {
  const { keys } = await objects.list({ prefix: `requests/${stem(request)}` });
  const revisions = jobIdsOf(keys).map((jobId) => partsOf(jobId).revision);
  return Math.max(-1, ...revisions) + 1;
};

/** Keys that a newer version adds are ignored; a change that an older one must not misread gets a new schemaVersion. */
const requestSchema: z.ZodType<ReportRequest> = z.object({
  schemaVersion: z.literal([1, 2]),
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
  reason: z.enum(['meeting-ended', 'on-demand', 'reconcile']),
  sourceEventId: z.string(),
  requestedBy: z.string(),
  revision: z.int(),
  requestedAt: z.int(),
  source: z.number().exactOptional(),
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
  if ((request.schemaVersion === 2) !== (request.meeting.parts !== undefined)) throw corrupt(key, 'schemaVersion');
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
