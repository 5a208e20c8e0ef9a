import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dayOf } from '../../src/domain/zone.ts';
import { people } from '../../src/local/feishu-oauth.ts';
import { type StoryMeeting, tellStory } from '../../src/local/story.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { requestStore, toRequest } from '../../src/store/requests.ts';
import { isMissing, launch, openWindow } from './chromium.ts';
import { startConsole } from './running.ts';

/** What HR does all day, in a real browser, on the handlers as deployed: with script and without. */

const timeZone = 'Asia/Shanghai';
const daySeconds = 86_400;
/** Noon the day before yesterday: so long ago that nothing has to settle. */
const ended = Date.parse(`${dayOf(timeZone, Date.now() / 1000 - 2 * daySeconds)}T12:00:00+08:00`) / 1000;
const weekly = tellStory(ended)[0] as StoryMeeting;
/** The same number the day before. */
const before = { ...(tellStory(ended - daySeconds)[0] as StoryMeeting), topic: '产品周会 <b>before</b>' };
/** Another one for each test that has reports made: a warm console remembers what is finished. */
const another = (n: number): StoryMeeting => ({
  ...(tellStory(ended - n * 60)[0] as StoryMeeting),
  no: '348120957',
  topic: `信息安全培训 Training ${n}`,
});
const [watched, neighbour, reloaded, found] = [another(1), another(2), another(3), another(4)];
const saved = { withScript: another(5), withoutScript: another(6) };
const decided = { withScript: another(7), withoutScript: another(8) };
const judged = { withScript: another(9), withoutScript: another(10) };
const day = (meeting: StoryMeeting) => dayOf(timeZone, meeting.start);
const jobIdOf = (meeting: StoryMeeting, revision = 0) => `${day(meeting)}/${meeting.id}.${revision}`;
const meetingOf = ({ id, no, topic, start, end, ownerOpenId }: StoryMeeting) => ({
  instanceId: id,
  meetingNo: no,
  topic,
  startsAt: start,
  endsAt: end,
  ownerOpenId,
});

let running: Awaited<ReturnType<typeof startConsole>>;
let browser: Browser;
let page: Page;
let complaints: string[] = [];
let shifts: () => Promise<string[]>;

/** What an ended meeting's event makes the webhook file. */
const fileEnded = (meeting: StoryMeeting) =>
  requestStore(running.objects).file(
    toRequest(
      {
        meeting: meetingOf(meeting),
        reason: 'meeting-ended',
        sourceEventId: 'e',
        requestedBy: '',
        requestedAt: meeting.end,
      },
      timeZone,
    ),
  );

const filed = async () => (await running.objects.list({ prefix: 'requests/' })).keys;
const heading = () => page.getByRole('heading', { level: 1 }).innerText();
const rowOf = (meeting: StoryMeeting) => page.locator(`tr[id="job-${jobIdOf(meeting).replace('/', '-')}"]`);

const open = async (options: { locale?: 'zh-CN' | 'en-GB'; javaScriptEnabled?: boolean } = {}) => {
  ({ page, complaints, shifts } = await openWindow(browser, { locale: 'en-GB', ...options }));
};

/** Through the door and Feishu's page of consent; whoever asked for a page comes out there. */
const signIn = async (person: { name: string } = people.admin, path = '/') => {
  await page.goto(running.url + path);
  await page.getByRole('main').getByRole('link').first().click();
  await page.getByLabel(person.name).check();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(running.url + path);
};

