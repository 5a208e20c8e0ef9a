import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, JobStatus } from '../../src/domain/job.ts';
import { dayOf } from '../../src/domain/zone.ts';
import { people } from '../../src/local/feishu-oauth.ts';
import { type StoryMeeting, tellStory } from '../../src/local/story.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { requestStore, toRequest } from '../../src/store/requests.ts';
import { isMissing, launch, openWindow } from './chromium.ts';
import { inspect } from './inspect.ts';
import { startConsole } from './running.ts';

/**
 * Every page of the handlers as deployed, as everybody can use it: by axe-core's rules, with a finger, on a narrow phone, in
 * the dark, on paper; nothing moves by itself, and each is below 60 KB.
 */

const timeZone = 'Asia/Shanghai';
const ended = Date.parse(`${dayOf(timeZone, Date.now() / 1000 - 2 * 86_400)}T12:00:00+08:00`) / 1000;
const [weekly, training, webinar] = tellStory(ended) as [StoryMeeting, StoryMeeting, StoryMeeting];
const day = dayOf(timeZone, weekly.start);
const jobIdOf = ({ start, id }: StoryMeeting) => `${dayOf(timeZone, start)}/${id}.0`;

/** One report in each way that it can stand. */
const standings: readonly JobStatus[] = [
  { status: 'queued' },
  { status: 'running', pages: 3, rows: 300, expectedRows: 1200 },
  {
    status: 'waiting',
    until: ended + 86_400,
    code: 'FEISHU_DOWN',
    reason: 'Feishu does not answer.',
    remedy: 'Wait, or look at its status page.',
  },
  { status: 'failed', code: 'NOT_FOUND', reason: 'Feishu does not know the meeting.', remedy: 'Check the number.' },
  { status: 'skipped', reason: 'Its topic is not in the scope of the policy.' },
];

let running: Awaited<ReturnType<typeof startConsole>>;
let browser: Browser;

const prepare = async () => {
  const requests = requestStore(running.objects);
  const jobs = jobStore(running.objects);
  const file = async ({ id, no, topic, start, end }: StoryMeeting): Promise<Job> => {
    const meeting = { instanceId: id, meetingNo: no, topic, startsAt: start, endsAt: end, ownerOpenId: 'ou_owner' };
    const asked = { reason: 'meeting-ended', sourceEventId: 'e', requestedBy: '', requestedAt: end } as const;
    const { jobId } = toRequest({ meeting, ...asked }, timeZone);
    await requests.file(toRequest({ meeting, ...asked }, timeZone));
    return { jobId, meeting, attempts: 1, updatedAt: end, status: 'queued' };
  };
  for (const meeting of [weekly, training, webinar]) {
    await file(meeting);
    await running.work(jobIdOf(meeting));
  }
  for (const [n, standing] of standings.entries()) {
    const job = await file({ ...weekly, id: `standing-${n}`, topic: `${'长主题 A long topic '.repeat(5)}${n}` });
    await jobs.create({ ...job, ...standing } as Job);
  }
  const { jobId } = await file({ ...weekly, id: 'unreadable' });
  const bytes = new TextEncoder().encode('no JSON');
  await running.objects.put(`jobs/${jobId}.json`, bytes, { contentType: 'application/json', when: 'any' });
};

/** What a page of this address is after an act on it. */
type Visit = { path: string; act?: (page: Page) => Promise<unknown> };

const outside: Record<string, Visit> = {
  'the door': { path: '/sign-in' },
  'connecting Feishu': { path: '/connect' },
  'an answer that came too late': { path: '/connect/callback?code=c&state=s' },
};

