import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import type { ListPage, Slice } from '../domain/meeting.ts';
import { allKeys, type ObjectStore } from './objects.ts';
import { announced, participant } from './snapshots.ts';

const count = z.int().nonnegative();

const sliceSchema = z.object({
  pages: z.array(z.object({ list: count, rows: z.array(participant) })),
  reading: z.object({
    announced: announced.nullable(),
    webinar: z.boolean(),
    repeats: z.boolean(),
    list: count,
    pageToken: z.string(),
    used: z.array(z.string()),
    pages: count,
    rows: count,
    calls: count,
    at: z.number(),
  }),
}) satisfies z.ZodType<Slice>;

const fileSchema = z.object({ schemaVersion: z.literal(1), slice: sliceSchema });

const prefixOf = (jobId: string): string => `state/fetch/${jobId}/`;
const keyOf = (jobId: string, name: string): string => `${prefixOf(jobId)}${name}.json.gz`;

/** The `state/fetch/` prefix of the bucket: what a read that is not at its end has so far. Nothing here outlives its job. */
export type SliceStore = {
  /** The name it is kept under; the same slice has the same name. */
  save: (jobId: string, slice: Slice) => Promise<string>;
  /** null when it is gone, or as another version wrote it: the read is then begun anew. */
  get: (jobId: string, name: string) => Promise<Slice | null>;
  /** Removes everything kept for a job. */
  sweep: (jobId: string) => Promise<void>;
};

export const sliceStore = (objects: Pick<ObjectStore, 'get' | 'put' | 'list' | 'delete'>): SliceStore => ({
  save: async (jobId, slice) => {
    const text = JSON.stringify({ schemaVersion: 1, slice });
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    await objects.put(keyOf(jobId, name), gzipSync(text), { contentType: 'application/gzip', when: 'any' });
    return name;
  },
  get: async (jobId, name) => {
    const found = await objects.get(keyOf(jobId, name));
    if (found === null) return null;
    try {
      return fileSchema.parse(JSON.parse(gunzipSync(found.bytes).toString('utf8'))).slice;
    } catch {
      return null;
    }
  },
  sweep: async (jobId) => {
    for (const key of await allKeys(objects, prefixOf(jobId))) await objects.delete(key);
  },
});

/** The pages of several slices in their order; null when one of them is gone. */
export const pagesOf = async (
  slices: Pick<SliceStore, 'get'>,
  { jobId, names }: { jobId: string; names: readonly string[] },
): Promise<ListPage[] | null> => {
  const pages: ListPage[] = [];
  for (const name of names) {
    const slice = await slices.get(jobId, name);
    if (slice === null) return null;
    pages.push(...slice.pages);
  }
  return pages;
};
