import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attendee } from '../../src/domain/attendees.ts';
import type { Reply } from '../../src/domain/meeting.ts';
import type { Expectation, Rules } from '../../src/domain/policy.ts';
import { type Flag, judgeBy, type Verdict } from '../../src/domain/verdict.ts';
import { attendee, meeting, minute, rules, toAttendees } from '../make.ts';
import { anyRow } from './any-row.ts';

/** Of an hour: the minimum is 2700 s, the partial limit 1800 s. */
const withPartial: Partial<Rules> = { partial: { percent: 50, combine: 'both' } };
const [MINIMUM, PARTIAL] = [2700, 1800];

type Options = { rules?: Partial<Rules>; complete?: boolean };

const judgeWith = (person: Partial<Attendee>, { rules: over = withPartial, complete = true }: Options = {}) =>
  judgeBy({ meeting: meeting(), rules: rules(over), complete })(attendee(person));

const expecting = (expectation: Expectation): Partial<Rules> => ({
  ...withPartial,
  expectations: { ...rules().expectations, accepted: expectation },
});

/** The verdict and its reason in one word. */
const word = (verdict: Verdict): string =>
  'because' in verdict ? `${verdict.kind}: ${verdict.because}` : verdict.kind;

const never: Partial<Attendee> = {
  joined: false,
  firstJoin: null,
  lastLeave: null,
  certainSeconds: 0,
  possibleSeconds: 0,
};
const stayed = (certainSeconds: number, possibleSeconds = certainSeconds): Partial<Attendee> => ({
  certainSeconds,
  possibleSeconds,
});

describe('V1 the verdict table, second by second', () => {
  it.each<[string, Partial<Attendee>, string, string, string]>([
    ['certain = M', stayed(MINIMUM), 'attended', 'attended', 'attended'],
    ['certain = M − 1 = possible', stayed(MINIMUM - 1), 'partial', 'not-required', 'excused'],
    [
      'possible = M > certain',
      stayed(MINIMUM - 1, MINIMUM),
      'undetermined: ambiguous-presence',
      'not-required',
      'excused',
    ],
    ['possible ≥ M, certain below P', stayed(0, 3600), 'undetermined: ambiguous-presence', 'not-required', 'excused'],
    ['possible = M − 1, certain = P', stayed(PARTIAL, MINIMUM - 1), 'partial', 'not-required', 'excused'],
    [
      'possible = M − 1, certain = P − 1',
      stayed(PARTIAL - 1, MINIMUM - 1),
      'undetermined: ambiguous-presence',
      'not-required',
      'excused',
    ],
    [
      'possible = P > certain',
      stayed(PARTIAL - 1, PARTIAL),
      'undetermined: ambiguous-presence',
      'not-required',
      'excused',
    ],
    ['possible = P − 1', stayed(PARTIAL - 1), 'insufficient: too-short', 'not-required', 'excused'],
    ['joined for 0 s', stayed(0), 'insufficient: too-short', 'not-required', 'excused'],
    ['never joined', never, 'absent', 'not-required', 'excused'],
  ])('%s', (_, person, required, optional, excused) => {
    const words = (['required', 'optional', 'excused'] as const).map((expectation) => {
      const judged = judgeWith(person, { rules: expecting(expectation) });
      expect(judged.expectation).toBe(expectation);
      return word(judged.verdict);
    });
    expect(words).toEqual([required, optional, excused]);
  });

  it.each<[string, Partial<Attendee>, string]>([
    ['possible = M − 1', stayed(MINIMUM - 1), 'insufficient: too-short'],
    ['possible = M > certain', stayed(0, MINIMUM), 'undetermined: ambiguous-presence'],
    ['certain = M', stayed(MINIMUM), 'attended'],
  ])('without a partial limit: %s', (_, person, expected) => {
    expect(word(judgeWith(person, { rules: {} }).verdict)).toBe(expected);
  });

  it('reports the seconds that the minimum asks', () => {
    expect(judgeWith({}).requiredSeconds).toBe(MINIMUM);
  });
});

