import type { ObjectStore } from '../../src/store/objects.ts';
import { type RequestStore, requestStore } from '../../src/store/requests.ts';
import { log } from './log.ts';

/** The requests of the bucket for whoever asks for reports: each one filed is told in the log, and so counted. */
export const askedRequests = (objects: ObjectStore): RequestStore => {
  const requests = requestStore(objects);
  return {
    ...requests,
    file: async (request) => {
      const outcome = await requests.file(request);
      log('asked', { jobId: request.jobId, outcome });
      return outcome;
    },
    fileRerun: async (request) => {
      const filed = await requests.fileRerun(request);
      log('asked', { jobId: filed.jobId, outcome: 'filed' });
      return filed;
    },
  };
};
