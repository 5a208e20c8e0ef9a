import { type Authorisation, createAuthorisation } from '../../src/authorisation.ts';
import { type Config, ConfigError } from '../../src/config.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { createFeishuClient, type FeishuClient } from '../../src/feishu/client.ts';
import { systemClock } from '../../src/feishu/clock.ts';
import { listMeetings, toMeeting } from '../../src/feishu/meetings.ts';
import { createOAuth } from '../../src/feishu/oauth.ts';
import { mayManageMeetings } from '../../src/feishu/probe.ts';
import { type TokenSource, tenantTokens } from '../../src/feishu/tokens.ts';
import { authorisationStore } from '../../src/store/authorisation.ts';
import { connectionStore } from '../../src/store/connection.ts';
import type { AppCredentials } from '../../src/store/credentials.ts';
import { leaseStore } from '../../src/store/lease.ts';
import type { ObjectStore } from '../../src/store/objects.ts';
import { secretStore } from '../../src/store/secrets.ts';
import { credentialsOf, now } from './environment.ts';
import { log } from './log.ts';

/** The user's tokens, kept alive together with every other Lambda that holds this bucket and this secret. */
export const authorisationOf = (
  config: Config,
  objects: ObjectStore,
  { appId, appSecret }: AppCredentials,
  patienceMs?: number,
): Authorisation => {
  const { feishuBaseUrl: baseUrl, feishuAccountsUrl: accountsUrl, userTokenSecretId } = config;
  if (userTokenSecretId === null)
    throw new ConfigError('Environment: FEISHU_USER_TOKEN_SECRET_ID is missing; FEISHU_TOKEN_KIND user needs it');
  return createAuthorisation({
    oauth: createOAuth({ baseUrl, accountsUrl, clientId: appId, clientSecret: appSecret, clock: systemClock }),
    store: authorisationStore(secretStore(), userTokenSecretId),
    leases: leaseStore(objects),
    connections: connectionStore(objects),
    clock: systemClock,
    log,
    patienceMs,
  });
};

export const tokensOf = (
  config: Config,
  objects: ObjectStore,
  credentials: AppCredentials,
  patienceMs?: number,
): TokenSource => {
  const { appId, appSecret } = credentials;
  return config.tokenKind === 'user'
    ? authorisationOf(config, objects, credentials, patienceMs).tokens
    : tenantTokens({ baseUrl: config.feishuBaseUrl, appId, appSecret, clock: systemClock });
};

export const clientOf = ({ feishuBaseUrl: baseUrl }: Config, tokens: TokenSource): FeishuClient =>
  createFeishuClient({
    baseUrl,
    tokens,
    clock: systemClock,
    onRefusal: ({ code, feishuCode }) => log('feishu.refused', { code, feishuCode: feishuCode ?? 0 }),
  });

export const feishuOf = async (config: Config, objects: ObjectStore): Promise<FeishuClient> =>
  clientOf(config, tokensOf(config, objects, await (await credentialsOf(config))()));

export const findMeetingsWith =
  (client: FeishuClient, budgetMs: number) =>
  async (query: { meetingNo: string; from: number; to: number }): Promise<Meeting[]> =>
    (await listMeetings(client, query, { deadlineAt: now() + budgetMs })).map(toMeeting);

export const probe = (baseUrl: string, tokens: TokenSource, budgetMs: number): Promise<boolean> => {
  const client = createFeishuClient({ baseUrl, tokens, clock: systemClock });
  return mayManageMeetings(client, { now: Math.floor(now() / 1000), deadlineAt: now() + budgetMs });
};
