import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { dayOf } from '../domain/zone.ts';
import { directoryObjects } from '../store/directory.ts';
import { jobStore } from '../store/jobs.ts';
import { watchRequests } from './bucket-events.ts';
import { createChaos, quicken, undisturbed } from './chaos.ts';
import { startFeishuStandIn } from './feishu.ts';
import { people } from './feishu-oauth.ts';
import { followJobs, verdictTable } from './progress.ts';
import { startQueue } from './queue.ts';
import { type StoryMeeting, tellStory } from './story.ts';
import { startWeb } from './web.ts';

/**
 * `npm start`: the whole system in one process. The handlers are the real ones; a directory is the bucket, a list in
 * memory the queue. Without FEISHU_SECRET_ID a stand-in plays Feishu and three sample meetings end.
 */

const { values: options } = parseArgs({
  options: { once: { type: 'boolean', default: false }, chaos: { type: 'string' } },
});
/** With chaos an hour of waiting passes in three minutes. */
const speed = options.chaos === undefined ? 1 : 20;
quicken(speed);
const chaos =
  options.chaos === undefined ? undefined : createChaos(Number.parseInt(options.chaos, 10), () => Date.now());
const say = (line: string) => console.log(line);

const dataFolder = resolve('rollcall-data');
await mkdir(dataFolder, { recursive: true });
const env = process.env;
env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
env.REPORT_BUCKET ??= pathToFileURL(join(dataFolder, 'bucket')).href;
if (!env.REPORT_BUCKET.startsWith('file:')) {
  console.error(
    `REPORT_BUCKET: npm start keeps its bucket in a directory, so it must be a file: URL, not ${env.REPORT_BUCKET}; leave it out for ${dataFolder}/bucket. A bucket on S3 is served by the deployed functions.`,
  );
  process.exit(2);
}

const meetings: StoryMeeting[] = [];
const standIn = env.FEISHU_SECRET_ID === undefined ? await playFeishu() : null;

/** Sets the environment up for a stand-in Feishu, as a deployment would for the real one. */
async function playFeishu() {
  const credentials = {
    appId: 'cli_stand_in',
    appSecret: 'stand-in-secret',
    encryptKey: 'stand-in-encrypt-key',
    verificationToken: 'stand-in-verification-token',
  };
  const secretFile = join(dataFolder, 'feishu-secret.json');
  await writeFile(secretFile, JSON.stringify(credentials), { mode: 0o600 });
  const feishu = await startFeishuStandIn({
    credentials,
    meetings: () => meetings,
    now: () => Date.now(),
    chaos,
    sleep: (ms) => new Promise((wake) => setTimeout(wake, ms).unref()),
  });
  env.FEISHU_SECRET_ID = pathToFileURL(secretFile).href;
  env.FEISHU_BASE_URL = feishu.url;
  env.FEISHU_ACCOUNTS_URL = feishu.url;
  // So that the sample meetings need no consent first; /connect works all the same.
  env.FEISHU_TOKEN_KIND = 'tenant';
  env.CONSOLE_ADMINS = people.admin.openId;
  env.CONSOLE_VIEWERS = people.viewer.openId;
  return feishu;
}

env.FEISHU_USER_TOKEN_SECRET_ID ??= pathToFileURL(join(dataFolder, 'user-token.json')).href;

// The queue's address has to stand in the environment before the worker is loaded.
const queue = await startQueue(async (event) =>
  (await import('../../handlers/worker.ts')).handler(event, lambdaContext()),
);
env.AWS_ENDPOINT_URL_SQS = queue.url;
env.AWS_REGION ??= 'local';
env.AWS_ACCESS_KEY_ID ??= 'local';
env.AWS_SECRET_ACCESS_KEY ??= 'local';

/** What the worker reads of a Lambda context: fifteen minutes, as deployed. */
function lambdaContext() {
  const startedAt = Date.now();
  return { getRemainingTimeInMillis: () => startedAt + 900_000 - Date.now() };
}

const config = readConfig(env);
const bucket = fileURLToPath(config.bucket);
const objects = directoryObjects(bucket);
const jobs = jobStore(objects);
const stopWatching = watchRequests(bucket, queue.send);
const web = await startWeb({
  port: options.once ? 0 : Number(env.PORT ?? 3000),
  webhook: (await import('../../handlers/webhook.ts')).handler,
  console: (await import('../../handlers/console.ts')).handler,
  readFile: (path) => objects.get(relative(bucket, path)),
});
say(`Bucket        ${bucket}`);
say(`Request URL   ${web.url}/feishu/webhook`);
say(`Console       ${web.url}/`);

const reconcileEveryMs = (chaos ? 5 : 30) * 60_000;
const reconciling = setInterval(() => {
  import('../../handlers/reconcile.ts')
    .then(({ handler }) => handler())
    .catch((error: unknown) => say(`reconcile     ${error instanceof Error ? error.message : 'failed'}`));
}, reconcileEveryMs / speed);

const stop = async () => {
  clearInterval(reconciling);
  stopWatching();
  await Promise.all([web.close(), queue.close(), standIn?.close()]);
};

let failed = false;
if (standIn) {
  meetings.push(...tellStory(Math.floor(Date.now() / 1000)));
  say(`Feishu        a stand-in at ${standIn.url}; set FEISHU_SECRET_ID to serve the real one`);
  say('');
  for (const meeting of meetings) say(`ended         ${meeting.topic} — ${meeting.rows.length} rows`);
  const pushed = meetings.flatMap((meeting) => Array.from({ length: chaos?.pushes(meeting) ?? 1 }, () => meeting));
  await Promise.all(pushed.map((meeting) => standIn.push(`${web.url}/feishu/webhook`, meeting)));
  const jobIds = meetings.map((meeting) => `${dayOf(config.timeZone, meeting.start)}/${meeting.id}.0`);
  const patienceSeconds = chaos ? Number.POSITIVE_INFINITY : 900;
  const finished = await followJobs({ jobs, jobIds, patienceSeconds, say });
  say('');
  for (const line of verdictTable(finished)) say(line);
  say('');
  for (const job of finished) if (job.status === 'done') say(join(bucket, job.reportKey));
  failed = finished.some((job) => job.status !== 'done');
  if (chaos) {
    const right = finished.filter(
      (job, index) =>
        job.status === 'done' && isDeepStrictEqual(job.summary, undisturbed(meetings[index] as StoryMeeting)),
    );
    failed ||= right.length < meetings.length;
    say('');
    say(`Survived, with ${right.length} of ${meetings.length} reports equal to those of a quiet day:`);
    for (const line of chaos.tally()) say(line);
  }
}

if (options.once) {
  await stop();
  process.exitCode = failed ? 1 : 0;
} else {
  say('');
  say('Waiting for meetings to end; Ctrl-C stops.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)));
}
