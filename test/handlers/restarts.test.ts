import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { notificationOf } from '../../src/local/bucket-events.ts';
import { type FeishuStandIn, meetingEnded, sealPush, startFeishuStandIn } from '../../src/local/feishu.ts';
import { feishuDuration, feishuTime, type StoryMeeting, tellStory } from '../../src/local/story.ts';
import { lineOf, opened, sheetOf, textsOf } from '../workbook/read.ts';

/** The handlers as deployed, on a directory and a stand-in Feishu, while meetings end and are begun again. */

const credentials = { appId: 'cli_a', appSecret: 'canary-app-secret', verificationToken: 'canary-token' };
const hour = 3600;
const day = 24 * hour;
/** Noon of the day before yesterday in Shanghai. */
const noon = Math.floor(Date.now() / 1000 / day) * day - 2 * day + 4 * hour;
const weekly = tellStory(noon)[0] as StoryMeeting;
const someone = weekly.rows.find(({ user_id, accept_status }) => user_id !== '' && accept_status === 1);

/** An instance of half an hour, in which one person stayed throughout. */
const instance = (id: string, no: string, start: number): StoryMeeting => ({
  ...weekly,
  id,
  no,
  start,
  end: start + hour / 2,
  rows: [
    {
      ...someone,
      join_time: feishuTime(start),
      leave_time: feishuTime(start + hour / 2),
      time_in_meeting: feishuDuration(hour / 2),
      is_external: false,
    },
  ],
});

const meetings = [
  instance('71', '111111111', noon),
  instance('72', '111111111', noon + hour / 2 + 10 * 60),
  instance('81', '222222222', noon),
  instance('82', '222222222', noon + hour / 2 + 16 * 60),
  instance('91', '333333333', noon),
  instance('92', '333333333', noon + day),
];

let root: string;
let feishu: FeishuStandIn;
let webhook: typeof import('../../handlers/webhook.ts').handler;
let worker: typeof import('../../handlers/worker.ts').handler;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-restarts-'));
  await writeFile(join(root, 'secret.json'), JSON.stringify(credentials), { mode: 0o600 });
  feishu = await startFeishuStandIn({ credentials, meetings: () => meetings, now: Date.now, sleep: async () => {} });
  vi.stubEnv('REPORT_BUCKET', pathToFileURL(join(root, 'bucket')).href);
  vi.stubEnv('FEISHU_SECRET_ID', pathToFileURL(join(root, 'secret.json')).href);
  vi.stubEnv('FEISHU_BASE_URL', feishu.url);
  vi.stubEnv('FEISHU_TOKEN_KIND', 'tenant');
  vi.stubEnv('REPORT_LOCALE', 'en');
  vi.stubEnv('AWS_REGION', 'local');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  webhook = (await import('../../handlers/webhook.ts')).handler;
  worker = (await import('../../handlers/worker.ts')).handler;
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await feishu.close();
  await rm(root, { recursive: true });
});

const deliver = async (entry: string): Promise<void> => {
  const record = {
    messageId: 'm',
    receiptHandle: 'r',
    body: notificationOf(`requests/${entry}`),
    attributes: { ApproximateReceiveCount: '1' },
    eventSourceARN: 'arn:aws:sqs:local:000000000000:jobs',
  };
  const event = { Records: [record] } as unknown as SQSEvent;
  expect(await worker(event, { getRemainingTimeInMillis: () => 900_000 })).toEqual({ batchItemFailures: [] });
};

const filesIn = async (prefix: string, ending: string): Promise<string[]> => {
  const entries = await readdir(join(root, 'bucket', prefix), { recursive: true });
  return entries.filter((name) => name.endsWith(ending)).sort();
};

const workbookOf = async (instanceId: string) => {
  const name = (await filesIn('reports', '.xlsx')).find((each) => each.endsWith(`/${instanceId}.0.xlsx`));
  return opened(await readFile(join(root, 'bucket', 'reports', name ?? '')));
};

/** A duration as exceljs reads it. */
const clock = (hours: number, minutes: number): Date => new Date(Date.UTC(1899, 11, 30, hours, minutes));

describe('meetings that end and are begun again', () => {
  it('have one report each, and one more where the break was ten minutes; not sixteen, not a day', async () => {
    for (const meeting of meetings) {
      const { headers, body } = sealPush(meetingEnded(meeting, credentials), undefined, Date.now());
      await webhook({ headers, body, isBase64Encoded: false } as unknown as APIGatewayProxyEventV2);
    }
    // The joined request is there once the parts are done, and makes a second round.
    for (let delivered = 0; delivered < 2; delivered += 1)
      for (const entry of await filesIn('requests', '.json')) await deliver(entry);
    const reports = await filesIn('reports', '.xlsx');
    expect(reports.map((name) => name.split('/')[1])).toEqual([
      '71.0.xlsx',
      '71_72.0.xlsx',
      '72.0.xlsx',
      '81.0.xlsx',
      '82.0.xlsx',
      '91.0.xlsx',
      '92.0.xlsx',
    ]);
  });

  it('are judged as one in the joined report, which names both instances', async () => {
    const workbook = await workbookOf('71_72');
    expect(lineOf(sheetOf(workbook, 'Attendance'), String(someone?.participant_name))).toMatchObject({
      Verdict: 'Attended',
      'Certain time': clock(1, 0),
      'Required time': clock(0, 45),
      Percent: 1,
    });
    const evidence = textsOf(sheetOf(workbook, 'Evidence')).join('\n');
    expect(evidence).toContain('instance 71');
    expect(evidence).toContain('instance 72');
    expect(textsOf(sheetOf(await workbookOf('71'), 'Evidence')).join('\n')).not.toContain('72');
  });
});
