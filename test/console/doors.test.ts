import { describe, expect, it } from 'vitest';
import { formToken, newSession } from '../../src/console/session.ts';
import { createReview } from '../../src/review.ts';
import { jobStore } from '../../src/store/jobs.ts';
import type { ObjectStore } from '../../src/store/objects.ts';
import { requestStore } from '../../src/store/requests.ts';
import { memoryObjects } from '../memory-store.ts';
import { appSecret, fakeConsole, now, origin } from './fake.ts';

/** Who may come in where, and by which door: asked of every route that there is, so that a new one cannot be forgotten. */

/** What somebody sees who is not signed in. */
const outside = ['GET /connect', 'GET /connect/start', 'GET /connect/callback', 'GET /sign-in', 'GET /sign-in/start'];
/** What only admins see and do. */
const admins = [
  'GET /audit',
  'POST /meetings/:day/:job/people/:person/decision',
  'POST /meetings/:day/:job/rejudge',
  'GET /policy/edit',
  'POST /policy/edit',
  'GET /policy/rejudge',
  'POST /policy/rejudge',
];

const concrete: Record<string, string> = {
  day: '2026-11-16',
  job: '6911188411934433028.0',
  person: '0',
  sha256: 'a'.repeat(64),
};

/** Every route as an address somebody may ask for. */
const routes = [
  ...new Set(
    fakeConsole()
      .app.routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
].map((name) => {
  const [method = '', path = ''] = name.split(' ');
  const address = path.replaceAll(/:(\w+)(\{.*\})?/g, (_, key: string) => concrete[key] ?? 'x');
  return { name, method, address };
});
const inside = routes.filter(({ name }) => !outside.includes(name));

type Fake = ReturnType<typeof fakeConsole>;
const isReading = (method: string): boolean => method === 'GET' || method === 'HEAD';
/** Asks as a page of ours would, with these headers replaced. */
const ask = ({ app, cookie, token }: Fake, method: string, address: string, headers: Record<string, string> = {}) =>
  app.request(`${origin}${address}`, {
    method,
    headers: { cookie, ...(isReading(method) ? {} : { origin, 'sec-fetch-site': 'same-origin' }), ...headers },
    ...(!isReading(method) && { body: new URLSearchParams({ token }) }),
  });

describe('every route', () => {
  it('is one of those that this test knows to be open, or behind the sign-in', () => {
    expect(routes.map(({ name }) => name)).toEqual(expect.arrayContaining([...outside, ...admins]));
    expect(inside.length).toBeGreaterThan(5);
  });

  it.each(inside)('C2 $name lets in nobody without a session', async ({ method, address }) => {
    const answer = await ask({ ...fakeConsole(), cookie: '' }, method, address);
    if (method === 'GET')
      expect([answer.status, answer.headers.get('location')]).toEqual([
        302,
        `/sign-in?next=${encodeURIComponent(address)}`,
      ]);
    else expect(answer.status).toBe(403);
  });

  it.each(inside)('C2 $name refuses who was taken off the list meanwhile, and ends the session', async (route) => {
    const fake = fakeConsole();
    fake.roles.set('ou_me', null);
    const answer = await ask(fake, route.method, route.address);
    expect(answer.status).toBe(403);
    expect(fake.open.size).toBe(0);
    expect(answer.headers.getSetCookie().join()).toContain('__Host-session=; Max-Age=0');
    fake.roles.set('ou_me', 'admin');
    expect((await ask(fake, 'GET', '/')).status).toBe(302);
  });

  it.each(inside)('C2 $name refuses a session that was ended elsewhere', async (route) => {
    const fake = fakeConsole();
    fake.open.clear();
    expect((await ask(fake, route.method, route.address)).status).toBe(route.method === 'GET' ? 302 : 403);
  });

  it.each(inside)('C2 $name knows its role', async ({ name, method, address }) => {
    const answer = await ask(fakeConsole({}, 'viewer'), method, address);
    expect(answer.status === 403).toBe(admins.includes(name));
    expect((await ask(fakeConsole(), method, address)).status).not.toBe(403);
  });

  it.each(inside.filter(({ method }) => method === 'GET'))('C4 GET $address changes nothing', async ({ address }) => {
    const { get, acts, open } = fakeConsole();
    await get(address);
    await get(`${address}?token=x`);
    expect(acts).toEqual([]);
    expect(open.size).toBe(1);
  });

  const changing = inside.filter(({ method }) => method !== 'GET');
  const other = formToken(newSession({ openId: 'ou_me', name: '王芳' }, now), appSecret);

  it.each(changing)('C4 $name is done by a form of ours alone', async ({ method, address }) => {
    const refused: [string, Record<string, string | undefined>, string | undefined][] = [
      ['without an origin', { origin: undefined }, undefined],
      ['from null', { origin: 'null' }, undefined],
      ['from another site', { origin: 'https://evil.test' }, undefined],
      ['from a sub-domain', { origin: 'https://a.console.test' }, undefined],
      ['from the domain above', { origin: 'https://test' }, undefined],
      ['from another port', { origin: 'https://console.test:8443' }, undefined],
      ['from a plain page', { origin: 'http://console.test' }, undefined],
      ['from two origins', { origin: `${origin} https://evil.test` }, undefined],
      ['from a longer name', { origin: `${origin}.evil.test` }, undefined],
      ['cross-site', { 'sec-fetch-site': 'cross-site' }, undefined],
      ['from a site of the family', { 'sec-fetch-site': 'same-site' }, undefined],
      ['typed by hand', { 'sec-fetch-site': 'none' }, undefined],
      ['as text', { 'content-type': 'text/plain' }, undefined],
      ['as JSON', { 'content-type': 'application/json' }, undefined],
      ['as nothing', { 'content-type': '' }, undefined],
      ['as something like a form', { 'content-type': 'application/x-www-form-urlencodedx' }, undefined],
      ['without a token', {}, ''],
      ['with an empty token', {}, 'token='],
      ['with a wrong token', {}, 'token=wrong'],
      ['with the token of another session', {}, `token=${other}`],
      ['with a token in the address', {}, 'x=1'],
    ];
    for (const [why, headers, body] of refused) {
      const { app, cookie, token, acts, open } = fakeConsole();
      const sent = {
        cookie,
        origin,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      };
      const answer = await app.request(`${origin}${address}?token=${token}`, {
        method,
        headers: Object.fromEntries(
          Object.entries(sent).filter((each): each is [string, string] => each[1] !== undefined),
        ),
        body: body ?? `token=${token}`,
      });
      expect(answer.status, why).toBe(403);
      expect(acts, why).toEqual([]);
      expect(open.size, why).toBe(1);
    }
  });

  it.each(changing)('C4 $name is too large past 256 KB, and nothing is read of it', async ({ method, address }) => {
    const { app, cookie, token } = fakeConsole();
    const body = `token=${token}&x=${'a'.repeat(256 * 1024)}`;
    const headers = { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await app.request(`${origin}${address}`, { method, headers, body })).status).toBe(413);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'POST', 'TRACE-LIKE'])(
    'C4 %s is a method like a form’s: refused without one, of no use with one',
    async (method) => {
      const fake = fakeConsole();
      const bare = await fake.app.request(`${origin}/`, { method, headers: { cookie: fake.cookie } });
      expect(bare.status).toBe(403);
      expect((await ask(fake, method, '/')).status).toBe(404);
    },
  );

  it.each(changing)('C4 $name wants its token once, and does not break on other fields sent twice', async (route) => {
    const { app, cookie, token, errors } = fakeConsole({
      connection: { examine: async () => [] },
      policy: { parse: () => ({ problems: [{ path: '', problem: 'no policy' }] }) },
    });
    const names = [
      'do',
      'as',
      'etag',
      'json',
      'no',
      'from',
      'to',
      'verdict',
      'reason',
      'name',
      '__proto__',
      'toString',
    ];
    const twice = [...names, ...names].map((name): [string, string] => [name, `x ${name}`]);
    const send = (fields: [string, string][]) =>
      app.request(`${origin}${route.address}`, {
        method: route.method,
        headers: { cookie, origin, 'sec-fetch-site': 'same-origin' },
        body: new URLSearchParams(fields),
      });
    expect((await send([['token', token], ['token', 'x'], ...twice])).status).toBe(403);
    const answer = await send([['token', token], ...twice]);
    expect(answer.status).toBeLessThan(500);
    expect(errors).toEqual([]);
  });

  it.each(inside.filter(({ method }) => method === 'GET'))('C4 HEAD $address is GET without a body', async (route) => {
    const fake = fakeConsole();
    const answer = await ask(fake, 'HEAD', route.address);
    expect([answer.status, await answer.text()]).toEqual([(await ask(fake, 'GET', route.address)).status, '']);
    expect((await ask({ ...fakeConsole(), cookie: '' }, 'HEAD', route.address)).status).toBe(302);
  });

  it('C4 has no other route', () => {
    expect([...new Set(routes.map(({ method }) => method))].sort()).toEqual(['GET', 'POST']);
  });
});

