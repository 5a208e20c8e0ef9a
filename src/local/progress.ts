import type { Job } from '../domain/job.ts';
import type { JobStore } from '../store/jobs.ts';

const pollMs = 100;

const describe = (job: Job): string => {
  switch (job.status) {
    case 'queued':
      return 'queued       ';
    case 'running':
      return `running       ${job.pages} pages, ${job.rows} rows`;
    case 'done':
      return `done          ${job.summary.required} required, ${job.summary.attended} attended`;
    case 'waiting':
      return `waiting       ${job.reason} ${job.remedy}`;
    case 'failed':
      return `failed        ${job.reason} ${job.remedy}`;
    case 'skipped':
      return `skipped       ${job.reason}`;
  }
};

/** Tells of every change of the jobs' status until each has settled: done, failed, skipped, or waiting for more than a few minutes. */
export const followJobs = async ({
  jobs,
  jobIds,
  patienceSeconds,
  say,
}: {
  jobs: Pick<JobStore, 'get'>;
  jobIds: readonly string[];
  patienceSeconds: number;
  say: (line: string) => void;
}): Promise<Job[]> => {
  const told = new Map<string, string>();
  for (;;) {
    const found = (await Promise.all(jobIds.map((jobId) => jobs.get(jobId)))).flatMap((each) =>
      each ? [each.job] : [],
    );
    for (const job of found) {
      const line = describe(job);
      if (told.get(job.jobId) === line) continue;
      told.set(job.jobId, line);
      say(`${line} — ${job.meeting.topic}`);
    }
    if (found.length === jobIds.length && found.every(hasSettled(patienceSeconds))) return found;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
};

const hasSettled =
  (patienceSeconds: number) =>
  (job: Job): boolean => {
    switch (job.status) {
      case 'done':
      case 'failed':
      case 'skipped':
        return true;
      case 'waiting':
        return job.until > Date.now() / 1000 + patienceSeconds;
      case 'queued':
      case 'running':
        return false;
    }
  };

const columns = [
  'required',
  'attended',
  'partial',
  'insufficient',
  'absent',
  'undetermined',
  'excused',
  'notRequired',
] as const;

/** The verdict counts of the finished jobs as lines of a table. */
export const verdictTable = (finished: readonly Job[]): string[] => [
  columns.map((column) => column.padStart(13)).join(''),
  ...finished.map((job) => {
    const cells = job.status === 'done' ? columns.map((column) => String(job.summary[column])) : [job.status];
    return `${cells.map((cell) => cell.padStart(13)).join('')}   ${job.meeting.topic}`;
  }),
];
