import type { Case, Compared, Program } from './case.ts';
import type { Figures, Run } from './programs.ts';

/**
 * Runs all programs of a case in turn, round after round, so that a machine that is busy for a while slows all of them.
 * Each round begins with another program.
 */
export const compare = async (
  { floor, candidates, sizes, rounds }: Case,
  { run, say }: { run: Run; say: (line: string) => void },
): Promise<Compared[]> => {
  const found: Compared[] = [];
  for (const size of sizes) {
    const programs = [floor, ...candidates].filter(({ upTo = size }) => size <= upTo);
    const runs = new Map<Program, Figures[]>(programs.map((program) => [program, []]));
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < programs.length; turn++) {
        const program = programs[(round + turn) % programs.length] as Program;
        const figures = await run(program, size);
        runs.get(program)?.push(figures);
        say(`${size} · round ${round + 1} · ${program.title}: ${Math.round(figures.peakMb)} MB`);
      }
    }
    const floors = runs.get(floor) ?? [];
    for (const [program, figures] of runs) {
      found.push({
        program,
        size,
        ratio: median(figures.map(({ cost }, round) => cost / (floors[round]?.cost ?? Number.NaN))),
        peakMb: median(figures.map(({ peakMb }) => peakMb)),
        cpuSeconds: median(figures.map(({ cpuSeconds }) => cpuSeconds)),
      });
    }
  }
  return found;
};

export const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
};
