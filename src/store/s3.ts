import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import {
  checkedKey,
  type ObjectStore,
  type PutOptions,
  type PutOutcome,
  type StoredObject,
  StoreError,
} from './objects.ts';
import { type Spool, spooled } from './spool.ts';

/** Clock, chance and rest, as values so that tests need not wait. */
export type Pace = { now: () => number; random: () => number; sleep: (milliseconds: number) => Promise<void> };

const realPace: Pace = {
  now: Date.now,
  random: Math.random,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

const maxAttempts = 8;

const nothing = () => {};
/** The SDK would write to the console in its own words, between our lines; what went wrong is in its errors as well. */
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** A client that leaves every retry to `s3Objects`: a retry of the SDK's own would hide that a first try may have been carried out. */
export const s3Client = (config: S3ClientConfig = {}): S3Client =>
  new S3Client({
    maxAttempts: 1,
    logger: silent,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    ...config,
  });

/** `condition`: If-Match or If-None-Match did not hold · `unknown`: it may have been carried out or not; also the 409 of two writers at once. */
type Failure = 'condition' | 'absent' | 'forbidden' | 'unknown' | 'permanent';

const failureOf = (error: unknown): Failure => {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  if (!(error instanceof S3ServiceException) || status === undefined) return 'unknown';
  if (status === 412) return 'condition';
  if (error.name === 'NoSuchKey') return 'absent';
  if (status === 403) return 'forbidden';
  return status === 409 || status === 429 || status >= 500 || error.name === 'RequestTimeout' ? 'unknown' : 'permanent';
};

const unquoted = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '');

/** `unsure`: an earlier try may have been carried out. */
type Attempt = { abortSignal: AbortSignal; unsure: boolean };

/** A line slower than this is as good as none. */
const leastBytesPerMs = 2000;

/** With its checksum and length told beforehand a stream travels as it is, like bytes, and not in chunks with a trailer. */
const bodyOf = (content: Uint8Array | Spool) =>
  content instanceof Uint8Array
    ? { Body: content }
    : { Body: content.read(), ContentLength: content.length, ChecksumSHA256: content.sha256 };

const sha256 = (content: Uint8Array | Spool): string =>
  content instanceof Uint8Array ? createHash('sha256').update(content).digest('base64') : content.sha256;

const conditionOf = (when: PutOptions['when']): { IfNoneMatch?: string; IfMatch?: string } =>
  when === 'any' ? {} : when === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: when.etag };

/**
 * Objects in one S3 bucket. Etags travel without their quotes: AWS's guide sends If-Match that way, and radosgw 16.2
 * answers 412 to every quoted one.
 * @param budgetMs Time for one call with all its tries; one try gets at most half of it. Long content gets more.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html (412: condition; 409: two writers at once, try again)
 */
export const s3Objects = ({
  bucket,
  client = s3Client(),
  budgetMs = 10_000,
  pace = realPace,
}: {
  bucket: string;
  client?: S3Client;
  budgetMs?: number;
  pace?: Pace;
}): ObjectStore => {
  /** Tries until an attempt settles, the time is up or trying is pointless. */
  const settle = async <T>(
    name: string,
    attempt: (context: Attempt) => Promise<T>,
    /** Milliseconds that the bytes need on a slow line, on top of the budget. */
    transferMs = 0,
  ): Promise<T> => {
    const until = pace.now() + budgetMs + transferMs;
    for (let tries = 1; ; tries += 1) {
      try {
        const timeoutMs = Math.max(1, Math.min(budgetMs / 2 + transferMs, until - pace.now()));
        return await attempt({ abortSignal: AbortSignal.timeout(Math.ceil(timeoutMs)), unsure: tries > 1 });
      } catch (error) {
        const failure = failureOf(error);
        const said = `s3://${bucket}/${name}: ${error instanceof Error ? error.name : 'no answer'}`;
        if (failure === 'forbidden')
          throw new StoreError('FORBIDDEN', `${said}; check the role's rights on this bucket`, { cause: error });
        const waitMs = pace.random() * Math.min(1000, 50 * 2 ** tries);
        if (failure !== 'unknown' || tries === maxAttempts || pace.now() + waitMs >= until)
          throw new StoreError('UNAVAILABLE', `${said}, given up after try ${tries}`, { cause: error });
        await pace.sleep(waitMs);
      }
    }
  };

  const read = async (key: string, abortSignal: AbortSignal): Promise<StoredObject | null> => {
    try {
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
      return {
        bytes: (await found.Body?.transformToByteArray()) ?? new Uint8Array(),
        etag: unquoted(found.ETag),
        contentType: found.ContentType ?? '',
        contentDisposition: found.ContentDisposition ?? '',
      };
    } catch (error) {
      if (failureOf(error) === 'absent') return null;
      throw error;
    }
  };

  const put = (key: string, content: Uint8Array | Spool, options: PutOptions): Promise<PutOutcome> => {
    const { when, contentType, contentDisposition, lockedUntil } = options;
    const send = async ({ abortSignal, unsure }: Attempt): Promise<PutOutcome> => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ...bodyOf(content),
        ContentType: contentType,
        ContentDisposition: contentDisposition,
        ...conditionOf(when),
        ...(lockedUntil !== undefined && {
          ObjectLockMode: 'GOVERNANCE' as const,
          ObjectLockRetainUntilDate: new Date(lockedUntil),
        }),
      });
      try {
        const { ETag } = await client.send(command, { abortSignal });
        return { kind: 'written', etag: unquoted(ETag) };
      } catch (error) {
        const failure = failureOf(error);
        if (failure !== 'condition' && failure !== 'absent') throw error;
        const stored = unsure ? await read(key, abortSignal) : null;
        const ours = stored !== null && sha256(stored.bytes) === sha256(content);
        return ours ? { kind: 'written', etag: stored.etag } : { kind: 'refused' };
      }
    };
    return settle(key, send, content.length / leastBytesPerMs);
  };

  return {
    get: async (key) => settle(checkedKey(key), ({ abortSignal }) => read(key, abortSignal)),

    put: async (key, content, options) => {
      checkedKey(key);
      return content instanceof Uint8Array
        ? put(key, content, options)
        : spooled(content, (spool) => put(key, spool, options));
    },

    list: ({ prefix, after, limit = 1000 }) =>
      settle(prefix, async ({ abortSignal }) => {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, StartAfter: after, MaxKeys: limit }),
          { abortSignal },
        );
        return { keys: (page.Contents ?? []).flatMap(({ Key }) => Key ?? []), more: page.IsTruncated === true };
      }),

    link: async ({ key, expiresInSeconds }) =>
      settle(checkedKey(key), async () => {
        // Only here, for the webhook starts without it.
        const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
        return getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), {
          expiresIn: expiresInSeconds,
        });
      }),

    delete: async (key) =>
      settle(checkedKey(key), async ({ abortSignal }) => {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
      }),
  };
};
