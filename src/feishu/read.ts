import type { ListPage, Meeting, Participant, Reading, Slice } from '../domain/meeting.ts';
import type { FeishuClient } from './client.ts';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import { readList } from './list.ts';
import type { DetailLevel } from './row.ts';
import { mergeLists } from './rows.ts';

/** Pages after which what was read is kept, and others may come first: a crash loses no more, and nobody waits for longer. */
export const slicePages = 10;

/** A read that an earlier run left: how far it came, and its pages so far, null when they are gone. */
export type Unfinished = { reading: Reading; pages: () => Promise<readonly ListPage[] | null> };

type Options = {
  clock: Clock;
  detail: DetailLevel;
  deadlineAt: number;
  onPage: (reading: Reading) => void | Promise<void>;
  /** Takes the pages read since the last slice; `begins` when they are the first of their read. */
  onSlice: (slice: Slice, which: { begins: boolean }) => void | Promise<void>;
  /** Asked after every slice; false ends the run with `Paused`. */
  goOn: () => boolean | Promise<boolean>;
};

/** Pages of an earlier run are not there any more. */
class Lost extends Error {}

/** Whether a read may go on after an error; after any other its page token or its rows are worth nothing. */
const canGoOn = (error: unknown): boolean =>
  error instanceof FeishuError &&
  error.kind !== 'never' &&
  error.code !== 'PAGING_STALLED' &&
  error.code !== 'NOT_READY';

/** A left read whose page token is no longer taken, or whose rows are lost, has to be begun anew. */
export const isSpoilt = (error: unknown): boolean =>
  error instanceof Lost ||
  (error instanceof FeishuError && (error.kind === 'never' || error.code === 'PAGING_STALLED'));

/**
 * Makes one read of the whole list, in slices. What was read before an error that leaves it whole is kept as well.
 * @param left What an earlier run read of it.
 * @throws {FeishuError} as `readList` does; `Paused`; what `isSpoilt` tells.
 */
export const readWhole = async (
  client: FeishuClient,
  meeting: Meeting,
  { from, left }: { from: Reading; left: Unfinished | null },
  { onPage, onSlice, goOn, ...options }: Options,
): Promise<{ participants: Participant[]; repeated: boolean; fingerprint: string; reading: Reading }> => {
  const pages: ListPage[] = [];
  let reading = from;
  let kept = from.pages;
  const keep = async (): Promise<void> => {
    const begins = kept === 0;
    const slice = { pages: pages.slice(kept - from.pages), reading };
    kept = reading.pages;
    await onSlice(slice, { begins });
  };

  try {
    await readList(client, meeting, from, {
      ...options,
      onPage: async (page, next) => {
        pages.push(page);
        reading = next;
        if (next.pages - kept >= slicePages) await keep();
        await onPage(next);
      },
      goOn: (next) => next.pages - kept < slicePages || goOn(),
    });
    // So that a read kept in part is kept as a whole.
    if (kept > 0 && kept < reading.pages) await keep();
  } catch (error) {
    if (canGoOn(error) && kept < reading.pages && reading.rows > 0) await keep();
    throw error;
  }

  const before = left === null ? [] : await left.pages();
  if (before === null) throw new Lost('pages that an earlier run has read are gone');
  const { rows: participants, ...told } = mergeLists([...before, ...pages]);
  return { participants, ...told, reading };
};
