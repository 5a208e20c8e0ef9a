import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it, type TestContext } from 'vitest';
import { directoryObjects } from '../src/store/directory.ts';
import { secretStore } from '../src/store/secrets.ts';
import { authorisationOn } from './authorisation-deps.ts';
import { virtualClock } from './feishu/clock.ts';
import type { Round, Setting } from './refresher.ts';
import { startTokenEndpoint, type TokenEndpoint } from './token-endpoint.ts';

const range = (count: number) => [...Array(count).keys()];
const person = { openId: 'ou_1', name: '' };
/** A grant whose access token outlives the test. */
const consentOn = (endpoint: TokenEndpoint) => ({ ...endpoint.consent(), accessTokenExpiresAt: 9e9 });
const hour = 3600;

/** A bucket and a secret on the disk, connected, with an access token that ended an hour ago. */
const start = async ({ onTestFinished }: Pick<TestContext, 'onTestFinished'>) => {
  const root = await mkdtemp(join(tmpdir(), 'rollcall-authorisation-'));
  const endpoint = await startTokenEndpoint();
  onTestFinished(() => rm(root, { recursive: true }));
  onTestFinished(endpoint.close);
  const bucket = join(root, 'bucket');
  const secretId = pathToFileURL(join(root, 'user-token.json')).href;
  const view = (atSeconds: number) =>
    authorisationOn({
      url: endpoint.url,
      objects: directoryObjects(bucket),
      secrets: secretStore(),
      secretId,
      clock: virtualClock(atSeconds),
    });
  const nowSeconds = Math.floor(Date.now() / 1000);
  const grant = { ...endpoint.consent(), accessTokenExpiresAt: nowSeconds - hour };
  await view(nowSeconds - 3 * hour).connect(grant, person);
  /** What this process sees when every lease of a process that halted has run out. */
  const later = () => view(nowSeconds + 90);

  const spawnRefresher = async (halt?: Setting['halt']) => {
    const setting: Setting = { url: endpoint.url, bucket, secretId, ...(halt && { halt }) };
    const script = fileURLToPath(new URL('./refresher.ts', import.meta.url));
    const child = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', script, JSON.stringify(setting)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'message');
    return child;
  };
  return { endpoint, later, spawnRefresher };
};

const ask = (child: ChildProcess, round: Partial<Round> = {}): void => {
  child.send({ contenders: 1, offsetMs: 0, ...round });
};
const answer = async (child: ChildProcess): Promise<string[]> => (await once(child, 'message'))[0];

