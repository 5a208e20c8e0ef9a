import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import type { AskDeps } from '../src/ask.ts';
import { type Authorisation, createAuthorisation } from '../src/authorisation.ts';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { createConnect, neededScopes } from '../src/connect.ts';
import type { ConsoleDeps } from '../src/console/app.tsx';
import { type Check, checksOf } from '../src/doctor.ts';
import type { Meeting } from '../src/domain/meeting.ts';
import { createFeishuClient, type FeishuClient } from '../src/feishu/client.ts';
import { systemClock } from '../src/feishu/clock.ts';
import { listMeetings, toMeeting } from '../src/feishu/meetings.ts';
import { createOAuth } from '../src/feishu/oauth.ts';
import { mayManageMeetings } from '../src/feishu/probe.ts';
import { serverTime } from '../src/feishu/server-time.ts';
import { fetchSnapshot } from '../src/feishu/snapshot.ts';
import { type TokenSource, tenantTokens } from '../src/feishu/tokens.ts';
import type { IntakeOptions } from '../src/intake.ts';
import { jsonLog } from '../src/log.ts';
import type { ReconcileDeps } from '../src/reconcile.ts';
import { attemptStore } from '../src/store/attempts.ts';
import { authorisationStore } from '../src/store/authorisation.ts';
import { connectionStore } from '../src/store/connection.ts';
import { type AppCredentials, appCredentials, cachedCredentials } from '../src/store/credentials.ts';
import { cursorStore, watchDays } from '../src/store/cursor.ts';
import { directoryObjects } from '../src/store/directory.ts';
import { jobStore } from '../src/store/jobs.ts';
import { leaseStore } from '../src/store/lease.ts';
import type { ObjectStore } from '../src/store/objects.ts';
import { policyStore } from '../src/store/policies.ts';
import { sqsQueue } from '../src/store/queue.ts';
import { reportStore } from '../src/store/reports.ts';
import { quarantineStore, requestStore } from '../src/store/requests.ts';
import { s3Objects } from '../src/store/s3.ts';
import { secretStore } from '../src/store/secrets.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
import { requestsQueue } from '../src/store/wiring.ts';
import type { WorkDeps } from '../src/work.ts';

/** The composition root: environment → real clients → what each handler needs. A missing variable or secret stops the start here. */

const { now } = systemClock;

export const log = jsonLog((line) => process.stdout.write(line));

const objectsOf = ({ bucket }: Config, budgetMs?: number): ObjectStore =>
  bucket.startsWith('file:')
    ? directoryObjects(fileURLToPath(bucket))
    : s3Objects({ bucket, ...(budgetMs !== undefined && { budgetMs }) });

const credentialsOf = async ({ feishuSecretId }: Config): Promise<() => Promise<AppCredentials>> => {
  const credentials = cachedCredentials({
    secrets: secretStore(),
    secretId: feishuSecretId,
    now,
    onStale: () => log('credentials.stale', {}),
  });
  await credentials();
  return credentials;
};

/** The user's tokens, kept alive together with every other Lambda that holds this bucket and this secret. */
const authorisationOf = (config: Config, objects: ObjectStore, { appId, appSecret }: AppCredentials): Authorisation => {
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
  });
};

const tokensOf = (config: Config, objects: ObjectStore, credentials: AppCredentials): TokenSource => {
  const { appId, appSecret } = credentials;
  return config.tokenKind === 'user'
    ? authorisationOf(config, objects, credentials).tokens
    : tenantTokens({ baseUrl: config.feishuBaseUrl, appId, appSecret, clock: systemClock });
};

const feishuOf = async (config: Config, objects: ObjectStore): Promise<FeishuClient> => {
  const tokens = tokensOf(config, objects, await (await credentialsOf(config))());
  return createFeishuClient({ baseUrl: config.feishuBaseUrl, tokens, clock: systemClock });
};

/** null with a tenant token, which needs no keeping. */
export const keepAliveDeps = async (): Promise<Pick<Authorisation, 'keepAlive'> | null> => {
  const config = readConfig(process.env);
  if (config.tokenKind === 'tenant') return null;
  return authorisationOf(config, objectsOf(config), await (await credentialsOf(config))());
};

/** Feishu wants its answer within three seconds, so the bucket gets two. */
const webhookBudgetMs = 2000;

export const webhookDeps = async (): Promise<IntakeOptions> => {
  const config = readConfig(process.env);
  const objects = objectsOf(config, webhookBudgetMs);
  return {
    credentials: await credentialsOf(config),
    fileRequest: requestStore(objects).file,
    quarantine: quarantineStore(objects),
    timeZone: config.timeZone,
    nowSeconds: () => Math.floor(now() / 1000),
    log,
  };
};

const findMeetingsWith =
  (client: FeishuClient, budgetMs: number) =>
  async (query: { meetingNo: string; from: number; to: number }): Promise<Meeting[]> =>
    (await listMeetings(client, query, { deadlineAt: now() + budgetMs })).map(toMeeting);

