/**
 * A worker of bus.test.ts in a process of its own. Arguments: bucket, job id, the name of the only participant it sees.
 * It tells when it fetches, and goes on at the first message.
 */
import { once } from 'node:events';
import { directoryObjects } from '../src/store/directory.ts';
import { createWork } from '../src/work.ts';
import { workDepsOn } from './cloud.ts';
import { minute, participant, snapshot } from './make.ts';

const [bucket = '', jobId = '', name = ''] = process.argv.slice(2);

const fetch = async () => {
  const told = once(process, 'message');
  process.send?.('fetching');
  await told;
  return snapshot({ participants: [participant({ name })] });
};
const work = createWork(workDepsOn(directoryObjects(bucket), { fetch, nowSeconds: () => minute(65), log: () => {} }));
const outcome = await work(jobId, { receiveCount: 1, deadlineAt: minute(80) * 1000 });
process.send?.(outcome, () => process.disconnect());
