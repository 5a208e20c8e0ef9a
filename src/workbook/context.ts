import type { Check } from '../domain/checks.ts';
import type { Told } from '../domain/report.ts';
import type { Words } from '../words/words.ts';

/** What every sheet is made from; `timeZone` is the IANA zone in which every time is shown. */
export type Context = { report: Told; checks: readonly Check[]; words: Words; timeZone: string };
