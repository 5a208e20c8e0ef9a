import type { Meeting, Participant, Reply } from './meeting.ts';

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

export declare const toAttendees: (
  participants: readonly Participant[],
  meeting: Meeting,
) => { attendees: Attendee[]; rooms: Room[] };
