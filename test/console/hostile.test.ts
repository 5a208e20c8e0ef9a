import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Revision } from '../../src/console/deps.ts';
import { createSeal } from '../../src/console/seal.ts';
import { formToken, newSession, type Session } from '../../src/console/session.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { type Decision, personKey } from '../../src/domain/decisions.ts';
import type { Job, JobStatus } from '../../src/domain/job.ts';
import { defaultPolicy, type Policy } from '../../src/domain/policy.ts';
import { toReport } from '../../src/domain/report.ts';
import { PolicyError, parsePolicy, versionOf } from '../../src/store/policies.ts';
import { absentee, meeting, minute, participant, provenance, roomRow, snapshot } from '../make.ts';
import { isMissing, launch, openWindow } from './chromium.ts';
import { appSecret, fakeConsole, now, origin } from './fake.ts';

/**
 * Every page with hostile texts wherever a text comes from outside, as a browser parses it: the same elements and attributes
 * as with harmless texts of the same length, so none of them became anything but text.
 */

const corpus = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '</title></style></script></textarea><svg onload=alert(1)>',
  '" autofocus onfocus="alert(1)',
  "' onmouseover='alert(1)",
  '` onclick=`alert(1)',
  'javascript:alert(1)//',
  '<a href="javascript:alert(1)">x</a>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<svg><animate onbegin=alert(1) attributeName=x>',
  '<base href="https://evil.test/">',
  '<meta http-equiv=refresh content="0;url=https://evil.test">',
  '<form action="https://evil.test"><input name=token>',
  '</td></tr></table><h1>done</h1>',
  '</option></select><b>x',
  '\u0000<\u0000img src=x onerror=alert(1)>',
  '\u202e<img src=x onerror=alert(1)>',
  '＜script＞alert(1)＜/script＞',
  '{{constructor.constructor("alert(1)")()}}',
  '\u0024{alert(1)}',
  '</p\u2028><b>x',
] as const;

const jsonOf = (policy: Policy) => JSON.stringify(policy);
const jobId = '2026-11-16/6911188411934433028.0';

