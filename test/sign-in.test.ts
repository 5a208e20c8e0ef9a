import { describe, expect, it } from 'vitest';
import { codeChallenge, newAttempt } from '../src/console/attempt.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { createSignIn, type SignInDeps } from '../src/sign-in.ts';
import { attemptStore } from '../src/store/attempts.ts';
import { memoryObjects } from './memory-store.ts';

const startedAt = 1_800_000_000_000;
const redirectUri = 'https://console.test/connect/callback';
const me = { openId: 'ou_me', name: 'canary-name' };
const grant = {
  accessToken: 'canary-access',
  accessTokenExpiresAt: 1,
  refreshToken: '',
  refreshTokenExpiresAt: 0,
  scope: '',
};

type Replaced = Partial<Omit<SignInDeps, 'oauth'>> & { oauth?: Partial<SignInDeps['oauth']> };

/** A sign-in in which all is well but what is replaced; `did` is what it did, in order. */
const signingIn = (replaced: Replaced = {}) => {
  const did: unknown[] = [];
  const logged: unknown[] = [];
  const deps: SignInDeps = {
    useOnce: attemptStore(memoryObjects()).useOnce,
    mayEnter: (openId) => openId === me.openId,
    onSignedIn: async (person) => void did.push(['trace', person]),
    now: () => startedAt,
    log: (event, fields) => void logged.push([event, fields]),
    ...replaced,
    oauth: {
      authorizeUrl: (given) => new URL(`https://accounts.test/?given=${encodeURIComponent(JSON.stringify(given))}`),
      exchangeCode: async (given) => {
        did.push(['exchange', given]);
        return grant;
      },
      userInfo: async (token) => {
        did.push(['user', token]);
        return me;
      },
      ...replaced.oauth,
    },
  };
  const attempt = newAttempt({ purpose: 'sign-in', locale: 'en' }, startedAt);
  return { ...createSignIn(deps), attempt, answer: { state: attempt.state, code: 'code' }, did, logged };
};
const rejecting = (error: Error) => () => Promise.reject(error);

describe('signing in', () => {
  it('asks Feishu for no scope, and binds the answer to this browser', () => {
    const { authorizeUrl, attempt } = signingIn();
    const given = JSON.parse(authorizeUrl(attempt, redirectUri).searchParams.get('given') ?? '');
    expect(given).toEqual({
      redirectUri,
      scopes: [],
      state: attempt.state,
      codeChallenge: codeChallenge(attempt.codeVerifier),
    });
  });

  it('tells who somebody is, and leaves a trace of them before they are in', async () => {
    const { finish, attempt, answer, did, logged } = signingIn();
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'signed-in', ...me });
    expect(did).toEqual([
      ['exchange', { code: 'code', redirectUri, codeVerifier: attempt.codeVerifier }],
      ['user', 'canary-access'],
      ['trace', me],
    ]);
    expect(logged).toEqual([['sign-in', { outcome: 'signed-in' }]]);
    expect(JSON.stringify(logged)).not.toContain('canary');
  });

  it('lets nobody in whose trace could not be written', async () => {
    const { finish, attempt, answer, logged } = signingIn({ onSignedIn: rejecting(new Error('no answer')) });
    await expect(finish(attempt, answer, redirectUri)).rejects.toThrow('no answer');
    expect(logged).toEqual([]);
  });

  it('C2 refuses who is on no list, without a trace of their name', async () => {
    const { finish, attempt, answer, did, logged } = signingIn({ mayEnter: () => false });
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'refused', openId: 'ou_me' });
    expect(did).not.toContainEqual(['trace', me]);
    expect(logged).toEqual([['sign-in', { outcome: 'refused' }]]);
  });

  it.each<
    [string, string, (world: ReturnType<typeof signingIn>) => Parameters<ReturnType<typeof signingIn>['finish']>]
  >([
    ['without an attempt', 'no-attempt', ({ answer }) => [null, answer, redirectUri]],
    ['without a state', 'other-state', ({ attempt }) => [attempt, { code: 'code' }, redirectUri]],
    ['with another’s state', 'other-state', ({ attempt }) => [attempt, { state: 'x', code: 'code' }, redirectUri]],
    ['without a code', 'code-refused', ({ attempt, answer }) => [attempt, { state: answer.state }, redirectUri]],
    ['with an empty code', 'code-refused', ({ attempt, answer }) => [attempt, { ...answer, code: '' }, redirectUri]],
    [
      'at the end of its ten minutes',
      'expired',
      ({ attempt, answer }) => [{ ...attempt, expiresAt: startedAt }, answer, redirectUri],
    ],
  ])('C1 takes no answer %s', async (_, because, given) => {
    const world = signingIn();
    expect(await world.finish(...given(world))).toEqual({ kind: 'stale', because });
    expect(world.did).toEqual([]);
  });

  it('C1 takes an answer until the last moment, and once, also of two at the same time', async () => {
    const { finish, attempt, answer, did } = signingIn();
    const last = { ...attempt, expiresAt: startedAt + 1 };
    const outcomes = await Promise.all([finish(last, answer, redirectUri), finish(last, answer, redirectUri)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['signed-in', 'stale']);
    expect(await finish(last, answer, redirectUri)).toEqual({ kind: 'stale', because: 'used' });
    expect(did.filter((each) => Array.isArray(each) && each[0] === 'exchange')).toHaveLength(1);
  });

  it('is cancelled by who does not agree', async () => {
    const { finish, attempt, did } = signingIn();
    const answer = { state: attempt.state, error: 'access_denied' };
    expect(await finish(attempt, answer, redirectUri)).toEqual({ kind: 'cancelled' });
    expect(did).toEqual([]);
  });

  it.each<[string, FeishuError, object]>([
    [
      'a code that Feishu does not know',
      new FeishuError('BAD_REQUEST', 'told', { feishuCode: 20003 }),
      { kind: 'stale', because: 'code-refused' },
    ],
    [
      'C9 a Feishu that does not answer',
      new FeishuError('UNREACHABLE', 'told'),
      { kind: 'feishu-failed', code: 'UNREACHABLE', remedy: null },
    ],
    [
      'an app that was switched off',
      new FeishuError('APP_DISABLED', 'told', { feishuCode: 99991662 }),
      {
        kind: 'feishu-failed',
        code: '99991662',
        remedy: { en: expect.stringMatching(/\w/), zh: expect.stringMatching(/\p{Script=Han}/u) },
      },
    ],
  ])('ends in words on %s', async (_, error, outcome) => {
    for (const oauth of [{ exchangeCode: rejecting(error) }, { userInfo: rejecting(error) }]) {
      const { finish, attempt, answer, did } = signingIn({ oauth });
      expect(await finish(attempt, answer, redirectUri)).toEqual(outcome);
      expect(did).not.toContainEqual(['trace', me]);
    }
  });

  it('hides no bug behind a page', async () => {
    const { finish, attempt, answer } = signingIn({ oauth: { userInfo: rejecting(new TypeError('a bug')) } });
    await expect(finish(attempt, answer, redirectUri)).rejects.toThrow('a bug');
  });

  it('is an error while the bucket cannot say whether the attempt was used', async () => {
    const { finish, attempt, answer, did } = signingIn({ useOnce: rejecting(new Error('no answer')) });
    await expect(finish(attempt, answer, redirectUri)).rejects.toThrow('no answer');
    expect(did).toEqual([]);
  });
});
