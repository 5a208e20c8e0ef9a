import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { bundleProgram } from '../../../src/local/bench/programs.ts';

/** Megabytes at its peak of a whole job in a process of its own, whose heap may not grow past a limit. */
const peakOf = async (people: number, { heapMb }: { heapMb: number }): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-job-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await bundleProgram('job/rollcall.ts', join(folder, 'job'));
  await bundleProgram('meter.ts', join(folder, 'meter'));
  const files = [join(folder, 'meter/index.mjs'), join(folder, 'job/index.mjs')] as const;
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, '--import', ...files, String(people)], {
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    env: { ...process.env, BENCH_PAGE_MS: '0', NODE_NO_WARNINGS: '1' },
  });
  const [told, [code]] = await Promise.all([text(child.stdio[3] as Readable), once(child, 'exit')]);
  expect(code).toBe(0);
  return (JSON.parse(told) as { peakKb: number }).peakKb / 1024;
};

it.each([
  [10_000, 160, 256],
  [75_000, 384, 512],
])(
  'F14 O3 a job of %i people stays within a heap of %i MB and %i MB in all',
  async (people, heapMb, mostMb) => {
    expect(await peakOf(people, { heapMb })).toBeLessThanOrEqual(mostMb);
  },
  240_000,
);
