import { createHash } from 'node:crypto';
import type { ObjectStore } from './objects.ts';

/**
 * The sessions that have begun and not ended, under `state/sessions/`: what ends a session everywhere when somebody signs
 * out, also for a cookie that was copied. The key holds a hash, not the session's id. An object is of no use once the
 * session is too old: a lifecycle rule of the bucket may delete it after a day.
 */
export type SessionStore = {
  begin: (id: string) => Promise<void>;
  isOpen: (id: string) => Promise<boolean>;
  end: (id: string) => Promise<void>;
};

const keyOf = (id: string): string => `state/sessions/${createHash('sha256').update(id).digest('hex')}.json`;

export const sessionStore = (objects: Pick<ObjectStore, 'get' | 'put' | 'delete'>): SessionStore => ({
  begin: async (id) => {
    await objects.put(keyOf(id), new TextEncoder().encode('{}'), { contentType: 'application/json', when: 'absent' });
  },
  isOpen: async (id) => (await objects.get(keyOf(id))) !== null,
  end: (id) => objects.delete(keyOf(id)),
});
