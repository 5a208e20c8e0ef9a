import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Meeting, Participant, Snapshot } from '../../src/domain/meeting.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { toReport } from '../../src/domain/report.ts';
import {
  isJoinedId,
  lengthSeconds,
  mergeSnapshots,
  type Restarted,
  reportsWithin,
  restartsOf,
} from '../../src/domain/restarts.ts';
import type { Judged } from '../../src/domain/verdict.ts';
import { absentee, meeting, minute, participant, provenance, roomRow, snapshot } from '../make.ts';

const within = 900;

/** An instance between two minutes of the ordinary meeting's day. */
const instance = (instanceId: string, from: number, to: number, over: Partial<Meeting> = {}): Meeting =>
  meeting({ instanceId, startsAt: minute(from), endsAt: minute(to), ...over });

const idsOf = (instances: readonly Meeting[], withinSeconds = within): string[] =>
  restartsOf(instances, withinSeconds).map(({ instanceId }) => instanceId);

describe('a meeting is a restarted one', () => {
  const first = instance('a', 0, 30);
  const begunAfter = (seconds: number, over: Partial<Meeting> = {}): Meeting =>
    instance('b', 0, 90, { startsAt: first.endsAt + seconds, ...over });

  it.each([
    ['begun again at once', begunAfter(0), true],
    ['begun again after ten minutes', begunAfter(600), true],
    ['begun again exactly at the limit', begunAfter(900), true],
    ['begun again a second past the limit', begunAfter(901), false],
    ['begun before the other ended', begunAfter(-1), false],
    ['under another number', begunAfter(600, { meetingNo: '987654321' }), false],
    ['at the same time on the next day', instance('b', 1440, 1470), false],
    ['at the same time a week later', instance('b', 10_080, 10_110), false],
  ])('or not: %s', (_, second, isOne) => {
    expect(idsOf([first, second])).toEqual(isOne ? ['a_b'] : []);
  });

  it('across midnight', () => {
    const midnight = 15 * 60;
    expect(idsOf([instance('a', midnight - 40, midnight - 5), instance('b', midnight + 5, midnight + 30)])).toEqual([
      'a_b',
    ]);
  });

  it('under the limit that is given, and never under a limit of 0', () => {
    expect(idsOf([first, begunAfter(60)], 60)).toEqual(['a_b']);
    expect(idsOf([first, begunAfter(61)], 60)).toEqual([]);
    expect(idsOf([first, begunAfter(0)], 0)).toEqual([]);
  });

  it('once for the whole chain, in whatever order and however often its instances are listed', () => {
    const chain = [instance('a', 0, 10), instance('b', 15, 25), instance('c', 30, 60), instance('d', 80, 90)];
    fc.assert(
      fc.property(fc.shuffledSubarray([...chain, ...chain], { minLength: 8 }), (listed) => {
        const [restarted, ...others] = restartsOf(listed, within);
        expect(others).toEqual([]);
        expect(restarted?.parts.map(({ instanceId }) => instanceId)).toEqual(['a', 'b', 'c']);
      }),
    );
  });

  it('apart from one of another number that ran meanwhile', () => {
    const other = instance('x', 5, 35, { meetingNo: '987654321' });
    expect(idsOf([first, other, begunAfter(600)])).toEqual(['a_b']);
  });

  it('from the first start to the last end, with the words of the first, and as long as its parts together', () => {
    const second = instance('b', 40, 90, { topic: 'Renamed', ownerOpenId: 'ou_other' });
    const [restarted] = restartsOf([second, first], within);
    expect(restarted).toEqual({
      ...first,
      instanceId: 'a_b',
      endsAt: minute(90),
      parts: [
        { instanceId: 'a', startsAt: minute(0), endsAt: minute(30) },
        { instanceId: 'b', startsAt: minute(40), endsAt: minute(90) },
      ],
    });
    expect(lengthSeconds(restarted as Restarted)).toBe(80 * 60);
    expect(lengthSeconds(first)).toBe(30 * 60);
  });

  it('never one of instances on other days, for any meeting that ends by day', () => {
    const ofDay = fc.record({ day: fc.nat(30), from: fc.integer({ min: 0, max: 600 }), length: fc.nat(120) });
    fc.assert(
      fc.property(fc.uniqueArray(ofDay, { selector: (each) => each.day }), (days) => {
        const recurring = days.map(({ day: at, from, length }) =>
          instance(`m${at}`, at * 1440 + from, at * 1440 + from + length),
        );
        expect(idsOf(recurring, 7200)).toEqual([]);
      }),
    );
  });
});

