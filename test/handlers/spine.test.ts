import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { notificationOf } from '../../src/local/bucket-events.ts';
import { type FeishuStandIn, meetingEnded, sealPush, startFeishuStandIn } from '../../src/local/feishu.ts';
import { startQueue } from '../../src/local/queue.ts';
import { type StoryMeeting, tellStory } from '../../src/local/story.ts';

/** The handlers as deployed, wired by the environment alone, on a directory and a stand-in Feishu. */

const credentials = {
  appId: 'cli_a',
  appSecret: 'canary-app-secret',
  encryptKey: 'canary-encrypt-key',
  verificationToken: 'canary-verification-token',
};
const meetings: StoryMeeting[] = tellStory(Math.floor(Date.now() / 1000));
const weekly = meetings[0] as StoryMeeting;

let root: string;
let feishu: FeishuStandIn;
let visibility: Awaited<ReturnType<typeof startQueue>>;
let handlers: {
  webhook: typeof import('../../handlers/webhook.ts').handler;
  worker: typeof import('../../handlers/worker.ts').handler;
  onDemand: typeof import('../../handlers/on-demand.ts').handler;
};
const logged: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-'));
  await writeFile(join(root, 'secret.json'), JSON.stringify(credentials), { mode: 0o600 });
  feishu = await startFeishuStandIn({
    credentials,
    meetings: () => meetings,
    now: Date.now,
    sleep: () => Promise.reject(new Error('the first push was not answered 200')),
  });
  visibility = await startQueue(async () => ({ batchItemFailures: [] }));
  vi.stubEnv('REPORT_BUCKET', pathToFileURL(join(root, 'bucket')).href);
  vi.stubEnv('FEISHU_SECRET_ID', pathToFileURL(join(root, 'secret.json')).href);
  vi.stubEnv('FEISHU_BASE_URL', feishu.url);
  vi.stubEnv('FEISHU_TOKEN_KIND', 'tenant');
  vi.stubEnv('REPORT_LOCALE', 'en');
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', visibility.url);
  vi.stubEnv('AWS_REGION', 'local');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  handlers = {
    webhook: (await import('../../handlers/webhook.ts')).handler,
    worker: (await import('../../handlers/worker.ts')).handler,
    onDemand: (await import('../../handlers/on-demand.ts')).handler,
  };
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([feishu.close(), visibility.close()]);
  await rm(root, { recursive: true });
});

const push = (meeting: StoryMeeting, base64 = false) => {
  const { headers, body } = sealPush(meetingEnded(meeting, credentials), credentials.encryptKey, Date.now());
  return handlers.webhook({
    headers,
    body: base64 ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: base64,
  } as unknown as APIGatewayProxyEventV2);
};

