import type { Browser, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Job, JobStatus } from '../../src/domain/job.ts';
import { meeting, minute } from '../make.ts';
import { isMissing, launch } from './chromium.ts';
import { fakeConsole } from './fake.ts';
import { openServed } from './serve.ts';

/** How often an open page looks again by itself, by a clock that the test moves. */

const jobId = '2026-11-16/6911188411934433028.0';
const running: JobStatus = { status: 'running', pages: 1, rows: 2 };
const waiting: JobStatus = { status: 'waiting', until: minute(180), code: 'X', reason: 'Nobody has authorised.' };
const failed: JobStatus = { status: 'failed', code: 'X', reason: 'No.', remedy: 'None.' };

describe.skipIf(isMissing)('in Chromium, an open page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  /** The page of a report that stands so; `looked` is how often it was asked for again. */
  const openPage = async (standing: JobStatus) => {
    const now: { status: JobStatus; isBroken: boolean } = { status: standing, isBroken: false };
    let looked = 0;
    let answered = 0;
    const fake = fakeConsole({
      review: {
        open: async () => {
          if (now.isBroken) throw new Error('canary-store');
          const job: Job = { jobId, meeting: meeting(), attempts: 1, updatedAt: minute(70), ...now.status };
          const asked = { reason: 'on-demand', requestedBy: '', requestedAt: minute(65) } as const;
          return { revision: { jobId, revision: 0, ...asked, job }, newest: 0, report: null };
        },
      },
    });
    const { page, url, close } = await openServed(browser, fake, { locale: 'en-GB' });
    await page.clock.install();
    const isLook = (request: Request) => request.headers()['x-live'] !== undefined;
    page.on('request', (request) => {
      if (isLook(request)) looked += 1;
    });
    page.on('response', (response) => {
      if (isLook(response.request())) answered += 1;
    });
    await page.goto(`${url}/meetings/${jobId}`);
    await page.clock.pauseAt(Date.now() + 3_600_000 * 24);
    const pass = async (seconds: number): Promise<number> => {
      const before = looked;
      for (let each = 0; each < seconds; each += 1) {
        await page.clock.runFor(1000);
        // The answers come in real time.
        await vi.waitFor(() => expect(answered).toBe(looked), { timeout: 10_000 });
      }
      return looked - before;
    };
    return { page, now, pass, close };
  };

  it('looks every two seconds at what is under way, and no more once it is finished', async () => {
    const { page, now, pass, close } = await openPage(running);
    await pass(4);
    const looks = await pass(30);
    expect(looks).toBeGreaterThanOrEqual(10);
    expect(looks).toBeLessThanOrEqual(15);
    now.status = failed;
    await pass(4);
    expect(await page.getByText('Cause:').isVisible()).toBe(true);
    expect(await pass(60)).toBe(0);
    await close();
  });

  it('looks twice a minute at what waits', async () => {
    const { pass, close } = await openPage(waiting);
    await pass(30);
    const looks = await pass(120);
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(looks).toBeLessThanOrEqual(4);
    await close();
  });

  it('leaves a console that fails half a minute in peace', async () => {
    const { now, pass, close } = await openPage(running);
    now.isBroken = true;
    await pass(30);
    const looks = await pass(120);
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(looks).toBeLessThanOrEqual(4);
    await close();
  });
});
