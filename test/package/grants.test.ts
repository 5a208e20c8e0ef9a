import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { partsOf } from '../../src/domain/job-id.ts';
import { notificationOf } from '../../src/local/bucket-events.ts';
import { type FeishuStandIn, meetingEnded, sealPush, startFeishuStandIn } from '../../src/local/feishu.ts';
import { people } from '../../src/local/feishu-oauth.ts';
import { type StoryMeeting, tellStory } from '../../src/local/story.ts';
import { bucket, queueArn, startAws } from './aws.ts';
import { browserOf } from './browser.ts';
import { consented } from './consented.ts';
import { covers, type Grant, grantsOf, inWords, usedByLambda } from './grants.ts';
import { packaged, resolved } from './template.ts';

/**
 * Every handler does all it can do, each under the role that the packaged template gives it: a call that is not granted
 * is answered 403 and told of at the end, and so is a grant that nothing used. When a handler learns to do something
 * new, let it do so here, and the last test says what `.stack/roles.yml` has to grant.
 */

const credentials = {
  appId: 'cli_a',
  appSecret: 'canary-app-secret',
  encryptKey: 'canary-encrypt-key',
  verificationToken: 'canary-verification-token',
};
const [weekly, townHall, webinar] = tellStory(Math.floor(Date.now() / 1000) - 7200) as [
  StoryMeeting,
  StoryMeeting,
  StoryMeeting,
];
/** The weekly, begun again five minutes after it ended. */
const weeklyAgain = { ...weekly, id: `${weekly.id.slice(0, -3)}777`, start: weekly.end + 300, end: weekly.end + 900 };
/** More than the worker reads in one go. */
const crowd = {
  ...townHall,
  id: '6911188411934440000',
  no: '987654322',
  rows: Array.from({ length: 2100 }, (_, n) => ({ ...townHall.rows[0], user_id: `ou_${n}` })),
} as StoryMeeting;
/** Just over, and not in Feishu's list yet. */
const now = Math.floor(Date.now() / 1000);
const unheardOf = { ...weekly, id: '6911188411934430000', no: '987654321', start: now - 660, end: now - 60 };

let grants: Grant[];
let feishu: FeishuStandIn;
let aws: Awaited<ReturnType<typeof startAws>>;

/** As if two hours had passed: whoever needs the token next refreshes it. */
const endAccessToken = () => {
  const tokens = JSON.parse(aws.secrets.UserTokenSecret ?? '') as object;
  aws.secrets.UserTokenSecret = JSON.stringify({ ...tokens, accessTokenExpiresAt: 0, refreshedAt: 0 });
};

/** The handler's module, started under its own role, with the tokens at their end and nothing known of a refresh. */
const start = async <T>(name: string, load: () => Promise<T>): Promise<T> => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', name);
  endAccessToken();
  for (const key of ['user-token-lease', 'connection']) aws.stored.delete(`state/${key}.json`);
  vi.resetModules();
  return load();
};

beforeAll(async () => {
  // With object lock, for that asks for one more right; the template's own test holds that it is not granted without.
  grants = grantsOf(resolved(await packaged({ reportLockDays: '30' })));
  feishu = await startFeishuStandIn({
    credentials,
    meetings: () => [weekly, weeklyAgain, townHall, webinar, crowd],
    now: Date.now,
    sleep: () => Promise.reject(new Error('nothing is pushed twice here')),
  });
  aws = await startAws({
    may: (call) => grants.some((grant) => covers(grant, call)),
    secrets: { FeishuSecret: JSON.stringify(credentials), UserTokenSecret: await consented(feishu.url, credentials) },
  });
  vi.stubEnv('REPORT_BUCKET', bucket);
  vi.stubEnv('FEISHU_SECRET_ID', 'FeishuSecret');
  vi.stubEnv('FEISHU_USER_TOKEN_SECRET_ID', 'UserTokenSecret');
  vi.stubEnv('FEISHU_BASE_URL', feishu.url);
  vi.stubEnv('FEISHU_ACCOUNTS_URL', feishu.url);
  vi.stubEnv('CONSOLE_ADMINS', people.admin.openId);
  vi.stubEnv('REPORT_LOCK_DAYS', '30');
  for (const service of ['S3', 'SECRETS_MANAGER', 'SQS']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, aws.url);
  vi.stubEnv('AWS_REGION', 'ap-southeast-1');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'canary');
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
}, 60_000);

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([feishu.close(), aws.close()]);
});

