import type { Job } from '../domain/job.ts';

/** Where a job stands, as people see it. */
export type Standing = Job['status'] | 'incomplete' | 'unreadable';

export const standingOf = (job: Job | null): Standing => {
  if (job === null) return 'unreadable';
  return job.status === 'done' && job.complete === false ? 'incomplete' : job.status;
};

/** Whether more is to come by itself within moments. */
export const isUnderWay = (job: Job | null): boolean => job?.status === 'queued' || job?.status === 'running';
