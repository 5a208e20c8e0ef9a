import { expect, it } from 'vitest';
import { wordsOf } from '../../src/words/locale.ts';
import { punctualityText } from '../../src/words/policy.ts';

it.each([
  ['en', 1, 'flag', 'By more than 1 minute, flagged only'],
  ['en', 5, 'insufficient', 'By more than 5 minutes, a required person counts as insufficient'],
  ['zh', 5, 'flag', '超过 5 分钟，仅作标记'],
  ['zh', 5, 'insufficient', '超过 5 分钟，应到人员计为未达标'],
] as const)('lateness in %s: %i minutes, %s', (locale, graceMinutes, countsAs, text) =>
  expect(punctualityText({ graceMinutes, countsAs }, wordsOf(locale))).toBe(text),
);
