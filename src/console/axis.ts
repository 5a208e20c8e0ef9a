import type { Meeting } from '../domain/meeting.ts';
import type { Span } from '../domain/presence.ts';
import { lengthSeconds } from '../domain/restarts.ts';

/**
 * The axis of every picture of a meeting: its own seconds, from 0 to its length. The breaks of a restarted meeting have no
 * place on it, so that what is measured and what is required have the same scale as the times.
 */
export type Axis = {
  seconds: number;
  /** Seconds of the meeting that had passed at a moment (Unix seconds): 0 before it, all of them after it. */
  at: (moment: number) => number;
  /** The moment at which so many seconds had passed; the first one when a break lies there. */
  moment: (seconds: number) => number;
  /** Where on the axis the breaks lie. */
  breaks: readonly number[];
};

export const axisOf = (meeting: Pick<Meeting, 'startsAt' | 'endsAt' | 'parts'>): Axis => {
  const seconds = lengthSeconds(meeting);
  let passed = 0;
  const parts = (meeting.parts ?? [meeting]).map(({ startsAt, endsAt }) => {
    const length = Math.max(0, endsAt - startsAt);
    const before = passed;
    passed += length;
    return { startsAt, length, before };
  });
  return {
    seconds,
    at: (moment) =>
      parts.reduce((sum, { startsAt, length }) => sum + Math.min(length, Math.max(0, moment - startsAt)), 0),
    moment: (asked) => {
      const part = parts.find(({ before, length }) => asked <= before + length);
      return part === undefined ? meeting.endsAt : part.startsAt + asked - part.before;
    },
    breaks: parts.slice(1).map(({ before }) => before),
  };
};

/** From one second of the axis to another. */
export type Stretch = { from: number; to: number };

/** A picture is too coarse to show less than this share of its axis. */
const visible = 1 / 240;

/** Whether the device was connected from join to leave, as far as a picture can show it. */
export const isWhole = ({ from, to, atLeast }: Span, { seconds }: Axis): boolean =>
  atLeast > 0 && to - from - atLeast <= seconds * visible;

/**
 * What the rows of one person say of when they were there. Seen: within some device's first join and last leave. There:
 * that device was besides connected throughout. Of all else that was seen nobody
 * knows which part was spent in the meeting. Both in order and disjoint.
 */
export const stretchesOf = (spans: readonly Span[], axis: Axis): { there: Stretch[]; seen: Stretch[] } => {
  const placed = (some: readonly Span[]) =>
    joined(some.map(({ from, to }) => ({ from: axis.at(from), to: axis.at(to) })));
  return { there: placed(spans.filter((span) => isWhole(span, axis))), seen: placed(spans) };
};

const joined = (stretches: readonly Stretch[]): Stretch[] => {
  const disjoint: Stretch[] = [];
  for (const { from, to } of [...stretches].sort((one, other) => one.from - other.from)) {
    const last = disjoint.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else disjoint.push({ from, to });
  }
  return disjoint;
};
