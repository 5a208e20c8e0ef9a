import { type Rules, thresholdSeconds } from '../domain/policy.ts';
import type { Report } from '../domain/report.ts';
import type { Judged } from '../domain/verdict.ts';
import { clock } from './clock.ts';
import type { Words } from './words.ts';

/** Why a person got their verdict, in sentences that let HR check it by hand. */
export const reasonOf = ({ meeting, rules }: Pick<Report, 'meeting' | 'rules'>, words: Words) => {
  const { reason } = words;
  const partial = rules.partial === null ? [] : [reason.partialFrom(clock(thresholdSeconds(rules.partial, meeting)))];
  return (judged: Judged): string =>
    [...because(judged, { rules, words, partial }), ...punctuality(judged, { rules, words })].join(
      words.sentenceSeparator,
    );
};

type Context = { rules: Rules; words: Words };

const because = (judged: Judged, { rules, words, partial }: Context & { partial: string[] }): string[] => {
  const { verdict, requiredSeconds, rows, expectation, reply } = judged;
  const { reason } = words;
  const measured = (presence: string) => reason.required(presence, clock(requiredSeconds));
  const known = measured(presence(judged, reason.neverJoined, words));
  const cause =
    rules.expectations[reply] === expectation
      ? reason.reply(words.replies[reply], words.expectations[expectation])
      : reason.external;
  switch (verdict.kind) {
    case 'attended':
      return [requiredSeconds === 0 ? reason.nothingRequired : known];
    case 'partial':
      return [known, ...partial];
    case 'insufficient':
      return verdict.because === 'too-short' ? [known, ...partial] : [known];
    case 'absent':
      return [known];
    case 'not-required':
    case 'excused':
      return [cause, known];
    case 'undetermined':
      switch (verdict.because) {
        case 'ambiguous-presence':
          return [known, ...partial, rows.length > 1 ? reason.devices(rows.length) : reason.timeUnknown];
        case 'incomplete-data':
          return [measured(presence(judged, reason.notSeen, words)), reason.incomplete];
        case 'no-times':
          return [known, reason.noTimes];
      }
  }
};

const presence = ({ joined, certainSeconds, possibleSeconds }: Judged, unseen: string, { reason }: Words): string => {
  if (!joined && possibleSeconds === 0) return unseen;
  return certainSeconds === possibleSeconds
    ? reason.present(clock(certainSeconds))
    : reason.between(clock(certainSeconds), clock(possibleSeconds));
};

const punctuality = (
  { lateSeconds, leftEarlySeconds, verdict }: Judged,
  { rules, words: { reason } }: Context,
): string[] => {
  const sentences: string[] = [];
  const decisive = verdict.kind === 'insufficient' ? verdict.because : null;
  if (lateSeconds > 0) sentences.push(reason.late(clock(lateSeconds), rules.late.graceMinutes));
  if (decisive === 'late') sentences.push(reason.countsAsInsufficient);
  if (leftEarlySeconds > 0) sentences.push(reason.leftEarly(clock(leftEarlySeconds), rules.leftEarly.graceMinutes));
  if (decisive === 'left-early') sentences.push(reason.countsAsInsufficient);
  return sentences;
};
