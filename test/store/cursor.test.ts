import { describe, expect, it } from 'vitest';
import { cursorStore, watchDays } from '../../src/store/cursor.ts';
import { memoryObjects } from '../memory-store.ts';

const days = Array.from({ length: 20 }, (_, n) => `2026-11-${n + 10}`);

describe('R2 the cursor of the reconciler', () => {
  it('knows nothing at first', async () => {
    expect(await cursorStore(memoryObjects()).get()).toEqual({ listedUntil: null, openDays: {} });
  });

  it('loses no change of 20 that are made at once', async () => {
    const objects = memoryObjects();
    await Promise.all(days.map((day, n) => watchDays(cursorStore(objects), [day], n)));
    expect(await cursorStore(objects).get()).toEqual({
      listedUntil: null,
      openDays: Object.fromEntries(days.map((day, n) => [day, n])),
    });
  });

  it('is not written when there is no day to name', async () => {
    const objects = memoryObjects();
    await watchDays(cursorStore(objects), [], 1);
    expect(objects.stored.size).toBe(0);
  });

  it.each(['no JSON', '{}', '{"listedUntil":1,"openDays":{"../x":1}}'])(
    'J4 is refused by name, with its remedy, when it holds %s',
    async (content) => {
      const objects = memoryObjects();
      const bytes = new TextEncoder().encode(content);
      await objects.put('state/reconcile.json', bytes, { contentType: 'application/json', when: 'any' });
      await expect(cursorStore(objects).get()).rejects.toMatchObject({
        code: 'CORRUPT',
        message: expect.stringMatching(/state\/reconcile\.json.*delete it/),
      });
    },
  );
});
