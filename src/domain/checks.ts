import type { Room } from './attendees.ts';
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

/** One thing for a person to look at: a verdict left open, a doubtful fact about somebody judged, a room. */
export type Check =
  | { about: 'verdict'; kind: OpenKind; judged: Judged }
  | { about: 'fact'; kind: DoubtKind; judged: Judged }
  | { about: 'room'; kind: 'room'; room: Room };

type Facts = Pick<Told, 'judged' | 'rooms' | 'snapshot'>;

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
 * Open verdicts first, then doubtful facts by kind, those of people whom the verdict speaks against first, then rooms.
 * A fact that left the verdict open is not told twice.
 */
export const checksOf = (facts: Facts): Check[] => {
  const isDoubtful = doubtsOf(facts);
  const open: Check[] = [];
  const doubts = DOUBTS.map((kind) => ({ kind, accused: [] as Check[], others: [] as Check[] }));
  for (const judged of facts.judged) {
    const left = openKind(judged);
    if (left !== null) open.push({ about: 'verdict', kind: left, judged });
    for (const { kind, accused, others } of doubts) {
      if (kind === left || !isDoubtful(judged, kind)) continue;
      (isAccused(judged) ? accused : others).push({ about: 'fact', kind, judged });
    }
  }
  return [
    ...open,
    ...doubts.flatMap(({ accused, others }) => [...accused, ...others]),
    ...facts.rooms.map((room): Check => ({ about: 'room', kind: 'room', room })),
  ];
};

const openKind = ({ verdict }: Judged): OpenKind | null => (verdict.kind === 'undetermined' ? verdict.because : null);
