import { describe, expect, it } from 'vitest';
import { fleet } from './fleet.ts';

const participantList = '/open-apis/vc/v1/participant_list';

/** Calls of an API in each full minute, from its first call on, in which meetings wait. */
const fullMinutes = ({ seen, waitingUntil }: ReturnType<typeof fleet>, api: string): number[] => {
  const times = seen.filter(({ path }) => path === api).map(({ at }) => at);
  const [first = 0] = times;
  const count = Math.floor((waitingUntil() - first) / 60_000);
  return Array.from({ length: count }, (_, minute) => {
    const from = first + minute * 60_000;
    return times.filter((at) => at >= from && at < from + 60_000).length;
  });
};

describe('F10 two workers on one company’s calls', () => {
  it.each([
    ['500 small meetings', Array.from({ length: 500 }, () => 10)],
    ['meetings of every size', Array.from({ length: 150 }, (_, n) => (n % 25 === 0 ? 5000 : n % 5 === 0 ? 250 : 10))],
  ])('%s: use 95 of the 100 calls in every full minute, and are never refused one', async (_, sizes) => {
    const world = fleet(sizes);
    await world.run();
    expect(world.seen.filter(({ refused }) => refused)).toEqual([]);
    const minutes = fullMinutes(world, participantList);
    expect(minutes.length).toBeGreaterThanOrEqual(4);
    expect(Math.min(...minutes)).toBeGreaterThanOrEqual(95);
  });
});

describe('a large meeting', () => {
  const behindTen = [...Array.from({ length: 10 }, () => 5000), 10];
  const polite = fleet(behindTen).run();

  it('steps aside for the others: ten of 5,000 people hold a small one up for less than three minutes', async () => {
    expect((await polite).at(-1)).toBeLessThan(180);
  });

  it('costs all of them nothing: the last report is as early as when nobody steps aside', async () => {
    const stubborn = await fleet(behindTen, { stepsAside: false }).run();
    expect(stubborn.at(-1)).toBeGreaterThan(180);
    expect(Math.max(...(await polite))).toBeLessThan(Math.max(...stubborn) * 1.05);
  });
});