/** Little, for the report itself is made by then and only waits to be told of. */
const findInstancesMs = 10_000;

export const workerDeps = async (): Promise<WorkDeps> => {
  const config = readConfig(process.env);
  const { locale, timeZone, detail, policyKey } = config;
  const objects = objectsOf(config);
  const client = await feishuOf(config, objects);
  // Loaded here alone: exceljs must not weigh on the webhook's start.
  const { renderWorkbook } = await import('../src/workbook/render.ts');
  const snapshots = snapshotStore(objects);
  return {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    policies: policyStore(objects, policyKey),
    report: {
      savedSnapshot: snapshots.get,
      saveSnapshot: snapshots.save,
      renderWorkbook: (report) => renderWorkbook(report, { locale, timeZone }),
      saveReport: reportStore(objects).save,
    },
    fetchSnapshot: (meeting, options) => fetchSnapshot({ client, clock: systemClock, detail }, meeting, options),
    findMeetings: findMeetingsWith(client, findInstancesMs),
    locale,
    timeZone,
    appVersion: packageJson.version,
    now,
    log,
  };
};

const linkSeconds = 300;
const listMeetingsMs = 25_000;

export const onDemandDeps = async (): Promise<AskDeps> => {
  const config = readConfig(process.env);
  const objects = objectsOf(config);
  const client = await feishuOf(config, objects);
  const reports = reportStore(objects);
  return {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    findMeetings: findMeetingsWith(client, listMeetingsMs),
    watchDays: (days) => watchDays(cursorStore(objects), days, Math.floor(now() / 1000)),
    link: (jobId) => reports.link(jobId, linkSeconds),
    timeZone: config.timeZone,
    now,
  };
};

/** A day of 10,000 meetings is a hundred pages, which the rate window lets through in two minutes. */
const listAllMs = 300_000;

export const reconcileDeps = async (): Promise<ReconcileDeps> => {
  const config = readConfig(process.env);
  const objects = objectsOf(config);
  const client = await feishuOf(config, objects);
  return {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    cursor: cursorStore(objects),
    policies: policyStore(objects, config.policyKey),
    // Without a filter: Feishu takes one of three at most, and none means every meeting.
    listMeetings: (span) => listMeetings(client, span, { deadlineAt: now() + listAllMs }),
    timeZone: config.timeZone,
    windowHours: config.reconcileWindowHours,
    stuckMinutes: config.reconcileStuckMinutes,
    now,
    log,
  };
};

const probe = (baseUrl: string, tokens: TokenSource, budgetMs: number): Promise<boolean> => {
  const client = createFeishuClient({ baseUrl, tokens, clock: systemClock });
  return mayManageMeetings(client, { now: Math.floor(now() / 1000), deadlineAt: now() + budgetMs });
};

const probeMs = 10_000;

/** The doctor's checks of this environment; when it cannot be read, or its secret not, the one check that says so. */
export const doctorChecks = async (): Promise<Check[]> => {
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    return [{ name: 'configuration', look: () => Promise.reject(error) }];
  }
  const { bucket, feishuBaseUrl: baseUrl, feishuSecretId: secretId, userTokenSecretId } = config;
  const objects = objectsOf(config);
  const credentials = async () => appCredentials(secretId, (await secretStore().get(secretId)).value);
  const tokens: TokenSource = {
    get: async () => tokensOf(config, objects, await credentials()).get(),
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

/** Two calls of ten seconds come before it, and an HTTP API waits thirty. */
const consoleProbeMs = 5000;

export const consoleDeps = async (): Promise<ConsoleDeps> => {
  const config = readConfig(process.env);
  const { feishuBaseUrl: baseUrl, feishuAccountsUrl: accountsUrl, consoleAdmins: admins, locale, timeZone } = config;
  if (admins.length === 0) log('console.nobody-may-connect', { remedy: 'list open_ids in CONSOLE_ADMINS' });
  const objects = objectsOf(config);
  const credentials = await (await credentialsOf(config))();
  const { appId: clientId, appSecret } = credentials;
  return {
    connect: createConnect({
      oauth: createOAuth({ baseUrl, accountsUrl, clientId, clientSecret: appSecret, clock: systemClock }),
      useOnce: attemptStore(objects).useOnce,
      mayManageMeetings: (accessToken) =>
        probe(baseUrl, { get: async () => accessToken, invalidate: () => {} }, consoleProbeMs),
      connect: authorisationOf(config, objects, credentials).connect,
      admins,
      now,
      log,
    }),
    nobodyMayConnect: admins.length === 0,
    appSecret,
    locale,
    timeZone,
    now,
    onError: (error) =>
      log('console.error', { error: error.name, ...('code' in error && { code: String(error.code) }) }),
  };
};
