import { expect, it } from 'vitest';
import type { FeishuClient } from '../../src/feishu/client.ts';
import { FeishuError } from '../../src/feishu/error.ts';
import { mayManageMeetings } from '../../src/feishu/probe.ts';

const now = 1_800_000_000;
const ask = (get: FeishuClient['get']) => mayManageMeetings({ get }, { now, deadlineAt: 5000 });
const failing = (error: Error) => () => Promise.reject(error);

it('the right to manage meetings is there when the last day’s meetings are shown, asked for once', async () => {
  const asked: unknown[] = [];
  const right = await ask(async (...given) => {
    asked.push(given);
    return { code: 0, data: { has_more: true, page_token: 'p', meeting_list: [] } };
  });
  const query = { start_time: now - 86_400, end_time: now, page_size: 20 };
  expect(right).toBe(true);
  expect(asked).toEqual([['/open-apis/vc/v1/meeting_list', { query, deadlineAt: 5000 }]]);
});

it('F8 the right to manage meetings is missing when Feishu answers 121005, and unknown after any other failure', async () => {
  expect(await ask(failing(new FeishuError('NO_PERMISSION', 'refused', { feishuCode: 121005 })))).toBe(false);
  const unknown = new FeishuError('NOT_GRANTED', 'refused', { feishuCode: 99991679 });
  await expect(ask(failing(unknown))).rejects.toBe(unknown);
});
