import type { FeishuClient } from '../../src/feishu/client.ts';

type Call = { path: string; query: Record<string, string | number | boolean | undefined> };

/** A client whose answers (their `data`) or errors come from a function; it remembers what was asked. */
export const scriptedClient = (answer: (call: Call) => object): FeishuClient & { calls: Call[] } => {
  const calls: Call[] = [];
  return {
    calls,
    get: async (path, { query }) => {
      const call = { path, query };
      calls.push(call);
      const data = answer(call);
      if (data instanceof Error) throw data;
      return { code: 0, msg: 'success', data };
    },
  };
};

/** Rows `from` (included) to `to` of people who were in a meeting for an hour, on one device each. */
export const people = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_, i) => ({
    user_id: `ou_${from + i}`,
    join_time: '2023.11.15 05:13:20 (GMT+08:00)',
    leave_time: '2023.11.15 06:13:20 (GMT+08:00)',
    time_in_meeting: '01:00:00',
  }));
