import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, countJoined } from '../../src/domain/counts.ts';
import type { Announced, Participant } from '../../src/domain/meeting.ts';
import { absentee, participant, roomRow } from '../make.ts';

const person = (n: number, over: Partial<Participant> = {}) => participant({ userId: `ou_${n}`, ...over });
const guest = (over: Partial<Participant> = {}) => participant({ userId: '', employeeId: '', email: '', ...over });
const viewer = (n: number) => person(n, { webinarRole: '3' });
const announced = (participants: number | null, devices: number | null, viewers: number | null = null): Announced => ({
  participants,
  devices,
  viewers,
});

describe('who is counted', () => {
  const none = { people: 0, rooms: 0, viewers: 0 };
  it.each([
    ['a person', [person(1)], { people: 1 }, { people: 1 }],
    ['a person on two devices', [person(1), person(1, { device: 'iPhone' })], { people: 1 }, { people: 2 }],
    ['two guests, each by themselves', [guest(), guest()], { people: 2 }, { people: 2 }],
    ['nobody who never joined', [absentee()], {}, {}],
    ['a room', [roomRow()], { rooms: 1 }, { rooms: 1 }],
    ['a room that joined on two devices', [roomRow(), roomRow({ device: 'Pad' })], { rooms: 1 }, { rooms: 2 }],
    ['a person in a room as a person', [person(1, { meetingRoomId: 'omm_1' })], { people: 1 }, { people: 1 }],
    ['a viewer', [viewer(1)], { viewers: 1 }, { viewers: 1 }],
    ['a viewer who became a panellist as no viewer', [viewer(1), person(1)], { people: 1 }, { people: 1, viewers: 1 }],
    ['a panellist who also watched as no viewer', [person(1), viewer(1)], { people: 1 }, { people: 1, viewers: 1 }],
  ] as const)('F12 %s', (_, rows, participants, devices) => {
    expect(countJoined(rows)).toEqual({
      participants: { ...none, ...participants },
      devices: { ...none, ...devices },
    });
  });
});

describe('the announced numbers', () => {
  const two = countJoined([person(1), person(1, { device: 'iPhone' }), person(2)]);
  it.each([
    ['met', announced(2, 3), 'reached'],
    ['one person short', announced(3, 3), 'short'],
    ['one device short', announced(2, 4), 'short'],
    ['passed, which is no fault', announced(1, 1), 'reached'],
    ['not known', null, 'unclear'],
    ['known of people only', announced(2, null), 'unclear'],
    ['known of devices only', announced(null, 3), 'unclear'],
    ['zero beside people who joined', announced(0, 3), 'unclear'],
    ['met, of a meeting without viewers', announced(2, 3, 0), 'reached'],
    ['short of a viewer', announced(2, 3, 1), 'short'],
  ] as const)('are %s', (_, numbers, standing) => expect(compare(numbers, two)).toBe(standing));

  const withRooms = countJoined([person(1), person(2), roomRow(), roomRow({ meetingRoomId: 'omm_2' })]);
  it.each([
    ['without rooms', announced(2, 2), 'reached'],
    ['with rooms', announced(4, 4), 'reached'],
    ['with rooms as devices only', announced(2, 4), 'reached'],
    ['in a way that a room could stand in for a person', announced(3, 4), 'unclear'],
    ['and somebody is missing in every reading', announced(5, 5), 'short'],
  ] as const)('may be counted %s', (_, numbers, standing) => expect(compare(numbers, withRooms)).toBe(standing));

  const webinar = countJoined([person(1), viewer(2), viewer(3), viewer(3)]);
  it.each([
    ['viewers among participants', announced(3, 4, 2), 'reached'],
    ['viewers apart', announced(1, 1, 2), 'reached'],
    ['viewers by device', announced(3, 4, 3), 'reached'],
    ['a viewer missing', announced(1, 1, 4), 'short'],
    ['a panellist missing, or viewers counted by half', announced(2, 4, 2), 'unclear'],
    ['viewers not worked out yet', announced(3, 4, 0), 'unclear'],
  ] as const)('of a webinar: %s', (_, numbers, standing) => expect(compare(numbers, webinar)).toBe(standing));

  it('F6 missing rows are noticed, whether or not Feishu counts rooms and viewers as participants', () => {
    const rows = fc.array(
      fc.oneof(
        fc.nat(20).map((n) => person(n)),
        fc.nat(20).map((n) => viewer(100 + n)),
        fc.nat(5).map((n) => roomRow({ meetingRoomId: `omm_${n}` })),
        fc.constant(guest()),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(
        rows,
        fc.boolean(),
        fc.boolean(),
        fc.nat({ max: 2 ** 20 }),
        (all, countsRooms, countsViewers, mask) => {
          const { participants, devices } = countJoined(all);
          const numbers = announced(
            participants.people + (countsRooms ? participants.rooms : 0) + (countsViewers ? participants.viewers : 0),
            devices.people + devices.rooms + devices.viewers,
            participants.viewers,
          );
          expect(compare(numbers, countJoined(all))).not.toBe('short');
          const listed = all.filter((_, index) => (mask >> (index % 20)) & 1);
          fc.pre(listed.length < all.length);
          expect(compare(numbers, countJoined(listed))).not.toBe('reached');
        },
      ),
      { numRuns: 1000 },
    );
  });
});
