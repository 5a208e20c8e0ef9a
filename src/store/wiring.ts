import { GetBucketNotificationConfigurationCommand, type S3Client } from '@aws-sdk/client-s3';
import { s3Client } from './s3.ts';

/** The ARN of the queue that the bucket tells of new requests, or null when it tells none. */
export const requestsQueue = async (bucket: string, client: S3Client = s3Client()): Promise<string | null> => {
  const { QueueConfigurations = [] } = await client.send(
    new GetBucketNotificationConfigurationCommand({ Bucket: bucket }),
  );
  const telling = QueueConfigurations.find(({ Events = [], Filter }) => {
    const prefix = Filter?.Key?.FilterRules?.find((rule) => rule.Name?.toLowerCase() === 'prefix')?.Value ?? '';
    return 'requests/'.startsWith(prefix) && Events.some((event) => event.startsWith('s3:ObjectCreated:'));
  });
  return telling?.QueueArn ?? null;
};
