import { describe, expect, it } from 'vitest';
import { minute } from '../make.ts';
import { fakeConsole } from './fake.ts';

const nobody = { openId: '', name: '' };

const page = async (locale: 'zh' | 'en'): Promise<string> => {
  const { get } = fakeConsole({
    trail: {
      auditOf: async () => ({
        entries: [
          { key: 'audit/b', entry: { at: minute(2), who: nobody, what: 'erased', objects: 6 } },
          { key: 'audit/a', entry: { at: minute(1), who: nobody, what: 'erased', objects: null } },
        ],
        more: false,
      }),
    },
  });
  return (await (await get(`/audit?day=2026-11-16&lang=${locale}`)).text())
    .replaceAll(/<[^>]*>|\s+/g, ' ')
    .replaceAll(/ +/g, ' ');
};

describe('an erasure in the trail', () => {
  it.each([
    ['en', ['09:02:00 (command line) Erased a person done: 6 objects changed', '(command line) Erased a person begun']],
    ['zh', ['09:02:00 （命令行） 删除个人数据 完成：改动 6 个对象', '（命令行） 删除个人数据 开始']],
  ] as const)('is told in %s: when, how much, and of nobody', async (locale, told) => {
    const text = await page(locale);
    for (const line of told) expect(text).toContain(line);
  });
});
