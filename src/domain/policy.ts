import type { Meeting, Reply } from './meeting.ts';
import { lengthSeconds } from './restarts.ts';
import type { Scope } from './scope.ts';

export type Expectation = 'required' | 'optional' | 'excused';

/** A share of the meeting's length (0–100) and/or minutes (0 or more); at least one of them is set. */
export type Threshold = { percent?: number; minutes?: number; combine: 'both' | 'either' };

export type Punctuality = { graceMinutes: number; countsAs: 'flag' | 'insufficient' };

/** The rules that one meeting is judged by. */
export type Rules = {
  minimum: Threshold;
  partial: Threshold | null;
  expectations: Record<Reply, Expectation>;
  late: Punctuality;
  leftEarly: Punctuality;
  externals: 'optional' | 'same';
};

export type Override = {
  match: { meetingNo?: string; topicContains?: string; ownerOpenId?: string };
  set: Partial<Rules>;
};

/** A meeting that is begun again after so many minutes at most is one with what was before; 0 joins nothing. */
export type Restarts = { withinMinutes: number };

/**
 * HR's rules with every default filled in; without a scope every meeting deserves a report, and without a word on restarts
 * a meeting may be begun again within 15 minutes.
 */
export type Policy = Rules & {
  schemaVersion: 1;
  name: string;
  overrides: readonly Override[];
  scope?: Scope;
  restarts?: Restarts;
};

/** A policy under the SHA-256 of its canonical JSON. */
export type PolicyVersion = { policy: Policy; sha256: string };

export const defaultPolicy: Policy = {
  schemaVersion: 1,
  name: 'Default',
  minimum: { percent: 75, combine: 'both' },
  partial: null,
  expectations: {
    accepted: 'required',
    tentative: 'optional',
    noResponse: 'optional',
    declined: 'excused',
    unknown: 'optional',
  },
  late: { graceMinutes: 5, countsAs: 'flag' },
  leftEarly: { graceMinutes: 5, countsAs: 'flag' },
  externals: 'optional',
  overrides: [],
};

export const defaultRestarts: Restarts = { withinMinutes: 15 };

/** The rules for one meeting, and the index of the override that set them, or null. The first override that matches wins. */
export const rulesFor = (policy: Policy, meeting: Meeting): { rules: Rules; override: number | null } => {
  const index = policy.overrides.findIndex(({ match }) => matches(match, meeting));
  const { minimum, partial, expectations, late, leftEarly, externals } = { ...policy, ...policy.overrides[index]?.set };
  return {
    rules: { minimum, partial, expectations, late, leftEarly, externals },
    override: index === -1 ? null : index,
  };
};

/** Every key that is given must match. */
const matches = ({ meetingNo, topicContains, ownerOpenId }: Override['match'], meeting: Meeting): boolean =>
  (meetingNo === undefined || meetingNo === meeting.meetingNo) &&
  (topicContains === undefined || meeting.topic.includes(topicContains)) &&
  (ownerOpenId === undefined || ownerOpenId === meeting.ownerOpenId);

/** Whole seconds, rounded up, that a threshold asks of a meeting; never more than its length. */
export const thresholdSeconds = ({ percent, minutes, combine }: Threshold, meeting: Meeting): number => {
  const length = lengthSeconds(meeting);
  const limits: number[] = [];
  if (percent !== undefined) limits.push(ceiling(fraction(percent, { times: length, over: 100 })));
  if (minutes !== undefined) limits.push(Math.min(length, ceiling(fraction(minutes, { times: 60, over: 1 }))));
  return combine === 'both' ? Math.max(...limits) : Math.min(...limits);
};

/** Whole seconds of grace, rounded down: moments are whole seconds, so later than 6.5 s means later than 6 s. */
export const graceSeconds = ({ graceMinutes }: Punctuality): number => wholeSeconds(graceMinutes);

/** The longest break, in seconds, after which a meeting still counts as begun again. */
export const restartSeconds = ({ restarts = defaultRestarts }: Policy): number => wholeSeconds(restarts.withinMinutes);

const wholeSeconds = (minutes: number): number => {
  const { numerator, denominator } = fraction(minutes, { times: 60, over: 1 });
  return Number(numerator / denominator);
};

type Fraction = { numerator: bigint; denominator: bigint };

/**
 * value × times ÷ over, exactly, for the decimal number that somebody wrote: 70.1 % of 3000 s is 2103 s,
 * where binary floating point makes it a little more and rounding up a second too many.
 */
const fraction = (value: number, { times, over }: { times: number; over: number }): Fraction => {
  const [digits = '', exponent = '0'] = String(value).split('e');
  const [whole = '', decimals = ''] = digits.split('.');
  const scale = decimals.length - Number(exponent);
  return {
    numerator: BigInt(whole + decimals) * BigInt(times) * 10n ** BigInt(Math.max(0, -scale)),
    denominator: BigInt(over) * 10n ** BigInt(Math.max(0, scale)),
  };
};

const ceiling = ({ numerator, denominator }: Fraction): number => Number((numerator + denominator - 1n) / denominator);