/** The console in a world that says this wherever it says anything. */
const worldThatSays = (text: string) => {
  const policy = { ...defaultPolicy, name: text, overrides: [{ match: { topicContains: text }, set: {} }] } as Policy;
  const version = versionOf(parsePolicy(policy));
  const one = meeting({ topic: text, ownerOpenId: text });
  const said = { name: text, department: text, employeeId: text, email: text };
  const rows = [
    participant({ ...said, leaveReason: text, device: text, networkType: text, protocol: text, appVersion: text }),
    absentee({ ...said, userId: 'ou_2' }),
    participant({ ...said, userId: 'ou_3', leftAt: null, unreadable: { leaveTime: text } }),
    participant({ ...said, userId: '', external: true }),
    roomRow({ name: text, meetingRoomId: text }),
  ];
  const by = { openId: text, name: text };
  const plain = toReport({
    meeting: one,
    snapshot: snapshot({ participants: rows }),
    policy: version,
    provenance: provenance(),
  });
  const decisions: Decision[] = plain.judged.map((person) => ({
    person: personKey(person),
    verdict: 'excused',
    reason: text,
    by,
    at: minute(90),
  }));
  const report = toReport({
    meeting: one,
    snapshot: snapshot({ participants: rows }),
    policy: version,
    provenance: provenance({ requestedBy: text, sourceEventId: text }),
    decisions,
  });
  const jobIn = (status: JobStatus, n = 0): Job => ({
    jobId: `2026-11-16/69111884119344330${n}.0`,
    meeting: one,
    attempts: 1,
    updatedAt: minute(70),
    ...status,
  });
  const done = { status: 'done', reportKey: 'x', summary: report.summary, policySha256: version.sha256 } as const;
  const jobs = [
    { ...jobIn(done), jobId },
    jobIn({ status: 'waiting', until: minute(200), reason: text, code: text, remedy: text }, 1),
    jobIn({ status: 'failed', reason: text, code: text, remedy: text }, 2),
    jobIn({ status: 'skipped', reason: text }, 3),
    jobIn({ status: 'running', pages: 1, rows: 2 }, 4),
  ];
  const revision: Revision = {
    jobId,
    revision: 0,
    reason: 'on-demand',
    requestedBy: text,
    requestedAt: minute(60),
    job: jobs[0] ?? null,
  };
  const failed: Revision = { ...revision, job: jobs[2] ?? null };
  const entries: AuditEntry[] = [
    { at: minute(1), who: by, what: 'signed-in' },
    { at: minute(1), who: by, what: 'asked', instanceIds: [text, text] },
    { at: minute(1), who: by, what: 'downloaded', jobId: text },
    { at: minute(1), who: by, what: 'decided', jobId: text, person: text, verdict: 'absent' },
    { at: minute(1), who: by, what: 're-judged', jobIds: [text], policySha256: text },
    { at: minute(1), who: by, what: 'policy-saved', policySha256: text },
  ];
  const fake = fakeConsole({
    meetings: {
      browse: async () => ({
        lines: [...jobs.map((job) => ({ jobId: job.jobId, job })), { jobId, job: null }],
        next: null,
      }),
    },
    ask: { find: async ({ meetingNo }) => (meetingNo === '000000000' ? { remedy: { zh: text, en: text } } : [one]) },
    review: {
      open: async (id) =>
        id === jobId
          ? { revision, newest: 1, report }
          : id.endsWith('2.0')
            ? { revision: failed, newest: 0, report: null }
            : null,
      history: async () => [revision, failed],
      tryPolicy: async () => ({ before: report, after: report }),
      rejudge: async () => ({ kind: 'superseded', jobId }),
    },
    policy: {
      read: async () => ({ version, etag: 'e' }),
      parse: (value) => {
        try {
          return versionOf(parsePolicy(value));
        } catch (error) {
          if (error instanceof PolicyError) return { problems: error.problems };
          throw error;
        }
      },
      saved: async () => [{ sha256: version.sha256, name: text, by, at: minute(2) }],
      byHash: async () => version,
      save: async () => false,
    },
    connection: {
      connection: async () => ({ state: 'broken', cause: text, since: minute(0) }),
      examine: async () => [{ check: text, problem: text, remedy: { zh: text, en: text } }],
    },
    trail: {
      auditOf: async () => ({
        entries: [...entries.map((entry, n) => ({ key: `audit/${n}`, entry })), { key: text, entry: null }],
        more: true,
      }),
    },
  });
  const session = newSession({ openId: text, name: text }, now);
  fake.open.add(session.id);
  fake.roles.set(text, 'admin');
  const cookie = `__Host-session=${createSeal<Session>(appSecret, 'console session').seal(session)}`;
  const token = formToken(session, appSecret);
  const q = encodeURIComponent(text);
  const addresses = [
    `/?q=${q}`,
    `/?q=&from=${q}&to=${q}&status=${q}&after=${q}`,
    `/ask?no=${q}&from=${q}&to=${q}&lang=${q}`,
    '/ask?no=123456789',
    '/ask?no=000000000',
    '/connection',
    `/audit?day=${q}`,
    `/audit?before=${q}`,
    `/meetings/${jobId}`,
    `/meetings/2026-11-16/691118841193443302.0`,
    `/meetings/${jobId}?text=${q}&department=${q}&verdict=${q}&flag=${q}&check=${q}&sort=${q}&order=${q}&page=${q}`,
    ...report.judged.map((_, index) => `/meetings/${jobId}/people/${index}`),
    '/policy',
    '/policy/edit',
    '/policy/edit?as=json',
    `/policy/versions/${version.sha256}`,
    '/policy/rejudge',
    `/policy/rejudge?from=${q}&to=${q}`,
    `/nowhere?x=${q}`,
    `/sign-in?next=${q}`,
    `/connect/callback?code=${q}&state=${q}&error=${q}`,
  ];
  const forms: [string, Record<string, string>][] = [
    ['/ask', { no: text, from: text, to: text }],
    ['/ask', { no: '123456789', from: '2026-11-16', to: '2026-11-16' }],
    ['/connection', {}],
    [`/meetings/${jobId}/people/0/decision`, { verdict: text, reason: text }],
    ['/policy/edit', { as: 'json', json: text, do: 'check' }],
    ['/policy/edit', { as: 'json', json: JSON.stringify({ name: text, [text]: text }), do: 'save', etag: text }],
    ['/policy/edit', { as: 'form', name: text, do: 'check' }],
    ['/policy/edit', { as: 'json', json: jsonOf(policy), do: 'try', job: jobId }],
    ['/policy/edit', { as: 'json', json: jsonOf(policy), do: 'try', job: text, jobId: text }],
    ['/policy/edit', { as: 'json', json: jsonOf({ ...policy, name: `${text}x` }), do: 'save', etag: 'other' }],
    ['/policy/edit', { as: 'json', json: jsonOf(policy), do: 'as-form' }],
    ['/policy/rejudge', { from: text, to: text }],
    ['/policy/rejudge', { job: text }],
  ];
  const ask = async (address: string, fields?: Record<string, string>): Promise<string> => {
    const answer = await fake.app.request(`${origin}${address}`, {
      headers: { cookie, origin, 'sec-fetch-site': 'same-origin' },
      ...(fields && { method: 'POST', body: new URLSearchParams({ ...fields, token }) }),
    });
    return answer.text();
  };
  return async (): Promise<Map<string, string>> => {
    const pages = new Map<string, string>();
    for (const [n, address] of addresses.entries()) pages.set(`page ${n}`, await ask(address));
    for (const [n, [address, fields]] of forms.entries()) pages.set(`form ${n}`, await ask(address, fields));
    expect(fake.errors).toEqual([]);
    return pages;
  };
};

/** Elements with the names of their attributes, in their order, and where links, forms and pictures lead. */
const shapeOf = (html: string) => `
  [...new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html').querySelectorAll('*')].map((each) =>
    [each.nodeName, ...each.getAttributeNames(), ...['href', 'action', 'src', 'formaction'].flatMap((name) => {
      const led = each.getAttribute(name);
      return led === null ? [] : [new URL(led, '${origin}').origin];
    })].join(' '))`;

describe.skipIf(isMissing)('in Chromium', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    ({ page } = await openWindow(browser, { locale: 'en-GB' }));
  });
  afterAll(() => browser?.close());

  it.each(corpus.map((text) => [text]))('C6 is text and nothing else on every page: %j', async (text) => {
    const harmless = await worldThatSays(text.replaceAll(/./gsu, 'x'))();
    const hostile = await worldThatSays(text)();
    expect([...hostile.keys()].length).toBeGreaterThan(30);
    for (const [name, html] of hostile)
      expect(await page.evaluate<string[]>(shapeOf(html)), name).toEqual(
        await page.evaluate<string[]>(shapeOf(harmless.get(name) ?? '')),
      );
  });
});
