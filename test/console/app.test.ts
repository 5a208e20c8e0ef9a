import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Attempt, newAttempt } from '../../src/console/attempt.ts';
import type { Outcome } from '../../src/console/outcome.ts';
import { createSeal } from '../../src/console/seal.ts';
import { fakeConsole, now, origin } from './fake.ts';

const sealed = (appSecret: string) =>
  createSeal<Attempt>(appSecret, 'connect attempt').seal(newAttempt({ purpose: 'connect', locale: 'zh' }, now));

/** As somebody sees it who is not signed in. */
const console = (replaced: Parameters<typeof fakeConsole>[0] = {}) => {
  const fake = fakeConsole({
    locale: 'zh',
    ...replaced,
    connect: {
      authorizeUrl: (attempt, redirectUri) =>
        new URL(`https://accounts.test/authorize?${new URLSearchParams({ state: attempt.state, redirectUri })}`),
      ...replaced.connect,
    },
  });
  const get = (path: string, headers: Record<string, string> = {}) => fake.app.request(`${origin}${path}`, { headers });
  return { ...fake, get };
};

const finishing = (outcome: Outcome) =>
  console({ connect: { authorizeUrl: () => new URL('https://accounts.test'), finish: async () => outcome } });

/** The cookie of the trip among those that are set. */
const cookieOf = (response: Response) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-connect')) ?? '';

describe('every answer', () => {
  it.each([
    ['/connect', 200],
    ['/connect/start', 302],
    ['/connect/callback', 200],
    ['/', 302],
    ['/sign-in', 200],
    ['/sign-in/start', 302],
    ['/connect/../etc/passwd', 302],
    ['/%E0%A4%A', 302],
  ])('%s carries the headers that keep it safe', async (path, status) => {
    const response = await console().get(path);
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
  });

  it('lets through the style it has, and has no script', async () => {
    const response = await console().get('/connect');
    const text = await response.text();
    const style = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(response.headers.get('content-security-policy')).toContain(`'sha256-${hash}'`);
    expect(text).not.toMatch(/<script|style=|\son\w+=/i);
  });

  it('is a page, also when something of ours fails, and tells nobody but the log why', async () => {
    const error = new Error('canary-cause');
    const failing = console({
      connect: { authorizeUrl: () => new URL('https://accounts.test'), finish: () => Promise.reject(error) },
    });
    const response = await failing.get('/connect/callback?lang=en');
    expect(response.status).toBe(500);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await response.text();
    expect(text).toContain('Something is wrong on our side');
    expect(text).not.toContain('canary-cause');
    expect(failing.errors).toEqual([error]);
  });
});

describe('the page to start from', () => {
  it('shows the address to register, and says when nobody may connect', async () => {
    expect(await (await console().get('/connect')).text()).toContain(`${origin}/connect/callback`);
    expect(await (await console().get('/connect?lang=en')).text()).not.toContain('is empty');
    expect(await (await console({ nobodyMayConnect: true }).get('/connect?lang=en')).text()).toContain('is empty');
  });

  it.each([
    ['/connect', 'en-GB', 'lang="en"'],
    ['/connect', 'zh-CN', 'lang="zh-CN"'],
    ['/connect', 'fr', 'lang="zh-CN"'],
    ['/connect?lang=zh', 'en-GB', 'lang="zh-CN"'],
    ['/sign-in?lang=en', 'zh-CN', 'lang="en"'],
  ])('%s for a browser that prefers %s: %s', async (path, acceptLanguage, lang) => {
    const response = await console().get(path, { 'accept-language': acceptLanguage });
    expect(await response.text()).toContain(`<html ${lang}>`);
  });
});

