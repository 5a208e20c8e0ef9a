import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../../src/local/feishu-oauth.ts';
import { isMissing, launch, openWindow } from './chromium.ts';
import { startConsole } from './running.ts';

/** Connecting Feishu as a person does it: in a real browser, against the stand-in’s page of consent. */

let running: Awaited<ReturnType<typeof startConsole>>;
let browser: Browser;
let page: Page;
let complaints: string[];

const words = {
  zh: {
    title: '连接飞书',
    go: '前往飞书授权',
    connected: '已连接飞书',
    withoutRight: '已连接，但缺少会议管理权限',
    cancelled: '已取消授权',
    stale: '此次授权已失效',
    missing: '缺少必要的权限',
    refused: '您不在白名单中',
  },
  en: {
    title: 'Connect Feishu',
    go: 'Continue to Feishu',
    connected: 'Feishu is connected',
    withoutRight: 'Connected, but one right is missing',
    cancelled: 'You cancelled',
    stale: 'This authorisation no longer counts',
    missing: 'A permission is missing',
    refused: 'You are not on the allow-list',
  },
} as const;

const heading = () => page.getByRole('heading', { level: 1 }).innerText();

/** Through the console’s first page to Feishu’s. */
const start = async (say: { go: string; title: string }) => {
  await page.goto(`${running.url}/connect`);
  expect(await heading()).toBe(say.title);
  await page.getByRole('link', { name: say.go }).click();
  await page.getByText('Stand-in Feishu').first().waitFor();
};

/** Signs in on Feishu’s page, unticks scopes, decides; resolves with the status of the page that it leads to. */
const decide = async (
  decision: 'Accept' | 'Cancel',
  { person = people.admin.name as string, without = [] as string[] } = {},
) => {
  await page.getByLabel(person).check();
  for (const scope of without) await page.getByLabel(scope).uncheck();
  const answer = page.waitForResponse((response) => response.url().startsWith(`${running.url}/connect/callback`));
  await page.getByRole('button', { name: decision }).click();
  return (await answer).status();
};

describe.skipIf(isMissing)('in Chromium', () => {
  beforeAll(async () => {
    running = await startConsole({ CONSOLE_ADMINS: `${people.admin.openId},${people.adminWithoutRight.openId}` });
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  afterEach(async () => {
    await page.context().close();
    await running.forget();
  });

  describe.each([
    ['zh', 'zh-CN'],
    ['en', 'en-GB'],
  ] as const)('with a browser that prefers %s', (language, locale) => {
    const say = words[language];

    const open = async () => {
      ({ page, complaints } = await openWindow(browser, { locale }));
    };

    it('O1 connects an administrator, says who and until when, and logs nothing of them', async () => {
      await open();
      await start(say);
      const [cookie] = (await page.context().cookies()).filter(({ name }) => name === '__Host-connect');
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' });
      expect(await decide('Accept')).toBe(200);
      expect(await heading()).toBe(say.connected);
      expect(await page.getByRole('main').innerText()).toContain(people.admin.name);
      expect(await page.getAttribute('html', 'lang')).toBe(language === 'zh' ? 'zh-CN' : 'en');
      const stored = await running.stored();
      expect(stored).toMatchObject({ openId: people.admin.openId, name: people.admin.name });
      const { state, code } = Object.fromEntries(new URL(page.url()).searchParams);
      const log = running.logged.join('');
      expect(log).toContain('"outcome":"connected"');
      for (const secret of [
        people.admin.name,
        people.admin.openId,
        stored?.accessToken,
        stored?.refreshToken,
        state,
        code,
        'canary',
      ])
        expect(log).not.toContain(secret);
      expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['__Host-lang']);
      expect(complaints).toEqual([]);
    });

    it('connects an administrator without the right to manage meetings, and says where to grant it', async () => {
      await open();
      await start(say);
      expect(await decide('Accept', { person: people.adminWithoutRight.name })).toBe(200);
      expect(await heading()).toBe(say.withoutRight);
      expect(await running.stored()).toMatchObject({ openId: people.adminWithoutRight.openId });
    });

    it('C1 refuses an answer that comes again, or to another browser', async () => {
      await open();
      await start(say);
      await decide('Accept');
      await running.forget();
      const address = page.url();
      expect((await page.goto(address))?.status()).toBe(400);
      expect(await heading()).toBe(say.stale);
      await page.context().close();
      await open();
      await start(say);
      expect((await page.goto(address))?.status()).toBe(400);
      expect(await heading()).toBe(say.stale);
      expect(await running.stored()).toBeNull();
    });

    it('refuses a person who is not on the list, and shows the open_id to be listed', async () => {
      await open();
      await start(say);
      expect(await decide('Accept', { person: people.employee.name })).toBe(403);
      expect(await heading()).toBe(say.refused);
      const text = await page.getByRole('main').innerText();
      expect(text).toContain(people.employee.openId);
      expect(text).toContain('CONSOLE_ADMINS');
      expect(await running.stored()).toBeNull();
    });

    it('takes no for an answer, and offers to start again', async () => {
      await open();
      await start(say);
      expect(await decide('Cancel')).toBe(200);
      expect(await heading()).toBe(say.cancelled);
      await page.getByRole('main').getByRole('link').click();
      expect(await heading()).toBe(say.title);
      expect(await running.stored()).toBeNull();
    });

    it.each(['vc:rooms.room.detailinfo:read', 'offline_access'])(
      'names the scope that is missing: %s',
      async (scope) => {
        await open();
        await start(say);
        expect(await decide('Accept', { without: [scope] })).toBe(403);
        expect(await heading()).toBe(say.missing);
        expect(await page.getByRole('definition').allInnerTexts()).toEqual([scope]);
        expect(await running.stored()).toBeNull();
      },
    );

    it('keeps the language chosen on the page through Feishu and back', async () => {
      await open();
      const other = language === 'zh' ? 'en' : 'zh';
      await page.goto(`${running.url}/connect`);
      await page.getByRole('link', { name: other === 'en' ? 'English' : '中文' }).click();
      expect(await heading()).toBe(words[other].title);
      await page.getByRole('link', { name: words[other].go }).click();
      await decide('Cancel');
      expect(await heading()).toBe(words[other].cancelled);
    });
  });
});
