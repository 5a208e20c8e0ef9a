import { byIdentity, type Grouped } from './identity.ts';
import { type Meeting, type Participant, type Reply, replies } from './meeting.ts';
import { certainSeconds, possibleSeconds, type Span } from './presence.ts';
import { countOf } from './sequence.ts';
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
  /** As `identityOf` gives it; null when the row stands alone. */
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

type Rows = { participants: readonly Participant[]; meeting: Meeting; grouped: Grouped };

/**
 * One attendee for each person, in the order of their first row. They are made one by one, as they are asked for, so that
 * whoever needs them once does not hold them all.
 */
export function* attendeesOf({ participants, meeting, grouped: { people } }: Rows): Generator<Attendee> {
  const rowsAt = (indexes: readonly number[]) => indexes.map((index) => participants[index] as Participant);
  const doubtful = doubtfulNames(people, rowsAt);
  for (const [key, indexes] of people) {
    const identity = typeof key === 'string' ? key : null;
    yield toAttendee(identity, { indexes, rows: rowsAt(indexes), meeting, doubtful });
  }
}

/** In the order of their rows. */
export const roomsOf = ({ participants, grouped: { rooms } }: Omit<Rows, 'meeting'>): Room[] =>
  rooms.map((row) => {
    const { name, meetingRoomId, joinedAt, leftAt, connectedSeconds } = participants[row] as Participant;
    return { name, meetingRoomId, joinedAt, leftAt, connectedSeconds, row };
  });

/** People who may have been in the meeting, rooms not counted: of a row without times nobody knows. */
export const countPeople = (participants: readonly Participant[], meeting: Meeting): number =>
  countOf(
    attendeesOf({ participants, meeting, grouped: byIdentity(participants) }),
    ({ joined, possibleSeconds }) => joined || possibleSeconds > 0,
  );

/** Of each field the first value that is told, of several replies the best. */
const toAttendee = (
  identity: string | null,
  {
    indexes,
    rows,
    meeting,
    doubtful,
  }: { indexes: readonly number[]; rows: readonly Participant[]; meeting: Meeting; doubtful: ReadonlySet<string> },
): Attendee => {
  let [name, department, employeeId, email, userId] = ['', '', '', '', ''];
  let reply: Reply = 'unknown';
  const spans: Span[] = [];
  let firstJoin: number | null = null;
  let lastLeave: number | null = null;
  let unplacedSeconds = 0;
  const seen = { external: false, 'inconsistent-times': false, 'no-times': false, 'reply-conflict': false };
  for (const row of rows) {
    name ||= row.name;
    department ||= row.department;
    employeeId ||= row.employeeId;
    email ||= row.email;
    userId ||= row.userId;
    if (replies.indexOf(row.reply) < replies.indexOf(reply)) reply = row.reply;
    if (row.reply !== rows[0]?.reply) seen['reply-conflict'] = true;
    if (row.external) seen.external = true;
    const { span, flag, unplacedSeconds: unplaced } = timesOf(row, meeting);
    if (span !== null) {
      spans.push(span);
      firstJoin = Math.min(firstJoin ?? span.from, span.from);
      lastLeave = Math.max(lastLeave ?? span.to, span.to);
    }
    if (flag !== null) seen[flag] = true;
    unplacedSeconds += unplaced;
  }

  const flags: RowFlag[] = [];
  if (seen.external) flags.push('external');
  if (reply === 'unknown') flags.push('not-invited');
  if (seen['inconsistent-times']) flags.push('inconsistent-times');
  if (seen['no-times']) flags.push('no-times');
  if (seen['reply-conflict']) flags.push('reply-conflict');
  if (identity === null) flags.push('unidentified');
  if (doubtful.size > 0 && doubtful.has(folded(name))) flags.push('name-conflict');
  return {
    identity,
    name,
    department,
    employeeId,
    email,
    userId,
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

/** Names that somebody unidentified shares with somebody else, folded: the two may be one person. */
const doubtfulNames = (
  people: Grouped['people'],
  rowsAt: (indexes: readonly number[]) => readonly Participant[],
): ReadonlySet<string> => {
  const nameOf = (indexes: readonly number[]) => folded(rowsAt(indexes).find(({ name }) => name !== '')?.name ?? '');
  const borneUnidentified = new Set<string>();
  for (const [key, indexes] of people) if (typeof key === 'number') borneUnidentified.add(nameOf(indexes));
  borneUnidentified.delete('');
  const doubtful = new Set<string>();
  if (borneUnidentified.size === 0) return doubtful;
  const met = new Set<string>();
  for (const indexes of people.values()) {
    const name = nameOf(indexes);
    if (met.has(name) && borneUnidentified.has(name)) doubtful.add(name);
    met.add(name);
  }
  return doubtful;
};

/** The name without regard to case, also where one letter becomes two (ß and ẞ, SS). */
const folded = (name: string): string => name.toLowerCase().toUpperCase().toLowerCase();
