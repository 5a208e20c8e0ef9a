import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directoryObjects } from '../../src/store/directory.ts';
import { withLock } from '../../src/store/lock.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-directory-'));
});
afterEach(() => rm(root, { recursive: true }));

const bytesOf = (content: string) => new TextEncoder().encode(content);
const plain = { contentType: 'text/plain', when: 'any' } as const;
const range = (count: number) => [...Array(count).keys()];
const deadProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('between processes', () => {
  const racer = (name: number, rounds: number): ChildProcess =>
    spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('./racer.ts', import.meta.url)), root, `${name}`, `${rounds}`],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );

  it('W1 Q3 of 8 processes with 8 writers each one wins each of 200 rounds, and no count is lost', async () => {
    await directoryObjects(root).put('counter', bytesOf('0'), plain);
    const dead = deadProcess();
    for (const round of range(200)) {
      await symlink(`${dead}.${round}`, join(root, `stale.${round}`));
      await writeFile(join(root, `tally.${round}`), '0');
    }

    const racers = range(8).map((name) => racer(name, 200));
    await Promise.all(racers.map((child) => once(child, 'message')));
    const results = racers.map((child) => once(child, 'message'));
    for (const child of racers) child.send('go');
    const won = (await Promise.all(results)).flatMap(([rounds]: number[][]) => rounds ?? []);

    expect(won.toSorted((a, b) => a - b)).toEqual(range(200));
    for (const round of range(200)) expect(await readFile(join(root, `tally.${round}`), 'utf8')).toBe('8');
    expect(await readFile(join(root, 'counter'), 'utf8')).toBe(`${8 * 25}`);
    expect((await readdir(join(root, '.rollcall'))).filter((name) => !name.endsWith('.json'))).toEqual([]);
  }, 120_000);

  it('T4 goes on after a process was killed while it held a lock', async () => {
    const lock = join(root, 'lock');
    const holder = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '-e',
        `
        const { withLock } = await import('./src/store/lock.ts');
        await withLock(${JSON.stringify(lock)}, async () => { console.log('held'); await new Promise((done) => setTimeout(done, 60_000)); });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    let entered = false;
    const waiting = withLock(lock, async () => {
      entered = true;
    });
    await sleep(100);
    expect(entered).toBe(false);
    holder.kill('SIGKILL');
    await waiting;
    expect(entered).toBe(true);
  });
});

describe('a lock', () => {
  it('is taken over from a dead owner by one at a time, also when the one who was to break it is dead as well', async () => {
    const lock = join(root, 'lock');
    await symlink(`${deadProcess()}.a`, lock);
    await symlink(`${deadProcess()}.b`, `${lock}.break`);
    let inside = 0;
    const seen = await Promise.all(
      range(20).map(() =>
        withLock(lock, async () => {
          inside += 1;
          await sleep(1);
          inside -= 1;
          return inside;
        }),
      ),
    );
    expect(seen).toEqual(range(20).map(() => 0));
    expect(await readdir(root)).toEqual([]);
  });

  it('is free again after work that failed', async () => {
    const lock = join(root, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('boom')))).rejects.toThrow('boom');
    expect(await withLock(lock, async () => 'next')).toBe('next');
  });
});

describe('what lies on the disk', () => {
  const store = () => directoryObjects(root);

  it('an object is a plain file at its key, readable by its owner alone', async () => {
    await store().put('reports/2026-11-22/7.0.xlsx', bytesOf('PK'), plain);
    const file = join(root, 'reports/2026-11-22/7.0.xlsx');
    expect(await readFile(file, 'utf8')).toBe('PK');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await lstat(join(root, 'reports'))).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing behind that grows with the number of writes', async () => {
    for (const n of range(5)) await store().put('jobs/1.json', bytesOf(`${n}`), plain);
    await store().put('jobs/1.json', bytesOf('late'), { ...plain, when: 'absent' });
    expect(await readdir(join(root, '.rollcall'))).toHaveLength(1);
    await store().delete('jobs/1.json');
    expect(await readdir(join(root, '.rollcall'))).toEqual([]);
  });

  it('a file that a person put there is an object, and can be replaced over its version', async () => {
    await mkdir(join(root, 'policies'));
    await writeFile(join(root, 'policies/current.json'), '{}');
    const found = await store().get('policies/current.json');
    expect(found).toMatchObject({ contentType: 'application/octet-stream', contentDisposition: '' });
    const etag = found?.etag ?? '';
    expect(await store().put('policies/current.json', bytesOf('{ }'), { ...plain, when: { etag } })).toMatchObject({
      kind: 'written',
    });
    expect(await store().list({ prefix: '' })).toEqual({ keys: ['policies/current.json'], more: false });
  });

  it('a reader sees one version whole, with the content type that came with it', async () => {
    const version = (n: number) => ({ bytes: bytesOf(`${n}`.repeat(1_000_000)), contentType: `text/${n}` });
    await store().put('busy', version(0).bytes, { ...plain, contentType: 'text/0' });
    let writing = true;
    const read = async () => {
      while (writing) {
        const seen = await store().get('busy');
        const n = Number(new TextDecoder().decode(seen?.bytes.subarray(0, 1)));
        expect(seen?.contentType).toBe(`text/${n}`);
        expect(Buffer.compare(seen?.bytes ?? Buffer.of(), version(n).bytes)).toBe(0);
      }
    };
    const write = async () => {
      for (const n of range(60)) {
        const { bytes, contentType } = version(n % 10);
        await store().put('busy', bytes, { ...plain, contentType });
      }
      writing = false;
    };
    await Promise.all([write(), read()]);
  });

  it('a disk that refuses is an error with a code, never absence', async () => {
    await writeFile(join(root, 'file'), '');
    await expect(directoryObjects(join(root, 'file')).put('a', bytesOf('x'), plain)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});
