import type { Participant } from './meeting.ts';

/** `u:`user_id, `e:`employee_id or `m:`email; null when the row stands alone. */
export const identityOf = ({ userId, employeeId, email }: Participant): string | null => {
  if (userId !== '') return `u:${userId}`;
  if (employeeId !== '') return `e:${employeeId}`;
  return email === '' ? null : `m:${email.toLowerCase()}`;
};

/** Whose each row is, by indexes of rows. */
export type Grouped = {
  /** The rows of each person by identity, in the order of their first; one that stands alone is under its own index. */
  people: ReadonlyMap<string | number, readonly number[]>;
  /** Rows of Rooms devices: they have a room id and no identity. */
  rooms: readonly number[];
};

/** Brings the rows of each person together, by id and never by name: names repeat. */
export const byIdentity = (participants: readonly Participant[]): Grouped => {
  const people = new Map<string | number, number[]>();
  const rooms: number[] = [];
  participants.forEach((row, index) => {
    const identity = identityOf(row);
    if (identity === null && row.meetingRoomId !== '') {
      rooms.push(index);
      return;
    }
    const own = people.get(identity ?? index);
    if (own === undefined) people.set(identity ?? index, [index]);
    else own.push(index);
  });
  return { people, rooms };
};
