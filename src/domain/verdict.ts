import type { Attendee, RowFlag } from './attendees.ts';
import type { Meeting } from './meeting.ts';
import { type Expectation, graceSeconds, type Rules, thresholdSeconds } from './policy.ts';

export type Verdict =
  | { kind: 'attended' }
  | { kind: 'partial' }
  | { kind: 'insufficient'; because: 'too-short' | 'late' | 'left-early' }
  | { kind: 'absent' }
  | { kind: 'undetermined'; because: 'ambiguous-presence' | 'incomplete-data' | 'no-times' }
  | { kind: 'not-required' }
  | { kind: 'excused' };

/** Every verdict there is, in the order in which people are told of them. */
export const verdictKinds = [
  'attended',
  'partial',
  'insufficient',
  'absent',
  'undetermined',
  'not-required',
  'excused',
] as const satisfies readonly Verdict['kind'][];

export type Flag = RowFlag | 'late' | 'left-early' | 'attended-after-declining' | 'ambiguous-presence';

/** An attendee with what the rules say of them. */
export type Judged = Omit<Attendee, 'flags'> & {
  expectation: Expectation;
  verdict: Verdict;
  flags: readonly Flag[];
  requiredSeconds: number;
  /** Seconds by which the first join came after the start; 0 unless flagged late. */
  lateSeconds: number;
  /** Seconds by which the last leave came before the end; 0 unless flagged left-early. */
  leftEarlySeconds: number;
};

/** What a meeting's rules ask of everybody, in seconds; partial seconds are infinite when they know no partial attendance. */
type Bar = { rules: Rules; complete: boolean; requiredSeconds: number; partialSeconds: number };

/** All that a verdict rests on. */
type Case = Bar & {
  attendee: Attendee;
  expectation: Expectation;
  lateSeconds: number;
  leftEarlySeconds: number;
};

/**
 * What the rules say of each person of a meeting. Nobody is accused on doubt: when readings of the data differ, they are
 * `undetermined`. The exact thresholds are worked out once, not for each of thousands.
 */
export const judgeBy = ({ meeting, rules, complete }: { meeting: Meeting; rules: Rules; complete: boolean }) => {
  const requiredSeconds = thresholdSeconds(rules.minimum, meeting);
  const partialSeconds = rules.partial === null ? Number.POSITIVE_INFINITY : thresholdSeconds(rules.partial, meeting);
  const lateGrace = graceSeconds(rules.late);
  const earlyGrace = graceSeconds(rules.leftEarly);

  return (attendee: Attendee): Judged => {
    const expectation = expectationOf(attendee, rules);
    const lateSeconds = beyond(lateGrace, (attendee.firstJoin ?? meeting.startsAt) - meeting.startsAt);
    const leftEarlySeconds = beyond(earlyGrace, meeting.endsAt - (attendee.lastLeave ?? meeting.endsAt));
    const facts: Case = {
      rules,
      complete,
      requiredSeconds,
      partialSeconds,
      attendee,
      expectation,
      lateSeconds,
      leftEarlySeconds,
    };
    const verdict = verdictOf(facts);

    const flags: Flag[] = [...attendee.flags];
    if (lateSeconds > 0) flags.push('late');
    if (leftEarlySeconds > 0) flags.push('left-early');
    if (verdict.kind === 'attended' && attendee.reply === 'declined') flags.push('attended-after-declining');
    if (isAmbiguous(facts)) flags.push('ambiguous-presence');
    // Spelled out: copying an attendee's fields by a spread costs several times as much as all the rest.
    const { identity, name, department, employeeId, email, userId, external, reply } = attendee;
    const { joined, firstJoin, lastLeave, certainSeconds, possibleSeconds, rows } = attendee;
    return {
      identity,
      name,
      department,
      employeeId,
      email,
      userId,
      external,
      reply,
      joined,
      firstJoin,
      lastLeave,
      certainSeconds,
      possibleSeconds,
      flags,
      rows,
      expectation,
      verdict,
      requiredSeconds,
      lateSeconds,
      leftEarlySeconds,
    };
  };
};

const expectationOf = ({ reply, external }: Attendee, rules: Rules): Expectation => {
  const expectation = rules.expectations[reply];
  return expectation === 'required' && external && rules.externals === 'optional' ? 'optional' : expectation;
};

/** The seconds when they are more than the grace allows, else 0. */
const beyond = (grace: number, seconds: number): number => (seconds > grace ? seconds : 0);

const verdictOf = (facts: Case): Verdict => {
  const { expectation, complete } = facts;
  const verdict = presenceVerdict(facts);
  switch (expectation) {
    case 'required':
      return complete ? punctualVerdict(verdict, facts) : doubted(punctualVerdict(verdict, facts));
    case 'optional':
      return verdict.kind === 'attended' ? verdict : { kind: 'not-required' };
    case 'excused':
      return verdict.kind === 'attended' ? verdict : { kind: 'excused' };
  }
};

const presenceVerdict = (facts: Case): Verdict => {
  const { joined, flags, certainSeconds } = facts.attendee;
  if (!joined) return flags.includes('no-times') ? { kind: 'undetermined', because: 'no-times' } : { kind: 'absent' };
  if (certainSeconds >= facts.requiredSeconds) return { kind: 'attended' };
  if (isAmbiguous(facts)) return { kind: 'undetermined', because: 'ambiguous-presence' };
  if (certainSeconds >= facts.partialSeconds) return { kind: 'partial' };
  return { kind: 'insufficient', because: 'too-short' };
};

/** Whether readings of the rows differ on the minimum or, below it, on the partial limit. */
const isAmbiguous = ({ attendee, requiredSeconds, partialSeconds }: Case): boolean => {
  const { certainSeconds, possibleSeconds } = attendee;
  const decisive = possibleSeconds >= requiredSeconds ? requiredSeconds : partialSeconds;
  return certainSeconds < decisive && decisive <= possibleSeconds;
};

const punctualVerdict = (verdict: Verdict, { rules, lateSeconds, leftEarlySeconds }: Case): Verdict => {
  if (verdict.kind !== 'attended') return verdict;
  if (lateSeconds > 0 && rules.late.countsAs === 'insufficient') return { kind: 'insufficient', because: 'late' };
  if (leftEarlySeconds > 0 && rules.leftEarly.countsAs === 'insufficient')
    return { kind: 'insufficient', because: 'left-early' };
  return verdict;
};

/** The verdict when rows may be missing: they could only have helped. */
const doubted = (verdict: Verdict): Verdict => {
  switch (verdict.kind) {
    case 'partial':
    case 'insufficient':
    case 'absent':
      return { kind: 'undetermined', because: 'incomplete-data' };
    case 'attended':
    case 'undetermined':
    case 'not-required':
    case 'excused':
      return verdict;
  }
};
