import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Participant } from '../src/domain/meeting.ts';
import { createFeishuClient } from '../src/feishu/client.ts';
import { listParticipants } from '../src/feishu/participants.ts';
import { StoreError } from '../src/store/objects.ts';
import { authorisationOn, laggingSecrets } from './authorisation-deps.ts';
import { virtualClock } from './feishu/clock.ts';
import { type Answer, success } from './feishu/server.ts';
import { memoryObjects } from './memory-store.ts';
import { loseAnswer, refusal, startTokenEndpoint } from './token-endpoint.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const person = { openId: 'ou_1', name: '张三' };
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const leaseKey = 'state/user-token-lease.json';

/** Everything around one authorised user, connected now; `view` is what one more Lambda sees of it. */
const start = async (options: { serve?: () => Answer; rejectWith?: Answer } = {}) => {
  const clock = virtualClock();
  const endpoint = await startTokenEndpoint({ now: () => Math.floor(clock.now() / 1000), ...options });
  closing.push(endpoint.close);
  const secrets = laggingSecrets(clock);
  const bucket = memoryObjects();
  const objects = { get: bucket.get, put: bucket.put };
  const lines: string[] = [];
  const log = (event: string, fields: object) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const view = (patience: { patienceMs?: number } = {}) =>
    authorisationOn({ url: endpoint.url, objects, secrets, clock, log, ...patience });
  const one = view();
  await one.connect(endpoint.consent(), person);
  return { clock, endpoint, secrets, bucket, objects, lines, view, one };
};

const down = async (): Promise<never> => {
  throw new StoreError('UNAVAILABLE', 'no answer');
};

