import type { Case } from '../case.ts';

/** What a worker does with the pages themselves. */
export const reading: Case = {
  name: 'reading',
  about:
    'Reading pages of participants and judging the people on them, from a cold start. The floor is `JSON.parse` of the same pages alone, nothing kept. Parsing contains it and keeps the rows, as a worker does; judging begins when they are there.',
  unit: 'people',
  sizes: [10_000, 100_000],
  rounds: 5,
  cost: 'told',
  floor: { title: 'floor', entry: 'reading/floor.ts' },
  candidates: [
    { title: 'Parsing: JSON, checked with zod, in our own words and times', entry: 'reading/parse.ts' },
    { title: 'Judging: attendees, presence, verdicts, summary', entry: 'reading/judge.ts' },
  ],
};