describe('a minimum of 0 seconds', () => {
  const zero: Partial<Rules> = { minimum: { percent: 0, combine: 'both' }, partial: { percent: 0, combine: 'both' } };

  it.each<[string, Partial<Attendee>, string]>([
    ['whoever joined attended', stayed(0), 'attended'],
    ['whoever never joined is absent', never, 'absent'],
  ])('%s', (_, person, expected) => {
    expect(word(judgeWith(person, { rules: zero }).verdict)).toBe(expected);
    expect(
      word(
        judgeBy({ meeting: meeting({ endsAt: minute(0) }), rules: rules(), complete: true })(attendee(person)).verdict,
      ),
    ).toBe(expected);
  });

  it('never makes somebody attend who did not join', () => {
    expect(word(judgeWith(never, { rules: { ...expecting('optional'), ...zero } }).verdict)).toBe('not-required');
  });
});

describe('V7 an incomplete snapshot accuses nobody', () => {
  const strict: Partial<Rules> = { ...withPartial, late: { graceMinutes: 5, countsAs: 'insufficient' } };

  it.each<[string, Partial<Attendee>, string, string]>([
    ['partial', stayed(PARTIAL), 'partial', 'undetermined: incomplete-data'],
    ['too short', stayed(0), 'insufficient: too-short', 'undetermined: incomplete-data'],
    ['late', { firstJoin: minute(6) }, 'insufficient: late', 'undetermined: incomplete-data'],
    ['absent', never, 'absent', 'undetermined: incomplete-data'],
    ['attended', {}, 'attended', 'attended'],
    ['ambiguous', stayed(0, MINIMUM), 'undetermined: ambiguous-presence', 'undetermined: ambiguous-presence'],
    ['no times', { ...never, flags: ['no-times'] }, 'undetermined: no-times', 'undetermined: no-times'],
    ['optional', { ...never, reply: 'tentative' }, 'not-required', 'not-required'],
    ['excused', { ...never, reply: 'declined' }, 'excused', 'excused'],
  ])('%s', (_, person, complete, incomplete) => {
    expect(word(judgeWith(person, { rules: strict }).verdict)).toBe(complete);
    expect(word(judgeWith(person, { rules: strict, complete: false }).verdict)).toBe(incomplete);
  });
});

describe('connected time without a join', () => {
  const unplaced = (possibleSeconds: number): Partial<Attendee> => ({ ...never, possibleSeconds, flags: ['no-times'] });

  it.each([
    ['one second', 1],
    ['the whole meeting', 3600],
  ])('leaves a required person undetermined: %s', (_, seconds) => {
    expect(word(judgeWith(unplaced(seconds)).verdict)).toBe('undetermined: no-times');
  });

  it('matters not to somebody optional', () => {
    expect(word(judgeWith({ ...unplaced(3600), reply: 'tentative' }).verdict)).toBe('not-required');
  });

  it('matters not to somebody who also joined for long enough', () => {
    expect(word(judgeWith({ flags: ['no-times'] }).verdict)).toBe('attended');
  });
});

describe('what is expected of whom', () => {
  it.each<[Reply, Expectation]>([
    ['accepted', 'required'],
    ['tentative', 'optional'],
    ['noResponse', 'optional'],
    ['declined', 'excused'],
    ['unknown', 'optional'],
  ])('by default %s means %s', (reply, expectation) => {
    expect(judgeWith({ reply }).expectation).toBe(expectation);
  });

  it.each<[string, Partial<Attendee>, Rules['externals'], Expectation]>([
    ['externals optional: required becomes optional', { external: true }, 'optional', 'optional'],
    ['externals the same: required stays', { external: true }, 'same', 'required'],
    ['externals optional: excused stays', { external: true, reply: 'declined' }, 'optional', 'excused'],
    ['externals optional: an internal person stays required', { external: false }, 'optional', 'required'],
  ])('%s', (_, person, externals, expectation) => {
    expect(judgeWith(person, { rules: { externals } }).expectation).toBe(expectation);
  });
});

