import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authorisationStore } from '../../src/store/authorisation.ts';
import { secretStore } from '../../src/store/secrets.ts';

const tokens = {
  accessToken: 'canary-access',
  accessTokenExpiresAt: 1_700_007_200,
  refreshToken: 'canary-refresh',
  refreshTokenExpiresAt: 1_700_604_800,
  authorizedAt: 1_700_000_000,
  refreshedAt: 1_700_000_000,
  openId: 'ou_1',
  name: '张三',
  scope: 'offline_access',
};

const holding = (value: string) =>
  authorisationStore({ get: async () => ({ value, versionId: 'v1' }), put: async () => ({ versionId: 'v2' }) }, 'user');

describe('the user’s tokens', () => {
  it('are read back as they were stored, from a file that only its owner can read', async () => {
    const root = await mkdtemp(join(tmpdir(), 'rollcall-user-token-'));
    onTestFinished(() => rm(root, { recursive: true }));
    const path = join(root, 'user-token.json');
    const store = authorisationStore(secretStore(), pathToFileURL(path).href);
    const { versionId } = await store.put(tokens);
    expect(await store.get()).toEqual({ tokens, versionId });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('may come without the moment of their refresh, and with more than is known', async () => {
    const { refreshedAt: _, ...written } = tokens;
    const { tokens: read } = await holding(JSON.stringify({ ...written, newer: true })).get();
    expect(read).toEqual({ ...tokens, refreshedAt: 0 });
  });

  it.each([
    ['no JSON', '{"accessToken": canary', 'the whole'],
    ['null', 'null', 'the whole'],
    ['an empty token', JSON.stringify({ ...tokens, refreshToken: '' }), 'refreshToken'],
    ['a missing token', JSON.stringify({ ...tokens, accessToken: undefined }), 'accessToken'],
    ['a time that is text', JSON.stringify({ ...tokens, authorizedAt: 'canary' }), 'authorizedAt'],
  ])('O1 T7 %s is an error that names the field, never a value', async (_, value, field) => {
    const error: unknown = await holding(value)
      .get()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CORRUPT', message: expect.stringContaining(field) });
    expect(String(error)).toContain('user');
    expect(String(error)).not.toMatch(/canary|张三/);
  });
});
