import { type Judged, type Verdict, verdictKinds } from '../domain/verdict.ts';
import type { Axis } from './axis.ts';

/** Steps into which the pictures of everybody divide the meeting's length. */
export const steps = 100;
/** The pictures have no more lines than these, and take no more letters. */
const mostLines = 1200;
const mostLetters = 11_000;

/** From one step to another, on one line of a picture. */
type Edges = readonly [from: number, to: number];

/** The people of one verdict, longest certain time first, one below the other; the same line is the same person. */
export type Group = {
  kind: Verdict['kind'];
  people: number;
  lines: number;
  /** The outlines of all lines: from first join to last leave, the certain time, and what is possible beyond it. */
  span: string;
  certain: string;
  possible: string;
  /** Unix seconds; null when nobody joined. */
  firstJoin: number | null;
  lastLeave: number | null;
  /** Seconds of certain time: least, median, most. */
  range: readonly [number, number, number];
};

/**
 * Everybody, by verdict.
 * @returns `each`: how many people one line stands for, by the middle one of so many neighbours; 1 is everybody.
 */
export const glanceAt = (judged: readonly Judged[], axis: Axis): { groups: Group[]; each: number } => {
  const verdicts = verdictKinds.flatMap((kind) => {
    const people = judged.filter(({ verdict }) => verdict.kind === kind);
    return people.length === 0 ? [] : [{ kind, people, lines: linesOf(people, axis) }];
  });
  for (let each = Math.max(1, Math.ceil(judged.length / mostLines)); ; each *= 2) {
    const groups = verdicts.map(({ kind, people, lines }) => groupOf(kind, people, middles(lines, each)));
    const letters = groups.reduce((sum, { span, certain, possible }) => sum + `${span}${certain}${possible}`.length, 0);
    if (letters <= mostLetters) return { groups, each };
  }
};

type Line = Record<'span' | 'certain' | 'possible', Edges>;

const nothing: Edges = [0, 0];

const linesOf = (people: readonly Judged[], axis: Axis): Line[] => {
  const step = (seconds: number) => Math.round((Math.min(seconds, axis.seconds) / axis.seconds) * steps);
  /** What is there at all is to be seen. */
  const edges = (from: number, to: number): Edges => {
    const start = Math.min(step(from), steps - 1);
    return [start, Math.max(start + 1, step(to))];
  };
  return people
    .map(
      ({ firstJoin, lastLeave, certainSeconds, possibleSeconds }): Line => ({
        span: firstJoin === null || lastLeave === null ? nothing : edges(axis.at(firstJoin), axis.at(lastLeave)),
        certain: certainSeconds === 0 ? nothing : edges(0, certainSeconds),
        possible: possibleSeconds > certainSeconds ? edges(certainSeconds, possibleSeconds) : nothing,
      }),
    )
    .sort(
      (one, other) => other.certain[1] - one.certain[1] || one.span[0] - other.span[0] || other.span[1] - one.span[1],
    );
};

/** Of each so many neighbours the middle one. */
const middles = (lines: readonly Line[], each: number): Line[] =>
  lines.filter((_, index) => {
    const first = index - (index % each);
    return index === first + (Math.min(each, lines.length - first) >> 1);
  });

const groupOf = (kind: Group['kind'], people: readonly Judged[], lines: readonly Line[]): Group => {
  const seconds = people.map(({ certainSeconds }) => certainSeconds).sort((one, other) => one - other);
  const joins = people.flatMap(({ firstJoin }) => firstJoin ?? []);
  const leaves = people.flatMap(({ lastLeave }) => lastLeave ?? []);
  return {
    kind,
    people: people.length,
    lines: lines.length,
    span: outline(lines.map(({ span }) => span)),
    certain: outline(lines.map(({ certain }) => certain)),
    possible: outline(lines.map(({ possible }) => possible)),
    firstJoin: joins.length === 0 ? null : joins.reduce((one, other) => Math.min(one, other)),
    lastLeave: leaves.length === 0 ? null : leaves.reduce((one, other) => Math.max(one, other)),
    range: [seconds[0] ?? 0, seconds[seconds.length >> 1] ?? 0, seconds.at(-1) ?? 0],
  };
};

/**
 * Lines one below the other, each from one step to another, as the outline of one shape: down their left ends and up their
 * right ends. Neighbours that are alike cost nothing, so that a thousand people take a few kilobytes.
 */
export const outline = (lines: readonly Edges[]): string => {
  if (lines.every(([from, to]) => from === to)) return '';
  const left = runsOf(lines.map(([from]) => from)).map(([at, count]) => `H${at}v${count}`);
  const right = runsOf(lines.map(([, to]) => to).reverse()).map(([at, count]) => `H${at}v-${count}`);
  return `M0 0${[...left, ...right].join('')}z`;
};

/** Each value with how many times it comes in a row. */
const runsOf = (values: readonly number[]): [value: number, count: number][] => {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.[0] === value) last[1] += 1;
    else runs.push([value, 1]);
  }
  return runs;
};
