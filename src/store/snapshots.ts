import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Meeting, Participant, Snapshot } from '../domain/meeting.ts';
import { type ObjectStore, StoreError } from './objects.ts';

const text = z.string();
const seconds = z.number().nullable();
const counted = z.number().nullable();

export const participant = z.object({
  name: text,
  department: text,
  userId: text,
  meetingRoomId: text,
  employeeId: text,
  email: text,
  device: text,
  appVersion: text,
  networkType: text,
  protocol: text,
  rtcProxy: z.boolean(),
  audio: z.boolean(),
  video: z.boolean(),
  sharing: z.boolean(),
  joinedAt: seconds,
  leftAt: seconds,
  connectedSeconds: seconds,
  leaveReason: text,
  reply: z.enum(['accepted', 'tentative', 'declined', 'noResponse', 'unknown']),
  external: z.boolean(),
  webinarRole: text,
  unreadable: z
    .object({ joinTime: text.exactOptional(), leaveTime: text.exactOptional(), timeInMeeting: text.exactOptional() })
    .exactOptional(),
  detail: z
    .object({
      phone: text,
      publicIp: text,
      internalIp: text,
      location: text,
      microphone: text,
      speaker: text,
      camera: text,
    })
    .exactOptional(),
  part: z.number().exactOptional(),
}) satisfies z.ZodType<Participant>;

export const announced = z.object({ participants: counted, devices: counted, viewers: counted });

const snapshotSchema = z.object({
  participants: z.array(participant),
  complete: z.boolean(),
  // Snapshots of an earlier version say nothing of proof, reads and calls.
  proof: z.enum(['counts', 'two-reads']).nullable().default(null),
  pages: z.number(),
  reads: z.number().default(1),
  calls: z.number().nullable().default(null),
  fetchedAt: z.number(),
  announced: announced.nullable(),
  webinar: z.boolean(),
}) satisfies z.ZodType<Snapshot>;

/** The meeting lies beside its rows so that a person can read the file alone; the job's own copy is what is judged. */
const fileSchema = z.object({ schemaVersion: z.literal(1), meeting: z.looseObject({}), snapshot: snapshotSchema });

const keyOf = (jobId: string): string => `snapshots/${jobId}.json.gz`;

const unpack = (key: string, bytes: Uint8Array): Snapshot => {
  try {
    return fileSchema.parse(JSON.parse(gunzipSync(bytes).toString('utf8'))).snapshot;
  } catch (error) {
    // The places alone: a parser's own words may quote the data.
    const places = error instanceof z.ZodError ? error.issues.map((issue) => issue.path.join('.')).slice(0, 5) : [];
    throw new StoreError('CORRUPT', `${key}: ${places.join(', ') || 'not gzipped JSON'}`);
  }
};

/** The `snapshots/` prefix of the bucket: the rows of a job as they were first fetched. */
export type SnapshotStore = {
  /**
   * null when none was saved yet.
   * @throws {StoreError} `CORRUPT` naming the key.
   */
  get: (jobId: string) => Promise<Snapshot | null>;
  /** Keeps the first snapshot saved for a job and returns the one that is kept. */
  save: (jobId: string, meeting: Meeting, snapshot: Snapshot) => Promise<Snapshot>;
};

export const snapshotStore = (objects: ObjectStore): SnapshotStore => {
  const get: SnapshotStore['get'] = async (jobId) => {
    const found = await objects.get(keyOf(jobId));
    return found && unpack(keyOf(jobId), found.bytes);
  };
  return {
    get,
    save: async (jobId, meeting, snapshot) => {
      const bytes = gzipSync(JSON.stringify({ schemaVersion: 1, meeting, snapshot }));
      const outcome = await objects.put(keyOf(jobId), bytes, { contentType: 'application/gzip', when: 'absent' });
      if (outcome.kind === 'written') return snapshot;
      const kept = await get(jobId);
      if (kept === null) throw new StoreError('UNAVAILABLE', `${keyOf(jobId)} was there and is gone`);
      return kept;
    },
  };
};
