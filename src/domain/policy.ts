import type { Meeting, Reply } from './meeting.ts';

export type Expectation = 'required' | 'optional' | 'excused';

/** A share of the meeting's length and/or minutes; at least one of them is set. */
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

/** HR's rules with every default filled in. */
export type Policy = Rules & { schemaVersion: 1; name: string; overrides: readonly Override[] };

/** A policy under the SHA-256 of its canonical JSON. */
export type PolicyVersion = { policy: Policy; sha256: string };

export declare const defaultPolicy: Policy;
/** The rules for one meeting, and the index of the override that set them, or null. */
export declare const rulesFor: (policy: Policy, meeting: Meeting) => { rules: Rules; override: number | null };
/** Whole seconds a threshold asks of a meeting. */
export declare const thresholdSeconds: (threshold: Threshold, meeting: Meeting) => number;