/** The console on a bucket that holds nothing; `asked` is what it was asked for. */
const onEmptyBucket = () => {
  const asked: string[] = [];
  const empty = memoryObjects();
  const objects: ObjectStore = {
    ...empty,
    get: (key) => {
      asked.push(key);
      return empty.get(key);
    },
  };
  const unused = () => Promise.reject(new Error('nothing is filed here'));
  const review = createReview({
    requests: requestStore(objects),
    jobs: jobStore(objects),
    snapshots: { get: unused },
    policies: { byHash: unused, current: unused, keep: unused },
    watchDays: unused,
    appVersion: '1.0.0',
    now: () => now,
  });
  return { ...fakeConsole({ review }), asked };
};

describe('an address that names something', () => {
  it.each([
    '/meetings/..%2f..%2fetc%2fpasswd',
    '/meetings/2026-11-16/..%2fstate%2fsessions',
    '/meetings/2026-11-16/%2e%2e/audit',
    '/meetings/../audit/../../requests',
    '/meetings/2026-11-16/6911188411934433028.0%00.xlsx',
    '/meetings/2026-11-16/6911188411934433028.0/../../../x/download',
    '/meetings/2026-11-16%2f6911188411934433028.0',
    '/meetings/requests/2026-11-16/x.0.json',
    '/meetings/2026-11-16/x.0/nowhere',
    '/meetings/%E0%A4%A/x',
    `/meetings/2026-11-16/${'a'.repeat(5000)}.0`,
    '/policy/versions/..%2fcurrent',
    '/policy/versions/zz',
    '/__proto__',
    '/constructor',
    '/meetings/2026-11-16/x.01',
    '/meetings/2026-11-16/x.-1',
    '/meetings/2026-11-16/x.0/people/0',
    '/meetings/2026-11-16/x.0/download',
    `/policy/versions/${'a'.repeat(64)}`,
  ])('C5 leads nowhere when it is made up: %s', async (address) => {
    const { get, post, errors, acts, asked } = onEmptyBucket();
    expect((await get(address)).status).toBe(404);
    for (const act of ['', '/again', '/rejudge', '/people/0/decision'])
      expect((await post(`${address}${act}`, { verdict: 'absent', reason: 'r' })).status).toBe(404);
    expect([...errors, ...acts]).toEqual([]);
    // The browser itself has resolved the dots, so these are whole job ids or nothing.
    for (const key of asked) expect(key).toMatch(/^requests\/2026-11-16\/x\.0(\.json)?$/);
  });

  it.each([
    '2026-11-16~2026-11-16/x.01~0',
    '2026-11-16~2026-11-16/../../state/x.0~0',
    '2026-11-16~2026-11-16/x.0.json~0',
    '2026-13-99~~0',
    '2026-11-16~~-1',
    '2026-11-16~~1e9',
    '~~',
    'constructor',
  ])('C5 is a list from its beginning, or a day that has none, when its place is made up: %s', async (after) => {
    const asked: (string | undefined)[] = [];
    const { get, errors } = fakeConsole({
      meetings: {
        browse: async (_, from) => {
          asked.push(from);
          return { lines: [], next: null };
        },
      },
    });
    expect((await get(`/?after=${encodeURIComponent(after)}`)).status).toBe(200);
    expect(asked.filter((from) => from !== undefined)).toEqual([]);
    expect(errors).toEqual([]);
  });
});
