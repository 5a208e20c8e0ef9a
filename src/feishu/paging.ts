import { setImmediate as turn } from 'node:timers/promises';
import { FeishuError } from './error.ts';
import type { UnreadPage } from './page.ts';

/** How far a fetch has come. */
export type Progress = { pages: number; rows: number };

/** Where a list goes on: the token of its next page and those used before it, '' for the first. */
export type Place = Progress & { pageToken: string; used: readonly string[] };

export const firstPage: Place = { pages: 0, rows: 0, pageToken: '', used: [''] };

export type PagingOptions<T> = {
  /** Called, and waited for, after every page, while the next one is on its way. `next` is null after the last. */
  onPage?: (items: readonly T[], next: Place | null) => void | Promise<void>;
  /** Asked before every page but the first; false ends the fetch with `Paused`, once the page before is told. */
  goOn?: (next: Progress) => boolean | Promise<boolean>;
  /** Default: the first page. */
  from?: Place;
  /** Default 2000: 200,000 rows at 100 a page. */
  maxPages?: number;
};

/** A list was left before its end because nobody wanted it to go on now. */
export class Paused extends Error {
  override readonly name = 'Paused';
}

/**
 * Follows pages to the end. Complete or nothing: only `has_more: false` leads out, and a token beside it means nothing.
 * The next page is asked for before the last one is worked on, so that the work hides in Feishu's answering time.
 * @param fetchPage Takes '' for the first page.
 * @throws {FeishuError} `PAGING_STALLED` when more is promised but the page is empty, its token is missing or was
 * used before, or the pages do not end.
 */
export const allPages = async <T>(
  fetchPage: (pageToken: string) => Promise<UnreadPage<T>>,
  { onPage, goOn = () => true, from = firstPage, maxPages = 2000 }: PagingOptions<T>,
): Promise<Progress> => {
  const used = new Set(from.used);
  let { pages, rows } = from;
  let page = await fetchPage(from.pageToken);
  for (;;) {
    const { size, items, pageToken, hasMore } = page;
    pages += 1;
    rows += size;
    if (!hasMore) {
      await onPage?.(items(), null);
      return { pages, rows };
    }
    const stalled = (why: string) => new FeishuError('PAGING_STALLED', `page ${pages}: more is promised, but ${why}`);
    if (size === 0) throw stalled('the page is empty');
    if (used.has(pageToken)) throw stalled('there is no new page token');
    if (pages >= maxPages) throw stalled('there is no end');
    used.add(pageToken);
    const tell = () => onPage?.(items(), { pages, rows, pageToken, used: [...used] });
    if (!(await goOn({ pages, rows }))) {
      await tell();
      throw new Paused();
    }
    const coming = fetchPage(pageToken);
    // The call is written to its socket in the next turn of the loop; work begun before would hold it up.
    const told = turn().then(tell);
    const [following, done] = await Promise.allSettled([coming, told]);
    if (done.status === 'rejected') throw done.reason;
    if (following.status === 'rejected') throw following.reason;
    page = following.value;
  }
};
