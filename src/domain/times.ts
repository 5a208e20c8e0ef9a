import type { Meeting, Participant } from './meeting.ts';
import type { Span } from './presence.ts';

/** What one row says about when its device was connected. */
export type Times = {
  /** From the first join to the last leave; null when the row shows no join. */
  span: Span | null;
  /** Connected seconds that no usable span places in time: they are possible, never certain. */
  unplacedSeconds: number;
  flag: 'no-times' | 'inconsistent-times' | null;
};

/**
 * Without a leave the device stayed until the end of the meeting, or of the row's part of it. A leave before its join counts as the join.
 * More connected time than the span holds is cut to it; one second more is rounding, beyond that it is flagged.
 */
export const timesOf = ({ joinedAt, leftAt, connectedSeconds, part }: Participant, meeting: Meeting): Times => {
  const connected = connectedSeconds ?? 0;
  if (joinedAt === null) return { span: null, unplacedSeconds: connected, flag: connected > 0 ? 'no-times' : null };

  const backwards = leftAt !== null && leftAt < joinedAt;
  const { endsAt } = (part === undefined ? undefined : meeting.parts?.[part]) ?? meeting;
  const to = Math.max(joinedAt, leftAt ?? endsAt);
  const length = to - joinedAt;
  return {
    span: {
      from: joinedAt,
      to,
      atLeast: Math.min(length, connected),
      atMost: Math.min(length, connectedSeconds ?? length),
    },
    unplacedSeconds: backwards ? connected : 0,
    flag: connected > length + (backwards ? 0 : 1) ? 'inconsistent-times' : null,
  };
};
