/** The id of a report that the text is, or has in it as the address of a page does; null when there is none. */
export const jobIdIn = (text: string): string | null =>
  /(?<![\w-])\d{4}-\d\d-\d\d\/[\w-]{1,64}\.\d{1,9}(?![\w.])/.exec(text)?.[0] ?? null;
