/** A text written where nobody knows yet who will read it. */
export type InBoth = { en: string; zh: string };
