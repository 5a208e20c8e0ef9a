import { en } from './en.ts';
import type { Words } from './words.ts';
import { zh } from './zh.ts';

/** The language of a report. */
export type Locale = 'zh' | 'en';

const BY_LOCALE: Record<Locale, Words> = { en, zh };

export const wordsOf = (locale: Locale): Words => BY_LOCALE[locale];
