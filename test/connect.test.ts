import { describe, expect, it } from 'vitest';
import { type ConnectDeps, createConnect, neededScopes } from '../src/connect.ts';
import { type Attempt, newAttempt } from '../src/console/attempt.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { attemptStore } from '../src/store/attempts.ts';
import { memoryObjects } from './memory-store.ts';

const startedAt = 1_800_000_000_000;
const redirectUri = 'https://console.test/connect/callback';
const admin = { openId: 'ou_admin', name: 'canary-name' };
const grant = {
  accessToken: 'canary-access',
  accessTokenExpiresAt: 1,
  refreshToken: 'canary-refresh',
  refreshTokenExpiresAt: 2,
  scope: `auth:user.id:read ${neededScopes.join(' ')}`,
};

/** A connection with everything in order but what is replaced; `stored` and `logged` are what it leaves behind. */
const connecting = (replaced: Partial<Omit<ConnectDeps, 'oauth'>> & { oauth?: Partial<ConnectDeps['oauth']> } = {}) => {
  const stored: unknown[] = [];
  const logged: unknown[] = [];
  const exchanged: unknown[] = [];
  const { authorizeUrl, finish } = createConnect({
    useOnce: attemptStore(memoryObjects()).useOnce,
    mayManageMeetings: async () => true,
    connect: async (...given) => void stored.push(given),
    admins: ['ou_other', admin.openId],
    now: () => startedAt,
    log: (event, fields) => void logged.push([event, fields]),
    ...replaced,
    oauth: {
      authorizeUrl: ({ state }) => new URL(`https://accounts.test/?state=${state}`),
      exchangeCode: async (given) => {
        exchanged.push(given);
        return grant;
      },
      userInfo: async () => admin,
      ...replaced.oauth,
    },
  });
  const attempt = newAttempt({ purpose: 'connect', locale: 'en' }, startedAt);
  return { authorizeUrl, finish, attempt, answer: { state: attempt.state, code: 'code' }, stored, logged, exchanged };
};

type Given = { attempt: Attempt | null; answer: { state?: string; code?: string } };

const failing = (error: Error) => () => Promise.reject(error);

