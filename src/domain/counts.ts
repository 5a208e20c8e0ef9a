import { byIdentity, type Grouped } from './identity.ts';
import type { Announced, Participant } from './meeting.ts';

/** Feishu does not say whether its numbers contain Rooms devices and the audience of a webinar, so these are counted apart. */
type Count = { people: number; rooms: number; viewers: number };

/** Who joined, and on how many devices. Rows that never joined are invitees, not participants. */
export type Counted = { participants: Count; devices: Count };

/** @param grouped Whose each row is, where that is known already. */
export const countJoined = (rows: readonly Participant[], { people, rooms }: Grouped = byIdentity(rows)): Counted => {
  const participants: Count = { people: 0, rooms: 0, viewers: 0 };
  const devices: Count = { people: 0, rooms: 0, viewers: 0 };
  const hasJoined = (index: number) => rows[index]?.joinedAt !== null;
  for (const own of people.values()) {
    let joined = 0;
    let watched = 0;
    for (const index of own) {
      if (!hasJoined(index)) continue;
      joined += 1;
      if (rows[index]?.webinarRole === '3') watched += 1;
    }
    devices.people += joined - watched;
    devices.viewers += watched;
    // A panellist who also watched is no viewer.
    if (joined > 0) participants[watched < joined ? 'people' : 'viewers'] += 1;
  }
  const joinedRooms = rooms.filter(hasJoined);
  devices.rooms = joinedRooms.length;
  participants.rooms = new Set(joinedRooms.map((index) => rows[index]?.meetingRoomId)).size;
  return { participants, devices };
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