const dayOf = ({ start }: StoryMeeting) => new Date((start + 8 * 3600) * 1000).toISOString().slice(0, 10);
const jobIdOf = (meeting: StoryMeeting) => `${dayOf(meeting)}/${meeting.id}.0`;
/** So many finished jobs in a day that the console keeps them together. */
const busyDay = () => {
  const { day, instanceId } = partsOf(jobIdOf(townHall));
  for (const prefix of ['requests', 'jobs'])
    for (let n = 0; n < 30; n += 1) {
      const found = aws.stored.get(`${prefix}/${jobIdOf(weekly)}.json`);
      const text = new TextDecoder().decode(found?.bytes).replaceAll(weekly.id, `${instanceId}-${n}`);
      if (found) aws.stored.set(`${prefix}/${day}/${instanceId}-${n}.0.json`, { ...found, bytes: Buffer.from(text) });
    }
};
const stored = (prefix: string) => [...aws.stored.keys()].filter((key) => key.startsWith(prefix));

describe('under its own role', () => {
  it('the webhook files what it is pushed and keeps what it cannot read, also when S3’s answer is lost', async () => {
    const { handler } = await start('webhook', () => import('../../handlers/webhook.ts'));
    const push = (event: object) => {
      const { headers, body } = sealPush(event, credentials.encryptKey, Date.now());
      return handler({ headers, body, isBase64Encoded: false } as unknown as APIGatewayProxyEventV2);
    };
    const ended = (meeting: StoryMeeting) => meetingEnded(meeting, credentials);
    const unreadable = ended(weekly);
    for (const event of [ended(weekly), { ...unreadable, event: { meeting: { id: 5 } } }]) {
      aws.loseAnswer('requests/');
      aws.loseAnswer('quarantine/');
      await expect(push(event)).resolves.toMatchObject({ statusCode: 200 });
    }
    await push(ended(weeklyAgain));
    await push(ended(unheardOf));
    await push(ended(crowd));
    expect(stored('requests/')).toHaveLength(4);
    expect(stored('quarantine/')).toHaveLength(1);
  });

  it('the worker makes reports, joins a restarted meeting and puts off what Feishu does not know yet', async () => {
    const { handler } = await start('worker', () => import('../../handlers/worker.ts'));
    const deliver = (jobId: string) =>
      handler(
        {
          Records: [
            {
              messageId: 'm',
              receiptHandle: 'r',
              body: notificationOf(`requests/${jobId}.json`),
              attributes: { ApproximateReceiveCount: '1' },
              eventSourceARN: queueArn,
            },
          ],
        } as unknown as SQSEvent,
        { getRemainingTimeInMillis: () => 900_000 },
      );
    for (const prefix of ['jobs/', 'snapshots/', 'reports/', 'policies/', 'requests/']) aws.loseAnswer(prefix);
    for (const meeting of [weekly, weeklyAgain])
      await expect(deliver(jobIdOf(meeting))).resolves.toEqual({ batchItemFailures: [] });
    await expect(deliver(jobIdOf(unheardOf))).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    aws.queue.waiting = 1;
    await expect(deliver(jobIdOf(crowd))).resolves.toEqual({ batchItemFailures: [] });
    expect(stored('state/fetch/')).toHaveLength(1);
    aws.queue.waiting = 0;
    await expect(deliver(jobIdOf(crowd))).resolves.toEqual({ batchItemFailures: [] });
    expect(stored('state/fetch/')).toEqual([]);
    expect(stored('reports/')).toHaveLength(3);
    expect(stored('requests/').some((key) => key.includes(`${weekly.id}_${weeklyAgain.id}`))).toBe(true);
  }, 60_000);

  it('on-demand finds meetings, files them anew and hands out a link that works', async () => {
    const { handler } = await start('on-demand', () => import('../../handlers/on-demand.ts'));
    const { jobs } = await handler({ meetingNo: townHall.no, from: dayOf(townHall), to: dayOf(townHall) });
    expect(jobs.map(({ status }) => status)).toEqual(['queued']);
    const again = { instanceId: weekly.id, meetingNo: weekly.no, startTime: weekly.start, endTime: weekly.end };
    await handler({ ...again, rerun: true });
    const [told] = (await handler({ jobId: jobIdOf(weekly) })).jobs;
    const link = await fetch(told?.download ?? '');
    expect([link.status, (await link.arrayBuffer()).byteLength > 1000]).toEqual([200, true]);
  }, 60_000);

  it('the reconciler files what no event announced', async () => {
    const { handler } = await start('reconcile', () => import('../../handlers/reconcile.ts'));
    await expect(handler()).resolves.toMatchObject({ filed: 1, notListed: null });
  }, 60_000);

  it('the console lets an administrator connect, sign in, look at everything, ask, examine and sign out', async () => {
    const { handler } = await start('console', () => import('../../handlers/console.ts'));
    const { get, post, consent } = browserOf(handler, feishu.url);
    aws.loseAnswer('state/oauth-used/');
    expect(await consent('/connect/start')).toMatchObject({ statusCode: 200 });
    endAccessToken();
    aws.loseAnswer('audit/');
    aws.loseAnswer('state/sessions/');
    aws.loseAnswer('state/finished/');
    busyDay();
    expect(await consent('/sign-in/start')).toMatchObject({ statusCode: 303 });
    for (const page of ['/', '/ask', '/connection', '/audit'])
      expect(await get(page)).toMatchObject({ statusCode: 200 });
    const report = `/meetings/${jobIdOf(weekly)}`;
    for (const page of [report, `${report}/people/0`, '/policy', '/policy/edit', '/policy/rejudge'])
      expect(await get(page)).toMatchObject({ statusCode: 200 });
    const download = await get(`${report}/download`);
    const link = await fetch(String(download.headers?.location ?? download.headers?.Location));
    expect([link.status, (await link.arrayBuffer()).byteLength > 1000]).toEqual([200, true]);
    expect(await post(`/meetings/${jobIdOf(crowd)}/again`, {})).toMatchObject({ statusCode: 303 });
    const decided = `/meetings/${jobIdOf(weeklyAgain)}/people/0/decision`;
    const decision = { verdict: 'excused', reason: 'on leave' };
    for (const prefix of ['audit/', 'requests/']) aws.loseAnswer(prefix);
    expect(await post(decided, decision)).toMatchObject({ statusCode: 303 });
    const policy = { as: 'json', json: '{"minimum":{"percent":80}}', etag: '', do: 'save' };
    aws.loseAnswer('policies/');
    const saved = await post('/policy/edit', policy);
    expect(saved).toMatchObject({ statusCode: 303 });
    aws.loseAnswer('policies/');
    // Of the ordinary report there is a newer revision, which nobody has worked on.
    expect(await post(`${report}/rejudge`, {})).toMatchObject({ statusCode: 409 });
    const asked = { no: weekly.no, from: dayOf(weekly), to: dayOf(weekly), all: '1' };
    aws.stored.delete(`requests/${jobIdOf(weekly)}.json`);
    aws.loseAnswer('requests/');
    expect(await post('/ask', asked)).toMatchObject({ statusCode: 303 });
    expect(await post('/connection', {})).toMatchObject({ statusCode: 200 });
    expect(await post('/sign-out', {})).toMatchObject({ statusCode: 303 });
  }, 60_000);

  it('keep-alive renews the tokens', async () => {
    const { handler } = await start('keep-alive', () => import('../../handlers/keep-alive.ts'));
    await handler();
    expect(aws.calls).toContainEqual({
      handler: 'keep-alive',
      action: 'secretsmanager:PutSecretValue',
      resource: '<UserTokenSecret>',
    });
  });

  it('the doctor finds everything in order', async () => {
    const { handler } = await start('doctor', () => import('../../handlers/doctor.ts'));
    const { findings } = await handler();
    expect(findings.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });
});

describe('the roles', () => {
  it('grant every call that was made', () => {
    const refused = aws.calls.filter((call) => !grants.some((grant) => covers(grant, call)));
    expect([...new Set(refused.map(inWords))]).toEqual([]);
  });

  it('grant nothing that no call was made for', () => {
    const unused = grants.filter((grant) => !usedByLambda(grant) && !aws.calls.some((call) => covers(grant, call)));
    expect(unused.map(inWords)).toEqual([]);
  });
});
