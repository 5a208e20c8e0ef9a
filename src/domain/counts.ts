import { identityOf } from './attendees.ts';
import type { Announced, Participant } from './meeting.ts';

/** Feishu does not say whether its numbers contain Rooms devices and the audience of a webinar, so these are counted apart. */
type Count = { people: number; rooms: number; viewers: number };

/** Who joined, and on how many devices. Rows that never joined are invitees, not participants. */
export type Counted = { participants: Count; devices: Count };

export const countJoined = (rows: readonly Participant[]): Counted => {
  const participants = new Map<string | number, keyof Count>();
  const devices: Count = { people: 0, rooms: 0, viewers: 0 };
  for (const [index, row] of rows.entries()) {
    if (row.joinedAt === null) continue;
    const identity = identityOf(row);
    const isRoom = identity === null && row.meetingRoomId !== '';
    const kind = isRoom ? 'rooms' : row.webinarRole === '3' ? 'viewers' : 'people';
    const key = isRoom ? `room:${row.meetingRoomId}` : (identity ?? index);
    devices[kind] += 1;
    // A panellist who also watched is no viewer.
    if (kind !== 'viewers' || !participants.has(key)) participants.set(key, kind);
  }
  const kinds = [...participants.values()];
  const of = (kind: keyof Count): number => kinds.filter((each) => each === kind).length;
  return { participants: { people: of('people'), rooms: of('rooms'), viewers: of('viewers') }, devices };
};

/**
 * What announced numbers say of a list. `reached`: nobody is missing · `short`: somebody is missing, or Feishu counts what we
 * do not know of · `unclear`: it depends on whether rooms and viewers are counted, or nothing usable was announced.
 */
export type Standing = 'reached' | 'short' | 'unclear';

/** More than announced is no fault. A zero beside somebody who joined is a number that Feishu has not worked out yet. */
const standingOf = (announced: number | null, least: number, ...others: readonly number[]): Standing => {
  const most = Math.max(least, ...others);
  if (announced === null || (announced === 0 && most > 0)) return 'unclear';
  if (least >= announced || others.includes(announced)) return 'reached';
  return announced > most ? 'short' : 'unclear';
};

/** With people alone the number must be reached; with rooms or viewers it must be met exactly, or they could stand in for people. */
const inAnyReading = (announced: number | null, { people, rooms, viewers }: Count): Standing =>
  standingOf(announced, people, people + rooms, people + viewers, people + rooms + viewers);

export const compare = (announced: Announced | null, { participants, devices }: Counted): Standing => {
  if (announced === null) return 'unclear';
  const standings = [inAnyReading(announced.participants, participants), inAnyReading(announced.devices, devices)];
  if (announced.viewers !== null) standings.push(standingOf(announced.viewers, participants.viewers, devices.viewers));
  if (standings.includes('short')) return 'short';
  return standings.includes('unclear') ? 'unclear' : 'reached';
};
