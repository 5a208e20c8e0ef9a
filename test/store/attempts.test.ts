import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { attemptStore } from '../../src/store/attempts.ts';
import { memoryObjects } from '../memory-store.ts';

describe('the use of an OAuth state', () => {
  it('C1 is granted to one of a hundred callers, and for each state anew', async () => {
    const { useOnce } = attemptStore(memoryObjects());
    const granted = await Promise.all(Array.from({ length: 100 }, () => useOnce('a')));
    expect(granted.filter(Boolean)).toHaveLength(1);
    expect([await useOnce('a'), await useOnce('b')]).toEqual([false, true]);
  });

  it('C1 is granted to one caller, although a store takes equal bytes for a retry of its own', async () => {
    const seen = new Set<string>();
    const { useOnce } = attemptStore({
      put: async (_, content) => {
        seen.add(Buffer.from(content as Uint8Array).toString());
        return { kind: 'refused' };
      },
    });
    await useOnce('a');
    await useOnce('a');
    expect(seen.size).toBe(2);
  });

  it('leaves the hash of the state in the bucket, not the state', async () => {
    const objects = memoryObjects();
    await attemptStore(objects).useOnce('canary-state');
    const hash = createHash('sha256').update('canary-state').digest('hex');
    expect([...objects.stored.keys()]).toEqual([`state/oauth-used/${hash}.json`]);
    const [object] = objects.stored.values();
    expect(Buffer.from(object?.bytes ?? []).toString()).not.toContain('canary-state');
  });
});
