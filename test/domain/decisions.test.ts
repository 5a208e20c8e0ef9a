import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Decision,
  decidable,
  inForce,
  outlivesSnapshot,
  personKey,
  summariseDecided,
} from '../../src/domain/decisions.ts';
import { summarise } from '../../src/domain/summary.ts';
import type { Judged, Verdict } from '../../src/domain/verdict.ts';
import { decision, judged, room } from '../make.ts';

describe('whom a decision names', () => {
  it('is the person of an identity, and outlives the rows', () => {
    expect(personKey(judged({ identity: 'e:E001', rows: [4] }))).toBe('e:E001');
    for (const person of ['u:row:0', 'e:row:1', 'm:row:2@x']) expect(outlivesSnapshot(decision({ person }))).toBe(true);
  });

  it('is the first row of somebody who stands alone, which is true of these rows only', () => {
    const person = personKey(judged({ identity: null, rows: [4, 7] }));
    expect(person).toBe('row:4');
    expect(outlivesSnapshot(decision({ person }))).toBe(false);
  });
});

describe('the decision in force', () => {
  const verdicts = (decisions: Decision[]) =>
    Object.fromEntries(
      [...inForce(decisions)].map(([person, { verdict, reason }]) => [person, `${verdict} ${reason}`]),
    );

  it('is the last one of each person', () => {
    const decisions = [
      decision({ person: 'u:a', verdict: 'absent', reason: '1' }),
      decision({ person: 'u:b', verdict: 'attended', reason: '2' }),
      decision({ person: 'u:a', verdict: 'excused', reason: '3' }),
    ];
    expect(verdicts(decisions)).toEqual({ 'u:a': 'excused 3', 'u:b': 'attended 2' });
  });

  it('is none once it was taken back, until the next', () => {
    const takenBack = [decision(), decision({ verdict: null })];
    expect(verdicts(takenBack)).toEqual({});
    expect(verdicts([...takenBack, decision({ verdict: 'partial', reason: 'again' })])).toEqual({
      'u:ou_1': 'partial again',
    });
    expect(verdicts([decision({ verdict: null })])).toEqual({});
  });
});

const computed: Verdict[] = [
  { kind: 'attended' },
  { kind: 'partial' },
  { kind: 'insufficient', because: 'left-early' },
  { kind: 'absent' },
  { kind: 'undetermined', because: 'no-times' },
  { kind: 'not-required' },
  { kind: 'excused' },
];
const expectations = ['required', 'optional', 'excused'] as const;
const everyCase = computed.flatMap((verdict) => expectations.map((expectation) => ({ verdict, expectation })));

/** The rule said again: whom each decision makes of somebody, as the field of the summary they count in. */
const countedIn = (verdict: (typeof decidable)[number], expectation: (typeof expectations)[number]): string[] => {
  if (verdict === 'not-required') return ['notRequired'];
  if (verdict === 'excused') return ['excused'];
  if (verdict !== 'attended') return ['required', verdict];
  return { required: ['required', 'attended'], optional: ['notRequired'], excused: ['excused'] }[expectation];
};

const counts = [
  'required',
  'attended',
  'partial',
  'insufficient',
  'absent',
  'undetermined',
  'notRequired',
  'excused',
] as const;

describe('the counts with decisions', () => {
  describe.each(decidable)('%s', (verdict) => {
    it.each(everyCase)('of somebody $expectation who was $verdict.kind by the rules', (was) => {
      const person = judged(was);
      const summary = summarise([person], []);
      const decided = summariseDecided([person], summary, [decision({ verdict })]);
      const where = countedIn(verdict, was.expectation);
      expect(Object.fromEntries(counts.map((key) => [key, decided?.[key]]))).toEqual(
        Object.fromEntries(counts.map((key) => [key, where.includes(key) ? 1 : 0])),
      );
      const rate = where.includes('required') ? Number(verdict === 'attended') : null;
      expect(decided).toMatchObject({ rate, rateIfCleared: rate });
    });
  });

  it('are none while no decision concerns these people', () => {
    const people = [judged()];
    const summary = summarise(people, []);
    expect(summariseDecided(people, summary, [])).toBeNull();
    expect(summariseDecided(people, summary, [decision({ person: 'u:other' })])).toBeNull();
    expect(summariseDecided(people, summary, [decision(), decision({ verdict: null })])).toBeNull();
  });

  it('keep what no decision changes: rooms, externals, walk-ins', () => {
    const people = [judged({ external: true, flags: ['external', 'not-invited'] })];
    const summary = summarise(people, [room(), room({ row: 1 })]);
    expect(summariseDecided(people, summary, [decision({ verdict: 'absent' })])).toMatchObject({
      rooms: 2,
      externals: 1,
      walkIns: 1,
    });
  });

  it('leave the judged people as they are', () => {
    const people = [judged({ verdict: { kind: 'absent' } })];
    const before = structuredClone(people);
    summariseDecided(people, summarise(people, []), [decision()]);
    expect(people).toEqual(before);
  });

  it('add up: everybody is counted once, and whoever nobody decided on as before', () => {
    const cases = fc.record({ is: fc.constantFrom(...everyCase), says: fc.option(fc.constantFrom(...decidable)) });
    fc.assert(
      fc.property(fc.array(cases, { minLength: 1, maxLength: 30 }), (people) => {
        const all = people.map(({ is }, n): Judged => judged({ ...is, identity: `u:${n}` }));
        const decisions = people.flatMap(({ says }, n) =>
          says ? [decision({ person: `u:${n}`, verdict: says })] : [],
        );
        const summary = summarise(all, []);
        const decided = summariseDecided(all, summary, decisions) ?? summary;
        const { required, notRequired, excused, attended, partial, insufficient, absent, undetermined, rate } = decided;
        expect(required + notRequired + excused).toBe(all.length);
        const oddly = people.filter(({ is, says }) => !says && ['not-required', 'excused'].includes(is.verdict.kind));
        const outside = oddly.filter(({ is }) => is.expectation === 'required').length;
        expect(attended + partial + insufficient + absent + undetermined + outside).toBe(required);
        expect(rate).toBe(required === 0 ? null : attended / required);
        const open = people.filter(
          ({ is, says }) => !says && is.expectation === 'required' && is.verdict.kind === 'undetermined',
        );
        expect(undetermined).toBe(open.length);
      }),
    );
  });
});
