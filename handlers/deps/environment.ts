import { fileURLToPath } from 'node:url';
import type { Config } from '../../src/config.ts';
import { systemClock } from '../../src/feishu/clock.ts';
import { type AppCredentials, cachedCredentials } from '../../src/store/credentials.ts';
import type { ObjectStore } from '../../src/store/objects.ts';
import { s3Objects } from '../../src/store/s3.ts';
import { secretStore } from '../../src/store/secrets.ts';
import { log } from './log.ts';

/**
 * The composition root: environment → real clients → what each handler needs. A missing variable or secret stops the
 * start here. One file per handler, so that none loads what only another one needs.
 */

export const { now } = systemClock;
const { sleep } = systemClock;

/** A directory stands in for the bucket on a laptop; what that needs is not loaded anywhere else. */
export const objectsOf = async ({ bucket }: Config, budgetMs?: number): Promise<ObjectStore> => {
  if (!bucket.startsWith('file:')) return s3Objects({ bucket, ...(budgetMs !== undefined && { budgetMs }) });
  const { directoryObjects } = await import('../../src/store/directory.ts');
  return directoryObjects(fileURLToPath(bucket));
};

export const credentialsOf = async ({ feishuSecretId }: Config): Promise<() => Promise<AppCredentials>> => {
  const credentials = cachedCredentials({
    secrets: secretStore(),
    secretId: feishuSecretId,
    now,
    sleep,
    onStale: () => log('credentials.stale', {}),
  });
  await credentials();
  return credentials;
};
