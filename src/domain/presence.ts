/** Inside [from, to] (Unix seconds) one device was connected for atLeast to atMost seconds, to − from at most; nobody knows which. */
export type Span = { from: number; to: number; atLeast: number; atMost: number };

/** Seconds chosen so far, in disjoint blocks by time. */
type Block = { from: number; to: number };

/**
 * The smallest length that the union of the connected seconds can have. O(n log n).
 * In deadline order, a row that is short takes the latest free seconds of its span, where later rows can best share them.
 * That leaves one solid block up to its deadline, so the blocks are a stack.
 */
export const certainSeconds = (spans: readonly Span[]): number => {
  if (spans.length < 2) return spans[0]?.atLeast ?? 0;
  const chosen: (Block & { secondsBefore: number })[] = [];
  let total = 0;
  const chosenSince = (moment: number): number => {
    const block = chosen[firstEndingAfter(chosen, moment)];
    return block === undefined ? 0 : total - block.secondsBefore - Math.max(0, moment - block.from);
  };
  for (const { from, to, atLeast } of byDeadline(spans)) {
    let missing = atLeast - chosenSince(from);
    if (missing <= 0) continue;
    total += missing;
    let start = to;
    for (let last = chosen.at(-1); last !== undefined && start - last.to <= missing; last = chosen.at(-1)) {
      missing -= start - last.to;
      start = last.from;
      chosen.pop();
    }
    start -= missing;
    chosen.push({ from: start, to, secondsBefore: total - (to - start) });
  }
  return total;
};

/**
 * The largest length that the union of the connected seconds can have: earliest deadline first, each row taking the
 * earliest free seconds of its span; what does not fit before the deadline is lost. Never worse than n².
 */
export const possibleSeconds = (spans: readonly Span[]): number => {
  if (spans.length < 2) return spans[0]?.atMost ?? 0;
  const chosen: Block[] = [];
  let total = 0;
  for (const { from, to, atMost } of byDeadline(spans)) {
    const first = firstEndingAfter(chosen, from);
    let missing = atMost;
    let start = from;
    let end = from;
    let next = first;
    for (let block = chosen[next]; block !== undefined && block.from - end <= missing; block = chosen[++next]) {
      missing -= Math.max(0, block.from - end);
      start = Math.min(start, block.from);
      end = block.to;
    }
    const lost = Math.max(0, missing - (to - end));
    total += atMost - lost;
    chosen.splice(first, next - first, { from: start, to: end + missing - lost });
  }
  return total;
};

const byDeadline = (spans: readonly Span[]): Span[] => [...spans].sort((a, b) => a.to - b.to);

/** Index of the first block that ends after the moment, or the number of blocks. */
const firstEndingAfter = (blocks: readonly Block[], moment: number): number => {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((blocks[middle]?.to ?? 0) > moment) high = middle;
    else low = middle + 1;
  }
  return low;
};