/** Half an hour, a break of ten minutes, and a whole hour. */
const parts = [instance('a', 0, 30), instance('b', 40, 100)] as const;
const joined = restartsOf(parts, within)[0] as Restarted;

const row = (from: number, to: number | null, over: Partial<Participant> = {}): Participant =>
  participant({
    joinedAt: minute(from),
    leftAt: to === null ? null : minute(to),
    connectedSeconds: to === null ? null : (to - from) * 60,
    ...over,
  });

const judge = (
  first: readonly Participant[],
  second: readonly Participant[],
  over: Partial<Snapshot> = {},
  whole: Meeting = joined,
): readonly Judged[] =>
  toReport({
    meeting: whole,
    snapshot: mergeSnapshots([snapshot({ participants: first }), snapshot({ participants: second, ...over })]),
    policy: { policy: defaultPolicy, sha256: '' },
    provenance: provenance(),
  }).judged;

describe('presence over both parts', () => {
  it.each<[string, Participant[], Participant[], [number, number, string, string[]]]>([
    ['in both', [row(0, 30)], [row(40, 100)], [90, 90, 'attended', []]],
    ['only in the long part', [absentee()], [row(40, 100)], [60, 60, 'insufficient', ['late']]],
    ['only in the short part', [row(0, 30)], [absentee()], [30, 30, 'insufficient', ['left-early']]],
    ['listed in one part alone', [], [row(32.5, 100)], [67.5, 67.5, 'attended', ['late']]],
    ['in neither', [absentee()], [absentee()], [0, 0, 'absent', []]],
    [
      'on a device without a leave in the first part, which ends with that part',
      [row(0, null, { connectedSeconds: 1800 })],
      [row(40, 100)],
      [90, 90, 'attended', []],
    ],
    [
      'on a device without a leave or a time, which was there for the rest of its part at most',
      [row(20, null)],
      [absentee()],
      [0, 10, 'insufficient', ['late', 'left-early']],
    ],
    [
      'on a device without a leave in the second part',
      [row(0, 30)],
      [row(40, null, { connectedSeconds: 3600 })],
      [90, 90, 'attended', []],
    ],
    [
      'on two devices at once in one part, which count once',
      [row(0, 30), row(0, 30)],
      [row(40, 100), row(50, 90)],
      [90, 90, 'attended', []],
    ],
    [
      'after a late start and before an early end of their parts, which are in the middle of the meeting',
      [row(0, 20)],
      [row(41, 100)],
      [79, 79, 'attended', []],
    ],
  ])('%s', (_, first, second, [certain, possible, verdict, flags]) => {
    const [person, ...others] = judge(first, second);
    expect(others).toEqual([]);
    expect(person).toMatchObject({ certainSeconds: certain * 60, possibleSeconds: possible * 60, flags });
    expect(person?.verdict.kind).toBe(verdict);
  });

  it.each([
    [0, 'attended'],
    [1, 'insufficient'],
  ])('asks for the minimum of the length without the break: %d seconds short of it', (seconds, verdict) => {
    const [person] = judge([row(0, 30)], [row(62.5, 100, { connectedSeconds: 2250 - seconds })]);
    expect(person).toMatchObject({ requiredSeconds: 0.75 * 90 * 60, verdict: { kind: verdict } });
  });

  it('leaves rows without an identity apart, and lists each room of each part', () => {
    const guest = { userId: '', employeeId: '', email: '' };
    const judged = judge([row(0, 30, guest), roomRow()], [row(40, 100, guest), roomRow()]);
    expect(judged.map(({ certainSeconds }) => certainSeconds)).toEqual([1800, 3600]);
    expect(judged[0]?.flags).toContain('name-conflict');
  });
});

