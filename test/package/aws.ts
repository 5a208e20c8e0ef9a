import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryObjects } from '../memory-store.ts';

/** What IAM is asked: may this function do this to that? */
export type Call = { handler: string; action: string; resource: string };

export const bucket = 'rollcall-bucket';
export const queueArn = 'arn:aws:sqs:ap-southeast-1:123456789012:jobs';

type Answer = { status: number; body?: string | Uint8Array; headers?: Record<string, string> };

const xml = (status: number, text: string): Answer => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?>${text}`,
  headers: { 'content-type': 'application/xml' },
});
const failed = (status: number, code: string): Answer => xml(status, `<Error><Code>${code}</Code></Error>`);
const json = (body: object, status = 200): Answer => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/x-amz-json-1.1' },
});

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** The access key's id, which tests set to the handler's name; every request is signed with it, a link too. */
const handlerOf = (request: IncomingMessage, url: URL): string =>
  /Credential=([\w-]+)\//.exec(request.headers.authorization ?? '')?.[1] ??
  url.searchParams.get('X-Amz-Credential')?.split('/')[0] ??
  'nobody';

/**
 * S3, Secrets Manager and SQS on loopback as far as the handlers use them, behind a door that lets a function do what
 * `may` says and answers 403 to the rest. Every call is kept, refused ones too. Resources are named as in the template.
 */
export const startAws = async ({ may, secrets }: { may: (call: Call) => boolean; secrets: Record<string, string> }) => {
  const calls: Call[] = [];
  /** How many other messages wait in the queue. */
  const queue = { waiting: 0 };
  const objects = memoryObjects();
  const versions = new Map<string, number>();
  /** Prefixes under which the answer to the next write is lost after it was carried out. */
  const losing = new Set<string>();

  const allowed = (handler: string, action: string, resource: string): boolean => {
    const call = { handler, action, resource };
    calls.push(call);
    return may(call);
  };

  const s3 = async (request: IncomingMessage, url: URL, handler: string): Promise<Answer | 'lost'> => {
    const key = decodeURIComponent(url.pathname.slice(`/${bucket}/`.length));
    const on = (action: string) => allowed(handler, action, `<Bucket.Arn>${key === '' ? '' : `/${key}`}`);
    const forbidden = failed(403, 'AccessDenied');
    const missing = () =>
      allowed(handler, 's3:ListBucket', '<Bucket.Arn>') ? failed(404, 'NoSuchKey') : failed(403, 'AccessDenied');

    if (key === '' && url.searchParams.has('notification')) {
      if (!on('s3:GetBucketNotification')) return forbidden;
      const rule = '<S3Key><FilterRule><Name>prefix</Name><Value>requests/</Value></FilterRule></S3Key>';
      const told = `<Queue>${queueArn}</Queue><Event>s3:ObjectCreated:*</Event><Filter>${rule}</Filter>`;
      return xml(
        200,
        `<NotificationConfiguration><QueueConfiguration>${told}</QueueConfiguration></NotificationConfiguration>`,
      );
    }
    if (key === '') {
      if (!on('s3:ListBucket')) return forbidden;
      const after = url.searchParams.get('start-after');
      const { keys, more } = await objects.list({
        prefix: url.searchParams.get('prefix') ?? '',
        limit: Number(url.searchParams.get('max-keys') ?? 1000),
        ...(after !== null && { after }),
      });
      const contents = keys.map((each) => `<Contents><Key>${each}</Key></Contents>`).join('');
      return xml(200, `<ListBucketResult><IsTruncated>${more}</IsTruncated>${contents}</ListBucketResult>`);
    }
    if (request.method === 'GET') {
      if (!on('s3:GetObject')) return forbidden;
      const found = await objects.get(key);
      return found === null ? missing() : { status: 200, body: found.bytes, headers: { etag: `"${found.etag}"` } };
    }
    if (request.method === 'DELETE') {
      if (!on('s3:DeleteObject')) return forbidden;
      await objects.delete(key);
      return { status: 204 };
    }
    if (!on('s3:PutObject')) return forbidden;
    if (request.headers['x-amz-object-lock-mode'] && !on('s3:PutObjectRetention')) return forbidden;
    const etag = request.headers['if-match']?.replaceAll('"', '');
    if (etag !== undefined && !objects.stored.has(key)) return missing();
    const outcome = await objects.put(key, await bodyOf(request), {
      contentType: request.headers['content-type'] ?? '',
      when: etag !== undefined ? { etag } : request.headers['if-none-match'] === '*' ? 'absent' : 'any',
    });
    if (outcome.kind === 'refused') return failed(412, 'PreconditionFailed');
    for (const prefix of losing)
      if (key.startsWith(prefix)) {
        losing.delete(prefix);
        return 'lost';
      }
    return { status: 200, headers: { etag: `"${outcome.etag}"` } };
  };

  const secretsManager = async (request: IncomingMessage, action: string, handler: string): Promise<Answer> => {
    const input = JSON.parse((await bodyOf(request)).toString()) as { SecretId: string; SecretString?: string };
    const { SecretId, SecretString } = input;
    if (!allowed(handler, `secretsmanager:${action}`, `<${SecretId}>`))
      return json({ __type: 'AccessDeniedException' }, 400);
    if (SecretString !== undefined) {
      secrets[SecretId] = SecretString;
      versions.set(SecretId, (versions.get(SecretId) ?? 0) + 1);
    }
    const VersionId = String(versions.get(SecretId) ?? 0);
    if (secrets[SecretId] === undefined) return json({ __type: 'ResourceNotFoundException' }, 400);
    return json({ ARN: SecretId, Name: SecretId, VersionId, SecretString: secrets[SecretId] });
  };

  const sqs = (action: string, handler: string): Answer => {
    if (!allowed(handler, `sqs:${action}`, '<Jobs.Arn>')) return json({ __type: 'AccessDenied' }, 403);
    if (action === 'GetQueueUrl') return json({ QueueUrl: `${url()}/123456789012/jobs` });
    return json(
      action === 'GetQueueAttributes' ? { Attributes: { ApproximateNumberOfMessages: String(queue.waiting) } } : {},
    );
  };

  const answer = async (request: IncomingMessage): Promise<Answer | 'lost'> => {
    const url = new URL(request.url ?? '/', 'http://aws');
    const handler = handlerOf(request, url);
    const [service = '', action = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    if (service === 'secretsmanager') return secretsManager(request, action, handler);
    if (service === 'AmazonSQS') return sqs(action, handler);
    return s3(request, url, handler);
  };

  const send = (response: ServerResponse, said: Answer | 'lost'): void => {
    if (said === 'lost') response.destroy();
    else response.writeHead(said.status, said.headers).end(said.body);
  };

  const server = createServer((request, response) => {
    answer(request).then(
      (said) => send(response, said),
      () => send(response, failed(500, 'InternalError')),
    );
  });
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: url(),
    calls,
    queue,
    secrets,
    stored: objects.stored,
    /** The next write under the prefix is carried out, and its answer lost. */
    loseAnswer: (prefix: string) => void losing.add(prefix),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
