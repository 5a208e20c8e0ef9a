import type { Attendee, RowFlag } from './attendees.ts';
import type { Meeting } from './meeting.ts';
import type { Expectation, Rules } from './policy.ts';

export type Verdict =
  | { kind: 'attended' }
  | { kind: 'partial' }
  | { kind: 'insufficient'; because: 'too-short' | 'late' | 'left-early' }
  | { kind: 'absent' }
  | { kind: 'undetermined'; because: 'ambiguous-presence' | 'incomplete-data' | 'no-times' }
  | { kind: 'not-required' }
  | { kind: 'excused' };

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

export declare const judge: (
  attendee: Attendee,
  context: { meeting: Meeting; rules: Rules; complete: boolean },
) => Judged;
