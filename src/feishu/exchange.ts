import { type Dispatcher, request } from 'undici';
import { FeishuError, wordFor } from './error.ts';

/** Longest time for one exchange, from connecting to the last byte of the body. */
export const attemptMs = 10_000;
/** A page of 100 full rows is under 100 KB. */
const maxBytes = 8 * 1024 * 1024;

type Exchange = {
  method: 'GET' | 'POST';
  url: URL;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  timeoutMs: number;
  dispatcher?: Dispatcher | undefined;
};

/** An answer whose `code` is 0. */
export type Answer = Record<string, unknown>;

/** Seconds that Feishu asks to wait: 1–60, and 1 for a header that makes no sense. */
const resetSeconds = (header: unknown): number => {
  const seconds = typeof header === 'string' ? Math.ceil(Number(header)) : Number.NaN;
  return seconds >= 1 ? Math.min(seconds, 60) : 1;
};

type RawAnswer = { status: number; headers: Record<string, unknown>; text: string };

/** Sends, and reads the whole body. Redirects are not followed; no compression, so that the size is what arrives. */
const send = async ({ method, url, headers, json, timeoutMs, dispatcher }: Exchange): Promise<RawAnswer> => {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await request(url, {
      method,
      signal,
      headers: { 'accept-encoding': 'identity', 'content-type': 'application/json; charset=utf-8', ...headers },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(dispatcher && { dispatcher }),
    });
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new FeishuError('BAD_ANSWER', `${url.pathname}: the body is over ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return { status: answer.statusCode, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    if (error instanceof FeishuError) throw error;
    if (signal.aborted) throw new FeishuError('DEADLINE', `${url.pathname}: no whole answer within ${timeoutMs} ms`);
    const why = error instanceof Error && 'code' in error ? error.code : 'failed';
    throw new FeishuError('UNREACHABLE', `${url.pathname}: ${why}`);
  }
};

const parseObject = (text: string): Answer | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Answer) : null;
  } catch {
    return null;
  }
};

/**
 * One HTTP exchange with Feishu, without retry.
 * @throws {FeishuError} for everything but an answer with `code` 0. A known code decides first; without one,
 * 429 is `RATE_LIMITED` and 5xx `SERVER_ERROR`, and what is no Feishu answer at all is `BAD_ANSWER`.
 */
export const exchange = async (call: Exchange): Promise<Answer> => {
  const { status, headers, text } = await send(call);
  if (status >= 300 && status < 400) throw new FeishuError('REDIRECTED', `${call.url.pathname}: HTTP ${status}`);
  const answer = parseObject(text);
  const code = typeof answer?.code === 'number' ? answer.code : undefined;
  if (answer && code === 0 && status < 300) return answer;

  const fallback = status === 429 ? 'RATE_LIMITED' : status >= 500 ? 'SERVER_ERROR' : code ? 'UNKNOWN' : 'BAD_ANSWER';
  const word = (code && wordFor(code)) || fallback;
  const logId = headers['x-tt-logid'];
  throw new FeishuError(word, `${call.url.pathname}: HTTP ${status}, code ${code ?? 'none'}`, {
    ...(code && { feishuCode: code }),
    ...(typeof logId === 'string' && /^[\w-]{1,128}$/.test(logId) && { logId }),
    ...(word === 'RATE_LIMITED' && { waitSeconds: resetSeconds(headers['x-ogw-ratelimit-reset']) }),
  });
};
