import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf } from '../../src/console/axis.ts';
import { glanceAt, outline, steps } from '../../src/console/glance.ts';
import { judged, meeting, minute } from '../make.ts';

const axis = axisOf(meeting());

/** The left or right ends of all lines, as one side of an outline draws them. */
const ends = (side: string): number[] =>
  [...side.matchAll(/H(\d+)v(-?\d+)/g)].flatMap(([, at, lines]) =>
    Array.from({ length: Math.abs(Number(lines)) }, () => Number(at)),
  );

describe('an outline', () => {
  it('goes down the left ends and up the right ends', () => {
    expect(
      outline([
        [0, 100],
        [0, 100],
        [20, 90],
      ]),
    ).toBe('M0 0H0v2H20v1H90v-1H100v-2z');
  });

  it('is nothing when there is nothing to show', () => {
    expect(outline([[0, 0]])).toBe('');
  });

  it('holds every line, whatever its neighbours are', () => {
    const edges = fc.tuple(fc.nat(steps - 1), fc.nat(steps - 1)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1]);
    fc.assert(
      fc.property(fc.array(edges as fc.Arbitrary<[number, number]>, { minLength: 1 }), (lines) => {
        const path = outline(lines);
        const turn = path.search(/H\d+v-/);
        const left = ends(path.slice(0, turn));
        const right = ends(path.slice(turn)).reverse();
        expect(left.map((from, index) => [from, right[index]])).toEqual(lines);
      }),
    );
  });
});

describe('everybody at a glance', () => {
  it('has a line for each, longest certain time first, and the same index for the same person', () => {
    const { groups, each } = glanceAt(
      [
        judged({ certainSeconds: 3000, possibleSeconds: 3000, lastLeave: minute(50) }),
        judged({ certainSeconds: 2880, possibleSeconds: 3600, firstJoin: minute(30) }),
        judged({ certainSeconds: 3600 }),
      ],
      axis,
    );
    expect(each).toBe(1);
    expect(groups).toEqual([
      {
        kind: 'attended',
        people: 3,
        lines: 3,
        span: outline([
          [0, 100],
          [0, 83],
          [50, 100],
        ]),
        certain: outline([
          [0, 100],
          [0, 83],
          [0, 80],
        ]),
        possible: outline([
          [0, 0],
          [0, 0],
          [80, 100],
        ]),
        firstJoin: minute(0),
        lastLeave: minute(60),
        range: [2880, 3000, 3600],
      },
    ]);
  });

  it('shows also who was there for a second, and nobody who was not', () => {
    const second = { firstJoin: minute(60), lastLeave: minute(60), certainSeconds: 1, possibleSeconds: 1 };
    const never = { joined: false, firstJoin: null, lastLeave: null, certainSeconds: 0, possibleSeconds: 0 };
    const { groups } = glanceAt([judged(second), judged({ ...never, verdict: { kind: 'absent' } })], axis);
    expect(groups).toMatchObject([
      { kind: 'attended', lines: 1, span: outline([[99, 100]]), certain: outline([[0, 1]]), possible: '' },
      { kind: 'absent', lines: 1, span: '', certain: '', possible: '', firstJoin: null, lastLeave: null },
    ]);
  });

  it('has a line for each of 1,200 people, and of more the middle one of so many neighbours', () => {
    const people = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        judged({
          verdict: { kind: index % 10 === 0 ? 'absent' : 'attended' },
          certainSeconds: Math.round((index / count) * 3600),
        }),
      );
    const lines = (count: number) => {
      const { groups, each } = glanceAt(people(count), axis);
      return { each, lines: groups.map(({ people, lines }) => [people, lines]) };
    };
    expect(lines(1200)).toEqual({ each: 1, lines: [[1080, 1080], [120, 120]] }); // biome-ignore format: one row
    expect(lines(10_000)).toEqual({ each: 9, lines: [[9000, 1000], [1000, 112]] }); // biome-ignore format: one row
    expect(lines(1201)).toEqual({ each: 2, lines: [[1080, 540], [121, 61]] }); // biome-ignore format: one row
  });

  it('takes no more than eleven thousand letters, however little its lines have in common', () => {
    const people = Array.from({ length: 1200 }, (_, index) => {
      const firstJoin = minute(0) + ((index * 7919) % 1800);
      const lastLeave = minute(60) - ((index * 104_729) % 1800);
      return judged({ firstJoin, lastLeave, certainSeconds: (index * 15_485_863) % 3000, possibleSeconds: 3600 });
    });
    const { groups, each } = glanceAt(people, axis);
    expect(each).toBe(2);
    expect(groups.map(({ span, certain, possible }) => span + certain + possible).join('').length).toBeLessThan(11_000);
  });
});
