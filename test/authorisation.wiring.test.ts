import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../src/feishu/clock.ts';
import { directoryObjects } from '../src/store/directory.ts';
import { secretStore } from '../src/store/secrets.ts';
import { authorisationOn } from './authorisation-deps.ts';
import { startTokenEndpoint } from './token-endpoint.ts';

let root = '';
const fileIn = (name: string) => pathToFileURL(join(root, name)).href;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-wiring-'));
  const app = { appId: 'cli_a', appSecret: 'b', verificationToken: 'c' };
  await secretStore().put(fileIn('app.json'), JSON.stringify(app));
  vi.stubEnv('REPORT_BUCKET', fileIn('bucket'));
  vi.stubEnv('FEISHU_SECRET_ID', fileIn('app.json'));
  vi.stubEnv('FEISHU_USER_TOKEN_SECRET_ID', fileIn('user.json'));
  vi.resetModules();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const keepAlive = () => import('../handlers/keep-alive.ts');

describe('handlers/keep-alive', () => {
  it('refreshes the user’s tokens where the environment says they are', async () => {
    const endpoint = await startTokenEndpoint();
    onTestFinished(endpoint.close);
    vi.stubEnv('FEISHU_BASE_URL', endpoint.url);
    const objects = directoryObjects(join(root, 'bucket'));
    const secrets = secretStore();
    const options = { url: endpoint.url, objects, secrets, secretId: fileIn('user.json'), clock: systemClock };
    // Its access token ended long ago.
    await authorisationOn(options).connect(endpoint.consent(), { openId: 'ou_1', name: '' });
    const { handler } = await keepAlive();
    await handler();
    expect(endpoint.counts()).toEqual({ asked: 1, granted: 1 });
    const { accessToken } = JSON.parse(await readFile(join(root, 'user.json'), 'utf8')) as { accessToken: string };
    expect(accessToken).toSatisfy(endpoint.isLive);
  });

  it('fails when a person must authorise, so that the alarm is raised', async () => {
    const { handler } = await keepAlive();
    await expect(handler()).rejects.toMatchObject({ code: 'AUTHORISE_AGAIN' });
  });

  it('does nothing with a tenant token', async () => {
    vi.stubEnv('FEISHU_TOKEN_KIND', 'tenant');
    vi.stubEnv('FEISHU_USER_TOKEN_SECRET_ID', undefined);
    const { handler } = await keepAlive();
    await expect(handler()).resolves.toBeUndefined();
  });
});

it('W9 with user tokens a missing secret id stops the start of every handler that calls Feishu, by name', async () => {
  vi.stubEnv('FEISHU_USER_TOKEN_SECRET_ID', undefined);
  const { keepAliveDeps } = await import('../handlers/deps/keep-alive.ts');
  const { onDemandDeps } = await import('../handlers/deps/on-demand.ts');
  const { workerDeps } = await import('../handlers/deps/worker.ts');
  for (const start of [keepAliveDeps, onDemandDeps, workerDeps])
    await expect(start()).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('FEISHU_USER_TOKEN_SECRET_ID'),
    });
});
