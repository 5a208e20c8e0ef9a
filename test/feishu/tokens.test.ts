import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { tenantTokens } from '../../src/feishu/tokens.ts';
import { virtualClock } from './clock.ts';
import { type Answer, failure, startServer } from './server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const start = async (answer: (asked: number) => Answer) => {
  let asked = 0;
  const server = await startServer(() => {
    asked += 1;
    return answer(asked);
  });
  closing.push(server.close);
  const clock = virtualClock();
  const tokens = tenantTokens({ baseUrl: server.url, appId: 'cli_a', appSecret: 'canary-secret', clock });
  return { ...server, clock, tokens };
};

const granted =
  (expire: unknown) =>
  (asked: number): Answer => ({ json: { code: 0, msg: 'ok', tenant_access_token: `t-${asked}`, expire } });

describe('the tenant token', () => {
  it('is asked for with app id and secret', async () => {
    const { tokens, seen } = await start(granted(7200));
    expect(await tokens.get()).toBe('t-1');
    const [request] = seen;
    expect(request).toMatchObject({ method: 'POST', path: '/open-apis/auth/v3/tenant_access_token/internal' });
    expect(JSON.parse(request?.body ?? '')).toEqual({ app_id: 'cli_a', app_secret: 'canary-secret' });
  });

  it.each([
    ['half an hour before its end', 7200, 5400],
    ['at half its life when that is less than an hour', 3000, 1500],
    ['half an hour before the end of exactly an hour', 3600, 1800],
  ])('is kept until %s', async (_, lifetime, keptSeconds) => {
    const { tokens, clock } = await start(granted(lifetime));
    await tokens.get();
    await clock.sleep(keptSeconds * 1000 - 1);
    expect(await tokens.get()).toBe('t-1');
    await clock.sleep(1);
    expect(await tokens.get()).toBe('t-2');
  });

  it.each([
    ['0', 0, 30],
    ['a negative one', -5, 30],
    ['one below a minute', 59, 30],
    ['a text', '3000', 1500],
    ['words', 'soon', 30],
    ['null', null, 30],
    ['none', undefined, 30],
    ['a huge one', 1e9, 5400],
  ])('T10 with a lifetime of %s is kept for a sane time', async (_, lifetime, keptSeconds) => {
    const { tokens, clock } = await start(granted(lifetime));
    await tokens.get();
    await clock.sleep(keptSeconds * 1000 - 1);
    expect(await tokens.get()).toBe('t-1');
    await clock.sleep(1);
    expect(await tokens.get()).toBe('t-2');
  });

  it('T10 whatever the answer holds, get gives a token or an error, never undefined', async () => {
    let json: unknown = null;
    const { tokens, clock } = await start(() => ({ json }));
    const field = fc.oneof(fc.jsonValue(), fc.constant('t'));
    const answers = fc.record(
      { code: fc.constant(0), tenant_access_token: field, expire: field },
      { requiredKeys: ['code'] },
    );
    await fc.assert(
      fc.asyncProperty(answers, async (answer) => {
        json = answer;
        await clock.sleep(7200_000);
        const got: unknown = await tokens.get().catch((error: unknown) => error);
        if (got instanceof Error) expect(got).toMatchObject({ code: 'BAD_ANSWER' });
        else expect(got).toSatisfy((token: unknown) => typeof token === 'string' && token !== '');
      }),
      { numRuns: 60 },
    );
  });

  it('T1 200 callers at once make one request', async () => {
    const { tokens, seen } = await start(granted(7200));
    const got = await Promise.all(Array.from({ length: 200 }, () => tokens.get()));
    expect(new Set(got)).toEqual(new Set(['t-1']));
    expect(seen).toHaveLength(1);
  });

  it('T8 is asked for anew once it was rejected; a late word about the old one changes nothing', async () => {
    const { tokens, seen } = await start(granted(7200));
    await tokens.get();
    tokens.invalidate('t-1');
    expect(await tokens.get()).toBe('t-2');
    tokens.invalidate('t-1');
    expect(await tokens.get()).toBe('t-2');
    expect(seen).toHaveLength(2);
  });

  it('T7 a failure is not kept: the next caller asks again', async () => {
    const { tokens } = await start((asked) => (asked === 1 ? { status: 502, raw: '<html>' } : granted(7200)(asked)));
    await expect(tokens.get()).rejects.toMatchObject({ code: 'SERVER_ERROR', kind: 'retry' });
    expect(await tokens.get()).toBe('t-2');
  });

  it.each([
    ['a code no table lists', failure(200, 10014), 'BAD_CREDENTIALS', 'person'],
    ['a disabled app', failure(400, 99991662), 'APP_DISABLED', 'person'],
    ['too many calls', failure(400, 99991400), 'RATE_LIMITED', 'retry'],
    ['an HTML page', { raw: '<html>' }, 'BAD_ANSWER', 'retry'],
    ['a token that is empty', { json: { code: 0, tenant_access_token: '' } }, 'BAD_ANSWER', 'retry'],
    ['a redirect', { status: 307, headers: { location: 'https://canary.example' }, raw: '' }, 'REDIRECTED', 'person'],
  ] as [string, Answer, string, string][])(
    'T6 T7 O1 %s: classified, and no secret in the error',
    async (_, answer, code, kind) => {
      const { tokens } = await start(() => answer);
      const error: unknown = await tokens.get().catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, kind });
      expect(`${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`).not.toContain('canary');
    },
  );

  it('F11 the secret is not sent over plain http', () => {
    const create = () =>
      tenantTokens({ baseUrl: 'http://open.feishu.cn', appId: 'a', appSecret: 'b', clock: virtualClock() });
    expect(create).toThrow(/FEISHU_BASE_URL/);
  });
});
