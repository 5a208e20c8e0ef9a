import { describe, expect, it } from 'vitest';
import { alsoKnownAs, erasedName, eraseIn, eraseRows, personOf } from '../../src/domain/erasure.ts';
import { meeting, participant, roomRow, toAttendees } from '../make.ts';

const none = { userIds: [], employeeIds: [], emails: [], openIds: [] };
const person = personOf({ ...none, userIds: ['ou_1'] });
const alias = (identity: string): string => `gone-${identity.length}`;
const ids = { userId: '', employeeId: '', email: '' };

describe('whose data goes', () => {
  it('is said by trimmed ids, e-mail addresses in lower case; a user id may be an open id', () => {
    const given = { userIds: [' ou_1 ', 'abc', ''], employeeIds: [' 7 '], emails: ['A@B.cn '], openIds: ['ou_2', ' '] };
    expect(personOf(given)).toEqual({
      userIds: new Set(['ou_1', 'abc']),
      employeeIds: new Set(['7']),
      emails: new Set(['a@b.cn']),
      openIds: new Set(['ou_2', 'ou_1']),
    });
  });

  it('is known by every id that stands in a row of theirs, and in nobody else’s', () => {
    const rows = [
      participant({ email: 'One@x.cn' }),
      participant({ userId: 'ou_2', employeeId: 'E002', email: 'two@x.cn' }),
    ];
    expect(alsoKnownAs(rows, person)).toEqual(
      personOf({ userIds: ['ou_1'], employeeIds: ['E001'], emails: ['one@x.cn'], openIds: [] }),
    );
    expect(alsoKnownAs([participant({ ...ids })], person)).toEqual(alsoKnownAs([], person));
  });
});

describe('rows without a person', () => {
  it.each([
    ['user id', { ...ids, userId: 'ou_1' }, { ...none, userIds: ['ou_1'] }],
    ['employee id', { ...ids, employeeId: 'E001' }, { ...none, employeeIds: ['E001'] }],
    ['e-mail address, in any case', { ...ids, email: 'P@X.cn' }, { ...none, emails: ['p@x.CN'] }],
  ])('know nothing of whose they were, found by %s, and keep what is counted', (_, row, given) => {
    const detail = { phone: '1', publicIp: '2', internalIp: '', location: '', microphone: '', speaker: '', camera: '' };
    const was = participant({ ...row, detail });
    const { participants, rows } = eraseRows([was], personOf(given), alias);
    const { detail: _detail, ...kept } = was;
    expect(participants).toEqual([{ ...kept, ...ids, name: erasedName, userId: expect.stringMatching(/^gone-/) }]);
    expect(rows).toBe(1);
  });

  it('go for namesakes without an id too, but for no colleague, no room and nobody without a name', () => {
    const colleague = participant({ userId: 'ou_2', employeeId: 'E002', email: 'two@x.cn' });
    const namesake = participant({ ...ids });
    const nameless = participant({ ...ids, name: '' });
    const room = roomRow({ name: participant().name });
    const { participants, rows } = eraseRows([participant(), colleague, namesake, nameless, room], person, alias);
    expect(rows).toBe(2);
    expect(participants[2]).toEqual({ ...namesake, name: erasedName });
    expect([participants[1], participants[3], participants[4]]).toEqual([colleague, nameless, room]);
  });

  it('make as many attendees as before', () => {
    const rows = [
      participant(),
      participant({ leftAt: null }),
      participant({ ...ids }),
      participant({ userId: 'ou_2' }),
    ];
    const count = (each: typeof rows) => toAttendees(each, meeting()).attendees.length;
    expect(count(eraseRows(rows, person, alias).participants)).toBe(count(rows));
  });
});

describe('a value without a person', () => {
  const known = personOf({ userIds: ['ou_1', 'abc'], employeeIds: ['7'], emails: ['a@b.cn'], openIds: [] });

  it.each<[string, unknown, unknown, number]>([
    ['an identity by user id', 'u:abc', 'u:gone-5', 1],
    ['an identity by employee id', 'e:7', 'u:gone-3', 1],
    ['an identity by e-mail', 'm:A@B.cn', 'u:gone-8', 1],
    [
      'somebody else’s identity',
      ['u:7', 'e:abc', 'm:x@b.cn', 'row:7', '7', 'abc'],
      ['u:7', 'e:abc', 'm:x@b.cn', 'row:7', '7', 'abc'],
      0,
    ],
    [
      'a text that holds an open id or an address',
      ['Li (ou_1)', 'mail A@b.cn', 'ou_11'],
      ['erased', 'erased', 'ou_11'],
      2,
    ],
    ['what is no text', [1, null, true, {}], [1, null, true, {}], 0],
    [
      'a name beside the id',
      { by: { openId: 'ou_1', name: 'Li' }, name: 'Weekly' },
      { by: { openId: 'erased', name: '' }, name: 'Weekly' },
      1,
    ],
    [
      'the reason of a decision on them, and no other',
      [
        { person: 'e:7', reason: 'ill' },
        { person: 'e:8', reason: 'ill' },
        { requestedBy: 'ou_1', reason: 'on-demand' },
      ],
      [
        { person: 'u:gone-3', reason: '' },
        { person: 'e:8', reason: 'ill' },
        { requestedBy: 'erased', reason: 'on-demand' },
      ],
      2,
    ],
  ])('loses %s', (_, value, left, places) => {
    expect(eraseIn(value, known, alias)).toEqual({ value: left, places });
  });
});
