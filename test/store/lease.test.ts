import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directoryObjects } from '../../src/store/directory.ts';
import { type Lease, leaseStore } from '../../src/store/lease.ts';
import { memoryObjects } from '../memory-store.ts';

const now = 1_700_000_000_000;
const forMs = 60_000;

const mine = (lease: Lease | null): Lease => {
  if (lease === null) throw new Error('the lease is another’s');
  return lease;
};

describe('the lease', () => {
  it('is ours from the moment it is free until its end, and names no version at first', async () => {
    const leases = leaseStore(memoryObjects());
    expect(await leases.acquire({ now, forMs })).toMatchObject({ expiresAt: now + forMs, versionId: null });
  });

  it.each([
    ['one millisecond before its end', forMs - 1, false],
    ['at its end', forMs, true],
  ])('T4 of a holder that died can be taken %s: %#', async (_, afterMs, free) => {
    const objects = memoryObjects();
    await leaseStore(objects).acquire({ now, forMs });
    const taken = await leaseStore(objects).acquire({ now: now + afterMs, forMs });
    expect(taken !== null).toBe(free);
  });

  it('hands on the version that was left', async () => {
    const leases = leaseStore(memoryObjects());
    await leases.release(mine(await leases.acquire({ now, forMs })), 'v7');
    expect(await leases.acquire({ now, forMs })).toMatchObject({ versionId: 'v7' });
  });

  it('T4 of a holder that died hands on the version that was left before', async () => {
    const leases = leaseStore(memoryObjects());
    await leases.release(mine(await leases.acquire({ now, forMs })), 'v7');
    await leases.acquire({ now, forMs });
    expect(await leases.acquire({ now: now + forMs, forMs })).toMatchObject({ versionId: 'v7' });
  });

  it('T4 is not freed by a holder that has lost it', async () => {
    const leases = leaseStore(memoryObjects());
    const late = mine(await leases.acquire({ now, forMs }));
    const held = mine(await leases.acquire({ now: now + forMs, forMs }));
    await leases.release(late, 'late');
    expect(await leases.acquire({ now: now + forMs, forMs })).toBeNull();
    await leases.release(held, 'v2');
    expect(await leases.acquire({ now: now + forMs, forMs })).toMatchObject({ versionId: 'v2' });
  });

  it('T1 is given to one of 64 takers, each of 20 times', async () => {
    const root = await mkdtemp(join(tmpdir(), 'rollcall-lease-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const leases = leaseStore(directoryObjects(root));
    for (let time = 0; time < 20; time += 1) {
      const takers = await Promise.all(Array.from({ length: 64 }, () => leases.acquire({ now, forMs })));
      const [winner, ...others] = takers.filter((lease) => lease !== null);
      expect(others).toEqual([]);
      await leases.release(mine(winner ?? null), `v${time}`);
    }
  });

  it.each(['', 'null', '{"owner":1}'])('T4 that cannot be read is never taken: %j', async (text) => {
    const objects = memoryObjects();
    const bytes = new TextEncoder().encode(text);
    await objects.put('state/user-token-lease.json', bytes, { contentType: '', when: 'any' });
    await expect(leaseStore(objects).acquire({ now, forMs })).rejects.toMatchObject({ code: 'CORRUPT' });
  });
});
