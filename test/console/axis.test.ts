import { describe, expect, it } from 'vitest';
import { axisOf, stretchesOf } from '../../src/console/axis.ts';
import type { Span } from '../../src/domain/presence.ts';
import { meeting, minute } from '../make.ts';

const minutes = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([from, to]) => ({ from: from * 60, to: to * 60 }));

describe('the axis of a meeting', () => {
  it.each([
    ['before the start', -5, 0],
    ['at the start', 0, 0],
    ['in the middle', 30, 1800],
    ['at the end', 60, 3600],
    ['after the end', 75, 3600],
  ])('%s', (_, at, seconds) => {
    expect(axisOf(meeting()).at(minute(at))).toBe(seconds);
  });

  it('leaves out the breaks of a restarted meeting, as its length does', () => {
    const part = (from: number, to: number) => ({
      instanceId: String(from),
      startsAt: minute(from),
      endsAt: minute(to),
    });
    const axis = axisOf(meeting({ parts: [part(0, 20), part(30, 45), part(50, 60)] }));
    expect(axis.seconds).toBe(45 * 60);
    expect(axis.breaks).toEqual([20 * 60, 35 * 60]);
    expect([10, 20, 25, 30, 47, 60].map((at) => axis.at(minute(at)) / 60)).toEqual([10, 20, 20, 20, 35, 45]);
    expect([0, 10, 20, 21, 35, 36, 45].map((passed) => axis.moment(passed * 60))).toEqual(
      [0, 10, 20, 31, 45, 51, 60].map(minute),
    );
  });

  it.each([0, -10])('has no length when the meeting ends %i minutes after its start', (end) => {
    const axis = axisOf(meeting({ endsAt: minute(end) }));
    expect([axis.seconds, axis.at(minute(30)), axis.breaks]).toEqual([0, 0, []]);
  });
});

describe('when somebody was there', () => {
  const axis = axisOf(meeting());
  const span = (from: number, to: number, connected: number): Span => ({
    from: minute(from),
    to: minute(to),
    atLeast: connected * 60,
    atMost: connected * 60,
  });
  const of = (...spans: Span[]) => stretchesOf(spans, axis);

  it('is certain where a device was connected throughout', () => {
    expect(of(span(5, 50, 45))).toEqual({ there: minutes([5, 50]), seen: minutes([5, 50]) });
  });

  it('is not known where a device was connected for a part of its span', () => {
    expect(of(span(5, 50, 40))).toEqual({ there: [], seen: minutes([5, 50]) });
  });

  it.each([
    ['a quarter of a minute of the hour, which no picture shows', 44.75, 1],
    ['a second more', 44.75 - 1 / 60, 0],
  ])('counts as throughout when what is missing is %s', (_, connected, certain) => {
    expect(of(span(5, 50, connected)).there).toHaveLength(certain);
  });

  it('has gaps where no device was', () => {
    expect(of(span(0, 10, 10), span(30, 60, 30)).there).toEqual(minutes([0, 10], [30, 60]));
  });

  it('joins what several devices say, in whatever order they are listed', () => {
    expect(of(span(40, 60, 5), span(0, 30, 30), span(20, 45, 25))).toEqual({
      there: minutes([0, 45]),
      seen: minutes([0, 60]),
    });
  });

  it('shows a device that was never connected as seen, not as there', () => {
    expect(of(span(10, 10, 0))).toEqual({ there: [], seen: minutes([10, 10]) });
  });

  it('keeps what lies outside the meeting at its ends', () => {
    expect(of(span(-20, -10, 10), span(55, 80, 25)).seen).toEqual(minutes([0, 0], [55, 60]));
  });
});
