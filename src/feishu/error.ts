import type { InBoth } from '../domain/in-both.ts';
import { causes, type Kind } from './causes.ts';

/** Our word for a failure; callers branch on it or on its kind. */
export type FeishuErrorCode = keyof typeof causes;

type Facts = {
  feishuCode?: number;
  /** Feishu's `x-tt-logid`: its support asks for it. */
  logId?: string;
  /** Seconds after which a retry makes sense. */
  waitSeconds?: number;
};

/**
 * A call to Feishu that did not give what was asked, or that was refused before it was made.
 * The message names path, code and field. It never holds a token, a value of the query, or Feishu's own text,
 * and there is no `cause`: the HTTP client's errors can carry the raw answer, and with it names.
 */
export class FeishuError extends Error {
  readonly code: FeishuErrorCode;
  readonly kind: Kind;
  readonly feishuCode: number | null;
  /** What an administrator or HR can do. */
  readonly remedy: InBoth;
  readonly waitSeconds?: number;

  constructor(code: FeishuErrorCode, message: string, facts: Facts = {}) {
    super(message);
    const cause = causes[code];
    const fill = (text: string): string =>
      text.replace('{code}', String(facts.feishuCode ?? '—')).replace('{logId}', facts.logId ?? '—');
    this.name = 'FeishuError';
    this.code = code;
    this.kind = cause.kind;
    this.feishuCode = facts.feishuCode ?? null;
    this.remedy = { en: fill(cause.en), zh: fill(cause.zh) };
    if (facts.waitSeconds !== undefined) this.waitSeconds = facts.waitSeconds;
  }
}

const words = new Map<number, FeishuErrorCode>(
  Object.entries(causes).flatMap(([word, cause]) =>
    cause.feishu.map((code) => [code, word as FeishuErrorCode] as const),
  ),
);

/** Our word for a code of Feishu; undefined for one that no table lists. */
export const wordFor = (feishuCode: number): FeishuErrorCode | undefined => words.get(feishuCode);

/** The error that Feishu itself would give for forbidden input, made before any call is spent on it. */
export const refusal = (feishuCode: number, message: string): FeishuError =>
  new FeishuError(wordFor(feishuCode) ?? 'BAD_REQUEST', message, { feishuCode });