describe.skipIf(isMissing)('in Chromium, HR', () => {
  beforeAll(async () => {
    const env = {
      CONSOLE_ADMINS: people.admin.openId,
      CONSOLE_VIEWERS: people.viewer.openId,
      FEISHU_TOKEN_KIND: 'tenant',
    } as const;
    running = await startConsole(env, [
      weekly,
      before,
      watched,
      neighbour,
      reloaded,
      found,
      ...[saved, decided, judged].flatMap((each) => Object.values(each)),
    ]);
    browser = await launch();
  });

  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  afterEach(async () => {
    await page.context().close();
    for (const { keys } of [
      await running.objects.list({ prefix: 'requests/' }),
      await running.objects.list({ prefix: 'jobs/' }),
    ])
      for (const key of keys) await running.objects.delete(key);
    expect(complaints).toEqual([]);
  });

  describe.each([
    ['with script', true, saved.withScript],
    ['without script', false, saved.withoutScript],
  ])('%s', (_, javaScriptEnabled, meeting) => {
    it('signs in to the page asked for, and out again for good', async () => {
      await open({ javaScriptEnabled });
      await signIn(people.viewer, '/connection');
      expect(await heading()).toBe('Feishu connection');
      const cookies = await page.context().cookies();
      expect(cookies.find(({ name }) => name === '__Host-session')).toMatchObject({
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
        path: '/',
      });
      await page.getByRole('button', { name: 'Sign out' }).click();
      expect(await heading()).toBe('Sign in to Rollcall');
      // C10: what somebody copied of the session is of no use now.
      await page.context().addCookies(cookies);
      await page.goto(`${running.url}/connection`);
      expect(new URL(page.url()).pathname).toBe('/sign-in');
    });

    it('asks by a number with spaces, picks one, then all, and nothing is filed twice', async () => {
      await open({ javaScriptEnabled });
      await signIn(people.viewer, '/ask');
      const number = page.getByLabel('Meeting number');
      await number.fill('12345');
      await page.getByRole('button', { name: 'Find meetings' }).click();
      expect(await page.locator('#no').getAttribute('aria-describedby')).toBe('no-hint no-error');
      expect(await page.locator('#no-error').innerText()).toContain('nine digits');
      expect(await number.inputValue()).toBe('12345');
      await number.fill(`${weekly.no.slice(0, 3)} ${weekly.no.slice(3, 6)} ${weekly.no.slice(6)}`);
      await page.getByRole('button', { name: 'Find meetings' }).click();
      expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('2 meetings found');
      await page.getByRole('button', { name: 'Make the reports picked' }).click();
      expect(await page.getByRole('alert').innerText()).toBe('Pick at least one meeting');
      await page.getByRole('checkbox', { name: before.topic }).check();
      await page.getByRole('button', { name: 'Make the reports picked' }).click();
      expect(await filed()).toEqual([`requests/${jobIdOf(before)}.json`]);
      expect(await rowOf(before).innerText()).toContain('Queued');
      expect(await rowOf(before).locator('a').first().innerText()).toBe(before.topic);
      for (let round = 0; round < 2; round += 1) {
        await page.goto(`${running.url}/ask?no=${weekly.no}`);
        await page.getByRole('button', { name: 'Make all reports' }).click();
        expect(await page.getByRole('row').count()).toBe(4);
        expect((await filed()).sort()).toEqual(
          [weekly, before].map((meeting) => `requests/${jobIdOf(meeting)}.json`).sort(),
        );
      }
    });

    it('finds nothing, and is told what to look at', async () => {
      await open({ javaScriptEnabled });
      await signIn(people.viewer, '/ask');
      await page.getByLabel('Meeting number').fill('999 999 999');
      await page.getByRole('button', { name: 'Find meetings' }).click();
      expect(await page.getByText('No ended meeting was found').isVisible()).toBe(true);
    });

    it('has the connection checked', async () => {
      await open({ javaScriptEnabled });
      await signIn(people.viewer, '/connection');
      await page.getByRole('button', { name: 'Check now' }).click();
      const rows = page.getByRole('row');
      await rows.first().waitFor();
      expect(await rows.filter({ hasText: 'In order' }).count()).toBeGreaterThan(5);
    });

    it('reads the trail as an admin, and is refused as a viewer', async () => {
      await open({ javaScriptEnabled });
      await signIn(people.admin, '/audit');
      expect(await page.getByRole('row').nth(1).innerText()).toContain(people.admin.openId);
      expect(await page.getByRole('row').nth(1).innerText()).toContain('Signed in');
      await page.context().clearCookies();
      await page.goto(`${running.url}/`);
      await signIn(people.viewer);
      expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
      expect((await page.goto(`${running.url}/audit`))?.status()).toBe(403);
    });

    it('switches the language, and the choice stays', async () => {
      await open({ javaScriptEnabled });
      await signIn(people.viewer, '/ask?no=1&from=2026-11-01&to=2026-11-02');
      await page.getByRole('link', { name: '中文' }).click();
      expect(await heading()).toBe('生成报告');
      expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
      expect(await page.locator('#from').inputValue()).toBe('2026-11-01');
      await page.getByRole('link', { name: '操作记录' }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: '会议', exact: true }).click();
      expect(await heading()).toBe('会议');
    });

    it('downloads the workbook under its readable name, byte for byte', async () => {
      await fileEnded(meeting);
      await running.work(jobIdOf(meeting));
      await open({ javaScriptEnabled });
      await signIn(people.viewer);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        rowOf(meeting).getByRole('link', { name: 'Download report' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`${meeting.topic} ${day(meeting)}.xlsx`);
      const stored = await running.objects.get(`reports/${jobIdOf(meeting)}.xlsx`);
      expect((await readFile(await download.path())).equals(stored?.bytes ?? Buffer.alloc(0))).toBe(true);
      const { keys } = await running.objects.list({ prefix: 'audit/' });
      const acts = await Promise.all(keys.map(async (key) => (await running.objects.get(key))?.bytes));
      expect(acts.map((bytes) => JSON.parse(new TextDecoder().decode(bytes)))).toContainEqual({
        at: expect.any(Number),
        what: 'downloaded',
        jobId: jobIdOf(meeting),
        who: { openId: people.viewer.openId, name: people.viewer.name },
      });
    });
  });

  it('sees a report go from queued through running to done on the open page, and keeps focus and place', async () => {
    await Promise.all([watched, neighbour].map(fileEnded));
    await running.work(jobIdOf(neighbour));
    await open();
    await signIn(people.viewer);
    await page.setViewportSize({ width: 1280, height: 420 });
    const row = rowOf(watched);
    expect(await row.innerText()).toContain('Queued');
    expect(await page.getByRole('status').innerText()).toBe('1 report is being made');
    await page.evaluate('scrollTo(0, 60)');
    await row.getByRole('link').focus();
    const jobs = jobStore(running.objects);
    const job = {
      jobId: jobIdOf(watched),
      meeting: meetingOf(watched),
      attempts: 1,
      updatedAt: ended,
      status: 'running',
      pages: 3,
      rows: 300,
      expectedRows: 1200,
    } as const;
    await jobs.create(job);
    await row.getByText('3 pages and 300 rows read of about 1200').waitFor();
    const etag = (await jobs.get(job.jobId))?.etag ?? '';
    await jobs.replace({ ...job, pages: 7, rows: 700 }, etag);
    await row.getByText('7 pages and 700 rows read of about 1200').waitFor();
    await running.work(job.jobId);
    await row.getByRole('link', { name: 'Download report' }).waitFor();
    expect(await row.innerText()).toContain('Done');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(watched.topic);
    expect(await page.evaluate('scrollY')).toBe(60);
    expect(await page.getByRole('status').innerText()).toBe('');
    expect(await shifts()).toEqual([]);
  });

  it.each([
    ['with script', true, decided.withScript],
    ['without script', false, decided.withoutScript],
  ])('finds a person, asks why, decides, and has a new revision, %s', async (_, javaScriptEnabled, meeting) => {
    await fileEnded(meeting);
    await running.work(jobIdOf(meeting));
    await open({ javaScriptEnabled });
    await signIn();
    await rowOf(meeting).getByRole('link').first().click();
    expect(await heading()).toBe(meeting.topic);
    const lines = page.locator('table.people tbody tr');
    await page.locator('#verdict').selectOption('absent');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await lines.count()).toBe(3);
    const names = () => lines.locator('th').allInnerTexts();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
    const ascending = await names();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('link').click();
    expect(await names()).toEqual([...ascending].reverse());
    expect(await page.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
    await lines.first().getByRole('link', { name: 'Why?' }).click();
    const person = await heading();
    expect(ascending.at(-1)).toContain(person.split('\n')[0]);
    await page.getByRole('button', { name: 'Save decision' }).click();
    expect(await page.locator('#reason-error').innerText()).toBe('Give a reason.');
    await page.locator('#verdict').selectOption('excused');
    await page.locator('#reason').fill('On sick leave <b>');
    await page.getByRole('button', { name: 'Save decision' }).click();
    const next = jobIdOf(meeting, 1);
    expect(new URL(page.url()).pathname).toBe(`/meetings/${next}`);
    await running.work(next);
    await page.goto(`${running.url}/meetings/${next}`);
    expect(await page.getByRole('main').innerText()).toContain('Revision 1');
    await page.locator('#verdict').selectOption('decided');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await lines.count()).toBe(1);
    // What the rules said stands beside it.
    expect(await lines.first().innerText()).toMatch(/Absent.*Excused/s);
    await page.goto(`${running.url}/meetings/${jobIdOf(meeting)}`);
    expect(await page.getByRole('link', { name: 'Open revision 1' }).isVisible()).toBe(true);
    await page.goto(`${running.url}/audit`);
    expect(await page.getByRole('row').nth(1).innerText()).toContain(jobIdOf(meeting));
  });

  it.each([
    ['with script', true, judged.withScript, 90],
    ['without script', false, judged.withoutScript, 91],
  ])(
    'writes a policy, is corrected, tries it, saves it and judges anew, %s',
    async (_, javaScriptEnabled, meeting, percent) => {
      await fileEnded(meeting);
      await running.work(jobIdOf(meeting));
      await open({ javaScriptEnabled });
      await signIn(people.admin, '/policy');
      await page.getByRole('link', { name: 'Edit the policy' }).click();
      await page.getByRole('button', { name: 'Edit as JSON' }).click();
      const write = async (text: string, name: string) => {
        await page.locator('#json').fill(text);
        await page.getByRole('button', { name, exact: true }).first().click();
      };
      await write('{"minimum":{"percent":"x"}}', 'Check');
      expect(await page.getByRole('alert').innerText()).toContain('1 thing needs correcting');
      await write(`{"name":"Strict ${percent}","minimum":{"percent":${percent}}}`, 'Edit as a form');
      await page.locator('#job').selectOption(jobIdOf(meeting));
      await page.getByRole('button', { name: 'Try it' }).click();
      expect(await heading()).toBe('Trial');
      expect(await page.getByRole('status').innerText()).toMatch(
        /would change\. This was a trial|verdicts? would change/,
      );
      await page.getByRole('button', { name: 'Save and put in force' }).click();
      expect(await page.getByRole('main').innerText()).toContain(`Strict ${percent}`);
      expect(await page.getByRole('main').innerText()).toContain('Saved. Meetings that end from now on');
      await page.getByRole('link', { name: 'Judge past meetings anew' }).first().click();
      await page.getByRole('checkbox').first().check();
      await page.locator('main form[method=post] button').click();
      await running.work(jobIdOf(meeting, 1));
      await page.goto(`${running.url}/meetings/${jobIdOf(meeting, 1)}`);
      expect(await page.getByRole('main').innerText()).toContain('Judged by the policy in force.');
    },
  );

  it('is told on a page without script how to see more', async () => {
    await fileEnded(reloaded);
    await open({ javaScriptEnabled: false });
    await signIn(people.viewer);
    await running.work(jobIdOf(reloaded));
    await page.getByRole('link', { name: 'Reload for progress' }).click();
    expect(await rowOf(reloaded).innerText()).toContain('Done');
  });

  it('searches by number, topic, dates and status, and turns pages', async () => {
    const others = Array.from({ length: 45 }, (_, n) => ({
      ...before,
      id: `70000000000000000${String(n).padStart(2, '0')}`,
      topic: `Stand-up ${n}`,
      no: '111222333',
    }));
    await Promise.all([...others, found].map(fileEnded));
    await running.work(jobIdOf(found));
    await open();
    await signIn(people.viewer);
    const lines = page.locator('tbody tr');
    expect(await lines.count()).toBe(40);
    await page.getByRole('link', { name: 'Go on with older meetings' }).click();
    expect(await lines.count()).toBe(6);
    await page.getByRole('link', { name: 'Back to the newest' }).click();
    const find = async (fields: Record<string, string>) => {
      for (const [label, value] of Object.entries(fields))
        if (label === 'Status') await page.getByLabel(label, { exact: true }).selectOption({ label: value });
        else await page.getByLabel(label, { exact: true }).fill(value);
      await page.getByRole('button', { name: 'Find', exact: true }).click();
      return lines.count();
    };
    expect(await find({ 'Number or topic': found.no })).toBe(1);
    expect(await find({ 'Number or topic': 'stand-up 1' })).toBe(11);
    expect(await find({ 'Number or topic': '', Status: 'Done' })).toBe(1);
    expect(await find({ Status: 'All', From: day(found) })).toBe(1);
    expect(await find({ From: '2026-11-22', To: '2026-11-01' })).toBe(0);
    expect(await page.locator('#to').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#to-error').innerText()).toContain('must not be before');
  });

  it('does all of it with the keyboard alone', async () => {
    await open();
    await page.goto(`${running.url}/ask`);
    const press = async (key: string, until: () => Promise<boolean>) => {
      for (let n = 0; n < 40; n += 1) {
        await page.keyboard.press(key);
        if (await until()) return;
      }
      throw new Error(`${key} never came there`);
    };
    const focused = (text: string) => async () => {
      const said = '[document.activeElement.textContent, document.activeElement.ariaLabel, document.activeElement.id]';
      return (await page.evaluate<(string | null)[]>(said)).some((each) => each?.includes(text));
    };
    await press('Tab', focused('Sign in'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/authorize/);
    await press('Tab', () => page.evaluate<boolean>(`document.activeElement.name === 'person'`));
    await press('Tab', focused('Accept'));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${running.url}/ask`);
    await page.keyboard.press('Tab');
    expect(await focused('Skip to content')()).toBe(true);
    expect(await page.locator('.skip').boundingBox()).toMatchObject({ x: expect.any(Number) });
    await page.keyboard.press('Enter');
    await press('Tab', focused('no'));
    await page.keyboard.type('235 812 466');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2 }).waitFor();
    await press('Tab', focused(before.topic));
    await page.keyboard.press('Space');
    await press('Tab', focused('Make the reports picked'));
    await page.keyboard.press('Enter');
    await rowOf(before).waitFor();
    await press('Tab', focused(before.topic));
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await press('Shift+Tab', focused('Sign out'));
    await page.keyboard.press('Enter');
    await page.waitForURL(`${running.url}/sign-in`);
  });
});
