import type { Case } from '../case.ts';
import { chartOf } from './chart.ts';
import { costOf } from './cost.ts';

/** Everything a worker does with the list once it is there, against the file alone that it ends in. */
export const growth: Case = {
  name: 'growth',
  about:
    'From the list in memory to the workbook in S3: judged, written, sent over plain HTTP to a server beside it. The floor is that of the workbook above: neither judging nor sending.',
  unit: 'people',
  sizes: [100, 1000, 10_000, 100_000],
  rounds: 3,
  cost: 'cpu',
  floor: { title: 'floor', entry: 'workbook/floor.ts' },
  candidates: [{ title: 'Rollcall', entry: 'workbook/judged.ts' }],
  more: (found) => {
    const ours = found.filter(({ program }) => program.title === 'Rollcall');
    const text = `![CPU seconds and peak memory against people](.readme/growth.svg)\n\n${costOf(ours)}`;
    return { text, files: { 'growth.svg': chartOf(ours) } };
  },
};
