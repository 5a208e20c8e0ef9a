import type { AskDeps } from '../../src/ask.ts';
import { readConfig } from '../../src/config.ts';
import { cursorStore, watchDays } from '../../src/store/cursor.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { reportStore } from '../../src/store/reports.ts';
import { now, objectsOf } from './environment.ts';
import { feishuOf, findMeetingsWith } from './feishu.ts';
import { askedRequests } from './requests.ts';

const linkSeconds = 300;
const listMeetingsMs = 25_000;

export const onDemandDeps = async (): Promise<AskDeps> => {
  const config = readConfig(process.env);
  const objects = await objectsOf(config);
  const client = await feishuOf(config, objects);
  const reports = reportStore(objects);
  return {
    requests: askedRequests(objects),
    jobs: jobStore(objects),
    findMeetings: findMeetingsWith(client, listMeetingsMs),
    watchDays: (days) => watchDays(cursorStore(objects), days, Math.floor(now() / 1000)),
    link: (jobId) => reports.link(jobId, linkSeconds),
    timeZone: config.timeZone,
    now,
  };
};
