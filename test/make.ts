/** Small values for tests: each says only what its test is about, and the rest is one ordinary hour-long meeting. */
import { type Attendee, attendeesOf, type Room, roomsOf } from '../src/domain/attendees.ts';
import type { Decision } from '../src/domain/decisions.ts';
import { byIdentity } from '../src/domain/identity.ts';
import type { Meeting, Participant, Snapshot } from '../src/domain/meeting.ts';
import { defaultPolicy, type Policy, type Rules } from '../src/domain/policy.ts';
import { type Provenance, type Report, toReport } from '../src/domain/report.ts';
import type { Judged } from '../src/domain/verdict.ts';

/** The people and the rooms of some rows. */
export const toAttendees = (participants: readonly Participant[], meeting: Meeting) => {
  const grouped = byIdentity(participants);
  return { attendees: [...attendeesOf({ participants, meeting, grouped })], rooms: roomsOf({ participants, grouped }) };
};

/** 2026-11-16 09:00:00 in Shanghai. */
const START = Date.UTC(2026, 10, 16, 1) / 1000;

/** The moment so many minutes after the ordinary meeting's start. */
export const minute = (minutes: number): number => START + minutes * 60;

export const meeting = (over: Partial<Meeting> = {}): Meeting => ({
  instanceId: '6911188411934433028',
  meetingNo: '235812466',
  topic: 'Weekly',
  startsAt: minute(0),
  endsAt: minute(60),
  ownerOpenId: 'ou_owner',
  ...over,
});

/** A row of somebody who accepted and stayed the whole meeting on one device. */
export const participant = (over: Partial<Participant> = {}): Participant => ({
  name: 'Person 1',
  department: 'Sales',
  userId: 'ou_1',
  meetingRoomId: '',
  employeeId: 'E001',
  email: 'person.1@example.com',
  device: 'Windows',
  appVersion: '7.1.0',
  networkType: 'wifi',
  protocol: 'udp',
  rtcProxy: false,
  audio: true,
  video: false,
  sharing: false,
  joinedAt: minute(0),
  leftAt: minute(60),
  connectedSeconds: 3600,
  leaveReason: '',
  reply: 'accepted',
  external: false,
  webinarRole: '',
  ...over,
});

/** An invitee who never joined. */
export const absentee = (over: Partial<Participant> = {}): Participant =>
  participant({ joinedAt: null, leftAt: null, connectedSeconds: null, ...over });

/** A row of a Rooms device. */
export const roomRow = (over: Partial<Participant> = {}): Participant =>
  participant({ name: 'Room A', userId: '', employeeId: '', email: '', meetingRoomId: 'omm_1', ...over });

/** A sealed snapshot of one row. */
export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  participants: [participant()],
  complete: true,
  proof: 'counts',
  pages: 1,
  reads: 1,
  calls: 2,
  fetchedAt: minute(65),
  announced: null,
  webinar: false,
  ...over,
});

/** The attendee that `participant()` alone makes. */
export const attendee = (over: Partial<Attendee> = {}): Attendee => ({
  identity: 'u:ou_1',
  name: 'Person 1',
  department: 'Sales',
  employeeId: 'E001',
  email: 'person.1@example.com',
  userId: 'ou_1',
  external: false,
  reply: 'accepted',
  joined: true,
  firstJoin: minute(0),
  lastLeave: minute(60),
  certainSeconds: 3600,
  possibleSeconds: 3600,
  flags: [],
  rows: [0],
  ...over,
});

export const room = (over: Partial<Room> = {}): Room => ({
  name: 'Room A',
  meetingRoomId: 'omm_1',
  joinedAt: minute(0),
  leftAt: minute(60),
  connectedSeconds: 3600,
  row: 0,
  ...over,
});

/** The default policy's rules, with some replaced. */
export const rules = (over: Partial<Rules> = {}): Rules => {
  const { minimum, partial, expectations, late, leftEarly, externals } = defaultPolicy;
  return { minimum, partial, expectations, late, leftEarly, externals, ...over };
};

export const policy = (over: Partial<Policy> = {}): Policy => ({ ...defaultPolicy, ...over });

/** `attendee()` judged by the default policy. */
export const judged = (over: Partial<Judged> = {}): Judged => ({
  ...attendee(),
  expectation: 'required',
  verdict: { kind: 'attended' },
  flags: [],
  requiredSeconds: 2700,
  lateSeconds: 0,
  leftEarlySeconds: 0,
  ...over,
});

export const provenance = (over: Partial<Provenance> = {}): Provenance => ({
  jobId: '2026-11-16/6911188411934433028.0',
  reason: 'meeting-ended',
  sourceEventId: '5e3702a84e847582be8db7fb73283c02',
  requestedBy: '',
  appVersion: '0.1.0',
  ...over,
});

/** What HR decided of the ordinary person two hours after the meeting began. */
export const decision = (over: Partial<Decision> = {}): Decision => ({
  person: 'u:ou_1',
  verdict: 'excused',
  reason: 'on a business trip',
  by: { openId: 'ou_hr', name: 'Li Na' },
  at: minute(120),
  ...over,
});

/** The report of `meeting()` and `snapshot()` under the default policy, with parts replaced as given (nothing is judged again). */
export const report = (over: Partial<Report> = {}): Report => ({
  ...toReport({
    meeting: over.meeting ?? meeting(),
    snapshot: over.snapshot ?? snapshot(),
    policy: over.policy ?? { policy: defaultPolicy, sha256: '0'.repeat(64) },
    provenance: over.provenance ?? provenance(),
    decisions: over.decisions ?? [],
  }),
  ...over,
});
