import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type ObjectStore, type PutOptions, StoreError } from './objects.ts';

/** `expiresAt` is Unix milliseconds; `versionId` is the secret's version that the last holder left, null before the first. */
const schema = z.object({ owner: z.string().nullable(), expiresAt: z.number(), versionId: z.string().nullable() });

/** A lease that is ours until `expiresAt` (Unix milliseconds), by our clock. */
export type Lease = { expiresAt: number; versionId: string | null; etag: string };

export type LeaseStore = {
  /** null when another holds it, or was faster. */
  acquire: (options: { now: number; forMs: number }) => Promise<Lease | null>;
  /** Frees the lease and leaves word which version of the secret is the newest. Nothing happens when it is no longer ours. */
  release: (lease: Lease, versionId: string | null) => Promise<void>;
};

const key = 'state/user-token-lease.json';

const parse = (bytes: Uint8Array): z.infer<typeof schema> => {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new StoreError('CORRUPT', `${key} is not as written by Rollcall; delete it`);
  }
};

/**
 * The right to refresh the user's tokens: one object that stays for ever, taken and freed by conditional writes alone.
 * Of any number of takers S3 lets one through. A holder that died is outlived; clocks may differ by less than the time
 * that a lease is longer than the work done under it.
 */
export const leaseStore = (objects: Pick<ObjectStore, 'get' | 'put'>): LeaseStore => {
  const write = (lease: z.infer<typeof schema>, when: PutOptions['when']) =>
    objects.put(key, new TextEncoder().encode(JSON.stringify(lease)), { contentType: 'application/json', when });

  return {
    acquire: async ({ now, forMs }) => {
      const found = await objects.get(key);
      const last = found && parse(found.bytes);
      if (last !== null && last.owner !== null && last.expiresAt > now) return null;
      const versionId = last?.versionId ?? null;
      const expiresAt = now + forMs;
      const outcome = await write(
        { owner: randomUUID(), expiresAt, versionId },
        found ? { etag: found.etag } : 'absent',
      );
      return outcome.kind === 'written' ? { expiresAt, versionId, etag: outcome.etag } : null;
    },
    release: async ({ etag }, versionId) => {
      await write({ owner: null, expiresAt: 0, versionId }, { etag });
    },
  };
};
