import { type Config, readConfig } from '../../src/config.ts';
import { neededScopes } from '../../src/connect.ts';
import { type Check, checksOf } from '../../src/doctor.ts';
import { serverTime } from '../../src/feishu/server-time.ts';
import type { TokenSource } from '../../src/feishu/tokens.ts';
import { authorisationStore } from '../../src/store/authorisation.ts';
import { appCredentials } from '../../src/store/credentials.ts';
import { sqsQueue } from '../../src/store/queue.ts';
import { secretStore } from '../../src/store/secrets.ts';
import { requestsQueue } from '../../src/store/wiring.ts';
import { now, objectsOf } from './environment.ts';
import { probe, tokensOf } from './feishu.ts';

const probeMs = 10_000;

/**
 * The doctor's checks of this environment; when it cannot be read, or its secret not, the one check that says so.
 * @param patienceMs How long the token is waited for while another refreshes it.
 */
export const doctorChecks = async (patienceMs?: number): Promise<Check[]> => {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    return [{ name: 'configuration', look: () => Promise.reject(error) }];
  }
  const { bucket, feishuBaseUrl: baseUrl, feishuSecretId: secretId, userTokenSecretId } = config;
  const objects = await objectsOf(config);
  const credentials = async () => appCredentials(secretId, (await secretStore().get(secretId)).value);
  const tokens: TokenSource = {
    get: async () => tokensOf(config, objects, await credentials(), patienceMs).get(),
    invalidate: () => {},
  };
  return checksOf({
    credentials,
    objects,
    queue: async () => {
      if (bucket.startsWith('file:')) return 'in this process';
      const queueArn = await requestsQueue(bucket);
      if (queueArn !== null) await sqsQueue().depth(queueArn);
      return queueArn;
    },
    feishuTime: () => serverTime(baseUrl),
    tokens,
    grantedScopes:
      config.tokenKind === 'user' && userTokenSecretId !== null
        ? async () => (await authorisationStore(secretStore(), userTokenSecretId).get()).tokens.scope.split(/\s+/)
        : null,
    neededScopes,
    mayManageMeetings: () => probe(baseUrl, tokens, probeMs),
    now,
  });
};
