import type { FeishuClient } from './client.ts';
import { FeishuError } from './error.ts';

const path = '/open-apis/vc/v1/meeting_list';

/**
 * Whether the client's token may see the company's meetings: asks once for those of the last day.
 * @param options.now Unix seconds. `deadlineAt`: milliseconds of the client's clock.
 * @returns False when Feishu answers 121005, the meeting-management right of the admin console is missing.
 * @throws {FeishuError} for every other failure.
 */
export const mayManageMeetings = async (
  client: FeishuClient,
  { now, deadlineAt }: { now: number; deadlineAt: number },
): Promise<boolean> => {
  try {
    await client.get(path, { query: { start_time: now - 86_400, end_time: now, page_size: 20 }, deadlineAt });
    return true;
  } catch (error) {
    if (error instanceof FeishuError && error.code === 'NO_PERMISSION') return false;
    throw error;
  }
};
