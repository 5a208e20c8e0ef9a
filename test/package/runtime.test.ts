import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../.build/bundle.ts';
import { handlerNames } from '../../.build/handlers.ts';
import { zipOf } from '../../.build/zip.ts';
import { notificationOf } from '../../src/local/bucket-events.ts';
import { type FeishuStandIn, meetingEnded, sealPush, startFeishuStandIn } from '../../src/local/feishu.ts';
import { people } from '../../src/local/feishu-oauth.ts';
import { type StoryMeeting, tellStory } from '../../src/local/story.ts';
import { s3Client } from '../../src/store/s3.ts';
import { queueArn, startAws } from './aws.ts';
import { consented } from './consented.ts';
import { startFunction } from './runtime-api.ts';

/**
 * The artifacts as they are deployed: unpacked from their zips, started by AWS's runtime client on Node 24, and led from
 * the push of an ended meeting to its workbook, with a real S3 server under them.
 */

const { ROLLCALL_TEST_LAMBDA: lambda = '', ROLLCALL_TEST_S3: server = '' } = process.env;
const isMissing = lambda === '' || server === '';
if (isMissing) {
  const why = 'Artifacts on Node 24 SKIPPED: export what .ci/lambda.sh and .ci/radosgw.sh start DIR print.';
  process.stderr.write(`\n${why}\n\n`);
  it.runIf(process.env.CI_REQUIRE_ALL === '1')('artifacts on Node 24', () => expect.fail(why));
}

const credentials = {
  appId: 'cli_a',
  appSecret: 'canary-app-secret',
  encryptKey: 'canary-encrypt-key',
  verificationToken: 'canary-verification-token',
};
const [weekly] = tellStory(Math.floor(Date.now() / 1000) - 7200) as [StoryMeeting];
const jobId = `${new Date((weekly.start + 8 * 3600) * 1000).toISOString().slice(0, 10)}/${weekly.id}.0`;

type Started = Awaited<ReturnType<typeof startFunction>>;

let root: string;
let feishu: FeishuStandIn;
let aws: Awaited<ReturnType<typeof startAws>>;
let env: Record<string, string>;
const functions: Record<string, Started> = {};

const start = async (name: string, given: Record<string, string> = env): Promise<Started> =>
  startFunction({ lambda, task: join(root, 'task', name), name, env: given });
const invoke = async (name: string, event: unknown): Promise<unknown> => {
  functions[name] ??= await start(name);
  const outcome = await functions[name].invoke(event);
  expect(outcome, functions[name].output()).toMatchObject({ ok: true });
  return outcome.ok ? outcome.value : null;
};

