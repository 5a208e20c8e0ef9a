import type { Case } from '../case.ts';

/** A worker's whole job on a Feishu that takes 100 ms for an answer, without the rate window that any of them would wait in. */
export const job: Case = {
  name: 'job',
  about:
    'One job from its request to its report: pages of 100 people from a server that answers each after 100 ms, snapshot, verdicts, workbook. The floor is pages × 100 ms; the rate window is left out, and would be 1.2 s a page.',
  unit: 'people',
  sizes: [1000, 10_000, 75_000],
  rounds: 3,
  cost: 'told',
  floor: { title: 'floor', entry: 'job/floor.ts' },
  candidates: [{ title: 'Rollcall', entry: 'job/rollcall.ts' }],
};
