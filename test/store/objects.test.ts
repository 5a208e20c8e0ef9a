import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { directoryObjects } from '../../src/store/directory.ts';
import { s3Client, s3Objects } from '../../src/store/s3.ts';
import { objectStoreContract } from './objects.contract.ts';

describe('directory', () => {
  objectStoreContract(async () => {
    const root = await mkdtemp(join(tmpdir(), 'rollcall-objects-'));
    return {
      store: directoryObjects(root),
      download: async (link) => ({ bytes: await readFile(fileURLToPath(link)) }),
      close: () => rm(root, { recursive: true }),
    };
  });
});

/** `http://key:secret@host:port` of a real S3 server; `.ci/radosgw.sh start` prints one. */
const server = process.env.ROLLCALL_TEST_S3;

if (server === undefined) {
  const why =
    'S3 contract SKIPPED: ROLLCALL_TEST_S3 is not set. Run .ci/radosgw.sh start DIR and export what it prints.';
  process.stderr.write(`\n${why}\n\n`);
  it.runIf(process.env.CI_REQUIRE_ALL === '1')('S3 contract', () => expect.fail(why));
}

describe.skipIf(server === undefined)('a real S3 server', () => {
  objectStoreContract(async () => {
    const { origin, username, password } = new URL(server ?? '');
    const bucket = `rollcall-${Date.now().toString(36)}`;
    const client = s3Client({
      endpoint: origin,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: username, secretAccessKey: password },
    });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return {
      store: s3Objects({ bucket, client }),
      download: async (link) => {
        const response = await fetch(link);
        return {
          bytes: new Uint8Array(await response.arrayBuffer()),
          contentDisposition: response.headers.get('content-disposition'),
        };
      },
      close: async () => client.destroy(),
    };
  });
});
