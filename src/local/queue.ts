import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** A stand-in for the queue between the bucket and the worker: visibility, receive counts, a dead-letter list. */
export type LocalQueue = {
  /** Where the SDK reaches GetQueueUrl, GetQueueAttributes and ChangeMessageVisibility (`AWS_ENDPOINT_URL_SQS`). */
  url: string;
  send: (body: string) => void;
  /** Bodies that were delivered too often. */
  dead: string[];
  close: () => Promise<void>;
};

type Message = { id: string; body: string; visibleAt: number; receiveCount: number };

const visibilitySeconds = 60;
const maxReceiveCount = 20;
const concurrency = 2;
const pollMs = 50;

/** @param deliver The worker's handler; a message that it does not report as failed is deleted. */
export const startQueue = async (deliver: (event: SQSEvent) => Promise<SQSBatchResponse>): Promise<LocalQueue> => {
  const waiting = new Map<string, Message>();
  const dead: string[] = [];
  let sent = 0;
  let running = 0;

  const run = async (message: Message): Promise<void> => {
    message.receiveCount += 1;
    message.visibleAt = Date.now() + visibilitySeconds * 1000;
    if (message.receiveCount > maxReceiveCount) {
      waiting.delete(message.id);
      dead.push(message.body);
      return;
    }
    const record = {
      messageId: message.id,
      receiptHandle: message.id,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SentTimestamp: '0',
        SenderId: 'local',
        ApproximateFirstReceiveTimestamp: '0',
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:local:000000000000:jobs',
      awsRegion: 'local',
    };
    const { batchItemFailures } = await deliver({ Records: [record] });
    if (batchItemFailures.length === 0) waiting.delete(message.id);
  };

  const poll = setInterval(() => {
    for (const message of waiting.values()) {
      if (running >= concurrency || message.visibleAt > Date.now()) continue;
      running += 1;
      run(message)
        .catch(() => {})
        .finally(() => {
          running -= 1;
        });
    }
  }, pollMs);

  const server = createServer((request, response) => {
    const answer = async (): Promise<object> => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const input = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
      const target = request.headers['x-amz-target'];
      if (target === 'AmazonSQS.GetQueueUrl') return { QueueUrl: `${url}/000000000000/jobs` };
      if (target === 'AmazonSQS.GetQueueAttributes') {
        const visible = [...waiting.values()].filter(({ visibleAt }) => visibleAt <= Date.now()).length;
        return { Attributes: { ApproximateNumberOfMessages: String(visible) } };
      }
      const message = waiting.get(String(input.ReceiptHandle));
      if (message) message.visibleAt = Date.now() + Number(input.VisibilityTimeout) * 1000;
      return {};
    };
    answer().then(
      (body) => response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body)),
      () => response.writeHead(400).end('{}'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    dead,
    send: (body) => {
      sent += 1;
      waiting.set(`m${sent}`, { id: `m${sent}`, body, visibleAt: 0, receiveCount: 0 });
    },
    close: () =>
      new Promise((resolve) => {
        clearInterval(poll);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
