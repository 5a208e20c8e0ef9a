import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SQSEvent } from 'aws-lambda';
import { vi } from 'vitest';
import { notificationOf } from '../../src/local/bucket-events.ts';
import { startFeishuStandIn } from '../../src/local/feishu.ts';
import type { StoryMeeting } from '../../src/local/story.ts';
import { startWeb } from '../../src/local/web.ts';
import { directoryObjects } from '../../src/store/directory.ts';

const credentials = {
  appId: 'cli_a',
  appSecret: 'canary-app-secret',
  encryptKey: 'canary-encrypt-key',
  verificationToken: 'canary-verification-token',
};

type Environment = {
  CONSOLE_ADMINS: string;
  CONSOLE_VIEWERS?: string;
  FEISHU_TOKEN_KIND?: 'user' | 'tenant';
  FEISHU_BASE_URL?: string;
};

/**
 * The console's handler as deployed, wired by the environment alone, on a directory and a stand-in Feishu that knows these
 * meetings.
 */
export const startConsole = async (env: Environment, meetings: readonly StoryMeeting[] = []) => {
  const root = await mkdtemp(join(tmpdir(), 'rollcall-console-'));
  const bucket = join(root, 'bucket');
  const objects = directoryObjects(bucket);
  const secretFile = join(root, 'secret.json');
  const tokensFile = join(root, 'tokens.json');
  await writeFile(secretFile, JSON.stringify(credentials), { mode: 0o600 });
  const feishu = await startFeishuStandIn({
    credentials,
    meetings: () => meetings,
    now: Date.now,
    sleep: () => Promise.reject(new Error('nothing is pushed here')),
  });
  vi.stubEnv('REPORT_BUCKET', pathToFileURL(bucket).href);
  vi.stubEnv('FEISHU_SECRET_ID', pathToFileURL(secretFile).href);
  vi.stubEnv('FEISHU_USER_TOKEN_SECRET_ID', pathToFileURL(tokensFile).href);
  vi.stubEnv('FEISHU_BASE_URL', feishu.url);
  vi.stubEnv('FEISHU_ACCOUNTS_URL', feishu.url);
  vi.stubEnv('AWS_REGION', 'local');
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const logged: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  vi.resetModules();
  const { handler } = await import('../../handlers/console.ts');
  const web = await startWeb({
    port: 0,
    webhook: () => Promise.reject(new Error('no webhook here')),
    console: handler,
    readFile: (path) => objects.get(relative(bucket, path)),
  });
  return {
    handler,
    url: web.url,
    feishu,
    objects,
    logged,
    /** Has the worker make the report that a job asks for. */
    work: async (jobId: string): Promise<void> => {
      const { handler: worker } = await import('../../handlers/worker.ts');
      const record = {
        messageId: 'm',
        receiptHandle: 'r',
        body: notificationOf(`requests/${jobId}.json`),
        attributes: { ApproximateReceiveCount: '1' },
        eventSourceARN: 'arn:aws:sqs:local:000000000000:jobs',
      };
      const { batchItemFailures } = await worker({ Records: [record] } as unknown as SQSEvent);
      if (batchItemFailures.length > 0) throw new Error(`The worker did not finish ${jobId}`);
    },
    /** What is stored of the authorisation, or null. */
    stored: async (): Promise<Record<string, unknown> | null> => {
      const text = await readFile(tokensFile, 'utf8').catch(() => null);
      return text === null ? null : JSON.parse(text);
    },
    forget: () => rm(tokensFile, { force: true }),
    close: async () => {
      output.mockRestore();
      vi.unstubAllEnvs();
      await Promise.all([web.close(), feishu.close()]);
      await rm(root, { recursive: true });
    },
  };
};
