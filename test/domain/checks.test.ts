import { expect, it } from 'vitest';
import { checksOf, countToConfirm } from '../../src/domain/checks.ts';
import type { Participant } from '../../src/domain/meeting.ts';
import type { Judged } from '../../src/domain/verdict.ts';
import { decision, judged, minute, participant, room, snapshot } from '../make.ts';

/** People with nothing in common. */
const people = (...over: Partial<Judged>[]) =>
  over.map((each, index) => judged({ employeeId: `E${index}`, email: `${index}@example.com`, ...each }));

const kinds = (...over: Partial<Judged>[]) =>
  checksOf({ judged: people(...over), rooms: [], snapshot: snapshot(), decisions: [] }).map(({ about, kind }) => [
    about,
    kind,
  ]);

it('nothing to check in ordinary people', () => expect(kinds({}, { flags: ['late', 'external'] })).toEqual([]));

it.each(['ambiguous-presence', 'incomplete-data', 'no-times'] as const)(
  'a verdict left open for %s, once, though a flag says the same',
  (because) => {
    const flags = because === 'incomplete-data' ? [] : [because];
    expect(kinds({ verdict: { kind: 'undetermined', because }, flags })).toEqual([['verdict', because]]);
  },
);

it.each(['no-times', 'inconsistent-times', 'reply-conflict', 'name-conflict', 'unidentified'] as const)(
  'the fact %s, whatever the verdict',
  (flag) => expect(kinds({ flags: [flag] })).toEqual([['fact', flag]]),
);

it.each<[string, Partial<Participant>]>([
  ['a join that cannot be read', { joinedAt: null, unreadable: { joinTime: 'soon' } }],
  ['a leave without a join', { joinedAt: null, connectedSeconds: null }],
  [
    'a leave before the join, and no connected time',
    { joinedAt: minute(9), leftAt: minute(8), connectedSeconds: null },
  ],
])('V7 F13 %s, whatever the verdict', (_, row) => {
  const rows = {
    judged: people({}),
    rooms: [],
    snapshot: snapshot({ participants: [participant(row)] }),
    decisions: [],
  };
  expect(checksOf(rows)).toMatchObject([{ kind: 'unreadable-times' }]);
});

it.each<[string, Partial<Judged>]>([
  ['employee ID', { employeeId: 'E7' }],
  ['email, in whatever case', { email: 'A@Example.com' }],
])('V5 two lines that share an %s', (_, shared) => {
  const other = shared.email ? { email: shared.email.toLowerCase() } : shared;
  expect(kinds(shared, other, {})).toEqual([
    ['fact', 'shared-id'],
    ['fact', 'shared-id'],
  ]);
});

it('shares nothing with those who have neither', () =>
  expect(kinds({ employeeId: '', email: '' }, { employeeId: '', email: '' })).toEqual([]));

it('open verdicts first, then facts by kind, then rooms; a person with two doubts has two lines', () => {
  const [doubtful, accused, open] = people(
    { flags: ['unidentified', 'reply-conflict'] },
    { flags: ['reply-conflict'], verdict: { kind: 'absent' } },
    { verdict: { kind: 'undetermined', because: 'ambiguous-presence' } },
  ) as [Judged, Judged, Judged];
  const checks = checksOf({ judged: [doubtful, accused, open], rooms: [room()], snapshot: snapshot(), decisions: [] });
  expect(checks).toEqual([
    { about: 'verdict', kind: 'ambiguous-presence', judged: open },
    { about: 'fact', kind: 'unidentified', judged: doubtful },
    { about: 'fact', kind: 'reply-conflict', judged: accused },
    { about: 'fact', kind: 'reply-conflict', judged: doubtful },
    { about: 'room', kind: 'room', room: room() },
  ]);
});

it('decisions to take again before all else, and those that count for nobody here', () => {
  const absent = decision({ verdict: 'absent', beside: { kind: 'undetermined', because: 'incomplete-data' } });
  const gone = decision({ person: 'u:gone' });
  const elsewhere = decision({ person: 'u:ou_2', verdict: 'absent', saidOf: '2026-11-16/a.0' });
  const row = decision({ person: 'row:2', saidOf: '2026-11-16/a.0' });
  const [one, two, guest] = people(
    { identity: 'u:ou_1' },
    { identity: 'u:ou_2', flags: ['reply-conflict'] },
    { identity: null, rows: [2] },
  ) as [Judged, Judged, Judged];
  const decisions = [row, elsewhere, gone, absent];
  expect(checksOf({ judged: [one, two, guest], rooms: [], snapshot: snapshot(), decisions })).toEqual([
    { about: 'decision', kind: 'contested-decision', judged: one, decision: absent },
    { about: 'decision', kind: 'stray-decision', judged: null, decision: gone },
    { about: 'decision', kind: 'stray-decision', judged: null, decision: row },
    { about: 'decision', kind: 'stray-decision', judged: two, decision: elsewhere },
    { about: 'fact', kind: 'reply-conflict', judged: two },
  ]);
  const facts = { judged: [one, two, guest], rooms: [], snapshot: snapshot() };
  expect([decisions, [], [decision()]].map((each) => countToConfirm({ ...facts, decisions: each }))).toEqual([4, 0, 0]);
});
