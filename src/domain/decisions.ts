import type { Expectation } from './policy.ts';
import { type Summary, summarise } from './summary.ts';
import type { Judged } from './verdict.ts';

/** What HR may decide: everything the rules can say but `undetermined`. */
export const decidable = ['attended', 'partial', 'insufficient', 'absent', 'not-required', 'excused'] as const;

export type DecidedVerdict = (typeof decidable)[number];

/** What HR decided of one person; it stands beside the computed verdict and never over it. */
export type Decision = {
  /** As `personKey` gives it. */
  person: string;
  /** null takes an earlier decision back. */
  verdict: DecidedVerdict | null;
  reason: string;
  by: { openId: string; name: string };
  /** Unix seconds. */
  at: number;
};

/** Names a person of one report: by identity, or by the first row of somebody who stands alone, which is true of one snapshot only. */
export const personKey = ({ identity, rows }: Pick<Judged, 'identity' | 'rows'>): string =>
  identity ?? `${rowPrefix}${rows[0]}`;

const rowPrefix = 'row:';

/** Whether the decision names the same person when the rows have been fetched anew. */
export const outlivesSnapshot = ({ person }: Decision): boolean => !person.startsWith(rowPrefix);

/** A decision that counts: it was the last one on its person, and did not take the others back. */
export type Standing = Decision & { verdict: DecidedVerdict };

/** The decision that counts for each person. */
export const inForce = (decisions: readonly Decision[]): Map<string, Standing> => {
  const standing = new Map<string, Standing>();
  for (const { verdict, ...decision } of decisions)
    if (verdict === null) standing.delete(decision.person);
    else standing.set(decision.person, { ...decision, verdict });
  return standing;
};

/** HR's last word on a person of a report; null when there is none. */
export const lastWordOn = (
  decisions: readonly Decision[],
): ((person: Pick<Judged, 'identity' | 'rows'>) => Standing | null) => {
  const standing = inForce(decisions);
  return standing.size === 0 ? () => null : (person) => standing.get(personKey(person)) ?? null;
};

/** Whom a decision counts among: who is found to have been missing was required, who is let off was not. */
const expectationBy = (verdict: DecidedVerdict, computed: Expectation): Expectation => {
  switch (verdict) {
    case 'attended':
      return computed;
    case 'partial':
    case 'insufficient':
    case 'absent':
      return 'required';
    case 'not-required':
      return 'optional';
    case 'excused':
      return 'excused';
  }
};

/** The counts when HR's decisions stand in for the computed verdicts; null when none of them concerns these people. */
export const summariseDecided = (
  judged: readonly Judged[],
  computed: Summary,
  decisions: readonly Decision[],
): Summary | null => {
  const lastWord = lastWordOn(decisions);
  let concerned = false;
  const decided = judged.map((person): Judged => {
    const verdict = lastWord(person)?.verdict;
    if (verdict === undefined) return person;
    concerned = true;
    return {
      ...person,
      expectation: expectationBy(verdict, person.expectation),
      verdict: verdict === 'insufficient' ? { kind: verdict, because: 'too-short' } : { kind: verdict },
    };
  });
  return concerned ? { ...summarise(decided, []), rooms: computed.rooms } : null;
};
