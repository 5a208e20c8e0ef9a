import packageJson from '../../package.json' with { type: 'json' };
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/feishu/clock.ts';
import { fetchSnapshot } from '../../src/feishu/snapshot.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { policyStore } from '../../src/store/policies.ts';
import { reportStore } from '../../src/store/reports.ts';
import { requestStore } from '../../src/store/requests.ts';
import { sliceStore } from '../../src/store/slices.ts';
import { snapshotStore } from '../../src/store/snapshots.ts';
import type { WorkDeps } from '../../src/work.ts';
import { renderWorkbook } from '../../src/workbook/render.ts';
import { now, objectsOf } from './environment.ts';
import { feishuOf, findMeetingsWith } from './feishu.ts';
import { log } from './log.ts';

/** Little, for the report itself is made by then and only waits to be told of. */
const findInstancesMs = 10_000;

export const workerDeps = async (): Promise<WorkDeps> => {
  const config = readConfig(process.env);
  const { locale, timeZone, detail, policyKey } = config;
  const objects = await objectsOf(config);
  const client = await feishuOf(config, objects);
  const snapshots = snapshotStore(objects);
  return {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    slices: sliceStore(objects),
    policies: policyStore(objects, policyKey),
    report: {
      savedSnapshot: snapshots.get,
      saveSnapshot: snapshots.save,
      renderWorkbook: (report) => renderWorkbook(report, { locale, timeZone }),
      saveReport: reportStore(objects, { days: config.reportLockDays, now }).save,
    },
    fetchSnapshot: (meeting, options) => fetchSnapshot({ client, clock: systemClock, detail }, meeting, options),
    findMeetings: findMeetingsWith(client, findInstancesMs),
    locale,
    timeZone,
    appVersion: packageJson.version,
    now,
    log,
  };
};
