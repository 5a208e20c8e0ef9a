import { describe, expect, it } from 'vitest';
import { isFinished, type JobStatus, queuedJob } from '../../src/domain/job.ts';
import { meeting, report } from '../make.ts';

describe('a job', () => {
  it('that nobody has begun with is queued since it was asked for, and was never tried', () => {
    const jobId = '2026-11-22/6911188411934433028.0';
    expect(queuedJob({ jobId, meeting: meeting() }, 1_700_000_000)).toEqual({
      jobId,
      meeting: meeting(),
      attempts: 0,
      updatedAt: 1_700_000_000,
      status: 'queued',
    });
  });

  it.each<[boolean, JobStatus]>([
    [false, { status: 'queued' }],
    [false, { status: 'running', pages: 1, rows: 2 }],
    [false, { status: 'waiting', until: 1, reason: 'r', code: 'c' }],
    [false, { status: 'failed', code: 'c', reason: 'r', remedy: 'm' }],
    [true, { status: 'done', reportKey: 'k', summary: report().summary, policySha256: 's' }],
    [true, { status: 'skipped', reason: 'r' }],
  ])('is finished: %s, when its status is %o', (finished, status) => {
    expect(isFinished(status)).toBe(finished);
  });
});
