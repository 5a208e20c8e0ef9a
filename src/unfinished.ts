import type { Job, UnfinishedRead } from './domain/job.ts';
import type { ListPage, Read, Reading, Slice } from './domain/meeting.ts';
import { pagesOf, type SliceStore } from './store/slices.ts';

/** Another run of the same job has come further: this one has nothing more to add. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** A read that was left: how far it came, and its pages so far, null when they are gone. */
export type Left = { reading: Reading; pages: () => Promise<ListPage[] | null> };

const ofPart = (job: Job, part: number | undefined) => job.unfinished?.find((each) => each.part === part);

/** What two runs of one job must not both change. */
const standOf = ({ reads = [], unfinished = [] }: Job): string => JSON.stringify([reads.length, unfinished]);

/**
 * Follows the reads of one job over its runs: slices lie in the bucket, the job names those that count, so that a slice
 * is either kept as a whole or was never there, and the end of a read lets go of all its slices in one write.
 * @param change Writes what is made of the job as it is at that moment.
 */
export const createUnfinished = (
  slices: SliceStore,
  { job: opened, change }: { job: Job; change: (next: (job: Job) => Job) => Promise<boolean> },
) => {
  const { jobId } = opened;
  let known = opened;
  const write = async (next: (job: Job) => Job): Promise<void> => {
    let written = known;
    const isOpen = await change((job) => {
      written = next(job);
      return written;
    });
    if (!isOpen) throw new Overtaken(`job ${jobId} is finished`);
    known = written;
  };

  return {
    /** What the last run left of the read of a part; null for nothing. */
    left: async (part: number | undefined): Promise<Left | null> => {
      const names = ofPart(opened, part)?.slices ?? [];
      const last = names.at(-1);
      const slice = last === undefined ? null : await slices.get(jobId, last);
      return slice && { reading: slice.reading, pages: () => pagesOf(slices, { jobId, names }) };
    },
    /** @throws {Overtaken} when another run has kept something meanwhile. */
    keep: async (
      slice: Slice,
      { part, begins, updatedAt }: { part: number | undefined; begins: boolean; updatedAt: number },
    ): Promise<void> => {
      const name = await slices.save(jobId, slice);
      const { pages, rows } = slice.reading;
      await write((job) => {
        if (standOf(job) !== standOf(known)) throw new Overtaken(`job ${jobId} is being read by another run`);
        const before = begins ? [] : (ofPart(job, part)?.slices ?? []);
        const mine: UnfinishedRead = { ...(part !== undefined && { part }), slices: [...before, name], pages, rows };
        const progress = job.status === 'running' ? { pages, rows } : {};
        return { ...job, ...progress, unfinished: [...others(job, part), mine], updatedAt };
      });
    },
    /** A read came to its end without proving anything: the next delivery can tell whether the list has come to rest. */
    remember: (read: Read, { updatedAt }: { updatedAt: number }): Promise<void> =>
      write((job) => ({
        ...job,
        reads: [...(job.reads ?? []), read],
        ...(job.unfinished && { unfinished: others(job, read.part) }),
        updatedAt,
      })),
    /** Removes what was kept, once the job needs it no more. */
    sweep: async (): Promise<void> => {
      if (known.unfinished !== undefined) await slices.sweep(jobId);
    },
  };
};

const others = (job: Job, part: number | undefined): UnfinishedRead[] =>
  (job.unfinished ?? []).filter((each) => each.part !== part);
