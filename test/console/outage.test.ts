import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import { people } from '../../src/local/feishu-oauth.ts';
import { startConsole } from './running.ts';

/** The console's handler as deployed: what it says when Feishu is away, and what it never says in its log. */

let running: Awaited<ReturnType<typeof startConsole>>;
let mute: Server | undefined;
afterEach(async () => {
  await running.close().catch(() => {});
  await new Promise<void>((resolve) => (mute ? mute.close(() => resolve()) : resolve()));
  mute = undefined;
});

const env = { CONSOLE_ADMINS: people.admin.openId, FEISHU_TOKEN_KIND: 'tenant' } as const;

/** A browser that only knows cookies. */
const createBrowser = (url: string) => {
  const jar = new Map<string, string>();
  const seen: string[] = [];
  const go = async (address: string, form?: Record<string, string>) => {
    const answer = await fetch(new URL(address, url), {
      redirect: 'manual',
      headers: {
        cookie: [...jar].map((each) => each.join('=')).join('; '),
        ...(form && { origin: url, 'sec-fetch-site': 'same-origin' }),
      },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
      if (value.length > 2) seen.push(value);
    }
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  };
  /** Through the stand-in's page; resolves with the address that Feishu sends the browser back to. */
  const consent = async () => {
    const { location } = await go('/sign-in/start?next=/ask');
    const form = new URLSearchParams({ person: people.admin.openId, decision: 'accept' });
    const answer = await fetch(location, { method: 'POST', redirect: 'manual', body: form });
    const back = new URL(answer.headers.get('location') ?? '');
    seen.push(back.searchParams.get('code') ?? '', back.searchParams.get('state') ?? '');
    return back.pathname + back.search;
  };
  return { go, consent, jar, seen };
};

describe('when Feishu is away', () => {
  it('C9 signing in ends on a page that says so, and whoever is in works on', async () => {
    running = await startConsole(env);
    const inside = createBrowser(running.url);
    expect((await inside.go(await inside.consent())).location).toBe('/ask');
    const outside = createBrowser(running.url);
    const back = await outside.consent();
    await running.feishu.close();
    const answer = await outside.go(back);
    expect(answer.status).toBe(502);
    expect(answer.text).toContain('UNREACHABLE');
    expect(outside.jar.has('__Host-session')).toBe(false);
    for (const address of ['/', '/ask', '/connection', '/audit', '/policy'])
      expect((await inside.go(address)).status, address).toBe(200);
    expect((await inside.go('/ask?no=123456789')).status).toBe(502);
    running.feishu.close = async () => {};
  }, 60_000);

  it('C9 signing in ends within the thirty seconds that an HTTP API waits when Feishu does not answer', async () => {
    const sockets = new Set<{ destroy: () => void }>();
    mute = createServer((socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => mute?.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    running = await startConsole({ ...env, FEISHU_BASE_URL: `http://127.0.0.1:${port}` });
    const outside = createBrowser(running.url);
    const answer = await outside.go(await outside.consent());
    expect(answer.status).toBe(502);
    expect(answer.text).toContain('DEADLINE');
    for (const socket of sockets) socket.destroy();
  }, 60_000);
});

describe('the console’s log', () => {
  it('O1 O2 holds no name, cookie, code, state, token or text of anybody, and a line of JSON for each event', async () => {
    running = await startConsole(env);
    const canary = 'canary-text\r\n{"event":"forged"}\u001b[31m';
    const browser = createBrowser(running.url);
    const back = await browser.consent();
    await browser.go(back);
    const token = /name="token" value="([^"]+)"/.exec((await browser.go('/ask')).text)?.[1] ?? '';
    expect(token).not.toBe('');
    const q = encodeURIComponent(canary);
    for (const address of [
      `/?q=${q}&after=${q}`,
      `/ask?no=${q}`,
      '/ask?no=123456789',
      `/audit?day=${q}`,
      `/meetings/${q}/${q}`,
    ])
      await browser.go(address);
    for (const [address, form] of [
      ['/ask', { no: canary, token }],
      ['/ask', { no: canary, token: canary }],
      ['/connection', { token }],
      [`/meetings/${q}/${q}/again`, { token }],
      ['/policy/edit', { token, as: 'json', json: canary, action: 'check' }],
      [`/policy/edit?x=${q}`, { token, as: canary, action: canary }],
    ] as const)
      await browser.go(address, form);
    await browser.go(`/connect/callback?code=${q}&state=${q}&error=${q}`);
    // What nobody has foreseen: an event that no page understands.
    await running
      .handler({
        requestContext: { http: { method: 'GET', path: q } },
        headers: { cookie: q },
      } as unknown as APIGatewayProxyEventV2)
      .catch(() => {});
    await browser.go('/sign-out', { token });
    const log = running.logged.join('');
    expect(running.logged.length).toBeGreaterThan(0);
    const canaries = ['canary', 'forged', people.admin.name, people.admin.openId, token, ...browser.seen];
    for (const secret of canaries) expect(log.includes(secret), secret).toBe(false);
    for (const line of running.logged) {
      expect(line).toMatch(/^\{[^\n\r\u001b]*\}\n$/);
      expect(JSON.parse(line)).toHaveProperty('event');
    }
  }, 60_000);
});
