import { type Meeting, type Participant, type Reply, replies } from './meeting.ts';
import { certainSeconds, possibleSeconds, type Span } from './presence.ts';
import { timesOf } from './times.ts';

/** Facts about the rows of one person that do not depend on the policy. */
export type RowFlag =
  | 'external'
  | 'not-invited'
  | 'inconsistent-times'
  | 'no-times'
  | 'reply-conflict'
  | 'name-conflict'
  | 'unidentified';

/** One person, their rows together. */
export type Attendee = {
  /** `u:`user_id, `e:`employee_id or `m:`email; null when the row stands alone. */
  identity: string | null;
  name: string;
  department: string;
  employeeId: string;
  email: string;
  userId: string;
  external: boolean;
  reply: Reply;
  joined: boolean;
  firstJoin: number | null;
  lastLeave: number | null;
  certainSeconds: number;
  possibleSeconds: number;
  flags: readonly RowFlag[];
  /** Indexes of the person's rows in the snapshot, in its order. */
  rows: readonly number[];
};

/** A Rooms device: listed, never judged, for it proves nothing about who sat in it. */
export type Room = {
  name: string;
  meetingRoomId: string;
  joinedAt: number | null;
  leftAt: number | null;
  connectedSeconds: number | null;
  /** Index of the row in the snapshot. */
  row: number;
};

/**
 * Brings the rows of each person together, by id and never by name: names repeat.
 * @returns Attendees and rooms in the order of their first row.
 */
export const toAttendees = (
  participants: readonly Participant[],
  meeting: Meeting,
): { attendees: Attendee[]; rooms: Room[] } => {
  /** Rows by identity; a row without one stands alone under its own index. */
  const people = new Map<string | number, { indexes: number[]; rows: Participant[] }>();
  const rooms: Room[] = [];
  let index = -1;
  for (const participant of participants) {
    index += 1;
    const identity = identityOf(participant);
    if (identity === null && participant.meetingRoomId !== '') {
      rooms.push(toRoom(participant, index));
      continue;
    }
    const person = people.get(identity ?? index);
    if (person === undefined) people.set(identity ?? index, { indexes: [index], rows: [participant] });
    else {
      person.indexes.push(index);
      person.rows.push(participant);
    }
  }
  const attendees: Attendee[] = [];
  for (const [key, { indexes, rows }] of people) {
    attendees.push(toAttendee(typeof key === 'string' ? key : null, { indexes, rows, meeting }));
  }
  return { attendees: withNameConflicts(attendees), rooms };
};

/** People who may have been in the meeting, rooms not counted: of a row without times nobody knows. */
export const countPeople = (participants: readonly Participant[], meeting: Meeting): number =>
  toAttendees(participants, meeting).attendees.filter((each) => each.joined || each.possibleSeconds > 0).length;

/** null when the row stands alone. */
export const identityOf = ({ userId, employeeId, email }: Participant): string | null => {
  if (userId !== '') return `u:${userId}`;
  if (employeeId !== '') return `e:${employeeId}`;
  return email === '' ? null : `m:${email.toLowerCase()}`;
};

const toRoom = ({ name, meetingRoomId, joinedAt, leftAt, connectedSeconds }: Participant, row: number): Room => ({
  name,
  meetingRoomId,
  joinedAt,
  leftAt,
  connectedSeconds,
  row,
});

type Field = 'name' | 'department' | 'employeeId' | 'email' | 'userId';

/** The first that is told. */
const firstOf = (rows: readonly Participant[], field: Field): string => {
  for (const row of rows) if (row[field] !== '') return row[field];
  return '';
};

const toAttendee = (
  identity: string | null,
  { indexes, rows, meeting }: { indexes: readonly number[]; rows: readonly Participant[]; meeting: Meeting },
): Attendee => {
  const spans: Span[] = [];
  let firstJoin: number | null = null;
  let lastLeave: number | null = null;
  const seen = { external: false, 'inconsistent-times': false, 'no-times': false };
  let unplacedSeconds = 0;
  let replyRank = replies.length - 1;
  let replyConflict = false;
  for (const participant of rows) {
    const times = timesOf(participant, meeting);
    if (times.span !== null) {
      const { from, to } = times.span;
      spans.push(times.span);
      firstJoin = Math.min(firstJoin ?? from, from);
      lastLeave = Math.max(lastLeave ?? to, to);
    }
    if (times.flag !== null) seen[times.flag] = true;
    if (participant.external) seen.external = true;
    unplacedSeconds += times.unplacedSeconds;
    replyRank = Math.min(replyRank, replies.indexOf(participant.reply));
    replyConflict ||= participant.reply !== rows[0]?.reply;
  }
  const reply = replies[replyRank] ?? 'unknown';

  const flags: RowFlag[] = [];
  if (seen.external) flags.push('external');
  if (reply === 'unknown') flags.push('not-invited');
  if (seen['inconsistent-times']) flags.push('inconsistent-times');
  if (seen['no-times']) flags.push('no-times');
  if (replyConflict) flags.push('reply-conflict');
  if (identity === null) flags.push('unidentified');
  return {
    identity,
    name: firstOf(rows, 'name'),
    department: firstOf(rows, 'department'),
    employeeId: firstOf(rows, 'employeeId'),
    email: firstOf(rows, 'email'),
    userId: firstOf(rows, 'userId'),
    external: seen.external,
    reply,
    joined: spans.length > 0,
    firstJoin,
    lastLeave,
    certainSeconds: certainSeconds(spans),
    possibleSeconds: possibleSeconds(spans) + unplacedSeconds,
    flags,
    rows: indexes,
  };
};

/** Flags everyone who shares a name with somebody unidentified: the two may be one person. */
const withNameConflicts = (attendees: readonly Attendee[]): Attendee[] => {
  const borneUnidentified = new Set<string>();
  for (const { name, identity } of attendees) if (name !== '' && identity === null) borneUnidentified.add(folded(name));
  if (borneUnidentified.size === 0) return [...attendees];
  const bearers = new Map<string, number>();
  for (const { name } of attendees) bearers.set(folded(name), (bearers.get(folded(name)) ?? 0) + 1);
  return attendees.map((attendee) => {
    const key = folded(attendee.name);
    const conflict = borneUnidentified.has(key) && (bearers.get(key) ?? 0) > 1;
    return conflict ? { ...attendee, flags: [...attendee.flags, 'name-conflict'] } : attendee;
  });
};

/** The name without regard to case, also where one letter becomes two (ß and ẞ, SS). */
const folded = (name: string): string => name.toLowerCase().toUpperCase().toLowerCase();
