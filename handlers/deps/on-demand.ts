import type { AskDeps } from '../../src/ask.ts';
import { readConfig } from '../../src/config.ts';
import { cursorStore, watchDays } from '../../src/store/cursor.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { reportStore } from '../../src/store/reports.ts';
import { requestStore } from '../../src/store/requests.ts';
import { now, objectsOf } from './environment.ts';
import { feishuOf, findMeetingsWith } from './feishu.ts';
import { log } from './log.ts';

const linkSeconds = 300;
const listMeetingsMs = 25_000;

export const onDemandDeps = async (): Promise<AskDeps> => {
  const config = readConfig(process.env);
  const objects = await objectsOf(config);
  const client = await feishuOf(config, objects);
  const reports = reportStore(objects);
  const requests = requestStore(objects);
  return {
    requests: {
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
    },
    jobs: jobStore(objects),
    findMeetings: findMeetingsWith(client, listMeetingsMs),
    watchDays: (days) => watchDays(cursorStore(objects), days, Math.floor(now() / 1000)),
    link: (jobId) => reports.link(jobId, linkSeconds),
    timeZone: config.timeZone,
    now,
  };
};
