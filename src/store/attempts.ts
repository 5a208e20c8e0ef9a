import { createHash, randomUUID } from 'node:crypto';
import type { ObjectStore } from './objects.ts';

/**
 * Remembers under `state/oauth-used/` which OAuth states have been answered; the key holds a hash, not the state.
 * Objects older than an hour are of no use: a lifecycle rule of the bucket may delete them.
 */
export const attemptStore = ({ put }: Pick<ObjectStore, 'put'>) => ({
  /** True for the first caller with this state, false for every other. */
  useOnce: async (state: string): Promise<boolean> => {
    const key = `state/oauth-used/${createHash('sha256').update(state).digest('hex')}.json`;
    // A put takes equal bytes for its own retry, so each caller writes bytes of its own.
    const bytes = new TextEncoder().encode(JSON.stringify({ caller: randomUUID() }));
    const { kind } = await put(key, bytes, { contentType: 'application/json', when: 'absent' });
    return kind === 'written';
  },
});
