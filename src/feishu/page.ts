import * as z from 'zod';
import { FeishuError } from './error.ts';

/** One page of a list; `pageToken` is '' when there is none. */
export type Page<T> = { items: readonly T[]; pageToken: string; hasMore: boolean };

/** A page whose items are not read yet: that takes longer than finding out where the list goes on. */
export type UnreadPage<T> = Omit<Page<T>, 'items'> & { size: number; items: () => readonly T[] };

/** Where a list goes on. `has_more` must be said: its absence is no end. */
const where = { has_more: z.boolean(), page_token: z.union([z.string(), z.number()]).nullish() };

/** A page of one list. */
export const pageSchema = <Items extends z.ZodRawShape>(items: Items) =>
  z.object({ code: z.literal(0), data: z.object({ ...where, ...items }) });
const cover = z.object({ code: z.literal(0), data: z.looseObject(where) });

/**
 * Reads an answer by its schema.
 * @throws {FeishuError} `BAD_ANSWER` naming the place that is not as documented, never its value.
 */
export const readAnswer = <Answer>(schema: z.ZodType<Answer>, answer: unknown): Answer => {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new FeishuError('BAD_ANSWER', `${issue?.path.join('.') || 'the answer'}: ${issue?.message}`);
};

/**
 * Reads of an answer where its list goes on, and leaves the items, found under `name`, to `read`.
 * @throws {FeishuError} `BAD_ANSWER` as `readAnswer` does.
 */
export const unreadPage = <T>(name: string, answer: unknown, read: () => readonly T[]): UnreadPage<T> => {
  const { data } = readAnswer(cover, answer);
  const list = data[name];
  return {
    size: Array.isArray(list) ? list.length : read().length,
    items: read,
    pageToken: String(data.page_token ?? ''),
    hasMore: data.has_more,
  };
};
