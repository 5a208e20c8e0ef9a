import type { Case, Program } from '../case.ts';

/** Too heavy to install for everybody (47 packages, 42 MB): measured when FEISHU_SDK names the folder it was installed in. */
const sdk: readonly Program[] =
  process.env.FEISHU_SDK === undefined
    ? []
    : [{ title: 'Feishu’s SDK, `EventDispatcher.invoke`', entry: 'event/feishu-sdk.ts' }];

/** What the webhook does with every push before it files it. */
export const event: Case = {
  name: 'event',
  about:
    'Proving and reading one push of 2 KB: signature, decryption, JSON, and what it says. The floor is `node:crypto` and `JSON.parse` alone.',
  unit: 'events',
  sizes: [10_000],
  rounds: 9,
  cost: 'told',
  floor: { title: 'floor', entry: 'event/floor.ts' },
  candidates: [{ title: 'Rollcall', entry: 'event/rollcall.ts' }, ...sdk],
};
