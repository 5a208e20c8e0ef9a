import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultPolicy,
  graceSeconds,
  type Override,
  restartSeconds,
  rulesFor,
  type Threshold,
  thresholdSeconds,
} from '../../src/domain/policy.ts';
import { meeting, minute, policy, rules } from '../make.ts';

const lasting = (seconds: number) => meeting({ endsAt: minute(0) + seconds });

describe('V1 the seconds a threshold asks of a meeting', () => {
  it.each<[string, Threshold, number, number]>([
    ['percent of the length', { percent: 75, combine: 'both' }, 3600, 2700],
    ['a part of a second counts as a whole one', { percent: 75, combine: 'both' }, 3601, 2701],
    ['70.1 % of 3000 s without binary fractions', { percent: 70.1, combine: 'both' }, 3000, 2103],
    ['the smallest percent there is', { percent: 5e-324, combine: 'both' }, 3600, 1],
    ['0 percent', { percent: 0, combine: 'both' }, 3600, 0],
    ['100 percent', { percent: 100, combine: 'both' }, 3599, 3599],
    ['minutes', { minutes: 30, combine: 'both' }, 3600, 1800],
    ['minutes up to the length', { minutes: 60, combine: 'both' }, 3600, 3600],
    ['minutes never more than the length', { minutes: 60, combine: 'both' }, 3599, 3599],
    ['the most minutes there are', { minutes: Number.MAX_VALUE, combine: 'both' }, 3600, 3600],
    ['a part of a minute in whole seconds', { minutes: 0.01, combine: 'both' }, 3600, 1],
    ['both: the higher, here minutes', { percent: 50, minutes: 31, combine: 'both' }, 3600, 1860],
    ['both: the higher, here percent', { percent: 50, minutes: 29, combine: 'both' }, 3600, 1800],
    ['either: the lower, here percent', { percent: 50, minutes: 31, combine: 'either' }, 3600, 1800],
    ['either: the lower, here minutes', { percent: 50, minutes: 29, combine: 'either' }, 3600, 1740],
    ['one unit alone has nothing to combine', { percent: 50, combine: 'either' }, 3600, 1800],
    ['a meeting of length 0', { percent: 75, minutes: 30, combine: 'both' }, 0, 0],
    ['a meeting that ends before it starts', { percent: 75, combine: 'both' }, -1, 0],
  ])('%s', (_, threshold, length, seconds) => {
    expect(thresholdSeconds(threshold, lasting(length))).toBe(seconds);
  });

  it('is exact for every decimal percent', () => {
    const decimal = fc
      .nat(10)
      .chain((scale) => fc.bigInt({ min: 0n, max: 100n * 10n ** BigInt(scale) }).map((digits) => ({ digits, scale })));
    fc.assert(
      fc.property(decimal, fc.nat(86_400), ({ digits, scale }, length) => {
        const whole = 100n * 10n ** BigInt(scale);
        const exact = (BigInt(length) * digits + whole - 1n) / whole;
        const percent = Number(`${digits}e-${scale}`);
        expect(thresholdSeconds({ percent, combine: 'both' }, lasting(length))).toBe(Number(exact));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('seconds of grace', () => {
  it.each([
    ['whole minutes', 5, 300],
    ['none', 0, 0],
    ['a part of a second is never enough to be later', 0.11, 6],
    ['1.1 minutes without binary fractions', 1.1, 66],
  ])('%s', (_, graceMinutes, seconds) => {
    expect(graceSeconds({ graceMinutes, countsAs: 'flag' })).toBe(seconds);
  });
});

describe('the longest break of a restarted meeting', () => {
  it.each([
    ['15 minutes unless the policy says otherwise', {}, 900],
    ['as many as it says', { restarts: { withinMinutes: 7 } }, 420],
    ['none', { restarts: { withinMinutes: 0 } }, 0],
  ])('is %s', (_, given, seconds) => {
    expect(restartSeconds(policy(given))).toBe(seconds);
  });
});

describe('the rules for one meeting', () => {
  const strict: Override['set'] = { minimum: { percent: 90, combine: 'both' } };
  const lax: Override['set'] = { minimum: { percent: 10, combine: 'both' } };

  it('are the base when no override matches', () => {
    expect(rulesFor(defaultPolicy, meeting())).toEqual({ rules: rules(), override: null });
  });

  it.each<[string, Override['match'], boolean]>([
    ['the number', { meetingNo: '235812466' }, true],
    ['another number', { meetingNo: '235812467' }, false],
    ['a part of the topic', { topicContains: 'eek' }, true],
    ['a topic in another case', { topicContains: 'week' }, false],
    ['a topic that is no pattern', { topicContains: 'W.*y' }, false],
    ['the owner', { ownerOpenId: 'ou_owner' }, true],
    ['another owner', { ownerOpenId: 'ou_other' }, false],
    ['all keys', { meetingNo: '235812466', topicContains: 'Weekly', ownerOpenId: 'ou_owner' }, true],
    ['all keys but one', { meetingNo: '235812466', topicContains: 'Weekly', ownerOpenId: 'ou_other' }, false],
  ])('match by %s', (_, match, matches) => {
    expect(rulesFor(policy({ overrides: [{ match, set: strict }] }), meeting()).override).toBe(matches ? 0 : null);
  });

  it('come from the first override that matches, by whole keys', () => {
    const overrides: Override[] = [
      { match: { meetingNo: '000000000' }, set: lax },
      { match: { meetingNo: '235812466' }, set: strict },
      { match: { topicContains: 'Weekly' }, set: { ...lax, externals: 'same' } },
    ];
    const base = policy({ minimum: { percent: 75, minutes: 30, combine: 'either' }, overrides });
    expect(rulesFor(base, meeting())).toEqual({ rules: rules(strict), override: 1 });
  });
});
