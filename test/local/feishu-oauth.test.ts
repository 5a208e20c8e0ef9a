import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFeishuOAuth, people } from '../../src/local/feishu-oauth.ts';

const app = { appId: 'cli_a', appSecret: 'app-secret' };
const redirectUri = 'http://localhost:3000/connect/callback';
const codeVerifier = 'a-verifier-of-at-least-forty-three-characters';
const scopes = ['vc:rooms.room.detailinfo:read', 'offline_access'];

let now: number;
let oauth: ReturnType<typeof createFeishuOAuth>;

beforeEach(() => {
  now = 1_800_000_000_000;
  oauth = createFeishuOAuth({ ...app, now: () => now });
});

const ask = (method: string, path: string, { bearer = '', body = '' } = {}) => {
  const answer = oauth.answer({ method, url: new URL(path, 'http://feishu.test'), bearer, body });
  if (answer === null) throw new Error(`${path} is not answered`);
  return answer;
};

const authorizePath = (changes: Record<string, string> = {}) => {
  const query = new URLSearchParams({
    client_id: app.appId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state: 'the-state',
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  });
  return `/open-apis/authen/v1/authorize?${query}`;
};

/** Where a person's choice sends the browser. */
const choose = (decision: string, { person = people.admin.openId as string, granted = scopes } = {}) => {
  const body = new URLSearchParams({ decision, person });
  for (const scope of granted) body.append('scope', scope);
  const { status, headers } = ask('POST', authorizePath(), { body: String(body) });
  expect(status).toBe(302);
  return new URL(headers?.location ?? '');
};

const newCode = (options = {}) => choose('accept', options).searchParams.get('code') ?? '';

const post = (fields: Record<string, string>) => {
  const body = JSON.stringify({ client_id: app.appId, client_secret: app.appSecret, ...fields });
  const answer = ask('POST', '/open-apis/authen/v2/oauth/token', { body });
  return { status: answer.status, body: answer.body as Record<string, unknown> };
};

const exchange = (code: string, changes: Record<string, string> = {}) =>
  post({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier, ...changes });

const refresh = (token: unknown) => post({ grant_type: 'refresh_token', refresh_token: String(token) });

const connect = (options = {}) => exchange(newCode(options)).body;

const refusal = (code: number) => ({
  status: 400,
  body: { code, error: expect.any(String), error_description: expect.any(String) },
});

describe('the page of consent', () => {
  it('shows the app, its scopes and the people, as text', () => {
    const { body } = ask('GET', authorizePath({ scope: '<b>scope</b>' }));
    for (const { name } of Object.values(people)) expect(body).toContain(name);
    expect(body).toContain(app.appId);
    expect(body).toContain('&lt;b&gt;scope&lt;/b&gt;');
  });

  it('sends back a code and the state, or a no and the state', () => {
    expect(choose('accept').href).toMatch(/^http:\/\/localhost:3000\/connect\/callback\?state=the-state&code=[\w-]+$/);
    expect(choose('cancel').href).toBe(`${redirectUri}?state=the-state&error=access_denied`);
  });

  it.each([{ client_id: 'cli_b' }, { response_type: 'token' }, { redirect_uri: 'nowhere' }])(
    'refuses a request with %j',
    (changes) => {
      expect(ask('GET', authorizePath(changes))).toEqual(refusal(20063));
    },
  );
});

describe('a code', () => {
  it('gives a pair of tokens with the scopes that were granted', () => {
    expect(exchange(newCode())).toEqual({
      status: 200,
      body: {
        code: 0,
        access_token: expect.stringMatching(/^u-/),
        expires_in: 7200,
        refresh_token: expect.stringMatching(/^ur-/),
        refresh_token_expires_in: 604_800,
        token_type: 'Bearer',
        scope: scopes.join(' '),
      },
    });
  });

  it('gives no refresh token without offline_access', () => {
    const body = connect({ granted: ['vc:rooms.room.detailinfo:read'] });
    expect(body).toMatchObject({ code: 0, scope: 'vc:rooms.room.detailinfo:read' });
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('grants no scope that the app did not ask for', () => {
    expect(connect({ granted: [...scopes, 'im:message'] }).scope).toBe(scopes.join(' '));
  });

  it('works once', () => {
    const code = newCode();
    exchange(code);
    expect(exchange(code)).toEqual(refusal(20065));
  });

  it('lives for five minutes', () => {
    const [early, late] = [newCode(), newCode()];
    now += 299_000;
    expect(exchange(early).status).toBe(200);
    now += 1000;
    expect(exchange(late)).toEqual(refusal(20004));
  });

  it.each([
    [20003, { code: 'unknown' }],
    [20049, { code_verifier: 'another' }],
    [20071, { redirect_uri: 'http://localhost:3000/' }],
    [20048, { client_id: 'cli_b' }],
    [20002, { client_secret: 'wrong' }],
    [20036, { grant_type: 'password' }],
  ])('is refused with %i for %j', (code, changes: Record<string, string>) => {
    expect(exchange(newCode(), changes)).toEqual(refusal(code));
  });
});

describe('a refresh token', () => {
  it('works once, gives the next pair, and leaves the old access token a minute', () => {
    const old = connect();
    const next = refresh(old.refresh_token).body;
    expect(next.refresh_token).not.toBe(old.refresh_token);
    expect(refresh(old.refresh_token)).toEqual(refusal(20073));
    now += 59_000;
    expect(oauth.refusal(String(old.access_token))).toBeNull();
    now += 1000;
    expect(oauth.refusal(String(old.access_token))?.body).toMatchObject({ code: 99991668 });
    expect(oauth.refusal(String(next.access_token))).toBeNull();
    expect(refresh(next.refresh_token).status).toBe(200);
  });

  it('lives for seven days', () => {
    const [early, late] = [connect(), connect()];
    now += 604_799_000;
    expect(refresh(early.refresh_token).status).toBe(200);
    now += 1000;
    expect(refresh(late.refresh_token)).toEqual(refusal(20037));
  });

  it('is refused when unknown, and when its person withdrew', () => {
    expect(refresh('ur-unknown')).toEqual(refusal(20026));
    const [admin, other] = [connect(), connect({ person: people.employee.openId })];
    oauth.revoke(people.admin.openId);
    expect(refresh(admin.refresh_token)).toEqual(refusal(20064));
    expect(oauth.refusal(String(admin.access_token))?.body).toMatchObject({ code: 99991668 });
    expect(refresh(other.refresh_token).status).toBe(200);
  });
});

describe('an access token', () => {
  it('says whose it is, for two hours', () => {
    const bearer = String(connect().access_token);
    const info = () => ask('GET', '/open-apis/authen/v1/user_info', { bearer }).body;
    now += 7_199_000;
    expect(info()).toMatchObject({ code: 0, data: { open_id: people.admin.openId, name: people.admin.name } });
    now += 1000;
    expect(info()).toMatchObject({ code: 99991668 });
  });

  it.each([
    ['the meeting administrator', {}, null],
    ['somebody without the right', { person: people.adminWithoutRight.openId }, 121005],
    ['somebody who did not grant the scope', { granted: ['offline_access'] }, 99991679],
  ])('reads meetings as far as %s may', (_, options, code) => {
    const refused = oauth.refusal(String(connect(options).access_token));
    expect(refused && (refused.body as { code: number }).code).toBe(code);
  });
});

it('leaves every other route alone', () => {
  const url = new URL('http://feishu.test/open-apis/vc/v1/meeting_list');
  expect(oauth.answer({ method: 'GET', url, bearer: '', body: '' })).toBeNull();
});
