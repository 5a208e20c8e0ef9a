import type { Meeting } from '../domain/meeting.ts';
import { type Override, type Punctuality, type Threshold, thresholdSeconds } from '../domain/policy.ts';
import type { Report } from '../domain/report.ts';
import { clock } from './clock.ts';
import type { Words } from './words.ts';

/** A limit in words. */
export const limitText = ({ percent, minutes, combine }: Threshold, { policy }: Words): string => {
  const [one, other] = [
    ...(percent === undefined ? [] : [policy.percent(percent)]),
    ...(minutes === undefined ? [] : [policy.minutes(minutes)]),
  ];
  return one !== undefined && other !== undefined ? policy[combine]([one, other]) : (one ?? '');
};

/** A limit in words, and what it comes to in this meeting. */
export const thresholdText = (threshold: Threshold, { meeting, words }: { meeting: Meeting; words: Words }): string =>
  words.policy.here(limitText(threshold, words), clock(thresholdSeconds(threshold, meeting)));

export const punctualityText = ({ graceMinutes, countsAs }: Punctuality, { policy }: Words): string =>
  policy.beyond(graceMinutes, policy.countsAs[countsAs]);

/** Which meetings an override is for. */
export const matchText = (match: Override['match'], { policy, listSeparator }: Words): string =>
  (['meetingNo', 'topicContains', 'ownerOpenId'] as const)
    .flatMap((key) => {
      const value = match[key];
      return value === undefined ? [] : [policy.match[key](value)];
    })
    .join(listSeparator);

/** Which override set the rules, and by what it matched. */
export const overrideText = ({ override, policy }: Pick<Report, 'override' | 'policy'>, words: Words): string => {
  const match = override === null ? undefined : policy.policy.overrides[override]?.match;
  if (override === null || match === undefined) return words.evidence.noOverride;
  return words.policy.override(override + 1, matchText(match, words));
};
