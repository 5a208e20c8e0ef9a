import { expect, it } from 'vitest';
import { checksOf } from '../../src/workbook/checks.ts';
import { judged, room } from '../make.ts';

const kinds = (...people: Partial<ReturnType<typeof judged>>[]) =>
  checksOf({ judged: people.map((person) => judged(person)), rooms: [] }).map(({ about, kind }) => [about, kind]);

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

it('open verdicts first, then facts by kind, then rooms; a person with two doubts has two lines', () => {
  const doubtful = judged({ flags: ['unidentified', 'reply-conflict'] });
  const conflicting = judged({ flags: ['reply-conflict'] });
  const open = judged({ verdict: { kind: 'undetermined', because: 'ambiguous-presence' } });
  const checks = checksOf({ judged: [doubtful, conflicting, open], rooms: [room()] });
  expect(checks).toEqual([
    { about: 'verdict', kind: 'ambiguous-presence', judged: open },
    { about: 'fact', kind: 'reply-conflict', judged: doubtful },
    { about: 'fact', kind: 'reply-conflict', judged: conflicting },
    { about: 'fact', kind: 'unidentified', judged: doubtful },
    { about: 'room', kind: 'room', room: room() },
  ]);
});
