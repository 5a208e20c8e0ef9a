/** A program that does the whole of some work once and ends. It is given the size as its only argument. */
export type Program = {
  /** How the table calls it. */
  title: string;
  /** Its file, from src/local/bench. */
  entry: string;
  /** Beyond this size it is not asked: it would take minutes, or gigabytes. */
  upTo?: number;
};

/** One table of the README: the least that the work can cost, and what others pay for it. */
export type Case = {
  /** On the command line, and in the markers around the table. */
  name: string;
  /** One line above the table: what is done, and what the floor leaves out. */
  about: string;
  /** What a size counts, such as `people`. */
  unit: string;
  sizes: readonly number[];
  /** Pairs of runs at each size; a ratio is the median of as many. */
  rounds: number;
  /** `cpu`: user and system time of the process · `wall`: its life · `told`: the number that it prints, in any unit. */
  cost: 'cpu' | 'wall' | 'told';
  floor: Program;
  candidates: readonly Program[];
  /** What else follows from the figures: text below the table, and files by their names under `.readme/`. */
  more?: (found: readonly Compared[]) => { text: string; files: Record<string, string> };
};

/** Medians of one program at one size; `ratio` is its cost over the floor's in the same round. */
export type Compared = { program: Program; size: number; ratio: number; peakMb: number; cpuSeconds: number };
