import { partsOf } from './job-id.ts';
import type { Expectation } from './policy.ts';
import type { Judged, Verdict } from './verdict.ts';

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
  /** What the rules said of the person to whoever decided; an earlier version did not keep it. */
  beside?: Verdict;
  /** The job whose rows it was taken on, when others are judged: those fetched since, or a whole that this was a part of. */
  saidOf?: string;
};

/** Names a person of one report: by identity, or by the first row of somebody who stands alone, which is true of one snapshot only. */
export const personKey = ({ identity, rows }: Pick<Judged, 'identity' | 'rows'>): string =>
  identity ?? `${rowPrefix}${rows[0]}`;

const rowPrefix = 'row:';

/** The row that a decision names somebody by who stands alone; null when it names them by identity. */
export const rowOf = ({ person }: Decision): number | null =>
  person.startsWith(rowPrefix) ? Number(person.slice(rowPrefix.length)) : null;

/** The decisions when the rows are fetched anew: who was named by a row is somebody of the earlier rows of that job. */
export const onNewRows = (decisions: readonly Decision[], rowsOf: string): Decision[] =>
  decisions.map((each) => (rowOf(each) === null ? each : { saidOf: rowsOf, ...each }));

/** A decision that counts: it was the last one on its person, and did not take the others back. */
export type Standing = Decision & { verdict: DecidedVerdict };

const isStanding = (decision: Decision): decision is Standing => decision.verdict !== null;

/** The last word on each person of a report: its own, and by whence it comes what was said on other rows. */
const lastWords = (decisions: readonly Decision[]) => {
  const own = new Map<string, Decision>();
  const others = new Map<string, Map<string, Decision>>();
  for (const decision of decisions) {
    const { person, saidOf } = decision;
    if (saidOf === undefined) {
      own.set(person, decision);
      continue;
    }
    // A row is one of that job's alone; who has an id is the same in every report of the instance.
    const whence = rowOf(decision) === null ? partsOf(saidOf).instanceId : saidOf;
    others.set(person, (others.get(person) ?? new Map()).set(whence, decision));
  }
  return { own, others };
};

/** What speaks of the person and not of their minutes, and never against them: that holds for the whole as for a part. */
const lettingOff: readonly DecidedVerdict[] = ['not-required', 'excused'];

/** The one word that all parts on which HR said anything have for somebody, if it may be carried over; null otherwise. */
const carried = (words: Iterable<Decision>): Standing | null => {
  const said = [...words].filter(isStanding);
  const [first] = said;
  const isOne = first && rowOf(first) === null && said.every(({ verdict }) => verdict === first.verdict);
  return isOne && lettingOff.includes(first.verdict) ? first : null;
};

/** The decision that counts for each person: the report's own last word or, while it has none, what is carried over from parts. */
export const inForce = (decisions: readonly Decision[]): Map<string, Standing> => {
  const { own, others } = lastWords(decisions);
  const standing = new Map<string, Standing>();
  for (const [person, word] of own) if (isStanding(word)) standing.set(person, word);
  for (const [person, words] of others) {
    const word = own.has(person) ? null : carried(words.values());
    if (word) standing.set(person, word);
  }
  return standing;
};

/** HR's last word on a person of a report; null when there is none. */
export const lastWordOn = (
  decisions: readonly Decision[],
): ((person: Pick<Judged, 'identity' | 'rows'>) => Standing | null) => {
  const standing = inForce(decisions);
  return standing.size === 0 ? () => null : (person) => standing.get(personKey(person)) ?? null;
};

/**
 * What HR decided and counts for nobody here, so that it is told of: on somebody who is not in this report, or on other
 * rows and not to be carried over. HR's later word on the same person here settles it.
 * @param isHere Whether the report has the person of this key.
 */
export const straysOf = (decisions: readonly Decision[], isHere: (person: string) => boolean): Standing[] => {
  const { own, others } = lastWords(decisions);
  const standing = inForce(decisions);
  const strays = [...own.values()].filter(isStanding).filter(({ person }) => !isHere(person));
  for (const [person, words] of others)
    for (const word of [...words.values()].filter(isStanding)) {
      const byId = rowOf(word) === null;
      const isSettled = byId && (own.get(person)?.at ?? Number.NEGATIVE_INFINITY) >= word.at;
      const isCarried = byId && isHere(person) && standing.get(person)?.saidOf !== undefined;
      if (!isSettled && !isCarried) strays.push(word);
    }
  return strays;
};

const becauseOf = (verdict: Verdict): string => ('because' in verdict ? verdict.because : '');

/** Whether two verdicts say the same for the same reason. */
export const saysTheSame = (one: Verdict, other: Verdict): boolean =>
  one.kind === other.kind && becauseOf(one) === becauseOf(other);

/** Whether HR has to be asked again: the rules say what neither they said when HR decided, nor HR. */
export const isContested = ({ verdict, beside }: Standing, { verdict: said }: Pick<Judged, 'verdict'>): boolean =>
  beside !== undefined && said.kind !== verdict && !saysTheSame(beside, said);

/** What is said against somebody, the hardest first. */
const against: readonly Verdict['kind'][] = ['absent', 'insufficient', 'partial'];

const mildness = (kind: Verdict['kind']): number => (against.includes(kind) ? against.indexOf(kind) : against.length);

/** Of a decision that HR is asked about again and what the rules say now, the milder counts. */
const holds = (word: Standing, person: Judged): boolean =>
  !isContested(word, person) || mildness(word.verdict) >= mildness(person.verdict.kind);

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

/** The people with HR's decisions in place of the computed verdicts; null when none of them concerns these people. */
export const asDecided = (judged: readonly Judged[], decisions: readonly Decision[]): Judged[] | null => {
  const lastWord = lastWordOn(decisions);
  let concerned = false;
  const decided = judged.map((person): Judged => {
    const word = lastWord(person);
    if (word === null) return person;
    concerned = true;
    if (!holds(word, person)) return person;
    const { verdict } = word;
    return {
      ...person,
      expectation: expectationBy(verdict, person.expectation),
      verdict: verdict === 'insufficient' ? { kind: verdict, because: 'too-short' } : { kind: verdict },
    };
  });
  return concerned ? decided : null;
};
