import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  SecretsManagerServiceException,
} from '@aws-sdk/client-secrets-manager';
import { ifPresent, writeNew } from './files.ts';
import { StoreError } from './objects.ts';

/** Texts nobody else may read, each under an id. */
export type SecretStore = {
  /**
   * The newest version known here. Reads may lag behind a write: compare `versionId` before acting on an old value.
   * @throws {StoreError} `MISSING`, `FORBIDDEN` or `UNAVAILABLE`, naming the id and never the value.
   */
  get: (id: string) => Promise<{ value: string; versionId: string }>;
  /** Makes the value the newest version and returns its id. */
  put: (id: string, value: string) => Promise<{ versionId: string }>;
};

/** A secret's text as JSON; undefined when it is none, for the parser's own words would quote the secret. */
export const parseSecret = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const codes: Record<string, StoreError['code']> = {
  ResourceNotFoundException: 'MISSING',
  AccessDeniedException: 'FORBIDDEN',
  DecryptionFailure: 'FORBIDDEN',
};

const remedies: Partial<Record<StoreError['code'], string>> = {
  MISSING: 'create it and give it a value',
  FORBIDDEN: 'allow the role to read and write it',
};

/** A client whose calls end: at most three tries of three seconds. Both calls are safe to repeat. */
const secretsClient = (config: SecretsManagerClientConfig = {}): SecretsManagerClient =>
  new SecretsManagerClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...config,
  });

/** Secrets in AWS Secrets Manager, by name or ARN. */
const awsSecrets = (client: SecretsManagerClient = secretsClient()): SecretStore => {
  const explained = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      const name = error instanceof SecretsManagerServiceException ? error.name : 'no answer';
      const code = codes[name] ?? 'UNAVAILABLE';
      throw new StoreError(code, `Secret ${id}: ${name}; ${remedies[code] ?? 'try again'}`, { cause: error });
    }
  };
  return {
    get: async (id) => {
      const found = await explained(id, () => client.send(new GetSecretValueCommand({ SecretId: id })));
      if (found.SecretString === undefined) throw new StoreError('CORRUPT', `Secret ${id} is binary; store it as text`);
      return { value: found.SecretString, versionId: found.VersionId ?? '' };
    },
    put: async (id, value) => {
      const command = new PutSecretValueCommand({ SecretId: id, SecretString: value });
      const { VersionId } = await explained(id, () => client.send(command));
      return { versionId: VersionId ?? '' };
    },
  };
};

const versionOf = (value: string): string => createHash('sha256').update(value).digest('hex');

/**
 * Secrets in files of a laptop; the id is a `file:` URL. A file that others on the machine may read is refused, as ssh
 * refuses such a key: whoever reads it can act for the company, and one command mends it.
 */
const fileSecrets = (): SecretStore => ({
  get: async (id) => {
    const path = fileURLToPath(id);
    const found = await ifPresent(stat(path));
    if (found === null) throw new StoreError('MISSING', `Secret ${id}: no such file; create it`);
    if ((found.mode & 0o077) !== 0)
      throw new StoreError('FORBIDDEN', `Secret ${id}: others can read it; run chmod 600 '${path}'`);
    const value = await readFile(path, 'utf8');
    return { value, versionId: versionOf(value) };
  },
  put: async (id, value) => {
    const path = fileURLToPath(id);
    const draft = `${path}.${randomUUID()}`;
    try {
      await writeNew(draft, value);
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
    return { versionId: versionOf(value) };
  },
});

/** Reads `file:` ids from files and every other id from AWS. */
export const secretStore = (client?: SecretsManagerClient): SecretStore => {
  const [aws, files] = [awsSecrets(client), fileSecrets()];
  const holding = (id: string) => (id.startsWith('file:') ? files : aws);
  return { get: (id) => holding(id).get(id), put: (id, value) => holding(id).put(id, value) };
};
