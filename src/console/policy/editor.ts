import type { Override, Policy, PolicyVersion } from '../../domain/policy.ts';
import type { Locale } from '../../words/locale.ts';
import type { PolicyDeps } from '../deps.ts';
import { policyWords } from '../words/policy.ts';
import type { Draft, Fields } from './codec.ts';
import { draftOf, fieldsOf, overridesOf } from './fields.ts';
import { parseJson } from './json.ts';
import { type Problem, tellProblem } from './problem.ts';
import type { Said } from './said.ts';

/**
 * A draft on a page: as fields or as JSON.
 * @property exceptions Those that are told in words; null for one whose fields are open.
 * @property isAdding Whether the fields of a new exception are open too.
 */
export type Editor =
  | { as: 'form'; fields: Fields; exceptions: readonly (Override | null)[]; isAdding: boolean }
  | { as: 'json'; text: string };

type Parse = PolicyDeps['parse'];
type Open = ReadonlySet<number>;

/** The policy as its JSON is shown. */
export const jsonOf = (draft: unknown): string => JSON.stringify(draft, null, 2);

/** An exception is closed when it can be told in words and is not to be open. */
const formOf = (parse: Parse, draft: Draft, open: Open, isAdding = false): Editor => {
  const exceptions = overridesOf(draft).map((value, index): Override | null => {
    const told = open.has(index) ? null : parse({ overrides: [value] });
    return told !== null && 'policy' in told ? (told.policy.overrides[0] ?? null) : null;
  });
  const opened = [...exceptions.keys()].filter((index) => exceptions[index] === null);
  return { as: 'form', fields: fieldsOf(draft, new Set(opened)), exceptions, isAdding };
};

/** A policy to begin with, or to go on with. */
export const editorOf = (parse: Parse, as: Editor['as'], policy: Policy): Editor =>
  as === 'json' ? { as, text: jsonOf(policy) } : formOf(parse, { ...policy }, new Set());

/** What somebody wrote: the policy that it is or what is wrong with it, and the page as they left it. */
type Written = { editor: Editor } & ({ version: PolicyVersion } | { problems: readonly Problem[] });

/** Judges what was written as JSON or as fields; the exceptions that something is wrong with are open. */
export const writtenIn = (parse: Parse, said: Said, locale: Locale): Written =>
  said.as === 'json' ? writtenAsJson(parse, said.json, locale) : writtenAsForm(parse, said.fields, locale);

const writtenAsJson = (parse: Parse, text: string, locale: Locale): Written => {
  const editor: Editor = { as: 'json', text };
  const read = parseJson(text);
  if ('mistake' in read) {
    const { problems: words, form } = policyWords[locale];
    const { twice, ...place } = read.mistake;
    const told = twice === null ? words.json(place) : words.twice({ key: twice, ...place });
    return { editor, problems: [{ field: 'json', label: form.json, text: told }] };
  }
  const parsed = parse(read.value);
  if ('policy' in parsed) return { editor, version: parsed };
  const problems = parsed.problems.map((problem) => {
    const { label, text } = tellProblem(problem, locale);
    return { field: 'json', label: problem.path || label, text };
  });
  return { editor, problems };
};

const writtenAsForm = (parse: Parse, fields: Fields, locale: Locale): Written => {
  const { draft, open } = draftOf(fields);
  const parsed = parse(draft);
  if ('policy' in parsed) return { editor: formOf(parse, draft, open), version: parsed };
  const wrong = parsed.problems.flatMap(({ path }) => /^overrides\[(\d+)\]/.exec(path)?.[1] ?? []).map(Number);
  const problems = parsed.problems.map((problem) => tellProblem(problem, locale));
  return { editor: formOf(parse, draft, new Set([...open, ...wrong])), problems };
};

/** The draft in the other shape, or with its exceptions opened, moved or added to; nothing of it is judged. */
export const rearranged = (parse: Parse, { action, index, as, fields, json }: Said): Editor => {
  if (as === 'json') return { as, text: json };
  const { draft, open } = draftOf(fields);
  if (action === 'as-json') return { as: 'json', text: jsonOf(draft) };
  if (action === 'open') return formOf(parse, draft, new Set([...open, index]));
  if (action === 'up')
    return formOf(parse, { ...draft, overrides: swapped(overridesOf(draft), index) }, swappedIn(open, index));
  return formOf(parse, draft, open, action === 'add');
};

const swapped = (items: readonly unknown[], index: number): unknown[] => {
  const one = items[index - 1];
  const other = items[index];
  return one === undefined || other === undefined ? [...items] : items.with(index - 1, other).with(index, one);
};

const swappedIn = (open: Open, index: number): Open => {
  const other = new Map([
    [index, index - 1],
    [index - 1, index],
  ]);
  return new Set([...open].map((each) => other.get(each) ?? each));
};
