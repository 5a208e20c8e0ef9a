import { type Locale, wordsOf } from '../../words/locale.ts';
import type { PolicyProblem } from '../deps.ts';
import { policyWords } from '../words/policy.ts';
import { problemText } from '../words/problems.ts';

/** What is wrong with one field, and what that field is called. */
export type Problem = { field: string; label: string; text: string };

/** A problem as it is told beside its field; that of one item of a list belongs to the field of the list. */
export const tellProblem = ({ path, problem }: PolicyProblem, locale: Locale): Problem => {
  const words = policyWords[locale];
  const text = problemText(problem, locale) ?? problem;
  const [, field = path, item] = /^(scope\..*)\[(\d+)\]$/.exec(path) ?? [];
  return {
    field,
    label: labelOf(field, locale),
    text: item === undefined ? text : words.pair(words.form.item(Number(item) + 1), text),
  };
};

/** `overrides[1].set.minimum.percent` by the names that stand above the fields. */
const labelOf = (path: string, locale: Locale): string => {
  const { form, exception, title, sets } = policyWords[locale];
  const { evidence, replies } = wordsOf(locale);
  const { minimum, partial, late, leftEarly, externals } = evidence;
  const names = new Map<string, string>(
    Object.entries({ ...form.keys, ...replies, minimum, partial, late, leftEarly, externals, set: sets }),
  );
  const parts = [...path.matchAll(/\[(\d+)\]|[^.[]+/g)].flatMap(([part, index]) => {
    if (index !== undefined) return [exception(Number(index) + 1)];
    return part === 'overrides' || (part === 'set' && !path.endsWith('set')) ? [] : [names.get(part) ?? part];
  });
  return parts.join(' · ') || title;
};
