import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const logged: string[] = [];
let observed: typeof import('../../handlers/deps/log.ts').observed;
let log: typeof import('../../handlers/deps/log.ts').log;
let about: typeof import('../../handlers/deps/log.ts').about;

beforeEach(async () => {
  logged.length = 0;
  vi.stubEnv('METRICS_NAMESPACE', 'rollcall-test');
  vi.resetModules();
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  ({ observed, log, about } = await import('../../handlers/deps/log.ts'));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const lines = () => logged.map((line) => JSON.parse(line) as Record<string, unknown>);
const invocation = (awsRequestId: string) => ({ awsRequestId });

describe('a handler that is observed', () => {
  it('names the request in every line, also when two are served at once', async () => {
    const handler = observed(async (_event: unknown, _context: object) => {
      await new Promise((done) => setTimeout(done, 5));
      log('authorisation.refreshed', {});
    });
    await Promise.all([handler({}, invocation('first')), handler({}, invocation('second'))]);
    expect(lines().map(({ requestId }) => requestId)).toEqual(['first', 'second']);
  });

  it('names the job in every line that is logged while it is worked on, and in no other', async () => {
    const handler = observed(async (_event: unknown, _context: object) => {
      await Promise.all(
        ['2026-11-22/a.0', '2026-11-22/b.0'].map((jobId) =>
          about(jobId, async () => {
            await new Promise((done) => setTimeout(done, 5));
            log('authorisation.refreshed', {});
          }),
        ),
      );
      log('authorisation.refreshed', {});
    });
    await handler({}, invocation('r'));
    expect(lines().map(({ requestId, jobId }) => [requestId, jobId])).toEqual([
      ['r', '2026-11-22/a.0'],
      ['r', '2026-11-22/b.0'],
      ['r', undefined],
    ]);
  });

  it('measures in the line itself', async () => {
    log('push.kept', { outcome: 'filed' });
    expect(lines()[0]).toMatchObject({ Events: 1, _aws: { CloudWatchMetrics: [{ Namespace: 'rollcall-test' }] } });
  });

  it('O1 withholds the text of a foreign error from Lambda, which would log it, and keeps where it came from', async () => {
    const handler = observed(async () => {
      throw new TypeError('cannot read 陈静, chen.jing@example.com\n    in 13800000000');
    });
    const error = await handler().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ name: 'TypeError', message: 'TypeError, its text withheld' });
    expect(`${error.stack} ${JSON.stringify(lines())}`).not.toMatch(/陈静|example|138/);
    expect(error.stack).toContain('observed.test.ts');
    expect(lines()).toMatchObject([{ event: 'handler.error', error: 'TypeError', level: 'error' }]);
  });

  it('hands on errors whose text is ours, for they name the remedy', async () => {
    const ours = Object.assign(new Error('s3://b/jobs/x: check the role'), { name: 'StoreError', code: 'FORBIDDEN' });
    await expect(observed(() => Promise.reject(ours))()).rejects.toBe(ours);
    expect(lines()).toMatchObject([{ event: 'handler.error', error: 'StoreError', code: 'FORBIDDEN' }]);
  });

  it('calls bad input no trouble', async () => {
    const bad = Object.assign(new Error('meetingNo: must be nine digits'), { name: 'InputError' });
    await expect(observed(() => Promise.reject(bad))()).rejects.toBe(bad);
    expect(lines()).toEqual([]);
  });
});
