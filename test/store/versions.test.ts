import { CreateBucketCommand, ListObjectVersionsCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { reportStore } from '../../src/store/reports.ts';
import { s3Client, s3Objects } from '../../src/store/s3.ts';
import { s3Versions } from '../../src/store/versions.ts';

/** Versions and locks as a real S3 keeps them; without one, objects.test.ts says so. */
const server = process.env.ROLLCALL_TEST_S3;

describe.skipIf(server === undefined)('a versioned bucket on a real S3', () => {
  const { origin, username, password } = new URL(server ?? 'http://a:b@localhost');
  const client = s3Client({
    endpoint: origin,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: username, secretAccessKey: password },
  });
  const bucket = `rollcall-versions-${Date.now().toString(36)}`;
  const objects = s3Objects({ bucket, client });
  const versions = s3Versions({ bucket, bypassLock: false, client });
  const put = (key: string, text: string) =>
    objects.put(key, new TextEncoder().encode(text), { contentType: 'text/plain', when: 'any' });
  const kept = async (key: string): Promise<number> => {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }),
    );
    return Versions.length + DeleteMarkers.length;
  };

  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
    await client.send(
      new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
  });

  it('holds nothing but the current version after a purge, and leaves other keys alone', async () => {
    for (const text of ['one', 'two', 'three']) await put('a', text);
    for (const text of ['one', 'two']) await put('ab', text);
    expect(await versions.purge('a')).toEqual({ deleted: 2, kept: 0 });
    expect(new TextDecoder().decode((await objects.get('a'))?.bytes)).toBe('three');
    expect(await kept('ab')).toBe(2);
  });

  it('holds nothing at all of an object that was deleted', async () => {
    for (const text of ['one', 'two']) await put('b', text);
    await objects.delete('b');
    expect(await versions.purge('b')).toEqual({ deleted: 3, kept: 0 });
    expect([await kept('b'), await objects.get('b')]).toEqual([0, null]);
  });

  it('keeps a report that is locked, until whoever may bypass the lock says so', async () => {
    const reports = reportStore(objects, { days: 30, now: Date.now });
    const key = await reports.save('2026-11-22/1.0', { topic: 'Weekly' }, new Uint8Array([1]));
    await put(key, 'without a person');
    expect(await versions.purge(key)).toEqual({ deleted: 0, kept: 1 });
    expect(await s3Versions({ bucket, bypassLock: true, client }).purge(key)).toEqual({ deleted: 1, kept: 0 });
  });
});
