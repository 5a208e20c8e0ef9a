import type { Room } from '../domain/attendees.ts';
import type { Report } from '../domain/report.ts';
import type { Judged } from '../domain/verdict.ts';

const orNull = (text: string): string | null => (text === '' ? null : text);

const attendee = (person: Judged) => ({
  identity: person.identity,
  name: orNull(person.name),
  department: orNull(person.department),
  employeeId: orNull(person.employeeId),
  email: orNull(person.email),
  userId: orNull(person.userId),
  external: person.external,
  reply: person.reply,
  expectation: person.expectation,
  joined: person.joined,
  firstJoin: person.firstJoin,
  lastLeave: person.lastLeave,
  certainSeconds: person.certainSeconds,
  possibleSeconds: person.possibleSeconds,
  requiredSeconds: person.requiredSeconds,
  verdict: person.verdict.kind,
  reason: 'because' in person.verdict ? person.verdict.because : null,
  flags: person.flags,
});

const room = ({ name, meetingRoomId, joinedAt, leftAt, connectedSeconds }: Room) => ({
  name: orNull(name),
  meetingRoomId,
  firstJoin: joinedAt,
  lastLeave: leftAt,
  connectedSeconds,
});

/** A report as plain JSON for scripts: Unix seconds, `null` for nothing, attendees in the order of their first row. */
export const toResult = ({ meeting, policy, snapshot, summary, judged, rooms }: Report) => ({
  meeting: {
    instanceId: meeting.instanceId,
    meetingNo: meeting.meetingNo,
    topic: meeting.topic,
    startTime: meeting.startsAt,
    endTime: meeting.endsAt,
    ownerOpenId: orNull(meeting.ownerOpenId),
  },
  policy: { name: policy.policy.name, sha256: policy.sha256 },
  snapshot: { pages: snapshot.pages, rows: snapshot.participants.length, complete: snapshot.complete },
  summary,
  attendees: judged.map(attendee),
  rooms: rooms.map(room),
});
