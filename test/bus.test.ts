import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { FeishuError } from '../src/feishu/error.ts';
import { notificationOf } from '../src/local/bucket-events.ts';
import { startQueue } from '../src/local/queue.ts';
import { directoryObjects } from '../src/store/directory.ts';
import { jobStore } from '../src/store/jobs.ts';
import { requestedJobs } from '../src/store/notifications.ts';
import { requestStore } from '../src/store/requests.ts';
import { createWork } from '../src/work.ts';
import { cloud, workDepsOn } from './cloud.ts';
import { meeting, minute, participant, snapshot } from './make.ts';

const { event } = cloud({ at: minute(65) });
const request = event(meeting());
const { jobId } = request;

const temporaryBucket = async (): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'rollcall-bus-'));
  onTestFinished(() => rm(root, { recursive: true }));
  return join(root, 'bucket');
};

describe('Q1 a batch of messages', () => {
  it('returns exactly those that could not be worked on, each by its own id', async () => {
    const bucket = await temporaryBucket();
    const secret = join(dirname(bucket), 'secret.json');
    await writeFile(secret, JSON.stringify({ appId: 'cli_a', appSecret: 's', verificationToken: 'v' }), {
      mode: 0o600,
    });
    const bad = 'requests/2026-11-16/bad.0.json';
    await mkdir(dirname(join(bucket, bad)), { recursive: true });
    await writeFile(join(bucket, bad), 'not a request');
    const objects = directoryObjects(bucket);
    await requestStore(objects).file(request);
    const fetch = async () => snapshot();
    const work = createWork(workDepsOn(objects, { fetch, nowSeconds: () => minute(65), log: () => {} }));
    await work(jobId, { receiveCount: 1, deadlineAt: minute(80) * 1000 });

    vi.stubEnv('REPORT_BUCKET', pathToFileURL(bucket).href);
    vi.stubEnv('FEISHU_SECRET_ID', pathToFileURL(secret).href);
    vi.stubEnv('FEISHU_TOKEN_KIND', 'tenant');
    vi.stubEnv('AWS_REGION', 'local');
    const quiet = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    onTestFinished(() => {
      quiet.mockRestore();
      vi.unstubAllEnvs();
    });
    const { handler } = await import('../handlers/worker.ts');
    const message = fc.record({ id: fc.uuid(), good: fc.boolean() });
    const batches = fc.uniqueArray(message, { minLength: 1, maxLength: 10, selector: ({ id }) => id });
    await fc.assert(
      fc.asyncProperty(batches, async (batch) => {
        const Records = batch.map(({ id, good }) => ({
          messageId: id,
          body: notificationOf(good ? `requests/${jobId}.json` : bad),
          attributes: { ApproximateReceiveCount: '1' },
        }));
        const answer = await handler({ Records } as unknown as SQSEvent, { getRemainingTimeInMillis: () => 900_000 });
        expect(answer.batchItemFailures).toEqual(
          batch.filter(({ good }) => !good).map(({ id }) => ({ itemIdentifier: id })),
        );
      }),
      { numRuns: 30 },
    );
  });
});

