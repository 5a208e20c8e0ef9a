import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attendee, countPeople, type RowFlag } from '../../src/domain/attendees.ts';
import type { Participant, Reply } from '../../src/domain/meeting.ts';
import { absentee, attendee, meeting, minute, participant, room, roomRow, toAttendees } from '../make.ts';
import { anyRow } from './any-row.ts';

const read = (...rows: Partial<Participant>[]) => toAttendees(rows.map(participant), meeting());
const nobody = { userId: '', employeeId: '', email: '' };
const only = (attendees: readonly Attendee[]): Attendee => {
  expect(attendees).toHaveLength(1);
  return attendees[0] ?? attendee();
};

describe('F12 rows come together by id, never by name', () => {
  it.each<[string, Partial<Participant>, string | null]>([
    ['user_id', {}, 'u:ou_1'],
    ['employee_id when there is no user_id', { userId: '' }, 'e:E001'],
    [
      'email in lower case when there is neither',
      { ...nobody, email: 'Person.1@Example.com' },
      'm:person.1@example.com',
    ],
    ['nothing', nobody, null],
  ])('knows a row by %s', (_, row, identity) => {
    expect(only(read(row).attendees).identity).toBe(identity);
  });

  it('makes one attendee of one whole row', () => {
    expect(read({})).toEqual({ attendees: [attendee()], rooms: [] });
  });

  it('brings rows of one id together, in the order of their first row', () => {
    const { attendees } = read({ userId: 'ou_b' }, { userId: 'ou_a' }, { userId: 'ou_b', name: 'Other name' });
    expect(attendees.map(({ identity, rows }) => [identity, rows])).toEqual([
      ['u:ou_b', [0, 2]],
      ['u:ou_a', [1]],
    ]);
  });

  it('never mistakes an employee_id for a user_id of the same text', () => {
    expect(read({ userId: 'same' }, { userId: '', employeeId: 'same' }).attendees).toHaveLength(2);
  });

  it('keeps rows without id apart, even of one name', () => {
    const { attendees } = read(nobody, nobody);
    expect(attendees.map(({ identity, rows }) => [identity, rows])).toEqual([
      [null, [0]],
      [null, [1]],
    ]);
    expect(attendees[0]?.flags).toContain('unidentified');
  });

  it('takes the first non-empty value of each field', () => {
    const { attendees } = read(
      { name: '', department: '', employeeId: '', email: 'first@example.com' },
      { name: 'Second', department: 'HR', employeeId: 'E2', email: 'second@example.com' },
      { name: 'Third' },
    );
    expect(only(attendees)).toMatchObject({
      name: 'Second',
      department: 'HR',
      employeeId: 'E2',
      email: 'first@example.com',
    });
  });
});

describe('F12 rooms are listed, never judged', () => {
  it('takes a row with a room id and no identity for a room', () => {
    expect(toAttendees([absentee(), roomRow()], meeting())).toMatchObject({
      attendees: [{ rows: [0] }],
      rooms: [room({ row: 1 })],
    });
  });

  it.each<[string, Partial<Participant>]>([
    ['user_id', { userId: 'ou_1' }],
    ['employee_id', { employeeId: 'E001' }],
    ['email', { email: 'person.1@example.com' }],
  ])('takes a row with a room id and a %s for a person', (_, identity) => {
    const { attendees, rooms } = toAttendees([roomRow(identity)], meeting());
    expect([attendees.length, rooms.length]).toEqual([1, 0]);
  });
});

describe('joining', () => {
  it('takes the first join and the last leave of all rows', () => {
    const person = only(
      read({ joinedAt: minute(9), leftAt: minute(20) }, { joinedAt: minute(3), leftAt: minute(10) }).attendees,
    );
    expect(person).toMatchObject({ joined: true, firstJoin: minute(3), lastLeave: minute(20) });
  });

  it('keeps an invitee who never joined', () => {
    const person = only(toAttendees([absentee()], meeting()).attendees);
    expect(person).toMatchObject({
      joined: false,
      firstJoin: null,
      lastLeave: null,
      certainSeconds: 0,
      possibleSeconds: 0,
    });
    expect(person.flags).toEqual([]);
  });

  it('adds seconds that no span places to the possible ones', () => {
    const person = only(
      read(
        { joinedAt: minute(0), leftAt: minute(10), connectedSeconds: 300 },
        { joinedAt: null, leftAt: null, connectedSeconds: 60 },
        { joinedAt: minute(5), leftAt: minute(4), connectedSeconds: 30 },
      ).attendees,
    );
    expect(person).toMatchObject({ certainSeconds: 300, possibleSeconds: 390 });
    expect(person.flags).toEqual(['inconsistent-times', 'no-times']);
  });
});

