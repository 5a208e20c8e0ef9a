import type { Case, Compared } from './case.ts';

/** One line per program, one column per size: cost ÷ floor, and peak memory. */
export const tableOf = (
  { about, unit, sizes, floor, candidates, rounds }: Case,
  found: readonly Compared[],
): string => {
  const cell = (title: string, size: number): string => {
    const one = found.find(({ program, size: at }) => program.title === title && at === size);
    return one === undefined ? '–' : `${one.ratio.toPrecision(one.ratio < 10 ? 3 : 2)} · ${Math.round(one.peakMb)} MB`;
  };
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `${about} Medians of ${rounds} ${rounds === 1 ? 'run' : 'interleaved runs'}; ÷ floor · peak memory.`,
    '',
    row([unit, ...sizes.map((size) => size.toLocaleString('en'))]),
    row(['---', ...sizes.map(() => '--:')]),
    ...[floor, ...candidates].map(({ title }) => row([title, ...sizes.map((size) => cell(title, size))])),
  ].join('\n');
};
