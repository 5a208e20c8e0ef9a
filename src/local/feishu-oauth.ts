import { createHash, randomBytes } from 'node:crypto';
import { consentPage, type StandInPerson } from './feishu-consent.ts';

/** Who works at the sample company, as far as signing in goes. */
export const people = {
  admin: {
    openId: 'ou_meeting_admin',
    name: '陈静',
    role: '会议管理员 · meeting administrator',
    mayManageMeetings: true,
  },
  adminWithoutRight: {
    openId: 'ou_new_admin',
    name: '周明',
    role: '管理员，无会议管理权限 · without the meeting right',
    mayManageMeetings: false,
  },
  viewer: { openId: 'ou_hr', name: '王芳', role: '人事 · HR', mayManageMeetings: false },
  employee: { openId: 'ou_employee', name: '李强', role: '员工 · employee', mayManageMeetings: false },
} as const satisfies Record<string, StandInPerson>;

export type OAuthAnswer = { status: number; body: object | string; headers?: Record<string, string> };

type Grant = { person: StandInPerson; scopes: readonly string[] };
type Code = Grant & { redirectUri: string; challenge: string | null; expiresAt: number; spent: boolean };
type Access = Grant & { expiresAt: number };
type Refresh = Grant & { access: string; expiresAt: number; dead: 'used' | 'revoked' | null };

const codeSeconds = 300;
const accessSeconds = 7200;
const refreshSeconds = 604_800;
/** What an access token has left when its pair is refreshed. */
const graceSeconds = 60;

const token = (): string => randomBytes(24).toString('base64url');

const refused = (code: number, error: string, error_description: string): OAuthAnswer => ({
  status: 400,
  body: { code, error, error_description },
});

/**
 * The stand-in's OAuth 2.0: a page of consent, the token endpoint and user_info. Codes work once within five minutes,
 * refresh tokens once within seven days.
 * @see https://open.feishu.cn/document/authentication-management/access-token/get-user-access-token
 * @see https://open.feishu.cn/document/authentication-management/access-token/refresh-user-access-token
 */
