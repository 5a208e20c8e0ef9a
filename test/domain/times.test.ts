import { describe, expect, it } from 'vitest';
import { timesOf } from '../../src/domain/times.ts';
import { meeting, minute, participant } from '../make.ts';

const LENGTH = 3600;
type Reading = [joinedAt: number | null, leftAt: number | null, connectedSeconds: number | null];

const timesOfRow = ([joinedAt, leftAt, connectedSeconds]: Reading) =>
  timesOf(participant({ joinedAt, leftAt, connectedSeconds }), meeting());

describe('F13 what one row says about time', () => {
  it.each<[string, Reading, { from: number; to: number; atLeast: number; atMost: number }]>([
    [
      'join, leave and time',
      [minute(0), minute(60), 600],
      { from: minute(0), to: minute(60), atLeast: 600, atMost: 600 },
    ],
    [
      'no time: anything the span holds',
      [minute(0), minute(60), null],
      { from: minute(0), to: minute(60), atLeast: 0, atMost: LENGTH },
    ],
    ['time 0', [minute(0), minute(60), 0], { from: minute(0), to: minute(60), atLeast: 0, atMost: 0 }],
    [
      'no leave: the end of the meeting',
      [minute(30), null, 600],
      { from: minute(30), to: minute(60), atLeast: 600, atMost: 600 },
    ],
    [
      'no leave after a join past the end: never before the join',
      [minute(61), null, 0],
      { from: minute(61), to: minute(61), atLeast: 0, atMost: 0 },
    ],
    [
      'a second longer than the span is rounding',
      [minute(0), minute(60), LENGTH + 1],
      { from: minute(0), to: minute(60), atLeast: LENGTH, atMost: LENGTH },
    ],
    ['leave equal to join', [minute(5), minute(5), 0], { from: minute(5), to: minute(5), atLeast: 0, atMost: 0 }],
    [
      'leave before join without time counts as the join',
      [minute(5), minute(4), null],
      { from: minute(5), to: minute(5), atLeast: 0, atMost: 0 },
    ],
  ])('%s', (_, row, span) => {
    expect(timesOfRow(row)).toEqual({ span, unplacedSeconds: 0, flag: null });
  });

  it('cuts time two seconds longer than the span to the span, and flags it', () => {
    expect(timesOfRow([minute(0), minute(60), LENGTH + 2])).toEqual({
      span: { from: minute(0), to: minute(60), atLeast: LENGTH, atMost: LENGTH },
      unplacedSeconds: 0,
      flag: 'inconsistent-times',
    });
  });

  it('drops time in a span of nothing: a leave equal to the join is no contradiction', () => {
    const span = { from: minute(5), to: minute(5), atLeast: 0, atMost: 0 };
    expect(timesOfRow([minute(5), minute(5), 1])).toEqual({ span, unplacedSeconds: 0, flag: null });
    expect(timesOfRow([minute(5), minute(5), 2])).toEqual({ span, unplacedSeconds: 0, flag: 'inconsistent-times' });
  });

  it('holds one connected second possible, never certain, when the leave comes before the join', () => {
    expect(timesOfRow([minute(5), minute(4), 1])).toEqual({
      span: { from: minute(5), to: minute(5), atLeast: 0, atMost: 0 },
      unplacedSeconds: 1,
      flag: 'inconsistent-times',
    });
  });

  it('holds one connected second possible, never certain, when there is no join', () => {
    expect(timesOfRow([null, minute(60), 1])).toEqual({ span: null, unplacedSeconds: 1, flag: 'no-times' });
  });

  it.each<[string, number | null]>([
    ['no time', null],
    ['time 0', 0],
  ])('takes a row without join and with %s for an invitee who did not come', (_, connectedSeconds) => {
    expect(timesOfRow([null, null, connectedSeconds])).toEqual({ span: null, unplacedSeconds: 0, flag: null });
  });
});