describe.concurrent('refreshers in separate processes', () => {
  it.sequential('T1 of 200 contenders in 8 processes one refreshes, in each of 10 rounds', async (context) => {
    const { endpoint, spawnRefresher } = await start(context);
    const children = await Promise.all(range(8).map(() => spawnRefresher()));
    for (const round of range(10)) {
      const answers = children.map(answer);
      for (const child of children) ask(child, { contenders: 25, offsetMs: round === 0 ? 0 : 7200_000 });
      const tokens = (await Promise.all(answers)).flat();
      expect(tokens).toHaveLength(200);
      expect(new Set(tokens).size).toBe(1);
      expect(tokens[0]).toSatisfy(endpoint.isLive);
      expect(endpoint.counts()).toEqual({ asked: round + 1, granted: round + 1 });
    }
  }, 60_000);

  /** Outbound calls of one undisturbed refresh: read, lease (2), read, connection, Feishu, store, connection, lease. */
  const refreshCalls = 9;
  const feishuCall = 5;
  const storeCall = 6;
  /** Those of connecting: lease (2), store, connection, lease. */
  const connectCalls = 5;
  const connectStoreCall = 2;

  it('makes as many outbound calls as the kills below count', async (context) => {
    const { spawnRefresher } = await start(context);
    const refreshing = await spawnRefresher({ at: 2 * refreshCalls, signal: 'SIGKILL' });
    ask(refreshing);
    expect((await answer(refreshing))[0]).toMatch(/^canary-access/);
    const { endpoint, spawnRefresher: spawnConnecting } = await start(context);
    const connecting = await spawnConnecting({ at: 2 * connectCalls, signal: 'SIGKILL' });
    ask(connecting, { connectWith: consentOn(endpoint) });
    expect(await answer(connecting)).toEqual(['connected']);
  });

  it.for(range(2 * refreshCalls))(
    'T2 T4 killed at half step %i of a refresh: the tokens work, or a person is asked for; never a loop',
    async (at, context) => {
      const { endpoint, later, spawnRefresher } = await start(context);
      const child = await spawnRefresher({ at, signal: 'SIGKILL' });
      ask(child);
      await once(child, 'exit');

      const outcome = await later()
        .tokens.get()
        .catch((error: unknown) => error);
      const { asked } = endpoint.counts();
      expect(asked).toBeLessThanOrEqual(2);
      const lost = at > 2 * feishuCall && at <= 2 * storeCall;
      if (lost) {
        expect(outcome).toMatchObject({ code: 'AUTHORISE_AGAIN', kind: 'person' });
        expect(await later().status()).toMatchObject({ state: 'authorise-again', feishuCode: 20073 });
        await expect(later().tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
        expect(endpoint.counts().asked).toBe(asked);
        await later().connect(consentOn(endpoint), person);
      } else expect(outcome).toSatisfy(endpoint.isLive);
      expect(await later().tokens.get()).toSatisfy(endpoint.isLive);
      expect(endpoint.counts().asked).toBe(asked);
    },
  );

  it.for(range(2 * connectCalls))(
    'T2 killed at half step %i of connecting: what is stored counts',
    async (at, context) => {
      const { endpoint, later, spawnRefresher } = await start(context);
      const child = await spawnRefresher({ at, signal: 'SIGKILL' });
      ask(child, { connectWith: consentOn(endpoint) });
      await once(child, 'exit');

      const stored = at > 2 * connectStoreCall;
      const outcome = await later()
        .tokens.get()
        .catch((error: unknown) => error);
      if (stored) expect(outcome).toSatisfy(endpoint.isLive);
      else expect(outcome).toMatchObject({ code: 'AUTHORISE_AGAIN' });
      expect(endpoint.counts().asked).toBe(stored ? 0 : 1);
      await later().connect(consentOn(endpoint), person);
      expect(await later().tokens.get()).toSatisfy(endpoint.isLive);
      expect(await later().status()).toMatchObject({ state: 'connected', openId: 'ou_1' });
    },
  );

  describe('T4 a holder that is stopped for longer than its lease', () => {
    const stopped = async (at: number, context: TestContext) => {
      const all = await start(context);
      const child = await all.spawnRefresher({ at, signal: 'SIGSTOP' });
      ask(child);
      expect(await answer(child)).toBe('halting');
      return { ...all, child };
    };
    const resume = async (child: ChildProcess) => {
      child.kill('SIGCONT');
      return (await answer(child))[0];
    };

    it('before it asks Feishu: it finds that another has refreshed, and takes that', async (context) => {
      const { endpoint, later, child } = await stopped(2 * feishuCall, context);
      const token = await later().tokens.get();
      expect(await resume(child)).toBe(token);
      expect(token).toSatisfy(endpoint.isLive);
      expect(endpoint.counts()).toEqual({ asked: 2, granted: 1 });
      expect(await later().status()).toMatchObject({ state: 'connected' });
    });

    it('with the answer in its hands: it stores the only pair that lives, and nobody need authorise', async (context) => {
      const { endpoint, later, child } = await stopped(2 * feishuCall + 1, context);
      await expect(later().tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
      const token = await resume(child);
      expect(token).toSatisfy(endpoint.isLive);
      expect(await later().tokens.get()).toBe(token);
      expect(await later().status()).toMatchObject({ state: 'connected' });
    });

    it('with the answer in its hands while a person connects: the person’s pair stays', async (context) => {
      const { endpoint, later, child } = await stopped(2 * feishuCall + 1, context);
      const grant = consentOn(endpoint);
      await later().connect(grant, { openId: 'ou_2', name: '' });
      expect(await resume(child)).toBe(grant.accessToken);
      expect(await later().tokens.get()).toBe(grant.accessToken);
      expect(await later().status()).toMatchObject({ state: 'connected', openId: 'ou_2' });
    });
  });
});
