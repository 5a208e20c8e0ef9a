import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPath } from '../../src/console/site.ts';
import { fakeConsole, origin } from './fake.ts';

/** What leads elsewhere in some browser, or once did. */
const corpus = [
  '//evil.test',
  '///evil.test',
  '////evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '\\/evil.test',
  '/\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '/\r\n/evil.test',
  '\t//evil.test',
  ' //evil.test',
  '%2f%2fevil.test',
  '/%2f/evil.test',
  '/%5cevil.test',
  '%5c%5cevil.test',
  '/..//evil.test',
  '/.//evil.test',
  '/a/..//evil.test',
  '/a/../../\\evil.test',
  '/%2e%2e//evil.test',
  '/%2e//evil.test',
  '/.%2e//evil.test',
  '//evil.test/%2f..',
  '//evil.test@console.test',
  '//console.test@evil.test',
  '//console.test.evil.test',
  'https://evil.test',
  'https:evil.test',
  'https:/evil.test',
  'HTTPS://evil.test',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  '/javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://evil.test/x',
  'file:///etc/passwd',
  '/\u2028/evil.test',
  '/\u2215evil.test',
  '\u2215\u2215evil.test',
  '\uff0f\uff0fevil.test',
  '/\uff0fevil.test',
  '/\u29f8evil.test',
  '/\u3002/evil.test',
  '/\u0000/evil.test',
  '/\u0085/evil.test',
  '/\u00a0/evil.test',
  '/\ufeff/evil.test',
  '/\u202e/evil.test',
  '/x\r\nLocation: https://evil.test',
  '/x%0d%0aLocation:%20https://evil.test',
  '/x\r\nSet-Cookie: a=b',
  '?//evil.test',
  '#//evil.test',
  './/evil.test',
  '@evil.test',
  ':@evil.test',
  '/@evil.test',
  '/:80',
  '//[::1]',
  '//0x7f.1',
  '//evil。test',
  '/;//evil.test',
  '/?next=//evil.test',
  '/#//evil.test',
  '\ud800//evil.test',
  '/\ud800/evil.test',
  '',
] as const;

const piece = fc.constantFrom(
  ...['/', '//', '\\', '%2f', '%5c', '%2e', '.', '..', ':', '@', '?', '#', '\t', '\n', '\r', ' ', '\u0000', '\u2028'],
  ...[
    '\u2215',
    '\uff0f',
    '\ufeff',
    '\u3002',
    'https:',
    'javascript:',
    'data:',
    'evil.test',
    'console.test',
    '[::1]',
    ';',
    '&',
  ],
);
const hostile = fc.oneof(
  fc.constantFrom(...corpus),
  fc
    .array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })), { minLength: 1, maxLength: 12 })
    .map((all) => all.join('')),
  fc.tuple(fc.constantFrom('/', '//', '/\\', ''), fc.webUrl()).map((both) => both.join('')),
);

/** Where a browser that is on one of our pages goes. */
const resolved = (location: string) => new URL(location, `${origin}/sign-in?next=x`);

describe('the page to go to after the sign-in', () => {
  it('C3 is on this very site, for ten thousand hostile texts', () => {
    let left = 0;
    fc.assert(
      fc.property(hostile, (next) => {
        const path = localPath(next);
        const url = resolved(path);
        if (path !== '/') left += 1;
        return url.origin === origin && url.username === '' && /^\/(?![/\\])[\x21-\x7e]*$/.test(path);
      }),
      { numRuns: 10_000 },
    );
    // Not because everything were turned away.
    expect(left).toBeGreaterThan(500);
  });

  it.each(corpus.map((next) => [next]))('C3 is on this very site through the whole trip: %j', async (next) => {
    const { app } = fakeConsole({
      signIn: {
        authorizeUrl: () => new URL('https://accounts.test'),
        finish: async () => ({ kind: 'signed-in', openId: 'ou_me', name: '王芳' }),
      },
    });
    const query = new URLSearchParams({ next: next.toWellFormed() });
    const page = await (await app.request(`${origin}/sign-in?${query}`)).text();
    const href = /href="(\/sign-in\/start[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const start = await app.request(`${origin}${href}`);
    expect(start.headers.get('location')).toBe('https://accounts.test/');
    const cookie = start.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const answer = await app.request(`${origin}/connect/callback?code=c&state=s`, { headers: { cookie } });
    expect(answer.status).toBe(303);
    expect(resolved(answer.headers.get('location') ?? '//evil.test').origin).toBe(origin);
  });

  it.each(['/', '/ask', '/ask?no=123%20456&from=2026-11-01', '/meetings/2026-11-16/69.0?q=王', '/?a=1&b=//x'])(
    'is kept when it is one of ours: %s',
    (path) => {
      expect(resolved(localPath(path)).href).toBe(new URL(path, origin).href);
    },
  );

  it('C3 is asked for by the door with an address of ours, wherever somebody came', async () => {
    const { app } = fakeConsole();
    for (const path of ['//evil.test/x', '/\\evil.test', '/%2f%2fevil.test', '/a/..//evil.test?b=//c']) {
      const answer = await app.request(new Request(`${origin}${path}`));
      const door = resolved(answer.headers.get('location') ?? '');
      expect([door.origin, door.pathname]).toEqual([origin, '/sign-in']);
      expect(resolved(localPath(door.searchParams.get('next') ?? '')).origin).toBe(origin);
    }
  });
});
