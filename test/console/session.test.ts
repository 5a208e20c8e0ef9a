import { describe, expect, it } from 'vitest';
import { createSeal } from '../../src/console/seal.ts';
import { idleMs, longestMs, type Session } from '../../src/console/session.ts';
import { appSecret, fakeConsole, origin } from './fake.ts';

const me = { openId: 'ou_me', name: '王芳' };

/** A console in which Feishu says that everybody is this person. */
const console = () => {
  const fake = fakeConsole({
    signIn: {
      authorizeUrl: ({ state }) => new URL(`https://accounts.test/?state=${state}`),
      finish: async (attempt) =>
        attempt === null ? { kind: 'stale', because: 'no-attempt' } : { kind: 'signed-in', ...me },
    },
  });
  const cookieOf = (response: Response, name: string) =>
    response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${name}=`)) ?? '';
  const bare = (cookie: string) => cookie.split(';')[0] ?? '';
  /** Signs in with whatever cookies the browser has. */
  const signIn = async (next = '/', brought = '') => {
    const start = await fake.app.request(`${origin}/sign-in/start?next=${encodeURIComponent(next)}`);
    const attempt = bare(cookieOf(start, '__Host-connect'));
    const cookie = [attempt, brought].filter((each) => each !== '').join('; ');
    const answer = await fake.app.request(`${origin}/connect/callback?code=c&state=s`, { headers: { cookie } });
    const set = cookieOf(answer, '__Host-session');
    return { answer, set, cookie: bare(set) };
  };
  const get = (cookie: string, path = '/') => fake.app.request(`${origin}${path}`, { headers: { cookie } });
  return { ...fake, signIn, get, cookieOf };
};

const open = (cookie: string) => createSeal<Session>(appSecret, 'console session').open(cookie.split('=')[1] ?? '');

describe('a session', () => {
  it('C10 is one cookie that no script, no other host and no plain page can have', async () => {
    const { signIn } = console();
    const { answer, set } = await signIn('/ask?no=1');
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/ask?no=1');
    expect(set).toMatch(/^__Host-session=[\w-]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it('C10 is a new one at every sign-in, and the one before it is ended', async () => {
    const { signIn, get } = console();
    const first = await signIn();
    const second = await signIn('/', first.cookie);
    expect(open(first.cookie)?.id).not.toBe(open(second.cookie)?.id);
    expect((await get(second.cookie)).status).toBe(200);
    expect((await get(first.cookie)).headers.get('location')).toBe('/sign-in?next=%2F');
  });

  it('C10 takes no id that was chosen before the sign-in', async () => {
    const { signIn, get } = console();
    const fixed = '__Host-session=chosen-by-somebody-else';
    const { cookie } = await signIn('/', fixed);
    expect(cookie).not.toContain('chosen');
    expect((await get(fixed)).status).toBe(302);
  });

  it('C10 shows nothing of the person in its cookie', async () => {
    const { cookie } = await console().signIn();
    const bytes = Buffer.from(cookie.split('=')[1] ?? '', 'base64url').toString('utf8');
    expect(bytes).not.toContain(me.name);
    expect(bytes).not.toContain(me.openId);
  });

  it.each([
    ['a second before an hour without a click', idleMs - 1000, 200],
    ['at an hour without a click', idleMs, 302],
  ])('C10 ends %s', async (_, laterMs, status) => {
    const { time, cookie, get } = console();
    time.now += laterMs;
    expect((await get(cookie)).status).toBe(status);
  });

  it('C10 ends twelve hours after its start however busy, to the second', async () => {
    const { time, session, get, cookieOf, signIn } = console();
    let { cookie } = await signIn();
    const startedAt = session.startedAt;
    const step = 59 * 60_000;
    while (time.now + step < startedAt + longestMs - 1000) {
      time.now += step;
      const answer = await get(cookie);
      expect(answer.status).toBe(200);
      cookie = cookieOf(answer, '__Host-session').split(';')[0] ?? '';
    }
    time.now = startedAt + longestMs - 1000;
    expect((await get(cookie)).status).toBe(200);
    time.now = startedAt + longestMs;
    const answer = await get(cookie);
    expect(answer.status).toBe(302);
    expect(cookieOf(answer, '__Host-session')).toMatch(/^__Host-session=; Max-Age=0;/);
  });

  it('C10 is dead after the sign-out, also for who copied the cookie', async () => {
    const { cookie, get, post, open: opened } = console();
    expect((await get(cookie)).status).toBe(200);
    const answer = await post('/sign-out', {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in']);
    expect(answer.headers.getSetCookie().join()).toMatch(/__Host-session=; Max-Age=0; Path=\/; HttpOnly; Secure/);
    expect(opened.size).toBe(0);
    expect((await get(cookie)).status).toBe(302);
    expect((await post('/ask', {})).status).toBe(403);
  });

  it('C10 ends cleanly when the app secret was changed', async () => {
    const { session, get, cookieOf } = console();
    const cookie = `__Host-session=${createSeal<Session>('the secret before', 'console session').seal(session)}`;
    const answer = await get(cookie, '/ask?no=1');
    expect(answer.headers.get('location')).toBe('/sign-in?next=%2Fask%3Fno%3D1');
    expect(cookieOf(answer, '__Host-session')).toMatch(/Max-Age=0/);
  });

  it.each([
    ['of a megabyte', 'A'.repeat(1_000_000)],
    ['that is empty', ''],
    ['that is no base64', '%%% &&'],
    ['that is an attempt', createSeal<object>(appSecret, 'connect attempt').seal({ id: 'x' })],
    ['that is sealed for nothing we know', createSeal<object>(appSecret, 'anything').seal({ id: 'x' })],
  ])('C10 is none for a cookie %s', async (_, value) => {
    const { get, errors } = console();
    expect((await get(`__Host-session=${value}`)).status).toBe(302);
    expect(errors).toEqual([]);
  });

  it('C10 comes with no cookie that a browser would drop for its size', async () => {
    const { app } = fakeConsole();
    for (const length of [100, 1999, 2000, 2001, 8000]) {
      const answer = await app.request(`${origin}/sign-in/start?next=/${'a'.repeat(length - 1)}`);
      expect(answer.headers.getSetCookie().join('').length).toBeLessThan(4096);
    }
  });

  it('C10 asks for https and tells browsers never to come without', async () => {
    const { answer } = await console().signIn();
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it.each([
    ['the role that is listed now', 'viewer', 'admin', 200],
    ['no longer what it was', 'admin', 'viewer', 403],
  ] as const)('C2 has %s', async (_, before, after, status) => {
    const { get, roles } = fakeConsole({}, before);
    roles.set('ou_me', after);
    expect((await get('/audit')).status).toBe(status);
  });
});

describe('who comes back from Feishu', () => {
  it.each([
    ['without a cookie', ''],
    ['with a cookie made up', `__Host-connect=${'A'.repeat(60)}`],
    ['with a cookie of another app', `__Host-connect=${createSeal<object>('another', 'connect attempt').seal({})}`],
    ['with a session in its place', `__Host-connect=${createSeal<object>(appSecret, 'console session').seal({})}`],
  ])('C1 gets no session %s', async (_, cookie) => {
    const { app, open: opened } = console();
    const before = opened.size;
    const answer = await app.request(`${origin}/connect/callback?code=c&state=s`, { headers: { cookie } });
    expect(answer.headers.getSetCookie().join()).not.toContain('__Host-session=');
    expect(answer.status).toBe(200); // The fake's connect says cancelled; what counts is that nobody is signed in.
    expect(opened.size).toBe(before);
  });

  it.each([
    { kind: 'cancelled' },
    { kind: 'stale', because: 'used' },
    { kind: 'refused', openId: 'ou_other' },
    { kind: 'feishu-failed', code: 'UNREACHABLE', remedy: null },
  ] as const)('C1 gets no session when it ended as $kind', async (outcome) => {
    const { app, open: opened } = fakeConsole({
      signIn: { authorizeUrl: () => new URL('https://accounts.test'), finish: async () => outcome },
    });
    const before = opened.size;
    const start = await app.request(`${origin}/sign-in/start`);
    const cookie = start.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const answer = await app.request(`${origin}/connect/callback?code=c&state=s`, { headers: { cookie } });
    expect(answer.status).toBe({ cancelled: 200, stale: 400, refused: 403, 'feishu-failed': 502 }[outcome.kind]);
    expect(answer.headers.getSetCookie().join()).not.toContain('__Host-session=');
    expect(opened.size).toBe(before);
  });

  it('C9 gets a page that says to try later when Feishu is down, and whoever is in stays in', async () => {
    const { app, get } = fakeConsole({
      signIn: {
        authorizeUrl: () => new URL('https://accounts.test'),
        finish: async () => ({ kind: 'feishu-failed', code: 'UNREACHABLE', remedy: null }),
      },
    });
    const start = await app.request(`${origin}/sign-in/start?lang=en`);
    const cookie = start.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const answer = await app.request(`${origin}/connect/callback?code=c&state=s`, { headers: { cookie } });
    expect(answer.status).toBe(502);
    const text = await answer.text();
    expect(text).toContain('UNREACHABLE');
    expect(text).toContain('Wait a minute');
    expect((await get('/')).status).toBe(200);
  });
});
