/** Where a revision of a meeting's report is looked at; only for a job id that a store gave. */
export const meetingPath = (jobId: string): string => `/meetings/${jobId}`;

/** Where one of its people is looked into, by their place in the report. */
export const personPath = (jobId: string, index: number): string => `${meetingPath(jobId)}/people/${index}`;

/** The same meeting's report in another revision. */
export const inRevision = (jobId: string, revision: number): string => jobId.replace(/\d+$/, String(revision));
