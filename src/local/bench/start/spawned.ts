import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A module, and what it is started with. */
type Script = { code: string; env?: Record<string, string> };

/** Prints the median milliseconds of so many processes that each do nothing but run the script `prepare` gives. */
export const tellStarts = async (prepare: (folder: string) => Promise<Script>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-start-'));
  try {
    const { code, env = {} } = await prepare(folder);
    const file = join(folder, 'main.mjs');
    await writeFile(file, code);
    const times: number[] = [];
    for (let n = 0; n <= Number(process.argv[2]); n += 1) {
      const began = performance.now();
      const child = spawn(process.execPath, [file], { stdio: ['ignore', 'ignore', 'inherit'], env });
      const [exit] = await once(child, 'exit');
      if (exit !== 0) throw new Error(`It ended with ${exit}.`);
      times.push(performance.now() - began);
    }
    // The first one warms the disk's cache.
    const sorted = times.slice(1).toSorted((one, other) => one - other);
    process.stdout.write(String(sorted[Math.floor(sorted.length / 2)]));
  } finally {
    await rm(folder, { recursive: true });
  }
};