describe('an answer from Feishu', () => {
  it('connects: the code goes with its verifier, and the grant is stored with its person', async () => {
    const { finish, attempt, answer, stored, exchanged } = connecting();
    const until = startedAt / 1000 + 365 * 86_400;
    const outcome = await finish(attempt, answer, redirectUri);
    expect(outcome).toEqual({ kind: 'connected', ...admin, until, mayManageMeetings: true });
    expect(exchanged).toEqual([{ code: 'code', redirectUri, codeVerifier: attempt.codeVerifier }]);
    expect(stored).toEqual([[grant, admin]]);
  });

  it.each([
    ['without an attempt', 'no-attempt', (given) => ({ ...given, attempt: null })],
    ['without a state', 'other-state', ({ attempt }) => ({ attempt, answer: { code: 'code' } })],
    ['with an empty state', 'other-state', (given) => ({ ...given, answer: { ...given.answer, state: '' } })],
    [
      'with the state of another',
      'other-state',
      (given) => ({ ...given, attempt: newAttempt({ purpose: 'connect', locale: 'zh' }, startedAt) }),
    ],
    ['without a code', 'code-refused', ({ attempt, answer }) => ({ attempt, answer: { state: answer.state } })],
  ] satisfies [string, string, (given: { attempt: Attempt; answer: { state: string; code: string } }) => Given][])(
    'C1 does not count %s',
    async (_, because, change) => {
      const { finish, attempt, answer, stored, exchanged } = connecting();
      const given: Given = change({ attempt, answer });
      expect(await finish(given.attempt, given.answer, redirectUri)).toEqual({ kind: 'stale', because });
      expect([...stored, ...exchanged]).toEqual([]);
    },
  );

  it.each([
    ['a moment before ten minutes', 599_999, 'connected'],
    ['at ten minutes', 600_000, 'stale'],
  ])('C1 ends %s', async (_, laterMs, kind) => {
    const { finish, attempt, answer } = connecting({ now: () => startedAt + laterMs });
    expect((await finish(attempt, answer, redirectUri)).kind).toBe(kind);
  });

  it('C1 counts once, also when it comes a hundred times at the same moment', async () => {
    const { finish, attempt, answer, stored } = connecting();
    const answers = Array.from({ length: 100 }, () => finish(attempt, answer, redirectUri));
    const outcomes = await Promise.all(answers);
    expect(outcomes.filter(({ kind }) => kind === 'connected')).toHaveLength(1);
    expect(outcomes.filter((outcome) => 'because' in outcome && outcome.because === 'used')).toHaveLength(99);
    expect(stored).toHaveLength(1);
  });

  it('C1 counts once also when it said no', async () => {
    const { finish, attempt, answer } = connecting();
    const denied = { state: attempt.state, error: 'access_denied' };
    expect(await finish(attempt, denied, redirectUri)).toEqual({ kind: 'cancelled' });
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'stale', because: 'used' });
  });

  it.each([20003, 20004, 20024, 20049, 20065])('C1 has a code that Feishu refuses with %i', async (feishuCode) => {
    const exchangeCode = failing(new FeishuError('UNKNOWN', 'refused', { feishuCode }));
    const { finish, attempt, answer, stored } = connecting({ oauth: { exchangeCode } });
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'stale', because: 'code-refused' });
    expect(stored).toEqual([]);
  });

  it.each([
    ['', [...neededScopes]],
    ['vc:rooms.room.detailinfo:read', ['offline_access']],
    ['offline_access vc:rooms.room.detailinfo:readonly', ['vc:rooms.room.detailinfo:read']],
  ])('lacks scopes when %j was granted', async (scope, scopes) => {
    const exchangeCode = async () => ({ ...grant, scope });
    const { finish, attempt, answer, stored } = connecting({ oauth: { exchangeCode } });
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'missing-scopes', scopes });
    expect(stored).toEqual([]);
  });

  it('lacks offline_access when no refresh token came', async () => {
    const exchangeCode = async () => ({ ...grant, refreshToken: '' });
    const { finish, attempt, answer, stored } = connecting({ oauth: { exchangeCode } });
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'missing-scopes', scopes: ['offline_access'] });
    expect(stored).toEqual([]);
  });

  it.each([
    ['an empty list', []],
    ['a list of others', ['ou_other', 'ou_admin2', 'ou_', 'OU_ADMIN']],
  ])('C2 is refused for a person who is not on %s, before Feishu is asked anything more', async (_, admins) => {
    const mayManageMeetings = failing(new Error('not to be asked'));
    const { finish, attempt, answer, stored } = connecting({ admins, mayManageMeetings });
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'refused', openId: admin.openId });
    expect(stored).toEqual([]);
  });

  it('connects without the right to manage meetings, as that can be granted later', async () => {
    const { finish, attempt, answer, stored } = connecting({ mayManageMeetings: async () => false });
    expect(await finish(attempt, answer, redirectUri)).toMatchObject({ kind: 'connected', mayManageMeetings: false });
    expect(stored).toHaveLength(1);
  });

  it.each([
    ['the exchange', (fail: () => Promise<never>) => ({ oauth: { exchangeCode: fail } })],
    ['user_info', (fail: () => Promise<never>) => ({ oauth: { userInfo: fail } })],
    ['the probe', (fail: () => Promise<never>) => ({ mayManageMeetings: fail })],
  ])('C9 tells of a failure of Feishu’s in %s, with the remedy when a person can help', async (_, where) => {
    const appGone = new FeishuError('APP_DISABLED', 'disabled', { feishuCode: 99991662 });
    const asked = connecting(where(failing(appGone)));
    expect(await asked.finish(asked.attempt, asked.answer, redirectUri)).toEqual({
      kind: 'feishu-failed',
      code: '99991662',
      remedy: appGone.remedy,
    });
    const down = connecting(where(failing(new FeishuError('UNREACHABLE', 'no connection'))));
    expect(await down.finish(down.attempt, down.answer, redirectUri)).toEqual({
      kind: 'feishu-failed',
      code: 'UNREACHABLE',
      remedy: null,
    });
    expect([...asked.stored, ...down.stored]).toEqual([]);
    expect(asked.logged).toEqual([['connect', { outcome: 'feishu-failed', feishuCode: 99991662 }]]);
    expect(down.logged).toEqual([['connect', { outcome: 'feishu-failed', code: 'UNREACHABLE' }]]);
  });

  it('is not blamed on Feishu when the tokens cannot be stored', async () => {
    const error = new FeishuError('UNREACHABLE', 'the user token: cannot be stored');
    const { finish, attempt, answer } = connecting({ connect: failing(error) });
    await expect(finish(attempt, answer, redirectUri)).rejects.toBe(error);
  });

  it('O1 logs its outcome with the open_id alone', async () => {
    const { finish, attempt, answer, logged } = connecting();
    await finish(attempt, answer, redirectUri);
    expect(logged).toEqual([['connect', { outcome: 'connected' }]]);
  });
});

describe('the way to Feishu', () => {
  it('asks for the two scopes, with the state and the S256 challenge of this attempt', () => {
    const asked: unknown[] = [];
    const oauth = {
      authorizeUrl: (given: unknown) => {
        asked.push(given);
        return new URL('https://accounts.test');
      },
    };
    // The example of RFC 7636, appendix B.
    const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const codeChallenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    const { attempt, authorizeUrl } = connecting({ oauth });
    authorizeUrl({ ...attempt, codeVerifier }, redirectUri);
    expect(asked).toEqual([{ redirectUri, scopes: neededScopes, state: attempt.state, codeChallenge }]);
  });
});
