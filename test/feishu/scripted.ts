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

/** Items `from` (included) to `to` as rows whose only field is their number. */
export const people = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_, i) => ({ user_id: `ou_${from + i}` }));
