import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { compare, median } from '../../../src/local/bench/compare.ts';
import { withSection } from '../../../src/local/bench/readme.ts';
import { tableOf } from '../../../src/local/bench/table.ts';

const run = promisify(execFile);

const slow = { title: 'slow', entry: 'slow.ts' };
const example = {
  name: 'x',
  about: 'Work.',
  unit: 'people',
  sizes: [1, 2000],
  rounds: 3,
  cost: 'cpu' as const,
  floor: { title: 'floor', entry: 'floor.ts' },
  candidates: [slow, { title: 'small', entry: 'small.ts', upTo: 1 }],
};

it('runs every program in each round, and divides by the floor of the same round', async () => {
  let busy = 1;
  const asked: string[] = [];
  const found = await compare(example, {
    say: () => undefined,
    run: async ({ title }, size) => {
      asked.push(`${title} ${size}`);
      if (asked.length % 3 === 0) busy *= 10; // the machine slows down from round to round
      return { cost: (title === 'slow' ? 2 : 1) * busy, cpuSeconds: 1, peakMb: size };
    },
  });
  expect(asked.filter((each) => each === 'slow 1')).toHaveLength(3);
  expect(asked).not.toContain('small 2000');
  expect(tableOf(example, found).split('\n').slice(2)).toEqual([
    '| people | 1 | 2,000 |',
    '| --- | --: | --: |',
    '| floor | 1.00 · 1 MB | 1.00 · 2000 MB |',
    expect.stringMatching(/^\| slow \| .* · 1 MB \| .* · 2000 MB \|$/),
    '| small | 1.00 · 1 MB | – |',
  ]);
});

it.each([
  [[3, 1, 2], 2],
  [[4, 1], 2.5],
])('the median of %j is %d', (numbers, middle) => expect(median(numbers)).toBe(middle));

it('replaces what stands between its own markers, again and again', () => {
  const empty = 'a\n<!-- bench:x -->\n<!-- /bench:x -->\nb';
  const once = withSection(empty, 'x', 'one');
  expect(withSection(once, 'x', 'two')).toBe(once.replace('one', 'two'));
  expect(withSection(once, 'x', 'one')).toBe(once);
  expect(() => withSection(empty, 'y', 'one')).toThrow('bench:y');
});

it('runs every case at its smallest size and leaves the README alone', async () => {
  const before = await readFile('README.md', 'utf8');
  const { stdout } = await run(process.execPath, [
    'node_modules/tsx/dist/cli.mjs',
    'src/local/bench/run.ts',
    '--quick',
  ]);
  expect(stdout).toMatch(/^\| floor \| 1\.00 · \d+ MB \|$/m);
  expect(stdout).not.toContain('NaN');
  expect(await readFile('README.md', 'utf8')).toBe(before);
}, 120_000);
