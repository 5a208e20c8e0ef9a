import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

/** SQS hides a message for twelve hours at the most. */
const maxVisibilitySeconds = 43_200;

/** The queue between the bucket and the worker. */
export type Queue = {
  /** Hides a received message, so that it is delivered again after the given seconds. */
  delay: (message: { queueArn: string; receiptHandle: string; seconds: number }) => Promise<void>;
  /** How many messages wait in it, about. */
  depth: (queueArn: string) => Promise<number>;
};

export const sqsQueue = (
  client: SQSClient = new SQSClient({ requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 } }),
): Queue => {
  const urls = new Map<string, string>();

  /** An event names its queue by ARN, the API wants the URL: `arn:aws:sqs:<region>:<account>:<name>`. */
  const urlOf = async (queueArn: string): Promise<string> => {
    const known = urls.get(queueArn);
    if (known !== undefined) return known;
    const [, , , , account, name] = queueArn.split(':');
    const { QueueUrl } = await client.send(
      new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }),
    );
    if (QueueUrl === undefined) throw new Error(`SQS gave no URL for ${queueArn}`);
    urls.set(queueArn, QueueUrl);
    return QueueUrl;
  };

  return {
    delay: async ({ queueArn, receiptHandle, seconds }) => {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: await urlOf(queueArn),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: Math.min(seconds, maxVisibilitySeconds),
        }),
      );
    },
    depth: async (queueArn) => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: await urlOf(queueArn),
          AttributeNames: ['ApproximateNumberOfMessages'],
        }),
      );
      return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    },
  };
};
