import * as z from 'zod';
import { jobIdOfKey } from './requests.ts';

const notification = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })),
});

const decoded = (key: string): string | null => {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return null;
  }
};

/**
 * The jobs that a notification of the bucket asks for. Keys arrive form-encoded. S3's own test event, keys outside
 * `requests/` and whatever else lands in the queue ask for nothing.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export const requestedJobs = (body: string): string[] => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return [];
  }
  const parsed = notification.safeParse(json);
  if (!parsed.success) return [];
  return parsed.data.Records.map(({ s3 }) => decoded(s3.object.key))
    .map((key) => (key === null ? null : jobIdOfKey(key)))
    .filter((jobId) => jobId !== null);
};
