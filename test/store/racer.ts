/**
 * One of several processes that race in directory.test.ts. Arguments: root, its own name, rounds.
 * Waits for a message, then counts under locks of dead owners, races for keys and counts over versions; answers with the
 * rounds it won.
 */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { directoryObjects } from '../../src/store/directory.ts';
import { withLock } from '../../src/store/lock.ts';

const [root = '', name = '', rounds = '0'] = process.argv.slice(2);
const store = directoryObjects(root);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const plain = { contentType: 'text/plain' };

process.send?.('ready');
await once(process, 'message');

for (let round = 0; round < Number(rounds); round += 1)
  await withLock(join(root, `stale.${round}`), async () => {
    const tally = join(root, `tally.${round}`);
    await writeFile(tally, String(Number(await readFile(tally, 'utf8')) + 1));
  });

const won: number[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const outcomes = await Promise.all(
    [...Array(8).keys()].map((writer) =>
      store.put(`race/${round}`, bytesOf(`${name}.${writer}`), { ...plain, when: 'absent' }),
    ),
  );
  for (const { kind } of outcomes) if (kind === 'written') won.push(round);
}

for (let added = 0; added < 25; ) {
  const counter = await store.get('counter');
  if (counter === null) throw new Error('no counter');
  const next = bytesOf(String(Number(new TextDecoder().decode(counter.bytes)) + 1));
  if ((await store.put('counter', next, { ...plain, when: { etag: counter.etag } })).kind === 'written') added += 1;
}

process.send?.(won, () => process.disconnect());
