import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { s3Client, s3Objects } from '../../src/store/s3.ts';

const bytes = new TextEncoder().encode('ours');
const options = { contentType: 'application/json', when: 'absent' } as const;
const credentials = { accessKeyId: 'k', secretAccessKey: 's' };

const answered = (httpStatusCode: number, name = `Status${httpStatusCode}`) =>
  new S3ServiceException({ name, message: name, $fault: 'server', $metadata: { httpStatusCode } });
const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const holding = (text: string): Partial<GetObjectCommandOutput> => ({
  ETag: '"stored"',
  Body: { transformToByteArray: async () => new TextEncoder().encode(text) } as NonNullable<
    GetObjectCommandOutput['Body']
  >,
});

/** A store whose PUTs are answered in turn, the last answer again and again; time passes only in its sleeps. */
const scripted = (answers: readonly ('200' | Error)[], stored?: Partial<GetObjectCommandOutput> | Error) => {
  const client = new S3Client({ region: 'us-east-1', credentials });
  const mock = mockClient(client);
  let turn = 0;
  mock.on(PutObjectCommand).callsFake(() => {
    const answer = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    if (answer instanceof Error) throw answer;
    return { ETag: '"new"' };
  });
  if (stored instanceof Error) mock.on(GetObjectCommand).rejects(stored);
  else mock.on(GetObjectCommand).resolves(stored ?? {});
  let clock = 0;
  const slept: number[] = [];
  const pace = {
    now: () => clock,
    random: () => 1,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds);
      clock += milliseconds;
    },
  };
  return { store: s3Objects({ bucket: 'b', client, budgetMs: 2000, pace }), mock, slept };
};