export const createFeishuOAuth = ({
  appId,
  appSecret,
  now,
}: {
  appId: string;
  appSecret: string;
  /** Unix milliseconds. */
  now: () => number;
}) => {
  const codes = new Map<string, Code>();
  const accesses = new Map<string, Access>();
  const refreshes = new Map<string, Refresh>();
  const directory: readonly StandInPerson[] = Object.values(people);

  const seconds = (): number => Math.floor(now() / 1000);

  /** The page of consent, and the redirect that carries the choice back. */
  const authorize = (url: URL, choice: URLSearchParams | null): OAuthAnswer => {
    const query = url.searchParams;
    const redirectUri = query.get('redirect_uri') ?? '';
    const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    if (query.get('client_id') !== appId || query.get('response_type') !== 'code' || !URL.canParse(redirectUri))
      return refused(20063, 'invalid_request', 'The authorisation request is malformed.');
    if (choice === null) {
      const headers = { 'content-type': 'text/html; charset=utf-8' };
      return { status: 200, headers, body: String(consentPage(appId, scopes, directory)) };
    }
    const back = new URL(redirectUri);
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    const person = directory.find(({ openId }) => openId === choice.get('person'));
    if (choice.get('decision') === 'accept' && person) {
      const code = token();
      codes.set(code, {
        person,
        scopes: scopes.filter((scope) => choice.getAll('scope').includes(scope)),
        redirectUri,
        challenge: query.get('code_challenge'),
        expiresAt: seconds() + codeSeconds,
        spent: false,
      });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', 'access_denied');
    return { status: 302, headers: { location: back.href }, body: '' };
  };

  /** A refresh token comes only with offline_access. */
  const issue = ({ person, scopes }: Grant): OAuthAnswer => {
    const grant = { person, scopes };
    const access = `u-${token()}`;
    accesses.set(access, { ...grant, expiresAt: seconds() + accessSeconds });
    const body = {
      code: 0,
      access_token: access,
      expires_in: accessSeconds,
      token_type: 'Bearer',
      scope: scopes.join(' '),
    };
    if (!scopes.includes('offline_access')) return { status: 200, body };
    const refresh = `ur-${token()}`;
    refreshes.set(refresh, { ...grant, access, expiresAt: seconds() + refreshSeconds, dead: null });
    return { status: 200, body: { ...body, refresh_token: refresh, refresh_token_expires_in: refreshSeconds } };
  };

  const exchangeCode = (fields: Record<string, unknown>): OAuthAnswer => {
    const code = codes.get(String(fields.code));
    if (!code) return refused(20003, 'invalid_grant', 'The authorisation code is not found.');
    if (code.spent) return refused(20065, 'invalid_grant', 'The authorisation code has been used.');
    if (seconds() >= code.expiresAt) return refused(20004, 'invalid_grant', 'The authorisation code has expired.');
    if (fields.redirect_uri !== code.redirectUri)
      return refused(20071, 'invalid_grant', 'The redirect_uri is not that of the authorisation.');
    const challenge = createHash('sha256').update(String(fields.code_verifier)).digest('base64url');
    if (code.challenge !== null && challenge !== code.challenge)
      return refused(20049, 'invalid_grant', 'The code_verifier does not match.');
    code.spent = true;
    return issue(code);
  };

  const refreshPair = (fields: Record<string, unknown>): OAuthAnswer => {
    const refresh = refreshes.get(String(fields.refresh_token));
    if (!refresh) return refused(20026, 'invalid_grant', 'The refresh token is invalid.');
    if (refresh.dead === 'revoked') return refused(20064, 'invalid_grant', 'The refresh token has been revoked.');
    if (refresh.dead === 'used') return refused(20073, 'invalid_grant', 'The refresh token has been used.');
    if (seconds() >= refresh.expiresAt) return refused(20037, 'invalid_grant', 'The refresh token has expired.');
    refresh.dead = 'used';
    const old = accesses.get(refresh.access);
    if (old) old.expiresAt = Math.min(old.expiresAt, seconds() + graceSeconds);
    return issue(refresh);
  };

  const exchange = (fields: Record<string, unknown>): OAuthAnswer => {
    if (fields.client_id !== appId) return refused(20048, 'invalid_client', 'The app does not exist.');
    if (fields.client_secret !== appSecret) return refused(20002, 'invalid_client', 'The client secret is invalid.');
    if (fields.grant_type === 'authorization_code') return exchangeCode(fields);
    if (fields.grant_type === 'refresh_token') return refreshPair(fields);
    return refused(20036, 'unsupported_grant_type', 'The grant_type is not supported.');
  };

  const holder = (bearer: string): Access | null => {
    const access = accesses.get(bearer);
    return access && seconds() < access.expiresAt ? access : null;
  };

  const userInfo = (bearer: string): OAuthAnswer => {
    const access = holder(bearer);
    if (!access) return { status: 400, body: { code: 99991668, msg: 'invalid user access token' } };
    const { openId, name } = access.person;
    return { status: 200, body: { code: 0, msg: 'success', data: { open_id: openId, name, en_name: name } } };
  };

  return {
    /** The answer on one of its own routes, null on any other. */
    answer: (request: { method: string; url: URL; bearer: string; body: string }): OAuthAnswer | null => {
      const { method, url, bearer, body } = request;
      switch (`${method} ${url.pathname}`) {
        case 'GET /open-apis/authen/v1/authorize':
          return authorize(url, null);
        case 'POST /open-apis/authen/v1/authorize':
          return authorize(url, new URLSearchParams(body));
        case 'POST /open-apis/authen/v2/oauth/token':
          return exchange(JSON.parse(body) as Record<string, unknown>);
        case 'GET /open-apis/authen/v1/user_info':
          return userInfo(bearer);
        default:
          return null;
      }
    },
    /** Why a user's token may not read meetings, or null when it may. */
    refusal: (bearer: string): OAuthAnswer | null => {
      const access = holder(bearer);
      if (!access) return { status: 400, body: { code: 99991668, msg: 'invalid user access token' } };
      if (!access.scopes.includes('vc:rooms.room.detailinfo:read'))
        return { status: 400, body: { code: 99991679, msg: 'the user has not granted the scope' } };
      if (!access.person.mayManageMeetings) return { status: 403, body: { code: 121005, msg: 'no permission' } };
      return null;
    },
    /** What happens when the person withdraws the authorisation in Feishu. */
    revoke: (openId: string): void => {
      for (const [bearer, { person }] of accesses) if (person.openId === openId) accesses.delete(bearer);
      for (const refresh of refreshes.values()) if (refresh.person.openId === openId) refresh.dead = 'revoked';
    },
  };
};