describe('V1 late and left early', () => {
  it.each<[string, Partial<Attendee>, Flag[], number, number]>([
    ['a join exactly at the grace', { firstJoin: minute(5) }, [], 0, 0],
    ['a join one second past the grace', { firstJoin: minute(5) + 1 }, ['late'], 301, 0],
    ['a join before the start', { firstJoin: minute(-9) }, [], 0, 0],
    ['a leave exactly at the grace', { lastLeave: minute(55) }, [], 0, 0],
    ['a leave one second before the grace', { lastLeave: minute(55) - 1 }, ['left-early'], 0, 301],
    ['a leave after the end', { lastLeave: minute(69) }, [], 0, 0],
    ['both', { firstJoin: minute(6), lastLeave: minute(54) }, ['late', 'left-early'], 360, 360],
    [
      'somebody excused',
      { firstJoin: minute(6), reply: 'declined', certainSeconds: 0, possibleSeconds: 0 },
      ['late'],
      360,
      0,
    ],
    ['somebody who never joined', never, [], 0, 0],
  ])('%s', (_, person, flags, lateSeconds, leftEarlySeconds) => {
    expect(judgeWith(person)).toMatchObject({ flags, lateSeconds, leftEarlySeconds });
  });

  const late: Partial<Rules> = { late: { graceMinutes: 5, countsAs: 'insufficient' } };
  const leftEarly: Partial<Rules> = { leftEarly: { graceMinutes: 5, countsAs: 'insufficient' } };
  const both = { firstJoin: minute(6), lastLeave: minute(54) };

  it.each<[string, Partial<Attendee>, Partial<Rules>, string]>([
    ['late is named first', both, { ...late, ...leftEarly }, 'insufficient: late'],
    ['late alone', both, late, 'insufficient: late'],
    ['left early alone', both, leftEarly, 'insufficient: left-early'],
    ['neither counts', both, {}, 'attended'],
    ['in time', { firstJoin: minute(5), lastLeave: minute(55) }, { ...late, ...leftEarly }, 'attended'],
    ['somebody optional who attended', { ...both, reply: 'tentative' }, { ...late, ...leftEarly }, 'attended'],
    ['partial attendance stays partial', { ...both, ...stayed(PARTIAL) }, { ...withPartial, ...late }, 'partial'],
    ['doubt stays doubt', { ...both, ...stayed(0, MINIMUM) }, late, 'undetermined: ambiguous-presence'],
  ])('as insufficient: %s', (_, person, over, expected) => {
    expect(word(judgeWith(person, { rules: over }).verdict)).toBe(expected);
  });
});

describe('flags', () => {
  it.each<[string, Partial<Attendee>, Flag[]]>([
    ['certain = M', stayed(MINIMUM, 3600), []],
    ['certain < M = possible', stayed(MINIMUM - 1, MINIMUM), ['ambiguous-presence']],
    ['certain = P, possible < M', stayed(PARTIAL, MINIMUM - 1), []],
    ['certain < P = possible', stayed(PARTIAL - 1, PARTIAL), ['ambiguous-presence']],
    ['possible < P', stayed(0, PARTIAL - 1), []],
    ['whatever is expected', { ...stayed(0, MINIMUM), reply: 'tentative' }, ['ambiguous-presence']],
  ])('ambiguous-presence: %s', (_, person, flags) => {
    expect(judgeWith(person).flags).toEqual(flags);
  });

  it.each<[string, Partial<Attendee>, Flag[]]>([
    ['declined and attended', { reply: 'declined' }, ['attended-after-declining']],
    ['declined and not long enough', { reply: 'declined', ...stayed(0) }, []],
    ['accepted and attended', {}, []],
  ])('attended-after-declining: %s', (_, person, flags) => {
    expect(judgeWith(person).flags).toEqual(flags);
  });

  it('attended-after-declining is a fact, also when the policy requires those who declined', () => {
    const required: Partial<Rules> = { expectations: { ...rules().expectations, declined: 'required' } };
    expect(judgeWith({ reply: 'declined' }, { rules: required })).toMatchObject({
      verdict: { kind: 'attended' },
      flags: ['attended-after-declining'],
    });
  });

  it('keep those of the rows', () => {
    expect(judgeWith({ flags: ['external', 'unidentified'], firstJoin: minute(6) }).flags).toEqual([
      'external',
      'unidentified',
      'late',
    ]);
  });
});

describe('any rows', () => {
  const rows = fc.array(anyRow, { minLength: 1, maxLength: 5 });
  const verdictOf = (participants: Parameters<typeof toAttendees>[0], complete: boolean) =>
    toAttendees(participants, meeting()).attendees.map(
      (person) => judgeBy({ meeting: meeting(), rules: rules(withPartial), complete })(person).verdict.kind,
    );

  it('V7 one more row never turns attended into anything else, nor does completing the snapshot', () => {
    fc.assert(
      fc.property(rows, anyRow, (all, more) => {
        fc.pre(verdictOf(all, false).includes('attended'));
        expect(verdictOf([...all, more], true)).toEqual(['attended']);
      }),
    );
  });

  it('V7 an incomplete snapshot never accuses', () => {
    fc.assert(
      fc.property(rows, (all) => {
        expect(['partial', 'insufficient', 'absent']).not.toContain(verdictOf(all, false)[0]);
      }),
    );
  });
});
