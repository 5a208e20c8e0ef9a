import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Room } from '../../src/domain/attendees.ts';
import {
  asDecided,
  type Decision,
  decidable,
  inForce,
  isContested,
  onNewRows,
  personKey,
  rowOf,
  saysTheSame,
  straysOf,
} from '../../src/domain/decisions.ts';
import { summarise } from '../../src/domain/summary.ts';
import type { Judged, Verdict } from '../../src/domain/verdict.ts';
import { decision, judged, minute, room } from '../make.ts';

const job = '2026-11-16/1.0';

/** The counts with decisions, as a report has them. */
const summariseDecided = (people: readonly Judged[], decisions: readonly Decision[], rooms: Room[] = []) => {
  const decided = asDecided(people, decisions);
  return decided && summarise(decided, rooms);
};

describe('whom a decision names', () => {
  it('is the person of an identity, also on new rows', () => {
    expect(personKey(judged({ identity: 'e:E001', rows: [4] }))).toBe('e:E001');
    for (const person of ['u:row:0', 'e:row:1', 'm:row:2@x']) {
      expect(rowOf(decision({ person }))).toBeNull();
      expect(onNewRows([decision({ person })], job)).toEqual([decision({ person })]);
    }
  });

  it('is the first row of somebody who stands alone, which is true of these rows only', () => {
    const person = personKey(judged({ identity: null, rows: [4, 7] }));
    expect(person).toBe('row:4');
    expect(rowOf(decision({ person }))).toBe(4);
    const said = decision({ person, saidOf: job });
    expect(onNewRows([decision({ person })], job)).toEqual([said]);
    expect(onNewRows([said], '2026-11-16/1.9')).toEqual([said]);
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
      const decided = summariseDecided([person], [decision({ verdict })]);
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
    expect(summariseDecided(people, [])).toBeNull();
    expect(summariseDecided(people, [decision({ person: 'u:other' })])).toBeNull();
    expect(summariseDecided(people, [decision(), decision({ verdict: null })])).toBeNull();
  });

  it('keep what no decision changes: rooms, externals, walk-ins', () => {
    const people = [judged({ external: true, flags: ['external', 'not-invited'] })];
    expect(summariseDecided(people, [decision({ verdict: 'absent' })], [room(), room({ row: 1 })])).toMatchObject({
      rooms: 2,
      externals: 1,
      walkIns: 1,
    });
  });

  it('leave the judged people as they are', () => {
    const people = [judged({ verdict: { kind: 'absent' } })];
    const before = structuredClone(people);
    summariseDecided(people, [decision()]);
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
        const decided = summariseDecided(all, decisions) ?? summary;
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

const open: Verdict = { kind: 'undetermined', because: 'incomplete-data' };

describe('a decision after which the rules say something else', () => {
  it('is to be taken again, unless they now say what HR said', () => {
    const contested = (beside: Verdict, now: Verdict, verdict: Decision['verdict'] = 'absent') =>
      [...inForce([decision({ verdict, beside })]).values()].map((word) => isContested(word, judged({ verdict: now })));
    expect(contested(open, { kind: 'attended' })).toEqual([true]);
    expect(contested(open, { kind: 'undetermined', because: 'no-times' })).toEqual([true]);
    expect(contested(open, open)).toEqual([false]);
    expect(contested(open, { kind: 'absent' })).toEqual([false]);
    expect(contested({ kind: 'attended' }, { kind: 'attended' })).toEqual([false]);
    expect(contested({ kind: 'absent' }, { kind: 'attended' }, 'excused')).toEqual([true]);
  });

  it('of an earlier version does not tell what they said, and is left alone', () => {
    const [word] = inForce([decision({ verdict: 'absent' })]).values();
    expect(word && isContested(word, judged())).toBe(false);
    expect(summariseDecided([judged()], [decision({ verdict: 'absent' })])).toMatchObject({ attended: 0, absent: 1 });
  });

  it.each<[Decision['verdict'], Verdict, object]>([
    ['absent', { kind: 'attended' }, { attended: 1, absent: 0 }],
    ['absent', { kind: 'insufficient', because: 'late' }, { insufficient: 1, absent: 0 }],
    ['insufficient', { kind: 'partial' }, { partial: 1, insufficient: 0 }],
    ['partial', { kind: 'undetermined', because: 'no-times' }, { undetermined: 1, partial: 0 }],
    ['partial', { kind: 'absent' }, { partial: 1, absent: 0 }],
    ['insufficient', { kind: 'absent' }, { insufficient: 1, absent: 0 }],
    ['attended', { kind: 'absent' }, { attended: 1, absent: 0 }],
    ['excused', { kind: 'attended' }, { excused: 1, attended: 0 }],
  ])('counts as the milder of the two: %s, and now %o', (verdict, now, counts) => {
    const people = [judged({ verdict: now })];
    expect(summariseDecided(people, [decision({ verdict, beside: open })])).toMatchObject(counts);
    // Once HR has decided again, it counts as HR says.
    const again = decision({ verdict, beside: now });
    expect(summariseDecided(people, [decision({ verdict, beside: open }), again])).toEqual(
      summariseDecided(people, [decision({ verdict })]),
    );
  });

  it('never leaves anybody harder off than HR said, nor than the rules say', () => {
    const hard = (summary: { absent: number; insufficient: number; partial: number } | null) =>
      summary ? [summary.partial, summary.insufficient, summary.absent].lastIndexOf(1) : -1;
    for (const verdict of decidable)
      for (const now of computed) {
        const people = [judged({ verdict: now })];
        const both = hard(summariseDecided(people, [decision({ verdict, beside: open })]));
        expect(both).toBeLessThanOrEqual(hard(summariseDecided(people, [decision({ verdict })])));
        if (isContested({ ...decision(), verdict, beside: open }, { verdict: now }))
          expect(both).toBeLessThanOrEqual(hard(summarise(people, [])));
      }
  });

  it('compares verdicts with their reasons', () => {
    expect(saysTheSame({ kind: 'insufficient', because: 'late' }, { kind: 'insufficient', because: 'too-short' })).toBe(
      false,
    );
    expect(saysTheSame({ kind: 'absent' }, { kind: 'absent' })).toBe(true);
  });
});

describe('a decision said on a part of the meeting', () => {
  const [a, b] = ['2026-11-16/a.0', '2026-11-16/b.2'];
  const words = (...decisions: Decision[]) => [...inForce(decisions)].map(([person, { verdict }]) => [person, verdict]);
  const strays = (...decisions: Decision[]) => straysOf(decisions, (person) => person === 'u:ou_1');

  it.each(['excused', 'not-required'] as const)('that lets somebody off, %s, holds for the whole', (verdict) => {
    expect(words(decision({ verdict, saidOf: a }))).toEqual([['u:ou_1', verdict]]);
    expect(words(decision({ verdict, saidOf: a }), decision({ verdict, saidOf: b }))).toEqual([['u:ou_1', verdict]]);
    expect(strays(decision({ verdict, saidOf: a }))).toEqual([]);
  });

  it.each(['attended', 'partial', 'insufficient', 'absent'] as const)(
    'that speaks of the part’s minutes, %s, does not, and is told',
    (verdict) => {
      const said = decision({ verdict, saidOf: a });
      expect(words(said)).toEqual([]);
      expect(strays(said)).toEqual([said]);
      const other = decision({ verdict: 'excused', saidOf: b });
      expect(words(said, other)).toEqual([]);
      expect(strays(said, other)).toEqual([said, other]);
    },
  );

  it('counts no more once it was taken back there', () => {
    const takenBack = decision({ verdict: null, saidOf: '2026-11-16/a.3' });
    expect(words(decision({ saidOf: a }), takenBack)).toEqual([]);
    expect(strays(decision({ verdict: 'absent', saidOf: a }), takenBack)).toEqual([]);
  });

  it('gives way to what HR says of the whole, also that nothing is decided; only what was said later is told', () => {
    const own = decision({ verdict: 'attended', at: minute(130) });
    expect(words(decision({ saidOf: a }), own)).toEqual([['u:ou_1', 'attended']]);
    expect(words(own, decision({ saidOf: a, at: minute(140) }))).toEqual([['u:ou_1', 'attended']]);
    expect(words(decision({ saidOf: a }), decision({ verdict: null, at: minute(130) }))).toEqual([]);
    const absent = (at: number) => decision({ verdict: 'absent', saidOf: a, at });
    expect(strays(absent(minute(130)), own)).toEqual([]);
    expect(strays(absent(minute(131)), own)).toEqual([absent(minute(131))]);
  });

  it('on a row of it is nobody here, and is told, whatever was decided on the row of that number here', () => {
    const said = decision({ person: 'row:3', saidOf: a });
    const here = decision({ person: 'row:3', verdict: 'attended', at: minute(150) });
    expect(words(said, here)).toEqual([['row:3', 'attended']]);
    expect(straysOf([said, here], () => true)).toEqual([said]);
    expect(straysOf([said, { ...said, saidOf: b }], () => true)).toHaveLength(2);
  });

  it('on somebody who is not here is told', () => {
    const said = [decision({ person: 'u:gone', saidOf: a }), decision({ person: 'u:gone2' })];
    expect(new Set(strays(...said))).toEqual(new Set(said));
  });
});
