import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing, launch } from '../chromium.ts';
import { inspect } from '../inspect.ts';
import { openServed } from '../serve.ts';
import { jobId, policyWorld, version } from './world.ts';

/** Everything that a form could lose or change on its way through a browser. */
const hostile = {
  name: ' "Rules"\nof <b>all</b> &amp; ',
  minimum: { percent: 0.1 + 0.2, minutes: 1e-7, combine: 'either' },
  partial: { minutes: 0 },
  overrides: [
    { match: { meetingNo: '123 456 789', topicContains: ' \t\r\n周会 ' }, set: {} },
    { match: { ownerOpenId: '"ou_1"' }, set: { minimum: { percent: 90 }, partial: null, late: { graceMinutes: 0.5 } } },
  ],
  scope: {
    sources: ['other', 'calendar', 'other'],
    topicWords: ['a\nb', '"', ' c'],
    meetingNos: ['000000000', '000000000'],
  },
  restarts: {},
};

const open = async (browser: Browser, locale: 'zh-CN' | 'en-GB', width = 1280) => {
  const world = policyWorld();
  return { ...(await openServed(browser, world, { locale, viewport: { width, height: 800 } })), world };
};

describe.skipIf(isMissing)('the policy in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it('is edited, corrected, tried, saved and used on a past meeting, without a word from the browser', async () => {
    const { page, world, url, complaints, shifts, close } = await open(browser, 'en-GB');
    await page.goto(`${url}/policy`);
    await page.getByRole('link', { name: 'Edit the policy' }).click();
    await page.getByLabel('Percent of the meeting').first().fill('１０１');
    await page.getByLabel('Percent of the meeting').first().press('Enter');
    await page.getByRole('link', { name: 'Must be between 0 and 100' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('minimum.percent');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('90%');
    await page.getByLabel('Is it used?').selectOption('Used');
    await page.locator('[id="partial.percent"]').fill('50,5');
    await page.getByText('Add an exception').click();
    await page.locator('[id="overrides[0].match.meetingNo"]').fill('111 111 111');
    expect(await page.locator('[id="overrides[0].set.late.graceMinutes"]').isVisible()).toBe(false);
    await page.locator('[id="overrides[0].set.late"]').check();
    await page.locator('[id="overrides[0].set.late.graceMinutes"]').fill('10');
    await page.getByLabel('Recent meetings').selectOption(jobId);
    await page.getByRole('button', { name: 'Try it' }).click();
    expect(await page.getByRole('status').innerText()).toContain('2 people’s verdicts would change');
    await page.getByRole('button', { name: 'Back to editing' }).click();
    await page.getByLabel('Name of the policy').fill('Stricter');
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    expect(await page.getByRole('status').innerText()).toContain('Saved.');
    expect(await world.current()).toEqual(
      version({
        name: 'Stricter',
        minimum: { percent: 90 },
        partial: { percent: 50.5 },
        overrides: [{ match: { meetingNo: '111111111' }, set: { late: { graceMinutes: 10 } } }],
      }).policy,
    );
    await page.getByRole('status').getByRole('link').click();
    await page.getByLabel('Weekly').check();
    await page.getByRole('button', { name: 'Judge the chosen ones anew' }).click();
    expect(await page.getByRole('heading', { level: 2 }).allInnerTexts()).toEqual(['Under way (1)']);
    expect(complaints).toEqual([]);
    expect(await shifts()).toEqual([]);
    await close();
  });

  it('comes through every field as it was', async () => {
    const { page, world, url, close } = await open(browser, 'zh-CN');
    const { sha256 } = await world.put(hostile);
    await page.goto(`${url}/policy/edit`);
    await page.getByRole('button', { name: '修改 特例 1' }).click();
    await page.getByRole('button', { name: '修改 特例 2' }).click();
    await page.getByRole('button', { name: '保存并生效' }).click();
    expect(await page.getByRole('status').innerText()).toContain('与现行规则完全相同');
    await page.getByRole('button', { name: '以 JSON 编辑' }).click();
    expect(version(JSON.parse(await page.getByLabel('规则（JSON）').inputValue())).sha256).toBe(sha256);
    await close();
  });

  // On a desk and on an ordinary phone every page there is is inspected by everywhere.test.ts.
  it('has no fault that axe finds, and fits the narrowest window', async () => {
    const { page, world, url, close } = await open(browser, 'en-GB', 320);
    const old = await world.put({ name: 'Old' });
    await world.put(hostile);
    const look = async (what: string) => {
      try {
        await inspect(page, ['light', 'dark']);
      } catch (error) {
        throw new Error(what, { cause: error });
      }
    };
    const press = (action: string) => page.locator(`button[value="${action}"]`).first().click();
    for (const path of [
      '/policy',
      `/policy/versions/${old.sha256}`,
      '/policy/edit',
      '/policy/edit?as=json',
      '/policy/rejudge',
    ]) {
      await page.goto(url + path);
      await look(path);
    }
    await page.locator('main form[method=post] button').click();
    await look('nothing chosen');
    await page.goto(`${url}/policy/edit`);
    await press('open:1');
    await page.locator('summary').click();
    for (const box of await page.locator('.switch input.on').all()) await box.check();
    await look('everything open');
    await page.locator('[id="late.graceMinutes"]').fill('x');
    await press('check');
    await look('problems');
    await page.goto(`${url}/policy/edit`);
    await page.locator('#name').fill('Another');
    await press('check');
    await look('checked');
    await page.locator('#job').selectOption(jobId);
    await press('try');
    await look('tried');
    await world.put({ name: 'Theirs' });
    await press('save');
    await look('conflict');
    world.spoil('{');
    await page.goto(`${url}/policy`);
    await look('unreadable');
    await close();
  }, 120_000);
});