describe('replies', () => {
  const ranked: Reply[] = ['accepted', 'tentative', 'declined', 'noResponse', 'unknown'];

  it.each(ranked.flatMap((better, rank) => ranked.slice(rank + 1).map((worse): [Reply, Reply] => [better, worse])))(
    '%s wins over %s, in either order, and the conflict is flagged',
    (better, worse) => {
      for (const replies of [
        [better, worse],
        [worse, better],
      ]) {
        const person = only(
          toAttendees(
            replies.map((reply) => participant({ reply: reply ?? 'unknown' })),
            meeting(),
          ).attendees,
        );
        expect(person.reply).toBe(better);
        expect(person.flags).toContain('reply-conflict');
      }
    },
  );

  it('sees no conflict when all rows say the same', () => {
    expect(only(read({}, {}).attendees).flags).toEqual([]);
  });
});

describe('flags', () => {
  it.each<[RowFlag, Partial<Participant>]>([
    ['external', { external: true }],
    ['not-invited', { reply: 'unknown' }],
    ['inconsistent-times', { connectedSeconds: 3602 }],
    ['no-times', { joinedAt: null }],
    ['unidentified', nobody],
  ])('%s', (flag, row) => {
    expect(only(read(row).attendees).flags).toEqual([flag]);
  });

  it('calls a person external when any row does', () => {
    expect(only(read({}, { external: true }).attendees).external).toBe(true);
  });
});

describe('name-conflict', () => {
  const conflicts = (...rows: Partial<Participant>[]) =>
    read(...rows).attendees.map(({ flags }) => flags.includes('name-conflict'));

  it.each<[string, Partial<Participant>[], boolean[]]>([
    ['one unidentified: both sides', [{ name: 'Same' }, { ...nobody, name: 'Same' }], [true, true]],
    [
      'both unidentified',
      [
        { ...nobody, name: 'Same' },
        { ...nobody, name: 'Same' },
      ],
      [true, true],
    ],
    ['two identified people may share a name', [{ name: 'Same' }, { userId: 'ou_2', name: 'Same' }], [false, false]],
    ['case does not tell names apart', [{ name: 'Straße' }, { ...nobody, name: 'STRASSE' }], [true, true]],
    ['nor does a capital ß', [{ name: 'STRAẞE' }, { ...nobody, name: 'Strasse' }], [true, true]],
    ['empty names never conflict', [{ name: '' }, { ...nobody, name: '' }], [false, false]],
    ['other names', [{ name: 'Same' }, { ...nobody, name: 'Sam' }], [false, false]],
    ['two rows of one person', [{ name: 'Same' }, { name: 'Same' }], [false]],
  ])('%s', (_, rows, expected) => {
    expect(conflicts(...rows)).toEqual(expected);
  });

  it('does not count a room as a namesake', () => {
    const { attendees } = toAttendees([participant({ ...nobody, name: 'Room A' }), roomRow()], meeting());
    expect(only(attendees).flags).not.toContain('name-conflict');
  });
});

describe('any rows', () => {
  const rows = fc.array(anyRow, { minLength: 1, maxLength: 6 });
  const person = (participants: readonly Participant[]) => only(toAttendees(participants, meeting()).attendees);

  it('V3 mean the same in any order', () => {
    fc.assert(
      fc.property(
        rows.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(person(shuffled)).toEqual(person(all));
        },
      ),
    );
  });

  it('hold certain ≤ possible ≤ the sum of the rows', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { certainSeconds, possibleSeconds } = person(all);
        const sum = all.reduce((total, row) => total + person([row]).possibleSeconds, 0);
        expect(certainSeconds).toBeLessThanOrEqual(possibleSeconds);
        expect(possibleSeconds).toBeLessThanOrEqual(sum);
      }),
    );
  });

  it('never make one more row lower either bound', () => {
    fc.assert(
      fc.property(rows, anyRow, (all, more) => {
        const [before, after] = [person(all), person([...all, more])];
        expect(after.certainSeconds).toBeGreaterThanOrEqual(before.certainSeconds);
        expect(after.possibleSeconds).toBeGreaterThanOrEqual(before.possibleSeconds);
      }),
    );
  });
});

describe('F14 twenty thousand rows', () => {
  const rows = (make: (index: number) => Partial<Participant>) =>
    Array.from({ length: 20_000 }, (_, index) => participant(make(index)));

  it('of one person who was in and out all the time', () => {
    const inAndOut = rows((i) => ({ joinedAt: minute(0) + i * 2, leftAt: minute(0) + i * 2 + 1, connectedSeconds: 1 }));
    expect(only(toAttendees(inAndOut, meeting()).attendees)).toMatchObject({
      certainSeconds: 20_000,
      possibleSeconds: 20_000,
    });
  });

  it('of one name without any id', () => {
    const { attendees } = toAttendees(
      rows(() => nobody),
      meeting(),
    );
    expect(attendees.filter(({ flags }) => flags.includes('name-conflict'))).toHaveLength(20_000);
  });
});

describe('people who may have been there', () => {
  it.each([
    ['a person, once on two devices', [participant(), participant({ device: 'iPhone' })], 1],
    ['nobody who never joined', [absentee()], 0],
    ['a person with connected time and no join: nobody knows', [absentee({ connectedSeconds: 60 })], 1],
    ['no room', [roomRow()], 0],
  ])('count %s', (_, rows, people) => expect(countPeople(rows, meeting())).toBe(people));
});
