import type { Meeting, Participant, Snapshot } from '../../../domain/meeting.ts';
import { defaultPolicy } from '../../../domain/policy.ts';
import { type Report, type Told, toReport } from '../../../domain/report.ts';
import type { Sequence } from '../../../domain/sequence.ts';
import type { Judged } from '../../../domain/verdict.ts';

/** A made-up town hall: anybody by number, always the same, so that nobody needs to hold them all. */

export const LOCALE = 'zh';
export const TIME_ZONE = 'Asia/Shanghai';

const startsAt = Date.UTC(2026, 10, 16, 1) / 1000;
const endsAt = startsAt + 3600;

const meeting: Meeting = {
  instanceId: '6911188411934433028',
  meetingNo: '235812466',
  topic: '全员大会',
  startsAt,
  endsAt,
  ownerOpenId: 'ou_0',
};

const FAMILY = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗'];
const GIVEN = ['伟', '芳', '秀英', '敏', '静', '丽', '强', '磊', '洋', '艳', '勇', '军', '杰', '娟', '涛', '明', '超'];
const DEPARTMENTS = ['销售部', '研发部', '人力资源部', '财务部', '法务部', '市场部', '客户成功部', 'R&D Platform'];

const THREE = Array.from({ length: 1000 }, (_, index) => String(index).padStart(3, '0'));
/** Nine digits, put together: to spell numbers would cost more than all else here, and leave more behind. */
const digits = (number: number): string =>
  `${THREE[Math.floor(number / 1e6) % 1000]}${THREE[Math.floor(number / 1000) % 1000]}${THREE[number % 1000]}`;

/** Of fifty: two never came, three left early, three came late, one's time is not known, one had not replied and left early; all others stayed. */
const PATTERNS = 50;

export const participantAt = (index: number): Participant => {
  const pattern = index % PATTERNS;
  const absent = pattern < 2;
  const late = pattern >= 5 && pattern < 8 ? 600 : index % 240;
  const stayed = (pattern >= 2 && pattern < 5) || pattern === 9 ? 900 : 3600;
  return {
    name: `${FAMILY[index % 20]}${GIVEN[index % 17]}${THREE[index % 1000]}`,
    department: DEPARTMENTS[index % 8] as string,
    userId: `ou_${digits((index * 7_919) % 1e9)}${digits(index)}`,
    meetingRoomId: '',
    employeeId: digits(index),
    email: `user${digits(index)}@example.com`,
    device: index % 3 === 0 ? 'iPhone 15' : 'Windows',
    appVersion: '7.21.5',
    networkType: 'wifi',
    protocol: 'udp',
    rtcProxy: false,
    audio: index % 2 === 0,
    video: index % 5 === 0,
    sharing: false,
    joinedAt: absent ? null : startsAt + late,
    leftAt: absent ? null : startsAt + stayed,
    connectedSeconds: absent || pattern === 8 ? null : stayed - late,
    leaveReason: absent ? '' : '1',
    reply: pattern === 9 ? 'noResponse' : 'accepted',
    external: false,
    webinarRole: '',
  };
};

/** The judged report of a few, for what does not grow with them. */
export const reportOf = (participants: readonly Participant[]): Report => {
  const snapshot: Snapshot = {
    participants,
    complete: true,
    proof: 'counts',
    pages: Math.ceil(participants.length / 100),
    reads: 1,
    calls: 1 + Math.ceil(participants.length / 100),
    fetchedAt: endsAt + 300,
    announced: null,
    webinar: false,
  };
  return toReport({
    meeting,
    snapshot,
    policy: { policy: defaultPolicy, sha256: '0'.repeat(64) },
    provenance: {
      jobId: '2026-11-16/6911188411934433028.0',
      reason: 'meeting-ended',
      sourceEventId: '5e3702a84e847582be8db7fb73283c02',
      requestedBy: '',
      appVersion: '0.1.0',
    },
  });
};

const JUDGED = reportOf(Array.from({ length: PATTERNS }, (_, index) => participantAt(index))).judged;

/** What `judge` says of `participantAt(index)`, without its cost. */
export const judgedAt = (index: number): Judged => {
  const { name, department, userId, employeeId, email, joinedAt, connectedSeconds } = participantAt(index);
  const alike = JUDGED[index % PATTERNS] as Judged;
  const known = connectedSeconds ?? alike.certainSeconds;
  return {
    ...alike,
    identity: `u:${userId}`,
    name,
    department,
    userId,
    employeeId,
    email,
    firstJoin: joinedAt,
    certainSeconds: known,
    possibleSeconds: connectedSeconds ?? (joinedAt === null ? 0 : endsAt - joinedAt),
    rows: [index],
  };
};

const each = <T>(length: number, at: (index: number) => T): Sequence<T> => ({
  length,
  *[Symbol.iterator]() {
    for (let index = 0; index < length; index++) yield at(index);
  },
});

/** A report whose people are made up one by one, as they are asked for; the sums are those of the first. */
export const toldOf = (count: number): Told => {
  const report = reportOf(Array.from({ length: Math.min(count, PATTERNS) }, (_, index) => participantAt(index)));
  return {
    ...report,
    judged: each(count, judgedAt),
    snapshot: { ...report.snapshot, participants: each(count, participantAt) },
  };
};
