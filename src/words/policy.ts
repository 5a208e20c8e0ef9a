import type { Meeting } from '../domain/meeting.ts';
import { type Punctuality, type Threshold, thresholdSeconds } from '../domain/policy.ts';
import type { Report } from '../domain/report.ts';
import { clock } from './clock.ts';
import type { Words } from './words.ts';

/** A limit in words, and what it comes to in this meeting. */
export const thresholdText = (threshold: Threshold, { meeting, words }: { meeting: Meeting; words: Words }): string => {
  const { percent, minutes, combine } = threshold;
  const [one, other] = [
    ...(percent === undefined ? [] : [words.policy.percent(percent)]),
    ...(minutes === undefined ? [] : [words.policy.minutes(minutes)]),
  ];
  const limit = one !== undefined && other !== undefined ? words.policy[combine]([one, other]) : (one ?? '');
  return words.policy.here(limit, clock(thresholdSeconds(threshold, meeting)));
};

export const punctualityText = ({ graceMinutes, countsAs }: Punctuality, { policy, listSeparator }: Words): string =>
  [policy.grace(graceMinutes), policy.countsAs[countsAs]].join(listSeparator);

/** Which override set the rules, and by what it matched. */
export const overrideText = ({ override, policy }: Pick<Report, 'override' | 'policy'>, words: Words): string => {
  const match = override === null ? undefined : policy.policy.overrides[override]?.match;
  if (override === null || match === undefined) return words.evidence.noOverride;
  const keys = ['meetingNo', 'topicContains', 'ownerOpenId'] as const;
  const parts = keys.flatMap((key) => {
    const value = match[key];
    return value === undefined ? [] : [words.policy.match[key](value)];
  });
  return words.policy.override(override + 1, parts.join(words.listSeparator));
};
