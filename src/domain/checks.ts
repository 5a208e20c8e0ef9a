import type { Room } from './attendees.ts';
import type { Participant } from './meeting.ts';
import type { Report } from './report.ts';
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

type Facts = Pick<Report, 'judged' | 'rooms' | 'snapshot'>;

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
const sharedIds = ({ employeeId, email }: Judged): string[] =>
  [employeeId && `e:${employeeId}`, email && `m:${email.toLowerCase()}`].filter((id) => id !== '');

const doubtsOf = ({ judged, snapshot }: Facts): ((person: Judged, kind: DoubtKind) => boolean) => {
  const holders = new Map<string, number>();
  for (const id of judged.flatMap(sharedIds)) holders.set(id, (holders.get(id) ?? 0) + 1);
  return (person, kind) => {
    switch (kind) {
      case 'unreadable-times':
        return person.rows.some((row) => isUnreadable(snapshot.participants[row] as Participant));
      case 'shared-id':
        return sharedIds(person).some((id) => (holders.get(id) ?? 0) > 1);
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
  const { judged, rooms } = facts;
  const isDoubtful = doubtsOf(facts);
  const accusedFirst = [...judged.filter(isAccused), ...judged.filter((person) => !isAccused(person))];
  return [
    ...judged.flatMap((person): Check[] => {
      const kind = openKind(person);
      return kind === null ? [] : [{ about: 'verdict', kind, judged: person }];
    }),
    ...DOUBTS.flatMap((kind) =>
      accusedFirst
        .filter((person) => isDoubtful(person, kind) && openKind(person) !== kind)
        .map((person): Check => ({ about: 'fact', kind, judged: person })),
    ),
    ...rooms.map((room): Check => ({ about: 'room', kind: 'room', room })),
  ];
};

const openKind = ({ verdict }: Judged): OpenKind | null => (verdict.kind === 'undetermined' ? verdict.because : null);
