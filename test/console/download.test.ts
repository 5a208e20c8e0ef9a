import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../src/domain/job.ts';
import { reportStore } from '../../src/store/reports.ts';
import { s3Client, s3Objects } from '../../src/store/s3.ts';
import { meeting, report } from '../make.ts';
import { fakeConsole } from './fake.ts';

const jobId = '2026-11-16/6911188411934433028.0';
const address = `/meetings/${jobId}/download`;
const facts = { jobId, meeting: meeting(), attempts: 1, updatedAt: 0 };
const done = {
  ...facts,
  status: 'done',
  reportKey: 'r',
  summary: report().summary,
  policySha256: '0'.repeat(64),
} as const;

/** A console that knows one job, as it stands. */
const console = (job: Job | null, over: Parameters<typeof fakeConsole>[0] = {}) => {
  const linked: string[] = [];
  const revision = { jobId, revision: 0, reason: 'on-demand', requestedBy: '', requestedAt: 0, job } as const;
  const fake = fakeConsole(
    {
      review: {
        open: async (asked) => (asked === jobId ? { revision, newest: 0, report: null } : null),
        link: async (asked) => {
          linked.push(asked);
          return 'https://bucket.test/signed';
        },
      },
      ...over,
    },
    'viewer',
  );
  return { ...fake, linked };
};

describe('downloading a workbook', () => {
  it('C8 leads to a link of the moment, with a trace of who went there', async () => {
    const { get, linked, acts, session } = console(done);
    const answer = await get(address);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://bucket.test/signed']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(linked).toEqual([jobId]);
    const { openId, name } = session;
    expect(acts).toEqual([{ who: { openId, name }, act: { what: 'downloaded', jobId } }]);
  });

  it('C8 gives no link when no trace can be left', async () => {
    const { get, linked } = console(done, { audit: () => Promise.reject(new Error('the bucket is away')) });
    expect((await get(address)).status).toBe(500);
    expect(linked).toEqual([]);
  });

  it.each([
    { ...facts, status: 'queued' },
    { ...facts, status: 'running', pages: 1, rows: 1 },
    { ...facts, status: 'waiting', until: 0, reason: 'r', code: 'c' },
    { ...facts, status: 'failed', reason: 'r', code: 'c', remedy: 'r' },
    { ...facts, status: 'skipped', reason: 'r' },
    null,
  ] satisfies (Job | null)[])('C8 gives no link to what is not done: %j', async (job) => {
    const { get, linked, acts } = console(job);
    expect((await get(address)).headers.get('location')).toBe(`/meetings/${jobId}`);
    expect([...linked, ...acts]).toEqual([]);
  });

  it('C5 C8 gives no link to a job that is not there', async () => {
    const { get, linked, acts } = console(done);
    for (const other of ['2026-11-16/6911188411934433028.1', '2026-11-17/6911188411934433028.0', '..%2f..%2fx/y.0'])
      expect((await get(`/meetings/${other}/download`)).status).toBe(404);
    expect([...linked, ...acts]).toEqual([]);
  });
});

const server = process.env.ROLLCALL_TEST_S3;
if (!server) {
  const message = 'Links are only followed on a real S3: set ROLLCALL_TEST_S3 (.ci/radosgw.sh start DIR prints it)';
  if (process.env.CI_REQUIRE_ALL) throw new Error(message);
  process.stderr.write(`SKIPPED  ${message}\n`);
}

describe.skipIf(!server)('a link, on a real S3', () => {
  const { username, password, origin } = new URL(server ?? 'http://k:s@localhost');
  const bucket = `links-${randomUUID()}`;
  const client = s3Client({
    endpoint: origin,
    region: 'us-east-1',
    credentials: { accessKeyId: username, secretAccessKey: password },
    forcePathStyle: true,
  });
  const topic = '周会 “Q4” & more';
  const workbook = new TextEncoder().encode('a workbook');

  const saved = async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket })).catch(() => {});
    const reports = reportStore(s3Objects({ bucket, client }));
    await reports.save(jobId, { topic }, workbook);
    return reports;
  };

  it('C8 gives the bytes under their readable name for a minute at most', async () => {
    const link = await (await saved()).link(jobId, 60);
    expect(Number(new URL(link).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(60);
    const answer = await fetch(link);
    expect(answer.status).toBe(200);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(workbook);
    const disposition = answer.headers.get('content-disposition') ?? '';
    const [, name = ''] =
      /^attachment; filename="[ -~]+"; filename\*=UTF-8''([\w%.~!#$&+^`|-]+)$/.exec(disposition) ?? [];
    expect(decodeURIComponent(name)).toBe('周会 “Q4” & more 2026-11-16.xlsx');
  });

  it.each([
    ['another key', (url: URL) => Object.assign(url, { pathname: url.pathname.replace('reports', 'requests') })],
    ['a longer life', (url: URL) => url.searchParams.set('X-Amz-Expires', '86400')],
    ['a later date', (url: URL) => url.searchParams.set('X-Amz-Date', '20991231T000000Z')],
    ['another signature', (url: URL) => url.searchParams.set('X-Amz-Signature', 'a'.repeat(64))],
    ['no signature', (url: URL) => url.searchParams.delete('X-Amz-Signature')],
    ['another name for the file', (url: URL) => url.searchParams.set('response-content-disposition', 'inline')],
  ] as const)('C8 is refused with %s', async (_, tamper) => {
    const url = new URL(await (await saved()).link(jobId, 60));
    tamper(url);
    expect((await fetch(url)).status).toBe(403);
  });

  it.each(['PUT', 'DELETE', 'HEAD', 'POST'])('C8 is refused for %s', async (method) => {
    const reports = await saved();
    const link = await reports.link(jobId, 60);
    const answer = await fetch(link, { method, ...(method === 'PUT' && { body: 'x' }) });
    expect([403, 405]).toContain(answer.status);
    expect(new Uint8Array(await (await fetch(link)).arrayBuffer())).toEqual(workbook);
  });

  it('C8 is refused once its time is over', async () => {
    const link = await (await saved()).link(jobId, 1);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await fetch(link)).status).toBe(403);
  });
});
