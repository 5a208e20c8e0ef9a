import type { Room } from '../domain/attendees.ts';
import type { Report } from '../domain/report.ts';
import type { Judged } from '../domain/verdict.ts';
import type { DoubtKind, OpenKind } from './words.ts';

/** One thing for a person to look at: a verdict left open, a doubtful fact about somebody judged, a room. */
export type Check =
  | { about: 'verdict'; kind: OpenKind; judged: Judged }
  | { about: 'fact'; kind: DoubtKind; judged: Judged }
  | { about: 'room'; kind: 'room'; room: Room };

const DOUBTS: readonly DoubtKind[] = [
  'no-times',
  'inconsistent-times',
  'reply-conflict',
  'name-conflict',
  'unidentified',
];

/** Open verdicts first, then doubtful facts by kind, then rooms. A fact that left the verdict open is not told twice. */
export const checksOf = ({ judged, rooms }: Pick<Report, 'judged' | 'rooms'>): Check[] => [
  ...judged.flatMap((person): Check[] => {
    const kind = openKind(person);
    return kind === null ? [] : [{ about: 'verdict', kind, judged: person }];
  }),
  ...DOUBTS.flatMap((kind) =>
    judged
      .filter((person) => person.flags.includes(kind) && openKind(person) !== kind)
      .map((person): Check => ({ about: 'fact', kind, judged: person })),
  ),
  ...rooms.map((room): Check => ({ about: 'room', kind: 'room', room })),
];

const openKind = ({ verdict }: Judged): OpenKind | null => (verdict.kind === 'undetermined' ? verdict.because : null);
