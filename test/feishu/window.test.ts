import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateWindow } from '../../src/feishu/window.ts';
import { virtualClock } from './clock.ts';

const path = '/open-apis/vc/v1/participant_list';
const never = Number.POSITIVE_INFINITY;

/** The most starts that any span of 60 s holds. */
const busiestMinute = (starts: readonly number[]): number =>
  Math.max(...starts.map((first) => starts.filter((start) => start >= first && start < first + 60_000).length));

describe('F10 the rate window', () => {
  it('50 calls start at once, the 51st after the minute and its margin', async () => {
    const clock = virtualClock();
    const window = createRateWindow(clock);
    for (let call = 1; call <= 50; call += 1) await window.take(path, never);
    expect(clock.slept).toEqual([]);
    await window.take(path, never);
    expect(clock.slept).toEqual([60_500]);
  });

  it('no minute holds more than 50 starts, and all 50 are used while there is demand', async () => {
    const gaps = fc.array(
      fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 90_000 })),
      {
        minLength: 120,
        maxLength: 200,
      },
    );
    await fc.assert(
      fc.asyncProperty(gaps, async (pauses) => {
        const clock = virtualClock();
        const window = createRateWindow(clock);
        const starts: number[] = [];
        for (const pause of pauses) {
          await clock.sleep(pause);
          const asked = clock.now();
          await window.take(path, never);
          const started = clock.now();
          const before = starts.filter((start) => start > started - 60_500).length;
          starts.push(started);
          if (started > asked) expect(before).toBe(49);
        }
        expect(busiestMinute(starts)).toBeLessThanOrEqual(50);
      }),
      { numRuns: 50 },
    );
  });

  it('holds when a frozen Lambda thaws: what slept too long starts late, and nothing catches up', async () => {
    const clock = virtualClock();
    const sleep = clock.sleep;
    const window = createRateWindow({ ...clock, sleep: (ms) => sleep(ms + 600_000) });
    const starts: number[] = [];
    await Promise.all(Array.from({ length: 200 }, () => window.take(path, never).then(() => starts.push(clock.now()))));
    expect(starts).toHaveLength(200);
    expect(busiestMinute(starts)).toBe(50);
  });

  it('looks again when a timer fires early', async () => {
    const clock = virtualClock();
    const sleep = clock.sleep;
    const window = createRateWindow({ ...clock, sleep: (ms) => sleep(Math.ceil(ms / 2)) });
    const begin = clock.now();
    for (let call = 1; call <= 51; call += 1) await window.take(path, never);
    expect(clock.now()).toBe(begin + 60_500);
  });

  it('serves first come first', async () => {
    const window = createRateWindow(virtualClock());
    const order: number[] = [];
    await Promise.all(Array.from({ length: 120 }, (_, i) => window.take(path, never).then(() => order.push(i))));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('counts every API by itself', async () => {
    const clock = virtualClock();
    const window = createRateWindow(clock);
    for (let call = 1; call <= 50; call += 1) await window.take(path, never);
    await window.take('/open-apis/vc/v1/meeting_list', never);
    expect(clock.slept).toEqual([]);
  });

  it('refuses at once when the next slot opens after the deadline, and serves the next in line', async () => {
    const clock = virtualClock();
    const window = createRateWindow(clock);
    for (let call = 1; call <= 50; call += 1) await window.take(path, never);
    const refused = expect(window.take(path, clock.now() + 60_500)).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      kind: 'retry',
      waitSeconds: 61,
    });
    const served = window.take(path, clock.now() + 60_501);
    await refused;
    await served;
    expect(clock.slept).toEqual([60_500]);
  });

  it('two workers, the reconciler and the console together stay below Feishu’s 100 a minute', async () => {
    const caller = async (api: string, { calls, everyMs, at = 0 }: { calls: number; everyMs: number; at?: number }) => {
      const clock = virtualClock();
      await clock.sleep(at);
      const window = createRateWindow(clock);
      const starts: number[] = [];
      for (let call = 0; call < calls; call += 1) {
        await window.take(api, never);
        starts.push(clock.now());
        await clock.sleep(everyMs);
      }
      return starts;
    };
    const meetings = '/open-apis/vc/v1/meeting_list';
    const busiest = async (...callers: Promise<number[]>[]) => busiestMinute((await Promise.all(callers)).flat());
    const longList = (at: number) => caller(path, { calls: 300, everyMs: 150, at });
    expect(await busiest(longList(0), longList(7000))).toBeLessThanOrEqual(100);
    const smallMeetings = (at: number) => caller(meetings, { calls: 300, everyMs: 2000, at });
    const reconciler = caller(meetings, { calls: 30, everyMs: 150, at: 200_000 });
    const people = caller(meetings, { calls: 40, everyMs: 15_000 });
    expect(await busiest(smallMeetings(0), smallMeetings(900), reconciler, people)).toBeLessThanOrEqual(100);
  });
});
