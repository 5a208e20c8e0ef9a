import * as z from 'zod';
import { type ObjectStore, type PutOptions, StoreError } from './objects.ts';

const schema = z.object({
  /** Unix seconds; null before the first listing. */
  listedUntil: z.number().nullable(),
  /** `yyyy-mm-dd` → Unix seconds when the day was last found to have, or about to get, a job that is not finished. */
  openDays: z.record(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), z.number()),
});

/** What the reconciler remembers: until when every ended meeting has its request, and which days have unfinished jobs. */
export type Cursor = z.infer<typeof schema>;

/** The object `state/reconcile.json`. */
export type CursorStore = {
  get: () => Promise<Cursor>;
  /** Writes what `change` makes of the cursor as it is at that moment, so that no other run's change is lost. */
  update: (change: (cursor: Cursor) => Cursor) => Promise<void>;
};

/** Names days (`yyyy-mm-dd`) for the reconciler to look at, at the given moment in Unix seconds. */
export const watchDays = async (cursor: CursorStore, days: readonly string[], at: number): Promise<void> => {
  if (days.length === 0) return;
  const named = Object.fromEntries(days.map((day) => [day, at]));
  await cursor.update((now) => ({ ...now, openDays: { ...now.openDays, ...named } }));
};

const key = 'state/reconcile.json';

export const cursorStore = (objects: Pick<ObjectStore, 'get' | 'put'>): CursorStore => {
  const read = async (): Promise<{ cursor: Cursor; when: PutOptions['when'] }> => {
    const found = await objects.get(key);
    if (found === null) return { cursor: { listedUntil: null, openDays: {} }, when: 'absent' };
    try {
      return { cursor: schema.parse(JSON.parse(new TextDecoder().decode(found.bytes))), when: { etag: found.etag } };
    } catch {
      throw new StoreError('CORRUPT', `${key} is not as written by Rollcall; delete it`);
    }
  };
  return {
    get: async () => (await read()).cursor,
    update: async (change) => {
      for (;;) {
        const { cursor, when } = await read();
        const bytes = new TextEncoder().encode(JSON.stringify(change(cursor)));
        const outcome = await objects.put(key, bytes, { contentType: 'application/json', when });
        if (outcome.kind === 'written') return;
      }
    },
  };
};