describe.skipIf(isMissing)('the artifacts, run by Lambda’s own client on Node 24', () => {
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'rollcall-runtime-'));
    for (const name of handlerNames) {
      await bundle(name, join(root, 'dist'));
      const task = join(root, 'task', name);
      await mkdir(task, { recursive: true });
      for (const [file, bytes] of Object.entries(unzipSync(zipOf(join(root, 'dist', name)))))
        await writeFile(join(task, file), bytes);
    }
    feishu = await startFeishuStandIn({
      credentials,
      meetings: () => [weekly],
      now: Date.now,
      sleep: () => Promise.reject(new Error('nothing is pushed twice here')),
    });
    aws = await startAws({
      may: () => true,
      secrets: {
        FeishuSecret: JSON.stringify(credentials),
        UserTokenSecret: await consented(feishu.url, credentials),
      },
    });
    const { origin, username, password } = new URL(server);
    const bucket = `rollcall-artifacts-${Date.now().toString(36)}`;
    const keys = { accessKeyId: username, secretAccessKey: password };
    const client = s3Client({ endpoint: origin, region: 'us-east-1', forcePathStyle: true, credentials: keys });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    client.destroy();
    env = {
      REPORT_BUCKET: bucket,
      FEISHU_SECRET_ID: 'FeishuSecret',
      FEISHU_USER_TOKEN_SECRET_ID: 'UserTokenSecret',
      FEISHU_BASE_URL: feishu.url,
      FEISHU_ACCOUNTS_URL: feishu.url,
      CONSOLE_ADMINS: people.admin.openId,
      METRICS_NAMESPACE: 'rollcall-test',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: username,
      AWS_SECRET_ACCESS_KEY: password,
      AWS_ENDPOINT_URL_S3: origin,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
      AWS_ENDPOINT_URL_SQS: aws.url,
    };
  }, 120_000);

  afterAll(async () => {
    await Promise.all([...Object.values(functions).map(({ stop }) => stop()), feishu.close(), aws.close()]);
    await rm(root, { recursive: true });
  });

  it('take an ended meeting from the signed push to a workbook and the link to it', async () => {
    const { headers, body } = sealPush(meetingEnded(weekly, credentials), credentials.encryptKey, Date.now());
    const push = { version: '2.0', headers, body, isBase64Encoded: false };
    expect(await invoke('webhook', push)).toMatchObject({ statusCode: 200, body: '{}' });
    expect(await invoke('webhook', push)).toMatchObject({ statusCode: 200, body: '{}' });
    const record = {
      messageId: 'm',
      receiptHandle: 'r',
      body: notificationOf(`requests/${jobId}.json`),
      attributes: { ApproximateReceiveCount: '1' },
      eventSourceARN: queueArn,
    };
    expect(await invoke('worker', { Records: [record] })).toEqual({ batchItemFailures: [] });
    const { jobs } = (await invoke('on-demand', { jobId })) as { jobs: { status: string; download: string }[] };
    expect(jobs).toMatchObject([{ status: 'done' }]);
    const workbook = await fetch(jobs[0]?.download ?? '');
    expect(Buffer.from(await workbook.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from('PK'));
    expect(workbook.headers.get('content-disposition')).toContain('.xlsx');
  }, 120_000);

  it('keep watch: reconciler, keep-alive, doctor and console', async () => {
    expect(await invoke('reconcile', {})).toMatchObject({ filed: 0, unreadable: 0, notListed: null });
    expect(await invoke('keep-alive', {})).toBeNull();
    const { findings } = (await invoke('doctor', {})) as { findings: { check: string; outcome: string }[] };
    // radosgw tells no queue of its objects; everything else is in order.
    expect(findings.filter(({ outcome }) => outcome !== 'ok').map(({ check }) => check)).toEqual(['queue']);
    const page = {
      version: '2.0',
      rawPath: '/connect',
      rawQueryString: '',
      headers: { host: 'console.test' },
      requestContext: { domainName: 'console.test', http: { method: 'GET', path: '/connect' } },
      isBase64Encoded: false,
    };
    expect(await invoke('console', page)).toMatchObject({
      headers: { 'content-type': expect.stringContaining('text/html') },
    });
  }, 120_000);

  it('hold all handlers there are', () => {
    expect(Object.keys(functions).sort()).toEqual(handlerNames);
  });

  it('say one id from the push to the workbook, count in the same lines, and name nobody', () => {
    const output = Object.values(functions)
      .map((each) => each.output())
      .join('\n');
    const lines = output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    const of = (event: string) => lines.find((line) => line.event === event);
    expect(of('push.kept')).toMatchObject({ jobId, Events: 1, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(of('work.done')).toMatchObject({ jobId, eventId: of('push.kept').eventId, Reports: 1 });
    for (const secret of ['canary', 'ur-', weekly.topic, ...weekly.rows.map((row) => String(row.participant_name))])
      expect(output).not.toContain(secret);
  });

  it('do not start without their secret, and name the variable', async () => {
    const { FEISHU_SECRET_ID: _, ...incomplete } = env;
    const webhook = await start('webhook', incomplete);
    const outcome = await webhook.invoke({});
    expect(outcome).toMatchObject({
      ok: false,
      error: { errorMessage: expect.stringContaining('FEISHU_SECRET_ID is missing') },
    });
    await webhook.stop();
  });
});
