import { describe, expect, it } from 'vitest';
import { appCredentials, cachedCredentials } from '../../src/store/credentials.ts';

const canary = 's3cr3t-canary';
const good = { appId: 'cli_1', appSecret: canary, verificationToken: canary };
const problemOf = (secret: unknown) => {
  try {
    appCredentials('rollcall/app', typeof secret === 'string' ? secret : JSON.stringify(secret));
  } catch (error) {
    return error;
  }
  return null;
};

describe('app credentials', () => {
  it.each([
    ['the least', good],
    ['an encrypt key', { ...good, encryptKey: 'k1' }],
    ['W10 two keys during a rotation', { ...good, encryptKey: 'k2', previousEncryptKey: 'k1' }],
  ])('are read with %s', (_, secret) => {
    expect(appCredentials('rollcall/app', JSON.stringify(secret))).toEqual(secret);
  });

  it.each([
    ['no JSON', `{"appSecret":"${canary}",}`, 'is not a JSON object'],
    ['a list', [canary], 'is not a JSON object'],
    ['a missing id', { ...good, appId: undefined }, 'appId is missing'],
    ['an empty secret', { ...good, appSecret: '' }, 'appSecret must not be empty or begin or end with a space'],
    [
      'a pasted line break',
      { ...good, verificationToken: `${canary}\n` },
      'verificationToken must not be empty or begin or end with a space',
    ],
    ['a number', { ...good, encryptKey: 1 }, 'encryptKey must be a text'],
    ['an old key alone', { ...good, previousEncryptKey: canary }, 'encryptKey is missing beside previousEncryptKey'],
    ['an unknown field', { ...good, [canary]: canary }, 'has 1 unknown field(s)'],
    ['two problems', { appSecret: canary }, 'appId is missing; verificationToken is missing'],
  ])('W9 O1 with %s are refused, naming secret and field and no value', (_, secret, problem) => {
    expect(problemOf(secret)).toMatchObject({ code: 'CORRUPT', message: `Secret rollcall/app: ${problem}` });
    expect(problemOf(secret)).not.toHaveProperty('cause');
  });
});

describe('cached credentials', () => {
  /** A secret that each read takes from `next`, and a clock in milliseconds. */
  const cache = () => {
    const world = {
      now: 0,
      next: JSON.stringify({ ...good, appId: 'one' }) as string | Error,
      reads: 0,
      /** Until which the store keeps silent. */
      answers: Promise.resolve(),
      sleeps: new Promise<void>(() => {}),
      stale: [] as unknown[],
    };
    const read = cachedCredentials({
      secrets: {
        get: async () => {
          world.reads += 1;
          await world.answers;
          if (world.next instanceof Error) throw world.next;
          return { value: world.next, versionId: '' };
        },
      },
      secretId: 'rollcall/app',
      now: () => world.now,
      sleep: () => world.sleeps,
      onStale: (error) => world.stale.push(error),
    });
    return { world, appId: async () => (await read()).appId };
  };
  const minutes = (count: number) => count * 60_000;

  it.each([
    ['just before five minutes', minutes(5) - 1, 'one'],
    ['at five minutes', minutes(5), 'two'],
  ])('W10 follow a rotation %s', async (_, age, appId) => {
    const { world, appId: ask } = cache();
    expect(await ask()).toBe('one');
    world.next = JSON.stringify({ ...good, appId: 'two' });
    world.now = age;
    expect(await ask()).toBe(appId);
  });

  it.each([
    ['the store is down', new Error('down')],
    ['the new value is malformed', '{}'],
  ])('serve the last good ones while %s, say so, and try again 30 seconds later', async (_, next) => {
    const { world, appId } = cache();
    await appId();
    world.next = next;
    world.now = minutes(5);
    expect([await appId(), world.stale.length, world.reads]).toEqual(['one', 1, 2]);
    world.now += 29_999;
    expect([await appId(), world.stale.length, world.reads]).toEqual(['one', 1, 2]);
    world.now += 1;
    world.next = JSON.stringify({ ...good, appId: 'two' });
    expect([await appId(), world.reads]).toEqual(['two', 3]);
  });

  it('W13 serve the last good ones while the store is slow, and the new ones once it has answered', async () => {
    const { world, appId } = cache();
    await appId();
    let answer = () => {};
    world.answers = new Promise((resolve) => {
      answer = resolve;
    });
    world.next = JSON.stringify({ ...good, appId: 'two' });
    world.now = minutes(5);
    world.sleeps = Promise.resolve();
    expect([await appId(), await appId(), world.reads]).toEqual(['one', 'one', 2]);
    answer();
    await world.answers;
    world.sleeps = new Promise(() => {});
    expect([await appId(), world.reads, world.stale]).toEqual(['two', 2, []]);
  });

  it('W13 are waited for while none was ever read', async () => {
    const { world, appId } = cache();
    world.sleeps = Promise.resolve();
    expect(await appId()).toBe('one');
  });

  it('W9 are an error while none was ever read, and are asked for again', async () => {
    const { world, appId } = cache();
    const next = world.next;
    world.next = new Error('down');
    await expect(appId()).rejects.toThrow('down');
    world.next = next;
    expect(await appId()).toBe('one');
  });

  it('are read once for calls that come together', async () => {
    const { world, appId } = cache();
    await Promise.all([appId(), appId(), appId()]);
    expect(world.reads).toBe(1);
  });
});
