import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { spooled } from '../../src/store/spool.ts';

const run = promisify(execFile);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-spool-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function* letters(...parts: (string | Error)[]) {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    yield Buffer.from(part);
  }
}

it('reads the bytes again and again, and knows their length and checksum beforehand', async () => {
  const told = await spooled(
    letters('会', '议'),
    async ({ length, sha256, read }) => [length, sha256, await text(read()), await text(read())],
    folder,
  );
  expect(told).toEqual([6, createHash('sha256').update('会议').digest('base64'), '会议', '会议']);
});

it.each([
  ['while they are made', () => spooled(letters('a', new RangeError('of the maker')), () => Promise.resolve(), folder)],
  ['while they are used', () => spooled(letters('a'), () => Promise.reject(new RangeError('of the user')), folder)],
])('leaves nothing behind when it fails %s, and passes the error on', async (_, spool) => {
  await expect(spool()).rejects.toThrow(RangeError);
  expect(await readdir(folder)).toEqual([]);
});

it('has no name that anybody else could open, not even while it is there', async () => {
  await spooled(letters('secret'), async () => expect(await readdir(folder)).toEqual([]), folder);
});

it('O3 tells a directory that takes no files from a fault of its own', async () => {
  const nowhere = join(folder, 'nowhere');
  await expect(spooled(letters('a'), () => Promise.resolve(), nowhere)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('ENOENT'),
  });
});

it('O3 tells a full disk from a fault of its own, and leaves it as it was', async () => {
  const script = `
    import { spooled } from '${resolve('src/store/spool.ts')}';
    async function* much() { for (let i = 0; i < 100; i++) yield new Uint8Array(65_536); }
    const failure = await spooled(much(), async () => 'sent', '${folder}').catch((error) => error.name + ' ' + error.code);
    process.stdout.write(failure);`;
  const command = `trap '' XFSZ; ulimit -f 1000; exec "$0" --import tsx --input-type=module -e "$1"`;
  const { stdout } = await run('/bin/sh', ['-c', command, process.execPath, script]);
  expect(stdout).toBe('StoreError UNAVAILABLE');
  expect(await readdir(folder)).toEqual([]);
  expect((await stat(folder)).isDirectory()).toBe(true);
});
