import * as z from 'zod';
import { FeishuError } from './error.ts';

/** One page of a list; `pageToken` is '' when there is none. */
export type Page<T> = { items: readonly T[]; pageToken: string; hasMore: boolean };

/** The `data` of one page. `has_more` must be said: its absence is no end. */
export const pageSchema = <Items extends z.ZodRawShape>(items: Items) =>
  z.object({
    code: z.literal(0),
    data: z.object({ has_more: z.boolean(), page_token: z.union([z.string(), z.number()]).nullish(), ...items }),
  });

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
