import type { Job } from '../domain/job.ts';
import type { Locale } from '../words/locale.ts';

/** Where a job stands, as people see it. */
export type Standing = Job['status'] | 'incomplete' | 'unreadable';

export const standingOf = (job: Job | null): Standing => {
  if (job === null) return 'unreadable';
  return job.status === 'done' && job.complete === false ? 'incomplete' : job.status;
};

/** What HR is told of a job that made no report: what helps, or why it was passed over. */
export const toldOf = (job: Job & { status: 'waiting' | 'failed' | 'skipped' }, locale: Locale): string =>
  job.told?.[locale] ?? ('remedy' in job && job.remedy ? job.remedy : job.reason);

/** Whether more is to come by itself within moments. */
export const isUnderWay = (job: Job | null): boolean => job?.status === 'queued' || job?.status === 'running';

/** Seconds after which a page about it looks again by itself; undefined when nothing more is to come. */
export const secondsToLook = (job: Job | null): number | undefined => {
  if (isUnderWay(job)) return 2;
  return job?.status === 'waiting' ? 30 : undefined;
};