describe('a part that is not whole', () => {
  it('leaves open what would be held against somebody, and keeps what is certain', () => {
    const open = judge([absentee(), row(0, 30, { userId: 'ou_2' })], [row(40, 100, { userId: 'ou_2' })], {
      complete: false,
      proof: null,
    });
    expect(open.map(({ verdict }) => verdict)).toEqual([
      { kind: 'undetermined', because: 'incomplete-data' },
      { kind: 'attended' },
    ]);
  });

  it.each([
    [['counts', 'counts'], 'counts'],
    [['two-reads', 'two-reads'], 'two-reads'],
    [['counts', 'two-reads'], null],
    [['counts', null], null],
  ] as const)('is proved by what all parts have in common: %j', ([first, second], proof) => {
    expect(mergeSnapshots([snapshot({ proof: first }), snapshot({ proof: second })]).proof).toBe(proof);
  });

  it('adds up what the parts cost, as far as it is known', () => {
    const first = snapshot({ pages: 2, reads: 1, calls: 3, fetchedAt: 50, webinar: true });
    const second = snapshot({ pages: 5, reads: 2, calls: 8, fetchedAt: 90 });
    const sums = { pages: 7, reads: 3, calls: 11, fetchedAt: 90, webinar: true, announced: null, complete: true };
    expect(mergeSnapshots([first, second])).toMatchObject(sums);
    expect(mergeSnapshots([first, snapshot({ calls: null, fetchedAt: null })])).toMatchObject({
      calls: null,
      fetchedAt: null,
    });
  });
});

describe('nothing changes', () => {
  const rows = fc.array(
    fc.record({ user: fc.nat(3), from: fc.nat(60), to: fc.option(fc.nat(60)), connected: fc.option(fc.nat(3600)) }),
  );

  it('when a part of no length and without rows is joined', () => {
    const alone = instance('a', 0, 60);
    const whole = restartsOf([alone, instance('b', 60, 60)], within)[0] as Restarted;
    fc.assert(
      fc.property(rows, (given) => {
        const participants = given.map(({ user, from, to, connected }) =>
          row(from, to, { userId: `ou_${user}`, connectedSeconds: connected }),
        );
        const single = toReport({
          meeting: alone,
          snapshot: snapshot({ participants }),
          policy: { policy: defaultPolicy, sha256: '' },
          provenance: provenance(),
        }).judged;
        expect(judge(participants, [], {}, whole)).toEqual(single);
      }),
    );
  });

  it('in anybody’s time and verdict when the break is longer or shorter', () => {
    const facts = ({ certainSeconds, possibleSeconds, requiredSeconds, verdict, flags }: Judged) => ({
      certainSeconds,
      possibleSeconds,
      requiredSeconds,
      verdict,
      flags,
    });
    const judgedAfterBreakOf = (minutes: number, given: readonly [Participant, number, number][]) => {
      const second = instance('b', 30 + minutes, 90 + minutes);
      const whole = restartsOf([parts[0], second], within)[0] as Restarted;
      const rowsAfter = given.map(([each, from, to]) =>
        participant({ ...each, joinedAt: minute(30 + minutes + from), leftAt: minute(30 + minutes + to) }),
      );
      return judge([row(0, 30), row(5, 20, { userId: 'ou_2' })], rowsAfter, {}, whole).map(facts);
    };
    const stretch = fc.record({ user: fc.integer({ min: 1, max: 3 }), from: fc.nat(60), to: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(stretch), fc.nat(15), (given, minutes) => {
        const rowsGiven = given.map(({ user, from, to }): [Participant, number, number] => [
          participant({ userId: `ou_${user}`, connectedSeconds: 600 }),
          from,
          to,
        ]);
        expect(judgedAfterBreakOf(minutes, rowsGiven)).toEqual(judgedAfterBreakOf(0, rowsGiven));
      }),
    );
  });
});

describe('the reports within a joined one', () => {
  const chain = (...ids: string[]) =>
    restartsOf(
      ids.map((instanceId, n) => meeting({ instanceId, startsAt: minute(20 * n), endsAt: minute(20 * n + 10) })),
      900,
    );

  it('are those of its parts and of each shorter run of them, under the start of their first', () => {
    const told = chain('a', 'b', 'c').flatMap(reportsWithin);
    expect(told).toEqual([
      { instanceId: 'a', startsAt: minute(0) },
      { instanceId: 'a_b', startsAt: minute(0) },
      { instanceId: 'b', startsAt: minute(20) },
      { instanceId: 'b_c', startsAt: minute(20) },
      { instanceId: 'c', startsAt: minute(40) },
    ]);
    expect(told.map(({ instanceId }) => isJoinedId(instanceId))).toEqual([false, true, false, true, false]);
  });
});
