import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing, launch, openWindow } from './chromium.ts';
import { everyPage } from './everywhere.ts';
import { inspect } from './inspect.ts';

/** Every page that there is, also those that come seldom: refusals, ends of a trip to Feishu, what is empty and what is broken. */

const name = '欧阳娜娜 Anastasia Konstantinopolskaya（华东区域客户成功与数字化运营中心高级项目经理）';

describe.skipIf(isMissing)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it('looks at what it says it looks at', async () => {
    const { page } = await openWindow(browser, { locale: 'en-GB' });
    const notice = async (body: string) => {
      await page.setContent(`<!doctype html><html lang="en"><title>x</title><main><h1>x</h1>${body}</main>`);
      return inspect(page, ['light', 'dark']);
    };
    await notice('<p>In a <a href="#x">sentence</a>.');
    const found = (text: string) => ({ actual: [expect.stringContaining(text)] });
    await expect(notice('<p><a href="#x">Alone</a>')).rejects.toMatchObject(found('<a href="#x">'));
    await expect(notice('<label for="x">x</label><input id="x" type="checkbox">')).rejects.toMatchObject(
      found('<input'),
    );
    await expect(notice('<p style="color: #ccc">Pale</p>')).rejects.toMatchObject(found('color-contrast'));
    await expect(notice('<button style="padding: 1rem">Paper</button>')).rejects.toMatchObject(found('<button'));
    await expect(notice('<p style="width: 3000px">Wide</p>')).rejects.toThrow('less than or equal');
    await page.context().close();
  });

  it.each([
    ['zh', 'zh-CN', 1280, ['light', 'dark']],
    ['en', 'en-GB', 360, ['dark', 'light']],
  ] as const)(
    'every page can be used by everybody, and is below 60 KB: %s',
    async (language, locale, width, schemes) => {
      const pages = await everyPage(name, language);
      expect(pages.size).toBeGreaterThan(80);
      const { page } = await openWindow(browser, {
        locale,
        colorScheme: schemes[0],
        viewport: { width, height: 800 },
      });
      for (const [led, html] of pages) {
        await page.setContent(html);
        const heading = await page.locator('h1').innerText();
        try {
          expect(Buffer.byteLength(html)).toBeLessThan(60_000);
          await inspect(page, schemes);
        } catch (error) {
          throw new Error(`${led}: ${heading}`, { cause: error });
        }
      }
      await page.context().close();
    },
    300_000,
  );
});
