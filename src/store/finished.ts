import * as z from 'zod';
import type { Job } from '../domain/job.ts';
import { jobSchema } from './jobs.ts';
import type { ObjectStore } from './objects.ts';

const fileSchema = z.object({ schemaVersion: z.literal(1), jobs: z.array(jobSchema) });

/**
 * The `state/finished/` prefix of the bucket: the finished jobs of a day in one object, so that a list need not read
 * hundreds. They never change, so a copy is as good as the job itself; what a copy lacks is read from `jobs/`.
 */
export type FinishedStore = {
  /** What was kept of a day (`yyyy-mm-dd`); nothing when nothing was, or another version wrote it. */
  get: (day: string) => Promise<Job[]>;
  /** Adds to what is kept of the day. Of two that add at once one may be lost, which costs a later list a few reads. */
  add: (day: string, jobs: readonly Job[]) => Promise<void>;
};

const keyOf = (day: string): string => `state/finished/${day}.json`;

const parse = (bytes: Uint8Array): Job[] => {
  try {
    return fileSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).jobs;
  } catch {
    return [];
  }
};

export const finishedStore = (objects: Pick<ObjectStore, 'get' | 'put'>): FinishedStore => ({
  get: async (day) => {
    const found = await objects.get(keyOf(day));
    return found === null ? [] : parse(found.bytes);
  },
  add: async (day, added) => {
    const found = await objects.get(keyOf(day));
    const jobs = new Map([...(found ? parse(found.bytes) : []), ...added].map((job) => [job.jobId, job]));
    const bytes = new TextEncoder().encode(JSON.stringify({ schemaVersion: 1, jobs: [...jobs.values()] }));
    const when = found === null ? 'absent' : { etag: found.etag };
    await objects.put(keyOf(day), bytes, { contentType: 'application/json', when });
  },
});