describe('the way out and back', () => {
  it('C10 binds the attempt to the browser with one cookie that no script, no other host and no plain page can have', async () => {
    const response = await console().get('/connect/start');
    expect(cookieOf(response)).toMatch(
      /^__Host-connect=[\w-]+; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('C1 gives back what it sealed, and ends the cookie', async () => {
    const seen: unknown[] = [];
    const { get } = console({
      connect: {
        authorizeUrl: ({ state }) => new URL(`https://accounts.test/?state=${state}`),
        finish: async (...given) => {
          seen.push(given);
          return { kind: 'cancelled' };
        },
      },
    });
    const start = await get('/connect/start?lang=en');
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state');
    const cookie = cookieOf(start).split(';')[0] ?? '';
    const response = await get(`/connect/callback?code=c&state=${state}`, { cookie, 'accept-language': 'zh-CN' });
    expect(seen).toEqual([
      [
        {
          purpose: 'connect',
          state,
          codeVerifier: expect.any(String),
          locale: 'en',
          next: '/',
          expiresAt: now + 600_000,
        },
        { state, code: 'c', error: undefined },
        `${origin}/connect/callback`,
      ],
    ]);
    expect(cookieOf(response)).toMatch(/^__Host-connect=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(await response.text()).toContain('You cancelled');
  });

  it.each([
    ['no cookie', ''],
    ['a cookie made up', '__Host-connect=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['a cookie of another app', `__Host-connect=${sealed('another')}`],
    ['a cookie without the prefix', `connect=${sealed('app-secret')}`],
    ['a cookie of a megabyte', `__Host-connect=${'A'.repeat(1_000_000)}`],
  ])('C1 has no attempt for %s', async (_, cookie) => {
    const attempts: unknown[] = [];
    const { get } = console({
      connect: {
        authorizeUrl: () => new URL('https://accounts.test'),
        finish: async (attempt) => {
          attempts.push(attempt);
          return { kind: 'stale', because: 'no-attempt' };
        },
      },
    });
    expect((await get('/connect/callback?code=c&state=s', { cookie })).status).toBe(400);
    expect(attempts).toEqual([null]);
  });

  it.each([
    '/connect/start?redirect_uri=https://evil.test',
    '/connect/start?next=//evil.test&lang=//evil.test',
    '/connect/start?state=chosen&client_id=chosen',
    '/connect/start?lang=en%0d%0aLocation:%20https://evil.test',
  ])('C3 goes to Feishu and comes back here, whatever the address says: %s', async (path) => {
    const response = await console().get(path, { host: 'evil.test', 'x-forwarded-host': 'evil.test' });
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin).toBe('https://accounts.test');
    expect(location.searchParams.get('redirectUri')).toBe(`${origin}/connect/callback`);
    expect(location.searchParams.get('state')).toMatch(/^[\w-]{43}$/);
  });

  it.each([
    ['https://localhost:3000', 'http://localhost:3000/connect/callback'],
    ['https://127.0.0.1:3000', 'http://127.0.0.1:3000/connect/callback'],
    ['https://localhost.evil.test', 'https://localhost.evil.test/connect/callback'],
  ])('comes back to %s by %s', async (from, to) => {
    const response = await console().app.request(`${from}/connect/start`);
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('redirectUri')).toBe(to);
  });
});

describe('the page of an outcome', () => {
  const remedy = { zh: '请重试', en: 'Do this' };
  const openId = 'ou_1';

  it.each([
    [200, { kind: 'connected', name: 'n', openId, until: 1_826_900_000, mayManageMeetings: true }, '2027年11月23日'],
    [200, { kind: 'connected', name: 'n', openId, until: 1, mayManageMeetings: false }, '视频会议 → 会议管理'],
    [200, { kind: 'cancelled' }, '未保存任何内容'],
    [400, { kind: 'stale', because: 'expired' }, '十分钟'],
    [403, { kind: 'missing-scopes', scopes: ['offline_access'] }, '开发者后台 → 权限管理'],
    [403, { kind: 'refused', openId }, openId],
    [502, { kind: 'feishu-failed', code: '99991662', remedy }, '请重试'],
    [502, { kind: 'feishu-failed', code: 'UNREACHABLE', remedy: null }, '请稍等片刻'],
  ] satisfies [number, Outcome, string][])('answers %i for %j', async (status, outcome, words) => {
    const response = await finishing(outcome).get('/connect/callback?lang=zh');
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  it('C6 shows a name as text, whatever it holds', async () => {
    const name = `<img src=x onerror="alert(1)"></dd><script>'&`;
    const { get } = finishing({ kind: 'connected', name, openId, until: 1, mayManageMeetings: true });
    const text = await (await get('/connect/callback')).text();
    expect(text).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&lt;/dd&gt;&lt;script&gt;&#39;&amp;');
    expect(text).not.toContain('<img');
  });
});
