import { FeishuError } from './error.ts';
import type { Page } from './page.ts';

/** How far a fetch has come. */
export type Progress = { pages: number; rows: number };

export type PagingOptions = {
  /** Called, and waited for, after every page. */
  onPage?: (progress: Progress) => void | Promise<void>;
  /** Default 2000: 200,000 rows at 100 a page. */
  maxPages?: number;
};

/**
 * Follows pages to the end. Complete or nothing: only `has_more: false` leads out, and a token beside it means nothing.
 * @param fetchPage Takes '' for the first page.
 * @throws {FeishuError} `PAGING_STALLED` when more is promised but the page is empty, its token is missing or was
 * used before, or the pages do not end.
 */
export const allPages = async <T>(
  fetchPage: (pageToken: string) => Promise<Page<T>>,
  { onPage, maxPages = 2000 }: PagingOptions,
): Promise<{ items: T[]; pages: number }> => {
  const items: T[] = [];
  const used = new Set(['']);
  let pageToken = '';
  for (let pages = 1; ; pages += 1) {
    const page = await fetchPage(pageToken);
    for (const item of page.items) items.push(item);
    await onPage?.({ pages, rows: items.length });
    if (!page.hasMore) return { items, pages };
    const stalled = (why: string) => new FeishuError('PAGING_STALLED', `page ${pages}: more is promised, but ${why}`);
    if (page.items.length === 0) throw stalled('the page is empty');
    if (used.has(page.pageToken)) throw stalled('there is no new page token');
    if (pages >= maxPages) throw stalled('there is no end');
    pageToken = page.pageToken;
    used.add(pageToken);
  }
};
