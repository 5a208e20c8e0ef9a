import type { Case } from '../case.ts';

/** What a cold webhook costs before Feishu has its answer. */
export const start: Case = {
  name: 'start',
  about:
    'Starting the built webhook and answering an encrypted url_verification, from `node` to the end of the process. The floor is an empty script. Secrets come from a file, so that no network is in it.',
  unit: 'starts',
  sizes: [15],
  rounds: 5,
  cost: 'told',
  floor: { title: 'floor', entry: 'start/floor.ts' },
  candidates: [{ title: 'Rollcall', entry: 'start/rollcall.ts' }],
};
