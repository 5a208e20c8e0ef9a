import { type Authorisation, createAuthorisation } from '../src/authorisation.ts';
import type { Clock } from '../src/feishu/clock.ts';
import { createOAuth } from '../src/feishu/oauth.ts';
import type { Log } from '../src/log.ts';
import { authorisationStore } from '../src/store/authorisation.ts';
import { connectionStore } from '../src/store/connection.ts';
import { leaseStore } from '../src/store/lease.ts';
import { type ObjectStore, StoreError } from '../src/store/objects.ts';
import type { SecretStore } from '../src/store/secrets.ts';

/** One process's view of the authorisation: real parts around a bucket, secrets and a token endpoint. */
export const authorisationOn = ({
  url,
  objects,
  secrets,
  secretId = 'user-token',
  clock,
  log = () => {},
  patienceMs,
}: {
  url: string;
  objects: Pick<ObjectStore, 'get' | 'put'>;
  secrets: Pick<SecretStore, 'get' | 'put'>;
  secretId?: string;
  clock: Clock;
  log?: Log;
  patienceMs?: number;
}): Authorisation =>
  createAuthorisation({
    oauth: createOAuth({ baseUrl: url, accountsUrl: url, clientId: 'cli_a', clientSecret: 'canary-secret', clock }),
    store: authorisationStore(secrets, secretId),
    leases: leaseStore(objects),
    connections: connectionStore(objects),
    clock,
    log,
    patienceMs,
  });

/** A secret in memory whose reads show a write only after a while. */
export const laggingSecrets = (clock: Pick<Clock, 'now'>): SecretStore & { lagMs: number; writes: number[] } => {
  const versions: { value: string; at: number }[] = [];
  const writes: number[] = [];
  const store = {
    lagMs: 0,
    writes,
    get: async () => {
      const index = versions.findLastIndex(({ at }, n) => n === 0 || at + store.lagMs <= clock.now());
      const found = versions[index];
      if (found === undefined) throw new StoreError('MISSING', 'Secret user-token: no value');
      return { value: found.value, versionId: `v${index}` };
    },
    put: async (_: string, value: string) => {
      writes.push(clock.now());
      versions.push({ value, at: clock.now() });
      return { versionId: `v${versions.length - 1}` };
    },
  };
  return store;
};
