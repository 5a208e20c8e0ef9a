import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Meeting, Participant, Snapshot } from '../../src/domain/meeting.ts';
import { directoryObjects } from '../../src/store/directory.ts';
import type { ObjectStore } from '../../src/store/objects.ts';
import { snapshotStore } from '../../src/store/snapshots.ts';

let root = '';
let objects: ObjectStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-snapshots-'));
  objects = directoryObjects(root);
});
afterEach(() => rm(root, { recursive: true }));

const jobId = '2026-11-22/7.0';
const key = `snapshots/${jobId}.json.gz`;
const meeting: Meeting = {
  instanceId: '7',
  meetingNo: '123456789',
  topic: '周会',
  startsAt: 1_000,
  endsAt: 4_600,
  ownerOpenId: '',
};
const participant: Participant = {
  name: '王小明',
  department: '',
  userId: 'ou_1',
  meetingRoomId: '',
  employeeId: '',
  email: '',
  device: 'Mac',
  appVersion: '7.1',
  networkType: 'wifi',
  protocol: 'tcp',
  rtcProxy: false,
  audio: true,
  video: false,
  sharing: false,
  joinedAt: 1_000,
  leftAt: null,
  connectedSeconds: 60,
  leaveReason: '',
  reply: 'accepted',
  external: false,
  webinarRole: '',
};
const detail = {
  phone: '1',
  publicIp: '2',
  internalIp: '3',
  location: '4',
  microphone: '5',
  speaker: '6',
  camera: '7',
};
const snapshot: Snapshot = {
  participants: [participant, { ...participant, unreadable: { joinTime: 'soon' } }, { ...participant, detail }],
  complete: true,
  proof: 'two-reads',
  pages: 1,
  reads: 2,
  calls: 4,
  fetchedAt: 5_000,
  announced: { participants: 3, devices: null, viewers: 0 },
  webinar: false,
};

it('gives back every field of every row', async () => {
  const store = snapshotStore(objects);
  expect(await store.get(jobId)).toBeNull();
  expect(await store.save(jobId, meeting, snapshot)).toEqual(snapshot);
  expect(await store.get(jobId)).toEqual(snapshot);
});

it('keeps the first snapshot and gives it to whoever comes later', async () => {
  const store = snapshotStore(objects);
  await store.save(jobId, meeting, snapshot);
  expect(await store.save(jobId, meeting, { ...snapshot, participants: [], announced: null })).toEqual(snapshot);
  expect(await store.get(jobId)).toEqual(snapshot);
});

it('O5 of an earlier version says nothing of proof, reads and calls', async () => {
  const { proof, reads, calls, ...earlier } = snapshot;
  const bytes = gzipSync(JSON.stringify({ schemaVersion: 1, meeting, snapshot: earlier }));
  await objects.put(key, bytes, { contentType: 'application/gzip', when: 'any' });
  expect(await snapshotStore(objects).get(jobId)).toEqual({ ...snapshot, proof: null, reads: 1, calls: null });
});

it('is gzipped JSON with its schema version and meeting, the same bytes for the same rows', async () => {
  await snapshotStore(objects).save(jobId, meeting, snapshot);
  const bytes = await readFile(join(root, key));
  expect(JSON.parse(gunzipSync(bytes).toString('utf8'))).toEqual({ schemaVersion: 1, meeting, snapshot });
  const other = '2026-11-22/8.0';
  await snapshotStore(objects).save(other, meeting, snapshot);
  expect(await readFile(join(root, `snapshots/${other}.json.gz`))).toEqual(bytes);
  expect(bytes.readUInt32LE(4)).toBe(0); // Gzip's own time stamp.
});

it.each([
  ['not gzipped', Buffer.from('{}'), 'not gzipped JSON'],
  ['cut off', gzipSync(JSON.stringify({ schemaVersion: 1, meeting, snapshot })).subarray(0, 100), 'not gzipped JSON'],
  ['of a newer schema', gzipSync(JSON.stringify({ schemaVersion: 2, meeting, snapshot })), 'schemaVersion'],
  [
    'with a row that cannot be judged',
    gzipSync(
      JSON.stringify({
        schemaVersion: 1,
        meeting,
        snapshot: { ...snapshot, participants: [{ ...participant, joinedAt: '王小明' }] },
      }),
    ),
    'snapshot.participants.0.joinedAt',
  ],
])('J4 O1 a snapshot %s is corrupt: the error names key and place, and quotes nothing', async (_, bytes, place) => {
  await objects.put(key, bytes, { contentType: 'application/gzip', when: 'any' });
  await expect(snapshotStore(objects).get(jobId)).rejects.toMatchObject({
    code: 'CORRUPT',
    message: `${key}: ${place}`,
  });
});
