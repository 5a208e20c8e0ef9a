import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretStore } from '../../src/store/secrets.ts';

const canary = 's3cr3t-canary';

describe('a secret in AWS', () => {
  const client = new SecretsManagerClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  afterEach(() => mock.reset());
  const store = secretStore(client);

  it('is read with its version', async () => {
    mock.on(GetSecretValueCommand, { SecretId: 'app' }).resolves({ SecretString: canary, VersionId: 'v1' });
    expect(await store.get('app')).toEqual({ value: canary, versionId: 'v1' });
  });

  it('is written as a new version', async () => {
    mock.on(PutSecretValueCommand, { SecretId: 'app', SecretString: canary }).resolves({ VersionId: 'v2' });
    expect(await store.put('app', canary)).toEqual({ versionId: 'v2' });
  });

  it.each([
    ['ResourceNotFoundException', 'MISSING'],
    ['AccessDeniedException', 'FORBIDDEN'],
    ['DecryptionFailure', 'FORBIDDEN'],
    ['InternalServiceError', 'UNAVAILABLE'],
  ])('W9 O1 %s becomes %s, naming the id and not the value', async (name, code) => {
    const error = new SecretsManagerServiceException({ name, message: canary, $fault: 'client', $metadata: {} });
    mock.on(GetSecretValueCommand).rejects(error);
    mock.on(PutSecretValueCommand).rejects(error);
    for (const call of [store.get('app'), store.put('app', canary)])
      await expect(call).rejects.toMatchObject({ code, message: expect.stringMatching(/^Secret app: (?!.*canary)/) });
  });

  it('is refused when it is binary', async () => {
    mock.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array(1) });
    await expect(store.get('app')).rejects.toMatchObject({ code: 'CORRUPT' });
  });
});

describe('a secret in a file', () => {
  let directory = '';
  let path = '';
  let id = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rollcall-secrets-'));
    path = join(directory, '密 钥.json');
    id = pathToFileURL(path).href;
  });
  afterEach(() => rm(directory, { recursive: true }));
  const store = secretStore(new SecretsManagerClient({ region: 'us-east-1' }));

  it('is written for its owner alone, whatever was there, and read back', async () => {
    await writeFile(path, 'old', { mode: 0o644 });
    const { versionId } = await store.put(id, canary);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toBe(canary);
    expect(await store.get(id)).toEqual({ value: canary, versionId });
    expect(await readdir(directory)).toHaveLength(1);
  });

  it('T5 has another version exactly when it has another value', async () => {
    const versions = [];
    for (const value of ['a', 'a', 'b']) versions.push((await store.put(id, value)).versionId);
    expect(versions[1]).toBe(versions[0]);
    expect(versions[2]).not.toBe(versions[0]);
  });

  it.each([0o640, 0o604, 0o666])(
    'is refused when others can read or write it (mode %o), with the command that mends it',
    async (mode) => {
      await store.put(id, canary);
      await chmod(path, mode);
      await expect(store.get(id)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining(`chmod 600 '${path}'`),
      });
    },
  );

  it('is missing when there is no file', async () => {
    await expect(store.get(id)).rejects.toMatchObject({ code: 'MISSING', message: expect.stringContaining(id) });
  });
});
