/** `<yyyy-mm-dd>/<instanceId>.<revision>`: the day of the meeting's start, and which report of the instance it is. */
export const jobIdForm = /^\d{4}-\d{2}-\d{2}\/[\w-]{1,64}\.(?:0|[1-9]\d{0,8})$/;

/** What a job id is made of; only for one that a store gave. */
export const partsOf = (jobId: string): { day: string; instanceId: string; revision: number } => {
  const [day = '', name = ''] = jobId.split('/');
  const [instanceId = '', revision = ''] = name.split('.');
  return { day, instanceId, revision: Number(revision) };
};
