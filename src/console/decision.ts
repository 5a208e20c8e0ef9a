import { type DecidedVerdict, decidable } from '../domain/decisions.ts';

/** What somebody filled into the form that decides on a person, and what is wrong with it. */
export type Draft = { verdict: string; reason: string; errors: { verdict?: 'missing'; reason?: 'missing' | 'long' } };

export const longestReason = 500;

/** What the form says instead of a verdict to take the decision back. */
export const takeBack = 'take-back';

export const emptyDraft: Draft = { verdict: '', reason: '', errors: {} };

/** Characters as people count them, near enough: whole code points. */
export const lengthOf = (text: string): number => [...text].length;

/** The decision that a form holds, or the form again with what is wrong. Browsers send a line break as two characters. */
export const decisionOf = (
  form: Record<string, unknown>,
): { said: { verdict: DecidedVerdict | null; reason: string } } | { draft: Draft } => {
  const text = (name: string) => (typeof form[name] === 'string' ? form[name] : '');
  const verdict = text('verdict');
  const reason = text('reason').replace(/\r\n?/g, '\n').trim();
  const decided = verdict === takeBack ? null : decidable.find((each) => each === verdict);
  const errors: Draft['errors'] = {
    ...(decided === undefined && { verdict: 'missing' as const }),
    ...(reason === '' && { reason: 'missing' as const }),
    ...(lengthOf(reason) > longestReason && { reason: 'long' as const }),
  };
  return decided === undefined || errors.reason
    ? { draft: { verdict: decided === undefined ? '' : verdict, reason, errors } }
    : { said: { verdict: decided, reason } };
};
