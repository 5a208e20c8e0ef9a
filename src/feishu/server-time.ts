import { request } from 'undici';
import { FeishuError } from './error.ts';
import { feishuHost } from './host.ts';

const timeoutMs = 5000;

/**
 * Feishu's own time in Unix milliseconds, to the second, from the Date header of its front page.
 * @throws {FeishuError} `UNREACHABLE` when nothing answers, `BAD_ANSWER` when the answer has no date.
 */
export const serverTime = async (baseUrl: string): Promise<number> => {
  const url = feishuHost(baseUrl);
  const answered = await request(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) }).catch(() => {
    throw new FeishuError('UNREACHABLE', `${url.host} did not answer within ${timeoutMs / 1000} s`);
  });
  await answered.body.dump();
  const at = Date.parse(String(answered.headers.date));
  if (Number.isNaN(at)) throw new FeishuError('BAD_ANSWER', `${url.host} answered without a date`);
  return at;
};