const inside: Record<string, Visit> = {
  'the list': { path: '/' },
  'a search without a match': { path: '/?q=zzz' },
  'a search that is wrong': { path: '/?from=x&to=2026-01-01' },
  'the question': { path: '/ask' },
  'a question that is wrong': { path: '/ask?no=12&from=2026-11-02&to=2026-11-01' },
  'the meetings found': { path: `/ask?no=${weekly.no}` },
  'nothing picked': {
    path: `/ask?no=${weekly.no}`,
    act: async (page) => {
      await page.getByRole('checkbox').first().uncheck();
      await page.locator('main form[method=post] button').first().click();
    },
  },
  'nothing found': { path: '/ask?no=999999999' },
  'the connection': { path: '/connection' },
  'the connection, checked': { path: '/connection', act: (page) => page.locator('main form button').click() },
  'the trail': { path: '/audit' },
  'a trail of no day': { path: '/audit?day=x' },
  'no page': { path: '/nowhere' },
  'a report of some': { path: `/meetings/${jobIdOf(weekly)}` },
  'a report of 1,200': { path: `/meetings/${jobIdOf(webinar)}` },
  'a report that waits': { path: `/meetings/${day}/standing-2.0` },
  'a report that failed': { path: `/meetings/${day}/standing-3.0` },
  'a report under way': { path: `/meetings/${day}/standing-1.0` },
  'a report that is out of scope': { path: `/meetings/${day}/standing-4.0` },
  'a report that cannot be read': { path: `/meetings/${day}/unreadable.0` },
  'people picked': { path: `/meetings/${jobIdOf(webinar)}?verdict=absent&sort=name&order=desc` },
  'nobody picked': { path: `/meetings/${jobIdOf(webinar)}?text=zzz` },
  'the reasons for a verdict': { path: `/meetings/${jobIdOf(training)}/people/16` },
  'a decision without a reason': {
    path: `/meetings/${jobIdOf(weekly)}/people/15`,
    act: async (page) => {
      await page.locator('#decide button').click();
    },
  },
  'the policy': { path: '/policy' },
  'the policy as a form': { path: '/policy/edit' },
  'the policy as JSON': { path: '/policy/edit?as=json' },
  'a policy that is wrong': {
    path: '/policy/edit?as=json',
    act: async (page) => {
      await page.locator('#json').fill('{"minimum":{"percent":200},"late":{"graceMinutes":-1}}');
      await page.locator('button[value=as-form]').click();
    },
  },
  'a policy checked': {
    path: '/policy/edit?as=json',
    act: async (page) => {
      await page.locator('#json').fill('{"minimum":{"percent":90}}');
      await page.locator('button[value=check]').first().click();
    },
  },
  'a policy tried': {
    path: '/policy/edit?as=json',
    act: async (page) => {
      await page.locator('#json').fill('{"minimum":{"percent":99}}');
      await page.locator('#job').selectOption({ index: 1 });
      await page.locator('button[value=try]').click();
    },
  },
  'meetings to judge anew': { path: '/policy/rejudge' },
  'none chosen to judge anew': {
    path: '/policy/rejudge',
    act: (page) => page.locator('main form[method=post] button').click(),
  },
};

describe.skipIf(isMissing)('in Chromium', () => {
  beforeAll(async () => {
    const env = {
      CONSOLE_ADMINS: people.admin.openId,
      CONSOLE_VIEWERS: people.viewer.openId,
      FEISHU_TOKEN_KIND: 'tenant',
    } as const;
    running = await startConsole(env, [weekly, training, webinar]);
    await prepare();
    browser = await launch();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await running?.close();
  });

  // On a desk and on an ordinary phone every page there is is inspected by everywhere.test.ts.
  describe.each([
    ['Chinese on a desk', 'zh-CN', 1280, 'light', null],
    ['English on a narrow phone', 'en-GB', 320, 'dark', ['dark', 'light']],
  ] as const)('in %s', (_, locale, width, colorScheme, schemes) => {
    let window: Awaited<ReturnType<typeof openWindow>>;

    beforeAll(async () => {
      window = await openWindow(browser, { locale, colorScheme, viewport: { width, height: 800 } });
    });
    afterAll(() => window.page.context().close());

    const look = async ({ path, act }: Visit) => {
      const { page, complaints, shifts } = window;
      let answer = await page.goto(running.url + path);
      if (act) {
        const navigation = page.waitForResponse((each) => each.request().isNavigationRequest());
        await Promise.all([page.waitForEvent('load'), act(page)]);
        answer = await navigation;
      }
      expect((await answer?.body())?.length).toBeLessThan(60_000);
      expect(await shifts()).toEqual([]);
      if (schemes !== null) await inspect(page, schemes);
      expect(complaints.splice(0)).toEqual([]);
    };

    it.each(Object.entries(outside))('shows %s', (_, visit) => look(visit));

    describe('to who is signed in', () => {
      beforeAll(async () => {
        const { page } = window;
        await page.goto(`${running.url}/sign-in/start`);
        await page.getByLabel(people.admin.name).check();
        await page.getByRole('button', { name: 'Accept' }).click();
        await page.waitForURL(`${running.url}/`);
      });

      it.each(Object.entries(inside))('shows %s', (_, visit) => look(visit));
    });
  });
});
