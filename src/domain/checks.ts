import type { Room } from './attendees.ts';
import { type Decision, isContested, lastWordOn, personKey, rowOf, type Standing, straysOf } from './decisions.ts';
import type { Participant } from './meeting.ts';
import { repeated } from './repeated.ts';
import type { Told } from './report.ts';
import type { Flag, Judged, Verdict } from './verdict.ts';

/** Why a verdict was left open. */
export type OpenKind = Extract<Verdict, { kind: 'undetermined' }>['because'];
/** Facts that make HR look twice whatever the verdict. */
export type DoubtKind =
  | Extract<Flag, 'no-times' | 'inconsistent-times' | 'reply-conflict' | 'name-conflict' | 'unidentified'>
  | 'unreadable-times'
  | 'shared-id';

/** Why HR is asked about a decision. */
export type DecisionKind = 'contested-decision' | 'stray-decision';

/** One thing for a person to look at: a decision of HR's, a verdict left open, a doubtful fact about somebody judged, a room. */
export type Check =
  /** The rules now say something else than when HR decided. */
  | { about: 'decision'; kind: 'contested-decision'; judged: Judged; decision: Standing }
  /** It counts for nobody here; the person is null when they are not in this report. */
  | { about: 'decision'; kind: 'stray-decision'; judged: Judged | null; decision: Standing }
  | { about: 'verdict'; kind: OpenKind; judged: Judged }
  | { about: 'fact'; kind: DoubtKind; judged: Judged }
  | { about: 'room'; kind: 'room'; room: Room };

type Facts = Pick<Told, 'judged' | 'rooms' | 'snapshot'> & { decisions: readonly Decision[] };

/** In the order of what they can cost somebody. */
const DOUBTS: readonly DoubtKind[] = [
  'no-times',
  'unreadable-times',
  'shared-id',
  'inconsistent-times',
  'name-conflict',
  'unidentified',
  'reply-conflict',
];

/** A time of this row is there and was no use: judged as the rules say, and worth a look. */
const isUnreadable = ({ unreadable, joinedAt, leftAt, connectedSeconds }: Participant): boolean =>
  unreadable !== undefined ||
  (joinedAt === null && leftAt !== null) ||
  (joinedAt !== null && leftAt !== null && leftAt < joinedAt && connectedSeconds === null);

/** What two lines have in common that are one person by no rule, and may be one all the same. */
const SHARED_IDS: readonly ((judged: Judged) => string)[] = [
  ({ employeeId }) => employeeId,
  ({ email }) => email.toLowerCase(),
];

const doubtsOf = ({ judged, snapshot }: Facts): ((person: Judged, kind: DoubtKind) => boolean) => {
  const unreadable = new Set<number>();
  let index = 0;
  for (const row of snapshot.participants) {
    if (isUnreadable(row)) unreadable.add(index);
    index += 1;
  }
  const shared = repeated(judged, SHARED_IDS);
  return (person, kind) => {
    switch (kind) {
      case 'unreadable-times':
        return person.rows.some((row) => unreadable.has(row));
      case 'shared-id':
        return SHARED_IDS.some((idOf, kind) => shared[kind]?.has(idOf(person)));
      case 'no-times':
      case 'inconsistent-times':
      case 'reply-conflict':
      case 'name-conflict':
      case 'unidentified':
        return person.flags.includes(kind);
    }
  };
};

const isAccused = ({ verdict }: Judged): boolean => ['absent', 'insufficient', 'partial'].includes(verdict.kind);

/**
 * Decisions to take again first, then open verdicts, then doubtful facts by kind, those of people whom the verdict speaks against first, then rooms.
 * A fact that left the verdict open is not told twice.
 */
export const checksOf = (facts: Facts): Check[] => {
  const isDoubtful = doubtsOf(facts);
  const lastWord = lastWordOn(facts.decisions);
  const named = new Set(facts.decisions.map(({ person }) => person));
  const here = new Map<string, Judged>();
  const contested: Check[] = [];
  const open: Check[] = [];
  const doubts = DOUBTS.map((kind) => ({ kind, accused: [] as Check[], others: [] as Check[] }));
  for (const judged of facts.judged) {
    if (named.size > 0) {
      const key = personKey(judged);
      if (named.has(key)) here.set(key, judged);
      const decision = lastWord(judged);
      if (decision && isContested(decision, judged))
        contested.push({ about: 'decision', kind: 'contested-decision', judged, decision });
    }
    const left = openKind(judged);
    if (left !== null) open.push({ about: 'verdict', kind: left, judged });
    for (const { kind, accused, others } of doubts) {
      if (kind === left || !isDoubtful(judged, kind)) continue;
      (isAccused(judged) ? accused : others).push({ about: 'fact', kind, judged });
    }
  }
  const strays = straysOf(facts.decisions, (person) => here.has(person)).map((decision): Check => {
    // A row of other rows is not the row of that number here.
    const judged = rowOf(decision) === null ? (here.get(decision.person) ?? null) : null;
    return { about: 'decision', kind: 'stray-decision', judged, decision };
  });
  return [
    ...contested,
    ...strays,
    ...open,
    ...doubts.flatMap(({ accused, others }) => [...accused, ...others]),
    ...facts.rooms.map((room): Check => ({ about: 'room', kind: 'room', room })),
  ];
};

/** Decisions that HR is asked about again. */
export const countToConfirm = (facts: Facts): number =>
  facts.decisions.length === 0 ? 0 : checksOf(facts).filter(({ about }) => about === 'decision').length;

const openKind = ({ verdict }: Judged): OpenKind | null => (verdict.kind === 'undetermined' ? verdict.because : null);
