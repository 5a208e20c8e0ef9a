import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createOAuth } from '../../src/feishu/oauth.ts';
import { virtualClock } from './clock.ts';
import { type Answer, failure, startServer, success } from './server.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const startsAt = 1_700_000_000;
const app = { clientId: 'cli_a', clientSecret: 'canary-secret', clock: virtualClock(startsAt) };

const start = async (answer: () => Answer) => {
  const server = await startServer(() => answer());
  closing.push(server.close);
  const oauth = createOAuth({ ...app, baseUrl: server.url, accountsUrl: server.url });
  return { ...server, oauth };
};

const granted = (changed: object = {}): Answer => ({
  json: {
    code: 0,
    access_token: 'canary-access',
    expires_in: 7200,
    refresh_token: 'canary-refresh',
    refresh_token_expires_in: 604_800,
    token_type: 'Bearer',
    scope: 'offline_access vc:rooms.room.detailinfo:read',
    ...changed,
  },
});

const codeGrant = { code: 'canary-code', redirectUri: 'https://r.test/connect/callback', codeVerifier: 'canary-v' };

describe('asking for consent', () => {
  it('sends the browser to the accounts host with everything Feishu and PKCE want', () => {
    const oauth = createOAuth({
      ...app,
      baseUrl: 'https://open.feishu.cn',
      accountsUrl: 'https://accounts.feishu.cn',
    });
    const { redirectUri } = codeGrant;
    const scopes = ['offline_access', 'vc:rooms.room.detailinfo:read'];
    const url = oauth.authorizeUrl({ redirectUri, scopes, state: 's&t=', codeChallenge: 'ch' });
    expect(url.origin + url.pathname).toBe('https://accounts.feishu.cn/open-apis/authen/v1/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'cli_a',
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'offline_access vc:rooms.room.detailinfo:read',
      state: 's&t=',
      code_challenge: 'ch',
      code_challenge_method: 'S256',
    });
  });
});

