import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { ObjectStore, StoredObject } from '../src/store/objects.ts';

/** A bucket in a Map, atomic per key; `stored` is what it holds, for tests to look at. */
export const memoryObjects = (): ObjectStore & { stored: Map<string, StoredObject> } => {
  const stored = new Map<string, StoredObject>();
  return {
    stored,
    get: async (key) => stored.get(key) ?? null,
    put: async (key, content, { contentType, contentDisposition = '', when }) => {
      const bytes = content instanceof Uint8Array ? content : await buffer(content);
      const current = stored.get(key);
      if (when === 'absent' && current) return { kind: 'refused' };
      if (typeof when === 'object' && when.etag !== current?.etag) return { kind: 'refused' };
      const etag = createHash('sha256').update(bytes).digest('hex');
      stored.set(key, { bytes, etag, contentType, contentDisposition });
      return { kind: 'written', etag };
    },
    list: async ({ prefix, after = '', limit = 1000 }) => {
      const keys = [...stored.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
      return { keys: keys.slice(0, limit), more: keys.length > limit };
    },
    link: async ({ key }) => `https://bucket.test/${key}`,
    delete: async (key) => {
      stored.delete(key);
    },
  };
};
