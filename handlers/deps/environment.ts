import { fileURLToPath } from 'node:url';
import type { Config } from '../../src/config.ts';
import { systemClock } from '../../src/feishu/clock.ts';
import { jsonLog } from '../../src/log.ts';
import { type AppCredentials, cachedCredentials } from '../../src/store/credentials.ts';
import { directoryObjects } from '../../src/store/directory.ts';
import type { ObjectStore } from '../../src/store/objects.ts';
import { s3Objects } from '../../src/store/s3.ts';
import { secretStore } from '../../src/store/secrets.ts';

/**
 * The composition root: environment → real clients → what each handler needs. A missing variable or secret stops the
 * start here. One file per handler, so that none loads what only another one needs.
 */

export const { now } = systemClock;

export const log = jsonLog((line) => process.stdout.write(line));

export const objectsOf = ({ bucket }: Config, budgetMs?: number): ObjectStore =>
  bucket.startsWith('file:')
    ? directoryObjects(fileURLToPath(bucket))
    : s3Objects({ bucket, ...(budgetMs !== undefined && { budgetMs }) });

export const credentialsOf = async ({ feishuSecretId }: Config): Promise<() => Promise<AppCredentials>> => {
  const credentials = cachedCredentials({
    secrets: secretStore(),
    secretId: feishuSecretId,
    now,
    onStale: () => log('credentials.stale', {}),
  });
  await credentials();
  return credentials;
};
