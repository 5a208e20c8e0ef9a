import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createFeishuClient } from '../../src/feishu/client.ts';
import { virtualClock } from './clock.ts';
import { type Answer, failure, type Seen, startServer, success } from './server.ts';

const path = '/open-apis/vc/v1/participant_list';
const fine = success({ has_more: false });

/** Tokens `t-1`, `t-2` …: a new one after each rejection. */
const countedTokens = () => {
  let number = 1;
  return {
    get: async () => `t-${number}`,
    invalidate: (token: string) => {
      if (token === `t-${number}`) number += 1;
    },
  };
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const start = async (script: readonly Answer[] | ((seen: Seen) => Answer)) => {
  const server = await startServer(script);
  closing.push(server.close);
  const clock = virtualClock();
  const client = createFeishuClient({ baseUrl: server.url, tokens: countedTokens(), clock });
  const get = (options: { query?: Record<string, string>; withinMs?: number } = {}) =>
    client.get(path, { query: options.query ?? {}, deadlineAt: clock.now() + (options.withinMs ?? 600_000) });
  return { ...server, clock, get };
};

describe('one call', () => {
  it('sends token and query, asks for no compression, and gives the whole answer', async () => {
    const { get, seen } = await start([fine]);
    const answer = await get({ query: { meeting_no: '123456789', page_token: '', user_id: '张 +&' } });
    expect(answer).toEqual({ code: 0, msg: 'success', data: { has_more: false } });
    expect(seen[0]?.query).toEqual({ meeting_no: '123456789', user_id: '张 +&' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer t-1', 'accept-encoding': 'identity' });
  });

  it.each([
    'http://open.feishu.cn',
    'http://127.0.0.1.example.com',
    'http://10.0.0.1',
    'ftp://open.feishu.cn',
    'feishu',
  ])('F11 %s is refused before a token is sent', (baseUrl) => {
    const create = () => createFeishuClient({ baseUrl, tokens: countedTokens(), clock: virtualClock() });
    expect(create).toThrow(/FEISHU_BASE_URL must be an https/);
  });

  it.each(['https://open.feishu.cn', 'http://localhost:1', 'http://127.0.0.1:1', 'http://[::1]:1'])(
    'F11 %s is accepted',
    (baseUrl) => {
      const create = () => createFeishuClient({ baseUrl, tokens: countedTokens(), clock: virtualClock() });
      expect(create).not.toThrow();
    },
  );

  it.each([301, 302, 307, 308])('F11 a redirect (%i) is not followed: the token goes nowhere else', async (status) => {
    const elsewhere = await start([fine]);
    const { get, seen } = await start([{ status, headers: { location: `${elsewhere.url}/steal` }, raw: '' }]);
    await expect(get()).rejects.toMatchObject({ code: 'REDIRECTED', kind: 'person' });
    expect(seen).toHaveLength(1);
    expect(elsewhere.seen).toHaveLength(0);
  });
});

describe('F3 an answer that is none is asked for again', () => {
  const gzipLike = Buffer.from([0x1f, 0x8b, 8, 0, 255, 254, 0, 1]);
  it.each([
    ['an HTML page', { headers: { 'content-type': 'text/html' }, raw: '<html>busy</html>' }],
    ['nothing', { raw: '' }],
    ['half a JSON', { raw: '{"code":0,"data":{"has_mo' }],
    ['garbage', { headers: { 'content-encoding': 'gzip' }, raw: gzipLike }],
    ['JSON without a code', { json: { data: {} } }],
    ['a code that is a text', { json: { code: '0' } }],
    ['a list', { json: [] }],
    ['code 0 under HTTP 404', { status: 404, json: { code: 0 } }],
  ])('%s', async (_, broken) => {
    const once = await start([broken, fine]);
    expect(await once.get()).toMatchObject({ code: 0 });
    const always = await start([broken]);
    await expect(always.get()).rejects.toMatchObject({ code: 'BAD_ANSWER', kind: 'retry' });
    expect(always.seen).toHaveLength(5);
  });

  it('the content type does not matter, the content does', async () => {
    const { get } = await start([{ headers: { 'content-type': 'text/html' }, raw: '{"code":0}' }]);
    expect(await get()).toEqual({ code: 0 });
  });
});

describe('F2 a hiccup is retried with growing pauses, and not for ever', () => {
  it.each([
    ['HTTP 502 with HTML', { status: 502, raw: '<html>' }, 'SERVER_ERROR'],
    ['HTTP 500 with 121001', failure(500, 121001), 'SERVER_ERROR'],
    ['HTTP 200 with 121001', failure(200, 121001), 'SERVER_ERROR'],
    ['HTTP 503 with a code nobody knows', failure(503, 4242), 'SERVER_ERROR'],
    ['a reset', (response) => void response.socket?.resetAndDestroy(), 'UNREACHABLE'],
    [
      'a reset inside the body',
      (response) => {
        response
          .writeHead(200, { 'content-length': '100' })
          .write('{"code":0', () => response.socket?.resetAndDestroy());
      },
      'UNREACHABLE',
    ],
  ] as [string, Answer, string][])('%s', async (_, fault, code) => {
    const once = await start([fault, fault, fine]);
    expect(await once.get()).toMatchObject({ code: 0 });
    expect(once.clock.slept).toEqual([500, 1000]);

    const always = await start([fault]);
    await expect(always.get()).rejects.toMatchObject({ code, kind: 'retry' });
    expect(always.clock.slept).toEqual([500, 1000, 2000, 4000]);
  });

  it('a host where nobody listens is unreachable', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const clock = virtualClock();
    const client = createFeishuClient({ baseUrl: `http://127.0.0.1:${port}`, tokens: countedTokens(), clock });
    const call = client.get(path, { query: {}, deadlineAt: clock.now() + 60_000 });
    await expect(call).rejects.toMatchObject({ code: 'UNREACHABLE', message: `${path}: ECONNREFUSED` });
  });

  it('no pause goes past the deadline', async () => {
    const { get, clock, seen } = await start([failure(500, 121001)]);
    await expect(get({ withinMs: 1500 })).rejects.toMatchObject({ code: 'SERVER_ERROR' });
    expect(clock.slept).toEqual([500]);
    expect(seen).toHaveLength(2);
  });

  it('a deadline between two milliseconds is a deadline', async () => {
    const { get } = await start([fine]);
    expect(await get({ withinMs: 999.5 })).toMatchObject({ code: 0 });
  });

  it('no call starts when the time is up', async () => {
    const { get, seen } = await start([fine]);
    await expect(get({ withinMs: 0 })).rejects.toMatchObject({ code: 'DEADLINE', kind: 'retry' });
    expect(seen).toHaveLength(0);
  });
});

describe('F4 the deadline covers the whole call, its body too', () => {
  const headers = { 'content-type': 'application/json' };
  it.each([
    ['silence', () => {}],
    ['headers, then silence', (response) => void response.writeHead(200, headers).write('{')],
    [
      'one byte at a time',
      (response) => {
        response.writeHead(200, headers);
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ] as [string, Answer][])('%s', async (_, fault) => {
    const { get, clock } = await start([fault]);
    // The body is waited for in real time, so that the virtual clock leaves no room for a second attempt.
    const begin = performance.now();
    await expect(get({ withinMs: 150 })).rejects.toMatchObject({ code: 'DEADLINE', kind: 'retry' });
    expect(performance.now() - begin).toBeGreaterThanOrEqual(140);
    // Not after the ten seconds of one attempt.
    expect(performance.now() - begin).toBeLessThan(8000);
    expect(clock.slept).toEqual([]);
  });

  it('a body without an end is cut off at 8 MiB, and asked for again', async () => {
    let written = 0;
    const { get, seen } = await start([
      (response) => {
        response.writeHead(200, headers);
        const block = Buffer.alloc(256 * 1024, 32);
        const more = (): void => {
          if (response.destroyed) return;
          written += block.length;
          response.write(block, () => setImmediate(more));
        };
        more();
      },
      fine,
    ]);
    await expect(get()).resolves.toMatchObject({ code: 0 });
    expect(seen).toHaveLength(2);
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });
});

describe('F1 the rate limit', () => {
  const limited = (status: number, reset?: string) =>
    failure(status, 99991400, reset === undefined ? {} : { 'x-ogw-ratelimit-reset': reset });

  it.each([
    ['1', 1],
    ['52', 52],
    ['0', 1],
    ['-5', 1],
    ['NaN', 1],
    ['soon', 1],
    [undefined, 1],
    ['0.2', 1],
    ['1.5', 2],
    ['1e9', 60],
    ['Infinity', 60],
  ] as const)('reset %j waits %i s and some jitter, then goes on', async (reset, seconds) => {
    for (const status of [429, 400]) {
      const { get, clock } = await start([limited(status, reset), fine]);
      expect(await get()).toMatchObject({ code: 0 });
      expect(clock.slept).toEqual([seconds * 1000 + 500]);
    }
  });

  it('HTTP 429 without a code is the same', async () => {
    const { get, clock } = await start([{ status: 429, headers: { 'x-ogw-ratelimit-reset': '7' }, raw: 'slow' }, fine]);
    expect(await get()).toMatchObject({ code: 0 });
    expect(clock.slept).toEqual([7500]);
  });

  it('a wait past the deadline is left to the queue, with its seconds', async () => {
    const { get, clock, seen } = await start([limited(429, '52'), fine]);
    const limit = { code: 'RATE_LIMITED', kind: 'retry', waitSeconds: 52 };
    await expect(get({ withinMs: 52_000 })).rejects.toMatchObject(limit);
    expect(clock.slept).toEqual([]);
    expect(seen).toHaveLength(1);
  });

  it('F10 every attempt takes a slot: 50 a minute, failures among them', async () => {
    let calls = 0;
    const { get, clock } = await start(() => (calls++ % 2 === 0 ? failure(500, 121001) : fine));
    for (let call = 1; call <= 25; call += 1) await get();
    const before = clock.now();
    await get();
    expect(clock.now() - before).toBeGreaterThan(40_000);
  });
});

describe('T8 a rejected token is replaced once', () => {
  const codes = [99991663, 99991664, 99991665, 99991668, 99991677, 20005];
  it.each(codes.flatMap((code) => [200, 400, 401].map((status) => [code, status] as const)))(
    '%i at HTTP %i',
    async (code, status) => {
      const { get, seen, clock } = await start([failure(status, code), fine]);
      expect(await get()).toMatchObject({ code: 0 });
      expect(seen.map((one) => one.headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
      expect(clock.slept).toEqual([]);
    },
  );

  it('twice in a row needs a person', async () => {
    const { get, seen } = await start([failure(401, 99991663)]);
    const again = { code: 'AUTHORISE_AGAIN', kind: 'person', feishuCode: 99991663 };
    await expect(get()).rejects.toMatchObject(again);
    expect(seen).toHaveLength(2);
  });
});

describe('F8 F9 what no repetition can change is said at once', () => {
  it.each([121002, 121003, 121004, 121005, 126003, 126009, 126015, 99991403, 99991672, 99991679, 99991401, 99991662])(
    '%i',
    async (feishuCode) => {
      const { get, seen } = await start([failure(400, feishuCode)]);
      await expect(get()).rejects.toMatchObject({ feishuCode });
      expect(seen).toHaveLength(1);
    },
  );

  it('an unknown code fails safe, and keeps the log id for Feishu support', async () => {
    const { get, seen } = await start([failure(400, 4242, { 'x-tt-logid': '20261122-AB_1' })]);
    const remedy = { en: expect.stringMatching(/4242.*20261122-AB_1/) };
    await expect(get()).rejects.toMatchObject({ code: 'UNKNOWN', kind: 'never', feishuCode: 4242, remedy });
    expect(seen).toHaveLength(1);
  });

  it('a log id that is none is left out', async () => {
    const { get } = await start([failure(400, 4242, { 'x-tt-logid': 'canary person' })]);
    await expect(get()).rejects.toMatchObject({ remedy: { en: expect.not.stringContaining('canary') } });
  });
});

describe('O1 no error holds a token, a value of the query, or words of Feishu', () => {
  const raw = (text: string): Answer => ({ raw: text });
  it.each([
    ['a refusal', failure(403, 121005)],
    ['an unknown code', failure(400, 4242)],
    ['a rejected token', failure(401, 99991663)],
    ['a broken body', raw('canary-person {')],
    ['a redirect', { status: 302, headers: { location: 'https://canary-person.example' }, raw: '' }],
    ['no HTTP at all', (response) => void response.socket?.end('HTTP/1.1 canary-person\r\n\r\n')],
    ['a limit', failure(429, 99991400, { 'x-ogw-ratelimit-reset': '52' })],
  ] as [string, Answer][])('%s', async (_, answer) => {
    const server = await startServer([answer]);
    closing.push(server.close);
    const clock = virtualClock();
    const tokens = { get: async () => 'canary-token', invalidate: () => {} };
    const client = createFeishuClient({ baseUrl: server.url, tokens, clock });
    const call = client.get(path, { query: { user_id: 'canary-user' }, deadlineAt: clock.now() + 20_000 });
    const error: unknown = await call.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const told = `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`;
    expect(told).toContain(path);
    expect(told).not.toContain('canary');
  });
});
