/** Things in order that can be gone through again and again without all being there at once; an array is one. */
export type Sequence<T> = Iterable<T> & { readonly length: number };

export const mapped = <T, R>(things: Sequence<T>, each: (thing: T, index: number) => R): Sequence<R> => ({
  length: things.length,
  *[Symbol.iterator]() {
    let index = 0;
    for (const thing of things) yield each(thing, index++);
  },
});

/** The things from one position up to another, which is not among them. */
export const between = <T>(things: Sequence<T>, from: number, to: number): Sequence<T> => ({
  length: Math.max(0, Math.min(to, things.length) - from),
  *[Symbol.iterator]() {
    let index = 0;
    for (const thing of things) {
      if (index >= to) return;
      if (index++ >= from) yield thing;
    }
  },
});

export const countOf = <T>(things: Iterable<T>, isCounted: (thing: T) => boolean): number => {
  let count = 0;
  for (const thing of things) if (isCounted(thing)) count += 1;
  return count;
};
