import { randomUUID } from 'node:crypto';
import { readlink, rm, symlink } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ifPresent, ifVacant } from './files.ts';
import { StoreError } from './objects.ts';

const maxTries = 5000;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
};

const turns = new Map<string, Promise<unknown>>();

/** Within this process work on one path is done in turn; only processes compete for the link. */
const inTurn = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  const turn = (turns.get(path) ?? Promise.resolve()).then(work);
  const ended = turn.catch(() => {});
  turns.set(path, ended);
  try {
    return await turn;
  } finally {
    if (turns.get(path) === ended) turns.delete(path);
  }
};

/**
 * Does work that no other process on this machine does at the same time under the same path. The lock is a symbolic link
 * whose target names its owner: made in one step, owner included. Only the owner removes it, or, once the owner's process
 * is gone, whoever holds the lock for breaking it and still finds that owner's name: so no live lock is ever broken.
 * @throws {StoreError} `UNAVAILABLE` when another process keeps the lock for about 15 seconds.
 */
export const withLock = <T>(path: string, work: () => Promise<T>): Promise<T> =>
  inTurn(path, async () => {
    const me = `${process.pid}.${randomUUID()}`;
    for (let tries = 1; !(await ifVacant(symlink(me, path))); tries += 1) {
      const owner = await ifPresent(readlink(path));
      if (owner !== null && !isAlive(Number.parseInt(owner, 10)))
        await withLock(`${path}.break`, async () => {
          if ((await ifPresent(readlink(path))) === owner) await rm(path);
        });
      else if (tries === maxTries)
        throw new StoreError('UNAVAILABLE', `${path} stays taken; if no process of this project runs, delete it`);
      else await sleep(1 + Math.random() * 4);
    }
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  });
