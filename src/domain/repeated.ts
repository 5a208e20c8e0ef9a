import type { Sequence } from './sequence.ts';

/** Bits per thing in each table: with so many, one in thirty ids that occur once shares its bit with another. */
const BITS = 16;

/**
 * For each kind of id those that more than one thing has; '' is none. It goes through the things twice and keeps only ids
 * whose bit was met twice: four bytes for each thing instead of its ids.
 */
export const repeated = <T>(
  things: Sequence<T>,
  kinds: readonly ((thing: T) => string)[],
): readonly ReadonlySet<string>[] => {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, things.length) * BITS));
  const tables = kinds.map((idOf) => ({
    idOf,
    once: new Uint8Array(size / 8),
    twice: new Uint8Array(size / 8),
    seen: new Set<string>(),
    found: new Set<string>(),
  }));
  for (const thing of things) {
    for (const { idOf, once, twice } of tables) {
      const place = hash(idOf(thing)) & (size - 1);
      const bit = 1 << (place & 7);
      const known = once[place >> 3] as number;
      if (known & bit) twice[place >> 3] = (twice[place >> 3] as number) | bit;
      else once[place >> 3] = known | bit;
    }
  }
  for (const thing of things) {
    for (const { idOf, twice, seen, found } of tables) {
      const id = idOf(thing);
      const place = hash(id) & (size - 1);
      if (id === '' || !((twice[place >> 3] as number) & (1 << (place & 7)))) continue;
      if (seen.has(id)) found.add(id);
      seen.add(id);
    }
  }
  return tables.map(({ found }) => found);
};

/** FNV-1a, its upper half folded into the lower one that counts. */
const hash = (text: string): number => {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  return bits ^ (bits >>> 16);
};