describe('the user token', () => {
  it('T9 is read from memory until its end, and refreshed then', async () => {
    const { clock, endpoint, one } = await start();
    const first = await one.tokens.get();
    await clock.sleep(2 * hourMs - 1);
    expect(await one.tokens.get()).toBe(first);
    expect(endpoint.counts().asked).toBe(0);
    await clock.sleep(1);
    const second = await one.tokens.get();
    expect(second).not.toBe(first);
    expect(second).toSatisfy(endpoint.isLive);
    expect(endpoint.counts()).toEqual({ asked: 1, granted: 1 });
  });

  it('is another’s refresh when there was one', async () => {
    const { clock, endpoint, one, view } = await start();
    await clock.sleep(2 * hourMs);
    const token = await view().tokens.get();
    expect(await one.tokens.get()).toBe(token);
    expect(await view().tokens.get()).toBe(token);
    expect(endpoint.counts().asked).toBe(1);
  });

  it('T1 200 callers in one process make one refresh', async () => {
    const { clock, endpoint, one } = await start();
    await clock.sleep(2 * hourMs);
    const tokens = await Promise.all(Array.from({ length: 200 }, () => one.tokens.get()));
    expect(new Set(tokens).size).toBe(1);
    expect(endpoint.counts().asked).toBe(1);
  });

  it('keeps who authorised and when through a refresh', async () => {
    const { clock, secrets, one } = await start();
    const { value } = await secrets.get('user-token');
    await clock.sleep(2 * hourMs);
    await one.tokens.get();
    const { authorizedAt, openId, name, scope } = JSON.parse(value) as Record<string, unknown>;
    const after = JSON.parse((await secrets.get('user-token')).value) as Record<string, unknown>;
    expect(after).toMatchObject({ authorizedAt, openId, name, scope });
    expect(after.accessToken).toBe(await one.tokens.get());
  });

  it('waits for a person before anybody connected, and goes on by itself when somebody has', async () => {
    const { endpoint, objects, clock } = await start();
    const nobody = authorisationOn({ url: endpoint.url, objects, secrets: laggingSecrets(clock), clock });
    await expect(nobody.tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN', kind: 'person' });
    expect(endpoint.counts().asked).toBe(0);
    await nobody.connect(endpoint.consent(), person);
    expect(await nobody.tokens.get()).toSatisfy(endpoint.isLive);
  });
});

describe('T3 an answer that is lost', () => {
  it('is not asked for again before the secret was read again, and then a person is needed, once', async () => {
    const { clock, endpoint, secrets, view } = await start();
    await clock.sleep(2 * hourMs);
    endpoint.misbehave(loseAnswer);
    await expect(view().tokens.get()).rejects.toMatchObject({ kind: 'retry' });
    expect(secrets.writes).toHaveLength(1);
    const lambda = view();
    await expect(lambda.tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
    expect(await lambda.status()).toMatchObject({ state: 'authorise-again', feishuCode: 20073 });
    for (const again of [lambda, view(), view()])
      await expect(again.tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
    expect(endpoint.counts().asked).toBe(2);
  });

  it('costs nothing when Feishu had not carried the call out', async () => {
    const { clock, endpoint, one } = await start();
    await clock.sleep(2 * hourMs);
    endpoint.misbehave(() => (response) => response.destroy());
    await expect(one.tokens.get()).rejects.toMatchObject({ kind: 'retry' });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
  });
});

describe('T4 fails closed', () => {
  it('when the bucket is down: no refresh without the lease, and a retry', async () => {
    const { clock, endpoint, objects, one, view } = await start();
    const { get, put } = objects;
    await clock.sleep(2 * hourMs);
    Object.assign(objects, { get: down });
    await expect(one.tokens.get()).rejects.toMatchObject({ code: 'UNREACHABLE', kind: 'retry' });
    Object.assign(objects, { get, put: down });
    await expect(view().tokens.get()).rejects.toMatchObject({ code: 'UNREACHABLE', kind: 'retry' });
    expect(endpoint.counts().asked).toBe(0);
    Object.assign(objects, { put });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
  });

  it('when the secret cannot be read', async () => {
    const { clock, endpoint, secrets, one } = await start();
    const { get } = secrets;
    await clock.sleep(2 * hourMs);
    Object.assign(secrets, { get: down });
    await expect(one.tokens.get()).rejects.toMatchObject({ code: 'UNREACHABLE', kind: 'retry' });
    expect(endpoint.counts().asked).toBe(0);
    Object.assign(secrets, { get });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
  });

  it('when the answer cannot be stored: it is not used, but kept, and stored by the next who asks here', async () => {
    const { clock, endpoint, secrets, one, view } = await start();
    const { put } = secrets;
    await clock.sleep(2 * hourMs);
    Object.assign(secrets, { put: down });
    await expect(one.tokens.get()).rejects.toMatchObject({ code: 'UNREACHABLE', kind: 'retry' });
    await expect(view().tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
    Object.assign(secrets, { put });
    const token = await one.tokens.get();
    expect(token).toSatisfy(endpoint.isLive);
    expect(await view().tokens.get()).toBe(token);
    expect(await view().status()).toMatchObject({ state: 'connected' });
    expect(endpoint.counts()).toEqual({ asked: 2, granted: 1 });
  });

  it('an answer that was kept is forgotten when a person has connected meanwhile', async () => {
    const { clock, endpoint, secrets, one, view } = await start();
    const { put } = secrets;
    await clock.sleep(2 * hourMs);
    Object.assign(secrets, { put: down });
    await expect(one.tokens.get()).rejects.toMatchObject({ kind: 'retry' });
    Object.assign(secrets, { put });
    await view().connect(endpoint.consent(), { openId: 'ou_2', name: '' });
    await clock.sleep(2 * hourMs);
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(await view().status()).toMatchObject({ state: 'connected', openId: 'ou_2' });
  });

  it('a write of the secret that fails three times is tried again, before the token is used', async () => {
    const { clock, endpoint, secrets, one, view } = await start();
    const { put } = secrets;
    await clock.sleep(2 * hourMs);
    let failures = 3;
    Object.assign(secrets, { put: (id: string, value: string) => (failures-- > 0 ? down() : put(id, value)) });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(await view().tokens.get()).toBe(await one.tokens.get());
  });

  it('waits for the lease of a dead holder to end, and no longer', async () => {
    const { clock, endpoint, bucket, one } = await start();
    await clock.sleep(2 * hourMs);
    const held = JSON.stringify({ owner: 'dead', expiresAt: clock.now() + 60_000, versionId: 'v0' });
    await bucket.put(leaseKey, new TextEncoder().encode(held), { contentType: '', when: 'any' });
    const before = clock.now();
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(clock.now() - before).toBeGreaterThanOrEqual(60_000);
    expect(clock.now() - before).toBeLessThan(62_000);
  });

  it('begins no refresh that its function might not live to store: a short patience ends before the lease does', async () => {
    const { clock, endpoint, bucket, view } = await start();
    await clock.sleep(2 * hourMs);
    const held = JSON.stringify({ owner: 'dead', expiresAt: clock.now() + 60_000, versionId: 'v0' });
    await bucket.put(leaseKey, new TextEncoder().encode(held), { contentType: '', when: 'any' });
    const before = clock.now();
    const hurried = view({ patienceMs: 12_000 });
    await expect(hurried.tokens.get()).rejects.toMatchObject({ code: 'DEADLINE', kind: 'retry' });
    expect(clock.now() - before).toBeLessThan(14_000);
    expect(endpoint.counts().asked).toBe(0);
    await clock.sleep(60_000);
    expect(await hurried.tokens.get()).toSatisfy(endpoint.isLive);
  });

  it('gives up for now when the lease is never free', async () => {
    const { clock, endpoint, bucket, one } = await start();
    await clock.sleep(2 * hourMs);
    const held = JSON.stringify({ owner: 'busy', expiresAt: clock.now() + 10 * dayMs, versionId: 'v0' });
    await bucket.put(leaseKey, new TextEncoder().encode(held), { contentType: '', when: 'any' });
    await expect(one.tokens.get()).rejects.toMatchObject({ code: 'DEADLINE', kind: 'retry' });
    await expect(one.connect(endpoint.consent(), person)).rejects.toMatchObject({ kind: 'retry' });
    expect(endpoint.counts().asked).toBe(0);
  });

  it('does not spend the refresh token when reading took so long that the lease could end meanwhile', async () => {
    const { clock, endpoint, secrets, one } = await start();
    const { get } = secrets;
    await clock.sleep(2 * hourMs);
    let slowReads = 2;
    const slow = async (id: string) => {
      if (slowReads-- > 0) await clock.sleep(30_000);
      return get(id);
    };
    Object.assign(secrets, { get: slow });
    endpoint.misbehave((commit) => {
      expect(slowReads).toBeLessThan(-1);
      return commit();
    });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(endpoint.counts().asked).toBe(1);
  });
});

describe('T5 a read of the secret that lags behind', () => {
  it('is noticed by its version and repeated; nobody refreshes twice', async () => {
    const { clock, endpoint, secrets, one, view } = await start();
    await clock.sleep(2 * hourMs);
    secrets.lagMs = 5000;
    const token = await one.tokens.get();
    expect(await view().tokens.get()).toBe(token);
    expect(endpoint.counts().asked).toBe(1);
  });

  it('for longer than is waited: the old pair is refused, and the new one ends that by itself', async () => {
    const { clock, endpoint, secrets, one, view } = await start();
    await clock.sleep(2 * hourMs);
    secrets.lagMs = 30_000;
    const token = await one.tokens.get();
    const other = view();
    await expect(other.tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
    await clock.sleep(30_000);
    expect(await other.tokens.get()).toBe(token);
    expect(endpoint.counts()).toEqual({ asked: 2, granted: 1 });
  });
});

describe('T6 what needs a person', () => {
  it.each([
    [20026, 'AUTHORISE_AGAIN'],
    [20037, 'AUTHORISE_AGAIN'],
    [20064, 'AUTHORISE_AGAIN'],
    [20073, 'AUTHORISE_AGAIN'],
    [20074, 'REFRESH_NOT_ENABLED'],
    [20008, 'USER_GONE'],
    [20066, 'USER_GONE'],
    [20010, 'USER_NOT_ALLOWED'],
  ])('%i: is noted with cause and time, not asked again, and ended by connecting', async (feishuCode, cause) => {
    const { clock, endpoint, secrets, lines, one, view } = await start();
    const before = await secrets.get('user-token');
    await clock.sleep(2 * hourMs);
    endpoint.misbehave(() => refusal(feishuCode));
    await expect(one.tokens.get()).rejects.toMatchObject({ code: cause, feishuCode, kind: 'person' });
    const status = await view().status();
    expect(status).toMatchObject({ state: 'authorise-again', cause, feishuCode });
    expect(clock.now() / 1000 - (status?.since ?? 0)).toBeLessThan(10);
    expect(lines).toContain(`authorisation.lost ${JSON.stringify({ cause, feishuCode })}`);

    for (const again of [one, view(), view()])
      await expect(again.tokens.get()).rejects.toMatchObject({ code: cause, feishuCode, kind: 'person' });
    await expect(view().keepAlive()).rejects.toMatchObject({ code: cause });
    expect(endpoint.counts().asked).toBe(1);
    expect(await secrets.get('user-token')).toEqual(before);

    await view().connect(endpoint.consent(), person);
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(await one.status()).toEqual({
      state: 'connected',
      since: Math.floor(clock.now() / 1000),
      lastRefreshAt: Math.floor(clock.now() / 1000),
      ...person,
    });
  });

  it.each([20064, 20073])('%i because another has won: theirs is used', async (code) => {
    const { clock, endpoint, secrets, one } = await start();
    await clock.sleep(2 * hourMs);
    const { value } = await secrets.get('user-token');
    endpoint.misbehave((commit) => {
      commit();
      const won = endpoint.consent();
      void secrets.put('user-token', JSON.stringify({ ...JSON.parse(value), ...won }));
      return refusal(code);
    });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(await one.status()).toMatchObject({ state: 'connected' });
  });

  it('a refused app secret waits for a person too, and is tried again: no new authorisation cures it', async () => {
    const { clock, endpoint, one } = await start();
    await clock.sleep(2 * hourMs);
    endpoint.misbehave(() => refusal(20002));
    await expect(one.tokens.get()).rejects.toMatchObject({ code: 'BAD_CREDENTIALS', kind: 'person' });
    expect(await one.status()).toMatchObject({ state: 'connected' });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
  });
});

describe('T7 whatever the token endpoint answers', () => {
  const html = '<html>canary-person</html>';
  it.each([
    ['HTTP 400 with HTML', { status: 400, raw: html }],
    ['HTTP 200 with HTML', { raw: html }],
    ['HTTP 500 with HTML', { status: 500, raw: html }],
    ['HTTP 503 with nothing', { status: 503, raw: '' }],
    ['HTTP 400 without a code', { status: 400, json: { error: 'invalid_grant' } }],
    ['HTTP 500 and 20050', refusal(20050, 500)],
    ['HTTP 400 and 20072', refusal(20072)],
    ['HTTP 429', { status: 429, raw: '' }],
    ['code 0 without a token', { json: { code: 0 } }],
    ['code 0 with an empty token', { json: { code: 0, access_token: '', refresh_token: 'canary' } }],
    ['truncated JSON', { raw: '{"code":0,"access_token":"canary' }],
    ['a JSON array', { raw: '[]' }],
  ] as [string, Answer][])('%s: what is stored stays, and the next call may succeed', async (_, answer) => {
    const { clock, endpoint, secrets, one } = await start();
    const before = await secrets.get('user-token');
    await clock.sleep(2 * hourMs);
    endpoint.misbehave(() => answer);
    const error: unknown = await one.tokens.get().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: 'retry' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
    expect(await secrets.get('user-token')).toEqual(before);
    expect(await one.status()).toMatchObject({ state: 'connected' });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
  });
});

describe('T8 a token rejected in the middle of paging', () => {
  const startsAt = 1_699_990_000;
  const rejections: [number, number][] = [200, 400, 401].flatMap((status) =>
    [1, 2, 3].map((page): [number, number] => [status, page]),
  );
  it.each(rejections)('HTTP %i on page %i: every row comes, with one refresh', async (status, page) => {
    let served = 0;
    const all = await start({
      rejectWith: { status, json: { code: 99991663, msg: 'token invalid' } },
      serve: () => {
        served += 1;
        // Dies after the page before; the one who asks does not know.
        if (served === page - 1) all.endpoint.rejectAccess();
        const more = served < 3;
        return success({
          participants: [{ user_id: `ou_${served}` }],
          has_more: more,
          ...(more && { page_token: `${served}` }),
        });
      },
    });
    const { clock, endpoint, one } = all;
    if (page === 1) endpoint.rejectAccess();
    const client = createFeishuClient({ baseUrl: endpoint.url, tokens: one.tokens, clock });
    const query = { startsAt, endsAt: startsAt + 3600, meetingNo: '123456789' };
    const ids: string[] = [];
    const onPage = (rows: readonly Participant[]) => void ids.push(...rows.map(({ userId }) => userId));
    const options = { clock, detail: 'standard', deadlineAt: clock.now() + 300_000, onPage } as const;
    await listParticipants(client, query, options);
    expect(ids).toEqual(['ou_1', 'ou_2', 'ou_3']);
    expect(endpoint.counts().asked).toBe(1);
  });

  it('is replaced by what another has stored, without a refresh', async () => {
    const { clock, endpoint, one, view } = await start();
    const old = await one.tokens.get();
    await clock.sleep(1.5 * hourMs);
    await view().keepAlive();
    one.tokens.invalidate(old);
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(endpoint.counts().asked).toBe(1);
  });

  it('a late word about an older token does not make a rejected one good', async () => {
    const { endpoint, one } = await start();
    const current = await one.tokens.get();
    endpoint.rejectAccess();
    one.tokens.invalidate(current);
    one.tokens.invalidate('older');
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
  });

  it('a late word about an older token changes nothing', async () => {
    const { endpoint, one } = await start();
    const old = await one.tokens.get();
    one.tokens.invalidate(old);
    const fresh = await one.tokens.get();
    one.tokens.invalidate(old);
    expect(await one.tokens.get()).toBe(fresh);
    expect(endpoint.counts().asked).toBe(1);
  });
});

describe('T9 writes of the secret', () => {
  it('a week of constant use by two Lambdas, kept alive daily: at most 12 in any day, and one for the schedule', async () => {
    const { clock, secrets, one, view } = await start();
    const other = view();
    for (let minute = 0; minute < 7 * 24 * 60; minute += 5) {
      if (minute % (24 * 60) === 95) await view().keepAlive();
      await one.tokens.get();
      await other.tokens.get();
      await clock.sleep(300_000);
    }
    const inDayFrom = (from: number) => secrets.writes.filter((at) => at >= from && at < from + dayMs).length;
    expect(Math.max(...secrets.writes.map(inDayFrom))).toBeLessThanOrEqual(13);
    expect(secrets.writes.length).toBeLessThanOrEqual(7 * 13);
    expect(secrets.writes.length).toBeGreaterThanOrEqual(7 * 12);
  });

  it('none for a refresh that fails, or by those who only read', async () => {
    const { clock, endpoint, secrets, one, view } = await start();
    for (const reader of [one, view(), view()]) await reader.tokens.get();
    await clock.sleep(2 * hourMs);
    endpoint.misbehave(() => refusal(20050, 500));
    await expect(one.tokens.get()).rejects.toMatchObject({ kind: 'retry' });
    expect(secrets.writes).toHaveLength(1);
  });
});

describe('keeping alive', () => {
  it('refreshes from half of the access token’s life on', async () => {
    const { clock, endpoint, one } = await start();
    await clock.sleep(hourMs - 1000);
    await one.keepAlive();
    expect(endpoint.counts().asked).toBe(0);
    await clock.sleep(1000);
    await one.keepAlive();
    expect(endpoint.counts().asked).toBe(1);
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
  });

  it('carries an authorisation that nobody uses through the year, and warns from 30 days before its end', async () => {
    const { clock, endpoint, lines, one } = await start();
    for (let left = 364; left >= 1; left -= 1) {
      await clock.sleep(dayMs);
      expect(await one.keepAlive()).toEqual({ daysLeft: left });
      const warnings = lines.filter((line) => line.startsWith('authorisation.expiring'));
      expect(warnings).toHaveLength(Math.max(0, 31 - left));
      if (left <= 30) expect(warnings.at(-1)).toBe(`authorisation.expiring {"daysLeft":${left}}`);
    }
    expect(endpoint.counts()).toEqual({ asked: 364, granted: 364 });
  });

  it('a week without it loses the authorisation: 20037', async () => {
    const { clock, one } = await start();
    await clock.sleep(7 * dayMs);
    await expect(one.keepAlive()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN', feishuCode: 20037 });
  });
});

describe('connecting', () => {
  it('waits for a refresh in flight, and then stays', async () => {
    const { clock, bucket, endpoint, one, view } = await start();
    const held = JSON.stringify({ owner: 'other', expiresAt: clock.now() + 10_000, versionId: 'v0' });
    await bucket.put(leaseKey, new TextEncoder().encode(held), { contentType: '', when: 'any' });
    const before = clock.now();
    const grant = endpoint.consent();
    await one.connect(grant, person);
    expect(clock.now() - before).toBeGreaterThanOrEqual(10_000);
    expect(await view().tokens.get()).toBe(grant.accessToken);
  });

  it('counts the year from now', async () => {
    const { clock, endpoint, one } = await start();
    await clock.sleep(6 * dayMs);
    await one.keepAlive();
    await one.connect(endpoint.consent(), person);
    expect(await one.keepAlive()).toEqual({ daysLeft: 365 });
    expect(await one.status()).toMatchObject({ since: Math.floor(clock.now() / 1000) });
  });

  it('nothing is known before', async () => {
    const { endpoint, secrets, clock } = await start();
    const fresh = authorisationOn({ url: endpoint.url, objects: memoryObjects(), secrets, clock });
    expect(await fresh.status()).toBeNull();
  });

  it('an older refusal that is still noted does not stop a newer pair', async () => {
    const { clock, endpoint, objects, one } = await start();
    const { put } = objects;
    await clock.sleep(2 * hourMs);
    endpoint.misbehave(() => refusal(20026));
    await expect(one.tokens.get()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
    const putButNoNote: typeof put = (key, ...rest) => (key === 'state/connection.json' ? down() : put(key, ...rest));
    Object.assign(objects, { put: putButNoNote });
    await one.connect(endpoint.consent(), person);
    Object.assign(objects, { put });
    await clock.sleep(2 * hourMs);
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(await one.status()).toMatchObject({ state: 'connected' });
  });

  it('a state that cannot be noted does not cost the tokens', async () => {
    const { clock, endpoint, objects, lines, one } = await start();
    const { put } = objects;
    await clock.sleep(2 * hourMs);
    const putButNoNote: typeof put = (key, ...rest) => (key === 'state/connection.json' ? down() : put(key, ...rest));
    Object.assign(objects, { put: putButNoNote });
    expect(await one.tokens.get()).toSatisfy(endpoint.isLive);
    expect(lines).toContain('authorisation.not-noted {"code":"UNAVAILABLE"}');
  });
});

it('O1 no token, secret or name reaches a log line, the lease or an error', async () => {
  const { clock, endpoint, secrets, bucket, lines, one } = await start();
  await clock.sleep(2 * hourMs);
  const errors: unknown[] = [];
  for (const fault of [refusal(20050, 500), refusal(20002), refusal(20026)]) {
    endpoint.misbehave(() => fault);
    errors.push(await one.tokens.get().catch((error: unknown) => error));
  }
  await secrets.put('user-token', '{"accessToken": "canary-access');
  errors.push(await one.tokens.get().catch((error: unknown) => error));
  expect(errors.map((error) => error instanceof Error)).toEqual([true, true, true, true]);
  const lease = new TextDecoder().decode(bucket.stored.get(leaseKey)?.bytes);
  expect(`${lines.join()} ${lease} ${inspect(errors, { depth: 9, showHidden: true })}`).not.toMatch(/canary|张三/);
});
