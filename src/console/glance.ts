import type { Judged, Verdict } from '../domain/verdict.ts';
import type { Axis } from './axis.ts';

/** Steps into which the pictures of everybody divide the meeting's length. */
export const steps = 100;
/** A picture has no more lines than these. */
const mostLines = 1200;

/** From one step to another, on one line of a picture. */
type Edges = readonly [from: number, to: number];

/** The lines of one verdict's people, longest certain time first. The same index is the same person. */
export type Group = {
  kind: Verdict['kind'];
  people: number;
  lines: { span: Edges; certain: Edges; possible: Edges }[];
  /** Unix seconds; null when nobody joined. */
  firstJoin: number | null;
  lastLeave: number | null;
  /** Seconds of certain time: least, median, most. */
  certain: readonly [number, number, number];
};

const kinds: readonly Verdict['kind'][] = [
  'attended',
  'partial',
  'insufficient',
  'absent',
  'undetermined',
  'not-required',
  'excused',
];

/**
 * Everybody, by verdict.
 * @returns `each`: how many people one line stands for, by the middle one of so many neighbours; 1 is everybody.
 */
export const glanceAt = (judged: readonly Judged[], axis: Axis): { groups: Group[]; each: number } => {
  const each = Math.max(1, Math.ceil(judged.length / mostLines));
  const groups = kinds.flatMap((kind) => {
    const people = judged.filter(({ verdict }) => verdict.kind === kind);
    return people.length === 0 ? [] : [groupOf(kind, people, axis, each)];
  });
  return { groups, each };
};

const groupOf = (kind: Group['kind'], people: readonly Judged[], axis: Axis, each: number): Group => {
  const step = (seconds: number) => Math.round((Math.min(seconds, axis.seconds) / axis.seconds) * steps);
  /** What is there at all is to be seen. */
  const edges = (from: number, to: number): Edges => {
    const start = Math.min(step(from), steps - 1);
    return [start, Math.max(start + 1, step(to))];
  };
  const all = people
    .map(({ firstJoin, lastLeave, certainSeconds, possibleSeconds }) => ({
      span:
        firstJoin === null || lastLeave === null ? ([0, 0] as const) : edges(axis.at(firstJoin), axis.at(lastLeave)),
      certain: certainSeconds === 0 ? ([0, 0] as const) : edges(0, certainSeconds),
      possible: possibleSeconds > certainSeconds ? edges(certainSeconds, possibleSeconds) : ([0, 0] as const),
    }))
    .sort(
      (one, other) => other.certain[1] - one.certain[1] || one.span[0] - other.span[0] || other.span[1] - one.span[1],
    );
  const seconds = people.map(({ certainSeconds }) => certainSeconds).sort((one, other) => one - other);
  const joins = people.flatMap(({ firstJoin }) => firstJoin ?? []);
  const leaves = people.flatMap(({ lastLeave }) => lastLeave ?? []);
  return {
    kind,
    people: people.length,
    lines: all.filter((_, index) => index % each === Math.min(each, all.length - (index - (index % each))) >> 1),
    firstJoin: joins.length === 0 ? null : joins.reduce((one, other) => Math.min(one, other)),
    lastLeave: leaves.length === 0 ? null : leaves.reduce((one, other) => Math.max(one, other)),
    certain: [seconds[0] ?? 0, seconds[seconds.length >> 1] ?? 0, seconds.at(-1) ?? 0],
  };
};

/**
 * Lines one below the other, each from one step to another, as the outline of one shape: down their left ends and up their
 * right ends. Neighbours that are alike cost nothing, so that a thousand people take a few kilobytes.
 */
export const outline = (lines: readonly Edges[]): string => {
  if (lines.every(([from, to]) => from === to)) return '';
  const side = (ends: readonly number[], down: 1 | -1): string => {
    let path = '';
    for (let index = 0; index < ends.length; ) {
      const end = ends[index];
      let next = index + 1;
      while (next < ends.length && ends[next] === end) next += 1;
      path += `H${end}v${down * (next - index)}`;
      index = next;
    }
    return path;
  };
  return `M0 0${side(
    lines.map(([from]) => from),
    1,
  )}${side(lines.map(([, to]) => to).reverse(), -1)}z`;
};