const deliver = (...bodies: string[]) => {
  const records = bodies.map((body, index) => ({
    messageId: `m${index}`,
    receiptHandle: `r${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1' },
    eventSourceARN: 'arn:aws:sqs:local:000000000000:jobs',
  }));
  return handlers.worker({ Records: records } as unknown as SQSEvent, { getRemainingTimeInMillis: () => 900_000 });
};

const byInstance = (meeting: StoryMeeting) => ({
  instanceId: meeting.id,
  meetingNo: meeting.no,
  startTime: meeting.start,
  endTime: meeting.end,
  topic: meeting.topic,
});
const day = (meeting: StoryMeeting) => new Date((meeting.start + 8 * 3600) * 1000).toISOString().slice(0, 10);
const keyOf = (meeting: StoryMeeting, revision = 0) => `requests/${day(meeting)}/${meeting.id}.${revision}.json`;
const workbookOf = (meeting: StoryMeeting, revision = 0) =>
  readFile(join(root, 'bucket', 'reports', day(meeting), `${meeting.id}.${revision}.xlsx`));

describe('an ended meeting becomes a report', () => {
  it('from the signed push to the workbook', async () => {
    await expect(push(weekly)).resolves.toMatchObject({ statusCode: 200, body: '{}' });
    await expect(push(weekly, true)).resolves.toMatchObject({ statusCode: 200, body: '{}' });
    await expect(deliver(notificationOf(keyOf(weekly)))).resolves.toEqual({ batchItemFailures: [] });
    expect((await workbookOf(weekly)).subarray(0, 2).toString()).toBe('PK');
  });

  it('X7 byte for byte the same when everything but its request and snapshot is lost', async () => {
    const first = await workbookOf(weekly);
    await rm(join(root, 'bucket', 'reports'), { recursive: true });
    await rm(join(root, 'bucket', 'jobs'), { recursive: true });
    await deliver(notificationOf(keyOf(weekly)));
    expect((await workbookOf(weekly)).equals(first)).toBe(true);
  });

  it('of both roles when it was a webinar', async () => {
    const webinar = meetings[2] as StoryMeeting;
    await push(webinar);
    await deliver(notificationOf(keyOf(webinar)));
    const { jobs } = await handlers.onDemand({ jobId: `${day(webinar)}/${webinar.id}.0` });
    expect(jobs[0]).toMatchObject({ status: 'done', summary: { required: expect.any(Number) } });
    const [job] = jobs;
    if (job?.status !== 'done') throw new Error('not done');
    expect(job.summary.required + job.summary.notRequired + job.summary.excused).toBe(1200);
  });
});

describe('the worker', () => {
  it('Q7 passes over a test event, a strange body and strange keys', async () => {
    await expect(
      deliver(
        '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}',
        'no JSON',
        notificationOf('requests/2026-11-20/会议+1.0.json'),
        notificationOf('reports/2026-11-20/1.0.xlsx'),
      ),
    ).resolves.toEqual({ batchItemFailures: [] });
  });

  it('Q1 returns the one message it cannot work on, and works on the others', async () => {
    const training = meetings[1] as StoryMeeting;
    await push(training);
    const bad = `requests/${day(weekly)}/bad.0.json`;
    await writeFile(join(root, 'bucket', bad), 'not a request');
    await expect(deliver(notificationOf(bad), notificationOf(keyOf(training)))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    expect((await workbookOf(training)).length).toBeGreaterThan(1000);
    const faults = logged
      .map((line) => JSON.parse(line) as object)
      .filter((line) => 'level' in line || 'error' in line);
    expect(faults).toMatchObject([{ event: 'worker.error', jobId: `${day(weekly)}/bad.0`, messageId: 'm0' }]);
  });

  it('F7 puts a message back while Feishu does not know the meeting yet, and tells so', async () => {
    const late: StoryMeeting = { ...weekly, id: '7000000000000000001', no: '111222333' };
    await push(late);
    await expect(deliver(notificationOf(keyOf(late)))).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }],
    });
    const { jobs } = await handlers.onDemand({ jobId: `${day(late)}/${late.id}.0` });
    expect(jobs[0]).toMatchObject({ status: 'waiting', code: 'NOT_READY' });
  });

  it('O1 logs no secret and nobody’s name', () => {
    const text = logged.join('');
    expect(text).toContain(weekly.id);
    for (const canary of [
      ...Object.values(credentials).slice(1),
      weekly.topic,
      String(weekly.rows[0]?.participant_name),
    ])
      expect(text).not.toContain(canary);
  });
});

describe('a report on demand', () => {
  it('finds the instances of a number within days of the report time zone, and files each once', async () => {
    const input = { meetingNo: weekly.no, from: day(weekly), to: day(weekly) };
    const { jobs } = await handlers.onDemand(input);
    expect(jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({ jobId: `${day(weekly)}/${weekly.id}.0`, status: 'done' });
    expect(jobs[0]?.download).toContain('.0.xlsx');
  });

  it('files a known instance, and a new revision on demand', async () => {
    const { jobs } = await handlers.onDemand({ ...byInstance(weekly), rerun: true });
    expect(jobs[0]).toMatchObject({ jobId: `${day(weekly)}/${weekly.id}.1`, status: 'queued' });
    expect(logged.join('')).toContain(`{"event":"asked","jobId":"${jobs[0]?.jobId}","outcome":"filed"`);
    await deliver(notificationOf(keyOf(weekly, 1)));
    const done = await handlers.onDemand({ jobId: `${day(weekly)}/${weekly.id}.1` });
    expect(done.jobs[0]).toMatchObject({ status: 'done' });
  });

  it('tries again what waits when it is asked for again, and files nothing twice', async () => {
    const late: StoryMeeting = { ...weekly, id: '7000000000000000002', no: '111222444' };
    await push(late);
    await deliver(notificationOf(keyOf(late)));
    const before = await stat(join(root, 'bucket', keyOf(late)));
    meetings.push(late);
    await expect(handlers.onDemand(byInstance(late))).resolves.toMatchObject({ jobs: [{ status: 'waiting' }] });
    expect((await stat(join(root, 'bucket', keyOf(late)))).mtimeMs).toBeGreaterThan(before.mtimeMs);
    await deliver(notificationOf(keyOf(late)));
    await expect(handlers.onDemand(byInstance(late))).resolves.toMatchObject({ jobs: [{ status: 'done' }] });
  });

  it.each([
    ['meetingNo', { meetingNo: '12345', from: '2026-11-01', to: '2026-11-02' }],
    ['from', { meetingNo: '123456789', from: 'yesterday', to: '2026-11-02' }],
    ['from: must not be in the future', { meetingNo: '123456789', from: '2999-11-01', to: '2999-11-02' }],
    ['from: must not be before 1970', { meetingNo: '123456789', from: '1969-11-01', to: '1969-11-02' }],
    ['to', { meetingNo: '123456789', from: '2026-11-02', to: '2026-11-01' }],
    ['to', { meetingNo: '123456789', from: '2024-11-02', to: '2026-11-01' }],
    ['to', { meetingNo: '123456789', from: '2026-11-02' }],
    ['until', { meetingNo: '123456789', from: '2026-11-01', to: '2026-11-02', until: 1 }],
    ['instanceId', { ...byInstance(weekly), instanceId: '../secret' }],
    ['startTime', { ...byInstance(weekly), startTime: 'now' }],
    ['endTime', { ...byInstance(weekly), endTime: weekly.start - 1 }],
    ['endTime', { ...byInstance(weekly), endTime: Math.floor(Date.now() / 1000) + 600 }],
    ['rerun', { ...byInstance(weekly), rerun: 'yes' }],
    ['jobId', { jobId: '../../secret' }],
    ['jobId', { jobId: '2020-01-01/1.0' }],
    ['the input', 'report!'],
  ])('names the field that is not usable: %s', async (field, input) => {
    await expect(handlers.onDemand(input)).rejects.toThrow(new RegExp(field));
  });
});