describe('a worker in a process of its own', () => {
  const start = async () => {
    const bucket = await temporaryBucket();
    const objects = directoryObjects(bucket);
    await requestStore(objects).file(request);
    const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', script, bucket, jobId, 'Slow Person'], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await once(child, 'message')).toEqual(['fetching', undefined]);
    const fetch = async () => snapshot({ participants: [participant({ name: 'Quick Person' })] });
    const work = createWork(workDepsOn(objects, { fetch, nowSeconds: () => minute(70), log: () => {} }));
    const again = () => work(jobId, { receiveCount: 2, deadlineAt: minute(85) * 1000 });
    const report = async () => Buffer.from((await objects.get(`reports/${jobId}.xlsx`))?.bytes ?? []).toString();
    const job = async () => (await jobStore(objects).get(jobId))?.job;
    return { child, objects, again, report, job };
  };

  it('Q2 is killed, and the next delivery makes the one report', async () => {
    const { child, again, report, job } = await start();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await job()).toMatchObject({ status: 'running', attempts: 1 });
    expect(await again()).toEqual({ kind: 'settled' });
    expect(await job()).toMatchObject({ status: 'done', attempts: 2 });
    expect(await report()).toContain('Quick Person');
  });

  it('Q3 is paused until another has made the report, goes on, and changes nothing', async () => {
    const { child, objects, again, report, job } = await start();
    child.kill('SIGSTOP');
    await again();
    const [made, status] = [await report(), await job()];
    expect(made).toContain('Quick Person');
    child.kill('SIGCONT');
    child.send('go on');
    expect(await once(child, 'message')).toEqual([{ kind: 'settled' }, undefined]);
    expect(await report()).toBe(made);
    expect(await job()).toEqual(status);
    expect((await objects.list({ prefix: 'reports/' })).keys).toHaveLength(1);
    expect((await objects.list({ prefix: 'snapshots/' })).keys).toHaveLength(1);
  });
});

describe('the queue of a laptop', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  const failed = (event: SQSEvent): SQSBatchResponse => ({
    batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
  });
  const queueOf = async (deliver: (body: string, event: SQSEvent) => Promise<SQSBatchResponse>) => {
    const queue = await startQueue((event) => deliver(event.Records[0]?.body ?? '', event));
    onTestFinished(queue.close);
    return queue;
  };
  const settled: SQSBatchResponse = { batchItemFailures: [] };

  it('Q4 delivers two messages at once at the most, and every one of them once', async () => {
    let running = 0;
    const most: number[] = [];
    const seen: string[] = [];
    const waiting: (() => void)[] = [];
    const queue = await queueOf(async (body) => {
      running += 1;
      most.push(running);
      await new Promise<void>((wake) => waiting.push(wake));
      running -= 1;
      seen.push(body);
      return settled;
    });
    for (let n = 0; n < 20; n += 1) queue.send(`${n}`);
    while (seen.length < 20) {
      await vi.advanceTimersByTimeAsync(100);
      for (const wake of waiting.splice(0)) wake();
    }
    expect(Math.max(...most)).toBe(2);
    expect(new Set(seen).size).toBe(20);
  });

  it.each([
    ['throws', () => Promise.reject(new Error('crash'))],
    ['is returned', async (event: SQSEvent) => failed(event)],
  ])('Q2 hides a message that %s for a minute, then delivers it again', async (_, fate) => {
    const counts: string[] = [];
    const queue = await queueOf((_body, event) => {
      counts.push(event.Records[0]?.attributes.ApproximateReceiveCount ?? '');
      return counts.length === 1 ? fate(event) : Promise.resolve(settled);
    });
    queue.send('job');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(counts).toEqual(['1']);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(counts).toEqual(['1', '2']);
  });

  it('Q5 puts a poison message aside after 20 deliveries; the others never wait for it', async () => {
    const poisoned: string[] = [];
    const done: string[] = [];
    const queue = await queueOf((body, event) => {
      (body === 'poison' ? poisoned : done).push(body);
      return Promise.resolve(body === 'poison' ? failed(event) : settled);
    });
    queue.send('poison');
    for (let n = 0; n < 10; n += 1) queue.send(`${n}`);
    await vi.advanceTimersByTimeAsync(2000);
    expect(done).toHaveLength(10);
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    expect(poisoned).toHaveLength(20);
    expect(queue.dead).toEqual(['poison']);
  });
});

describe('a message that is waited for', () => {
  it.each(['NOT_READY', 'RATE_LIMITED', 'UNREACHABLE'] as const)(
    'Q4 is let go before the queue gives it up, however long Feishu answers %s',
    async (code) => {
      const world = cloud({ at: minute(65) });
      world.faults.fetch = () => Promise.reject(new FeishuError(code, 'told', { waitSeconds: 60 }));
      await world.requests.file(request);
      await world.pass(86_400);
      expect(world.dead).toEqual([]);
      expect(world.messages).toEqual([]);
      expect(await world.job(jobId)).toMatchObject({ status: 'waiting', code });
    },
  );
});

