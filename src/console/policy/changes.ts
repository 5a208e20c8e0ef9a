import type { Report } from '../../domain/report.ts';
import type { Judged, Verdict } from '../../domain/verdict.ts';

/** One person of whom two policies say different things. */
export type Change = { before: Judged; after: Judged };

type Kind = Verdict['kind'];
type Verdicts = { before: Kind; after: Kind; people: number };

/** Whose verdict is another one; both reports are of the same rows, so the same person stands at the same place. */
export const changesOf = ({ before, after }: { before: Report; after: Report }): Change[] =>
  before.judged.flatMap((person, index) => {
    const other = after.judged[index];
    return other === undefined || other.verdict.kind === person.verdict.kind ? [] : [{ before: person, after: other }];
  });

/** How many go from one verdict to another, most first. */
export const countChanges = (changes: readonly Change[]): Verdicts[] => {
  const counts = new Map<string, Verdicts>();
  for (const { before, after } of changes) {
    const key = `${before.verdict.kind} ${after.verdict.kind}`;
    const count = counts.get(key) ?? { before: before.verdict.kind, after: after.verdict.kind, people: 0 };
    counts.set(key, { ...count, people: count.people + 1 });
  }
  return [...counts.values()].sort((one, other) => other.people - one.people);
};