describe('the token endpoint', () => {
  it('exchanges a code, with the verifier and the app’s credentials, as JSON', async () => {
    const { oauth, seen } = await start(granted);
    expect(await oauth.exchangeCode(codeGrant)).toEqual({
      accessToken: 'canary-access',
      accessTokenExpiresAt: startsAt + 7200,
      refreshToken: 'canary-refresh',
      refreshTokenExpiresAt: startsAt + 604_800,
      scope: 'offline_access vc:rooms.room.detailinfo:read',
    });
    expect(seen).toMatchObject([{ method: 'POST', path: '/open-apis/authen/v2/oauth/token' }]);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      grant_type: 'authorization_code',
      client_id: 'cli_a',
      client_secret: 'canary-secret',
      code: 'canary-code',
      redirect_uri: codeGrant.redirectUri,
      code_verifier: 'canary-v',
    });
  });

  it('refreshes with the refresh token, once for each call', async () => {
    const { oauth, seen } = await start(granted);
    await oauth.refresh('canary-old');
    expect(seen.map(({ body }) => JSON.parse(body))).toEqual([
      {
        grant_type: 'refresh_token',
        client_id: 'cli_a',
        client_secret: 'canary-secret',
        refresh_token: 'canary-old',
      },
    ]);
  });

  it.each([
    ['a token type it need not know', { token_type: 'MAC' }],
    ['no token type', { token_type: undefined }],
    ['a scope that is no text', { scope: 7 }],
    ['a lifetime of null', { expires_in: null }],
  ])('T10 does not throw a pair away for %s: the old one is spent', async (_, changed) => {
    const { oauth } = await start(() => granted(changed));
    expect(await oauth.refresh('old')).toMatchObject({ accessToken: 'canary-access', refreshToken: 'canary-refresh' });
  });

  it.each([
    ['as granted', 7200, 7200],
    ['a text', '3600', 3600],
    ['0', 0, 1200],
    ['negative', -1, 1200],
    ['exactly the least', 1200, 1200],
    ['exactly the most', 86_400, 86_400],
    ['a fraction', 1800.9, 1800],
    ['huge', 1e15, 86_400],
    ['infinite', 'Infinity', 86_400],
    ['words', 'soon', 7200],
    ['null', null, 7200],
    ['absent', undefined, 7200],
  ])('T10 an access token’s lifetime: %s', async (_, expires_in, seconds) => {
    const { oauth } = await start(() => granted({ expires_in }));
    expect((await oauth.refresh('old')).accessTokenExpiresAt).toBe(startsAt + seconds);
  });

  it('T10 whatever the lifetimes are, they become whole seconds inside their bounds', async () => {
    let lifetimes: object = {};
    const { oauth } = await start(() => granted(lifetimes));
    const seconds = fc.double({ min: -1e6, max: 1e6 });
    const anything = fc.oneof(fc.jsonValue(), fc.constant(undefined), seconds, seconds.map(String));
    await fc.assert(
      fc.asyncProperty(anything, anything, async (expires_in, refresh_token_expires_in) => {
        lifetimes = { expires_in, refresh_token_expires_in };
        const { accessTokenExpiresAt, refreshTokenExpiresAt } = await oauth.refresh('old');
        expect(accessTokenExpiresAt).toSatisfy(Number.isInteger);
        expect(refreshTokenExpiresAt).toSatisfy(Number.isInteger);
        expect(accessTokenExpiresAt - startsAt).toBeGreaterThanOrEqual(1200);
        expect(accessTokenExpiresAt - startsAt).toBeLessThanOrEqual(86_400);
        expect(refreshTokenExpiresAt - startsAt).toBeGreaterThanOrEqual(86_400);
        expect(refreshTokenExpiresAt - startsAt).toBeLessThanOrEqual(365 * 86_400);
      }),
      { numRuns: 200 },
    );
  });

  it.each([undefined, null, ''])(
    'a pair without a refresh token (%j) says what to switch on',
    async (refresh_token) => {
      const { oauth } = await start(() => granted({ refresh_token }));
      await expect(oauth.exchangeCode(codeGrant)).resolves.toMatchObject({ refreshToken: '' });
      await expect(oauth.refresh('old')).rejects.toMatchObject({ code: 'REFRESH_NOT_ENABLED', kind: 'person' });
    },
  );

  it.each([
    [400, 20026, 'AUTHORISE_AGAIN', 'person'],
    [400, 20037, 'AUTHORISE_AGAIN', 'person'],
    [500, 20064, 'AUTHORISE_AGAIN', 'person'],
    [503, 20073, 'AUTHORISE_AGAIN', 'person'],
    [400, 20074, 'REFRESH_NOT_ENABLED', 'person'],
    [400, 20008, 'USER_GONE', 'person'],
    [400, 20066, 'USER_GONE', 'person'],
    [400, 20010, 'USER_NOT_ALLOWED', 'person'],
    [500, 20050, 'SERVER_ERROR', 'retry'],
    [503, 20072, 'SERVER_ERROR', 'retry'],
    [400, 20002, 'BAD_CREDENTIALS', 'person'],
    [200, 20002, 'BAD_CREDENTIALS', 'person'],
    [500, 29999, 'SERVER_ERROR', 'retry'],
  ])(
    'T6 T7 O1 HTTP %i and code %i on refresh: %s, and no secret in the error',
    async (status, feishuCode, code, kind) => {
      const { oauth } = await start(() => failure(status, feishuCode));
      const error: unknown = await oauth.refresh('canary-old').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code, kind, feishuCode });
      expect(`${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)}`).not.toContain('canary');
    },
  );

  it('O1 an answer that is not as documented is named by its field, never quoted', async () => {
    const { oauth } = await start(() => granted({ access_token: { canary: 1 } }));
    const error: unknown = await oauth.exchangeCode(codeGrant).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'BAD_ANSWER', message: expect.stringContaining('access_token') });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
  });

  it('F11 a redirect is not followed: the secret goes nowhere else', async () => {
    const elsewhere = await start(granted);
    const location = `${elsewhere.url}/open-apis/authen/v2/oauth/token`;
    const { oauth } = await start(() => ({ status: 307, headers: { location }, raw: '' }));
    await expect(oauth.refresh('canary-old')).rejects.toMatchObject({ code: 'REDIRECTED' });
    expect(elsewhere.seen).toEqual([]);
  });

  it.each([
    ['FEISHU_BASE_URL', { baseUrl: 'http://open.feishu.cn', accountsUrl: 'https://accounts.feishu.cn' }],
    ['FEISHU_ACCOUNTS_URL', { baseUrl: 'https://open.feishu.cn', accountsUrl: 'http://accounts.feishu.cn' }],
  ])('F11 plain http is refused by the name of %s', (name, hosts) => {
    expect(() => createOAuth({ ...app, ...hosts })).toThrow(name);
  });
});

describe('who the token acts for', () => {
  it('is asked with the token', async () => {
    const { oauth, seen } = await start(() => success({ open_id: 'ou_1', name: '张三', union_id: 'on_1' }));
    expect(await oauth.userInfo('canary-access')).toEqual({ openId: 'ou_1', name: '张三' });
    expect(seen).toMatchObject([
      {
        method: 'GET',
        path: '/open-apis/authen/v1/user_info',
        headers: { authorization: 'Bearer canary-access' },
      },
    ]);
  });

  it.each([
    ['no name', { open_id: 'ou_1' }, { openId: 'ou_1', name: '' }],
    ['a null name', { open_id: 'ou_1', name: null }, { openId: 'ou_1', name: '' }],
  ])('may have %s', async (_, data, expected) => {
    const { oauth } = await start(() => success(data));
    expect(await oauth.userInfo('t')).toEqual(expected);
  });

  it.each([{}, { open_id: '' }, { open_id: 7 }])('has an open id, or it is an error: %j', async (data) => {
    const { oauth } = await start(() => success(data));
    await expect(oauth.userInfo('t')).rejects.toMatchObject({ code: 'BAD_ANSWER' });
  });
});