describe('Q5 a job that no delivery can do', () => {
  it('dies alone, and is done by the reconciler’s message once it is mended', async () => {
    const world = cloud({ at: minute(65) });
    world.faults.fetch = async ({ instanceId }) => {
      if (instanceId === 'poison') throw new TypeError('a bug');
      return snapshot();
    };
    for (const instanceId of ['a', 'poison', 'b']) await world.requests.file(event(meeting({ instanceId })));
    await world.pass(0);
    expect(await world.keys('reports/')).toHaveLength(2);
    await world.pass(2 * 86_400);
    expect(world.dead).toHaveLength(1);
    world.faults.fetch = async () => snapshot();
    await world.reconcile();
    await world.pass(0);
    expect(await world.job('2026-11-16/poison.0')).toMatchObject({ status: 'done' });
  });
});

describe('Q6 failures that are known', () => {
  it('are state, not exceptions: acknowledged at once, and the queue goes on behind them', async () => {
    const world = cloud({ at: minute(65) });
    world.faults.fetch = async ({ instanceId }) => {
      if (instanceId === 'm0') throw new FeishuError('NO_PERMISSION', 'told');
      if (instanceId === 'm1') throw new FeishuError('AUTHORISE_AGAIN', 'told');
      return snapshot();
    };
    for (let n = 0; n < 10; n += 1) await world.requests.file(event(meeting({ instanceId: `m${n}` })));
    await world.pass(0);
    expect(world.messages).toEqual([]);
    expect(await world.keys('reports/')).toHaveLength(8);
    expect(await world.job('2026-11-16/m0.0')).toMatchObject({ status: 'failed' });
    expect(await world.job('2026-11-16/m1.0')).toMatchObject({ status: 'waiting' });
  });
});

describe('J6 a bucket that may not tell whether a request is there', () => {
  it('has the message delivered again, not taken for one that nobody asked for', async () => {
    const world = cloud({ at: minute(65) });
    const failure = new Error('403');
    const work = createWork({
      ...workDepsOn(world.bucket, { fetch: async () => snapshot(), nowSeconds: () => minute(65), log: () => {} }),
      requests: { ...world.requests, get: () => Promise.reject(failure) },
    });
    await expect(work(jobId, { receiveCount: 1, deadlineAt: 0 })).rejects.toBe(failure);
  });
});

describe('Q7 what arrives in the queue', () => {
  const told = (...keys: string[]) => JSON.stringify({ Records: keys.map((key) => ({ s3: { object: { key } } })) });

  it.each<[string, string, string[]]>([
    ['a notification', told(`requests/${jobId}.json`), [jobId]],
    ['a key that is form-encoded', told('requests%2F2026-11-16%2Fa_b-c.0.json'), ['2026-11-16/a_b-c.0']],
    [
      'two objects',
      told('requests/2026-11-16/1.0.json', 'requests/2026-11-16/1.1.json'),
      ['2026-11-16/1.0', '2026-11-16/1.1'],
    ],
    ['a plus, which is a space', told('requests/2026-11-16/1+2.0.json'), []],
    ['a key in Chinese', told('requests/2026-11-16/%E4%BC%9A.0.json'), []],
    ['a broken escape beside a sound key', told('requests/%E4%ZZ.json', `requests/${jobId}.json`), [jobId]],
    ['a key of another prefix', told(`reports/${jobId}.xlsx`), []],
    ['S3’s test event', '{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}', []],
    ['no record', '{"Records":[]}', []],
    ['a record without a key', '{"Records":[{"s3":{}}]}', []],
    ['no JSON', '<xml/>', []],
    ['nothing', '', []],
  ])('%s', (_, body, jobIds) => {
    expect(requestedJobs(body)).toEqual(jobIds);
  });
});
