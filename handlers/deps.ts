import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import type { AskDeps } from '../src/ask.ts';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { createFeishuClient, type FeishuClient } from '../src/feishu/client.ts';
import { systemClock } from '../src/feishu/clock.ts';
import { listMeetings, toMeeting } from '../src/feishu/meetings.ts';
import { fetchSnapshot } from '../src/feishu/snapshot.ts';
import { tenantTokens } from '../src/feishu/tokens.ts';
import type { IntakeOptions } from '../src/intake.ts';
import { jsonLog } from '../src/log.ts';
import { type AppCredentials, cachedCredentials } from '../src/store/credentials.ts';
import { directoryObjects } from '../src/store/directory.ts';
import { jobStore } from '../src/store/jobs.ts';
import type { ObjectStore } from '../src/store/objects.ts';
import { policyStore } from '../src/store/policies.ts';
import { reportStore } from '../src/store/reports.ts';
import { quarantineStore, requestStore } from '../src/store/requests.ts';
import { s3Objects } from '../src/store/s3.ts';
import { secretStore } from '../src/store/secrets.ts';
import { snapshotStore } from '../src/store/snapshots.ts';
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

const feishuOf = async (config: Config): Promise<FeishuClient> => {
  if (config.tokenKind === 'user')
    throw new ConfigError('FEISHU_TOKEN_KIND: user tokens need a connected administrator; set it to tenant');
  const { appId, appSecret } = await (await credentialsOf(config))();
  const tokens = tenantTokens({ baseUrl: config.feishuBaseUrl, appId, appSecret, clock: systemClock });
  return createFeishuClient({ baseUrl: config.feishuBaseUrl, tokens, clock: systemClock });
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

export const workerDeps = async (): Promise<WorkDeps> => {
  const config = readConfig(process.env);
  const { locale, timeZone, detail, policyKey } = config;
  const objects = objectsOf(config);
  const client = await feishuOf(config);
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
    locale,
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
  const client = await feishuOf(config);
  const reports = reportStore(objects);
  return {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    findMeetings: async (query) =>
      (await listMeetings(client, query, { deadlineAt: now() + listMeetingsMs })).map(toMeeting),
    link: (jobId) => reports.link(jobId, linkSeconds),
    timeZone: config.timeZone,
    now,
  };
};