describe('a put and the answers it meets', () => {
  it.each([
    ['200', ['200'], undefined, { kind: 'written', etag: 'new' }, 1],
    ['412: another was first', [answered(412)], holding('ours'), { kind: 'refused' }, 1],
    ['W14 409, then 200', [answered(409), '200'], undefined, { kind: 'written', etag: 'new' }, 2],
    [
      'W14 409, then 412 over our bytes',
      [answered(409), answered(412)],
      holding('ours'),
      { kind: 'written', etag: 'stored' },
      2,
    ],
    ['W14 409, then 412 over other bytes', [answered(409), answered(412)], holding('theirs'), { kind: 'refused' }, 2],
    [
      'W13 503, then 412 over our bytes',
      [answered(503), answered(412)],
      holding('ours'),
      { kind: 'written', etag: 'stored' },
      2,
    ],
    ['X9 503, then 412 over other bytes', [answered(503), answered(412)], holding('theirs'), { kind: 'refused' }, 2],
    [
      'W13 reset, then 412 over our bytes',
      [reset, answered(412)],
      holding('ours'),
      { kind: 'written', etag: 'stored' },
      2,
    ],
    [
      '503, then 412, then nothing there',
      [answered(503), answered(412)],
      answered(404, 'NoSuchKey'),
      { kind: 'refused' },
      2,
    ],
    ['429, then 200', [answered(429), '200'], undefined, { kind: 'written', etag: 'new' }, 2],
    [
      "S3's own RequestTimeout, then 200",
      [answered(400, 'RequestTimeout'), '200'],
      undefined,
      { kind: 'written', etag: 'new' },
      2,
    ],
  ] as const)('%s', async (_, answers, stored, outcome, tries) => {
    const { store, mock } = scripted(answers, stored);
    expect(await store.put('jobs/1.json', bytes, options)).toEqual(outcome);
    const puts = mock.commandCalls(PutObjectCommand).map((call) => call.args[0].input);
    expect(puts).toHaveLength(tries);
    for (const put of puts) expect(put).toMatchObject({ Key: 'jobs/1.json', Body: bytes, IfNoneMatch: '*' });
  });

  it.each([
    ['W14 403', [answered(403)], 'FORBIDDEN', 1],
    ['no such bucket', [answered(404, 'NoSuchBucket')], 'UNAVAILABLE', 1],
    ['W13 503 for ever', [answered(503)], 'UNAVAILABLE', 5],
    ['reset for ever', [reset], 'UNAVAILABLE', 5],
  ] as const)('%s ends in an error with a code', async (_, answers, code, tries) => {
    const { store, mock, slept } = scripted(answers);
    await expect(store.put('jobs/1.json', bytes, options)).rejects.toMatchObject({
      code,
      message: expect.stringContaining('s3://b/jobs/1.json'),
    });
    expect(mock.commandCalls(PutObjectCommand)).toHaveLength(tries);
    expect(slept.reduce((sum, milliseconds) => sum + milliseconds, 0)).toBeLessThan(2000);
  });

  it('X9 does not guess when the bytes cannot be read back', async () => {
    const { store } = scripted([answered(503), answered(412)], answered(403));
    await expect(store.put('jobs/1.json', bytes, options)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('a lost race over a version that is gone is refused too', async () => {
    const { store } = scripted([answered(404, 'NoSuchKey')]);
    expect(await store.put('jobs/1.json', bytes, { ...options, when: { etag: 'e' } })).toEqual({ kind: 'refused' });
  });

  it('sends an etag as it gave it, without quotes', async () => {
    const { store, mock } = scripted(['200']);
    const first = await store.put('jobs/1.json', bytes, options);
    await store.put('jobs/1.json', bytes, { ...options, when: { etag: first.kind === 'written' ? first.etag : '' } });
    expect(mock.commandCalls(PutObjectCommand)[1]?.args[0].input.IfMatch).toBe('new');
  });

  it('waits longer each time, by chance within a bound', async () => {
    const { store, slept } = scripted([answered(503)]);
    await expect(store.put('jobs/1.json', bytes, options)).rejects.toThrow();
    expect(slept).toEqual([100, 200, 400, 800]);
  });
});

describe('a get', () => {
  it('answers null only when S3 says that there is no such key', async () => {
    expect(await scripted([], answered(404, 'NoSuchKey')).store.get('a')).toBeNull();
  });

  it.each([
    ['J6 403, as for a missing key without the right to list', answered(403, 'AccessDenied'), 'FORBIDDEN'],
    ['a missing bucket', answered(404, 'NoSuchBucket'), 'UNAVAILABLE'],
    ['503', answered(503), 'UNAVAILABLE'],
  ] as const)('never takes %s for absence', async (_, error, code) => {
    await expect(scripted([], error).store.get('a')).rejects.toMatchObject({ code });
  });
});

describe('over a real connection', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
    vi.restoreAllMocks();
  });

  const serving = async (answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) => {
    const server = createServer((request, response) => void answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = s3Client({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials,
      forcePathStyle: true,
    });
    closing.push(() => {
      client.destroy();
      server.closeAllConnections();
      server.close();
    });
    return s3Objects({ bucket: 'b', client, budgetMs: 1000 });
  };

  it('W13 sends a stream whole at every try, with its length and checksum told beforehand', async () => {
    const seen: unknown[] = [];
    const store = await serving(async (request, response) => {
      const { method, headers } = request;
      const body = (await buffer(request)).toString();
      seen.push([method, headers['content-length'], headers['x-amz-checksum-sha256'], headers['if-none-match'], body]);
      if (seen.length === 1) response.writeHead(503).end();
      else response.setHeader('ETag', '"new"').end();
    });
    const content = async function* () {
      yield Buffer.from('会');
      yield Buffer.from('议');
    };
    expect(await store.put('k', content(), options)).toEqual({ kind: 'written', etag: 'new' });
    const sha256 = createHash('sha256').update('会议').digest('base64');
    expect(seen).toEqual([1, 2].map(() => ['PUT', '6', sha256, '*', '会议']));
  });

  it('W13 recognises a stream of its own when the connection drops after the commit', async () => {
    let committed: Buffer | null = null;
    const store = await serving(async (request, response) => {
      const body = await buffer(request);
      if (request.method === 'GET') response.end(committed);
      else if (committed !== null) response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
      else {
        committed = body;
        request.socket.destroy();
      }
    });
    const content = async function* () {
      yield Buffer.from('ours');
    };
    expect(await store.put('k', content(), options)).toMatchObject({ kind: 'written' });
  });

  it('O2 writes no line of the SDK’s own to the console when a stream is refused', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const store = await serving(async (_, response) => void response.writeHead(403).end());
    const content = async function* () {
      yield Buffer.from('ours');
    };
    await expect(store.put('k', content(), options)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(warned).not.toHaveBeenCalled();
  });

  it('sends nothing of a stream that fails on the way', async () => {
    let requests = 0;
    const store = await serving(async (_, response) => {
      requests += 1;
      response.end();
    });
    const content = async function* () {
      yield Buffer.from('half');
      throw new RangeError('no number');
    };
    await expect(store.put('k', content(), options)).rejects.toThrow(RangeError);
    expect(requests).toBe(0);
  });

  it('W13 recognises its own write when the connection drops after the commit', async () => {
    let committed: Buffer | null = null;
    const store = await serving(async (request, response) => {
      const body = await buffer(request);
      if (request.method === 'GET') response.end(committed);
      else if (committed !== null) response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
      else {
        committed = body;
        request.socket.destroy();
      }
    });
    expect(await store.put('requests/1.json', bytes, options)).toMatchObject({ kind: 'written' });
    expect(committed).toEqual(Buffer.from(bytes));
  });

  it.each([
    ['never answers', () => {}],
    [
      'falls silent within the body',
      (response: ServerResponse) => response.writeHead(200, { 'content-length': 9 }).write('x'),
    ],
  ])('F4 gives up within its budget on a server that %s', async (_, answer) => {
    const store = await serving(async (_, response) => void answer(response));
    const before = performance.now();
    await expect(store.get('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    // Not after the thirty seconds of one attempt.
    expect(performance.now() - before).toBeLessThan(15_000);
  });
});
