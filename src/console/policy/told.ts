import { defaultRestarts, type Override, type Policy, type Rules } from '../../domain/policy.ts';
import type { Scope } from '../../domain/scope.ts';
import { type Locale, wordsOf } from '../../words/locale.ts';
import { limitText, matchText, punctualityText } from '../../words/policy.ts';
import { policyWords } from '../words/policy.ts';
import { replies } from './fields.ts';

/** One rule in words. */
export type Told = { label: string; text: string };

/** Who is expected: one line for each reply. */
export const expectationLines = (expectations: Rules['expectations'], locale: Locale): Told[] => {
  const words = wordsOf(locale);
  return replies.map((reply) => ({ label: words.replies[reply], text: words.expectations[expectations[reply]] }));
};

/** The rules that are given, in the order in which they are judged, with what is expected in lines of its own. */
export const ruleLines = (rules: Partial<Rules>, locale: Locale, expected: readonly Told[]): Told[] => {
  const words = wordsOf(locale);
  const { evidence: say } = words;
  const { minimum, partial, late, leftEarly, externals } = rules;
  return [
    ...(minimum ? [{ label: say.minimum, text: limitText(minimum, words) }] : []),
    ...(partial ? [{ label: say.partial, text: limitText(partial, words) }] : []),
    ...(partial === null ? [{ label: say.partial, text: say.noPartial }] : []),
    ...expected,
    ...(late ? [{ label: say.late, text: punctualityText(late, words) }] : []),
    ...(leftEarly ? [{ label: say.leftEarly, text: punctualityText(leftEarly, words) }] : []),
    ...(externals ? [{ label: say.externals, text: words.policy.externals[externals] }] : []),
  ];
};

/** Which meetings an exception is for, and what it sets. */
export const overrideTold = ({ match, set }: Override, locale: Locale): { when: string; rules: Told[] } => {
  const { forMeetings, sections, pair } = policyWords[locale];
  const { expectations } = set;
  const expected = expectations && {
    label: sections.expectations,
    text: expectationLines(expectations, locale)
      .map(({ label, text }) => pair(label, text))
      .join(wordsOf(locale).listSeparator),
  };
  return {
    when: forMeetings(matchText(match, wordsOf(locale))),
    rules: ruleLines(set, locale, expected ? [expected] : []),
  };
};

/** The conditions of the scope; none when every meeting gets a report. */
export const scopeLines = (scope: Scope | undefined, locale: Locale): string[] => {
  const { scope: say, sources: names } = policyWords[locale];
  const { minMinutes, minPeople, sources, meetingNos, topicWords } = scope ?? {};
  return [
    ...(minMinutes === undefined ? [] : [say.minMinutes(minMinutes)]),
    ...(minPeople === undefined ? [] : [say.minPeople(minPeople)]),
    ...(sources === undefined ? [] : [say.sources(sources.map((source) => names[source]))]),
    ...(meetingNos === undefined ? [] : [say.meetingNos(meetingNos)]),
    ...(topicWords === undefined ? [] : [say.topicWords(topicWords)]),
  ];
};

export const restartsText = ({ restarts = defaultRestarts }: Policy, locale: Locale): string => {
  const { restarts: within, noRestarts } = policyWords[locale];
  return restarts.withinMinutes === 0 ? noRestarts : within(restarts.withinMinutes);
};

const replyLines = ({ expectations }: Policy, locale: Locale): Told[] =>
  expectationLines(expectations, locale).map(({ label, text }) => ({
    label: wordsOf(locale).evidence.expectation(label),
    text,
  }));

/** The whole policy, a line for each rule, so that two can be held beside each other. */
const linesOf = (policy: Policy, locale: Locale): Told[] => {
  const { form, sections, everyMeeting, exception, nothingSet, pair } = policyWords[locale];
  const { listSeparator } = wordsOf(locale);
  const conditions = scopeLines(policy.scope, locale);
  return [
    { label: form.keys.name, text: policy.name },
    ...ruleLines(policy, locale, replyLines(policy, locale)),
    ...policy.overrides.map((override, index) => {
      const { when, rules } = overrideTold(override, locale);
      const told = rules.map(({ label, text }) => pair(label, text)).join('; ');
      return { label: exception(index + 1), text: pair(when, told || nothingSet) };
    }),
    { label: sections.scope, text: conditions.join(listSeparator) || everyMeeting },
    { label: sections.restarts, text: restartsText(policy, locale) },
  ];
};

export type Difference = { label: string; before: string | null; after: string | null };

/** The rules that two policies word differently; null where one of them has none. */
export const differencesOf = (before: Policy, after: Policy, locale: Locale): Difference[] => {
  const [old, now] = [before, after].map(
    (policy) => new Map(linesOf(policy, locale).map(({ label, text }) => [label, text])),
  );
  const labels = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...labels]
    .map((label) => ({ label, before: old?.get(label) ?? null, after: now?.get(label) ?? null }))
    .filter((line) => line.before !== line.after);
};
