import { readConfig } from '../../src/config.ts';
import { listMeetings } from '../../src/feishu/meetings.ts';
import type { ReconcileDeps } from '../../src/reconcile.ts';
import { cursorStore } from '../../src/store/cursor.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { policyStore } from '../../src/store/policies.ts';
import { requestStore } from '../../src/store/requests.ts';
import { now, objectsOf } from './environment.ts';
import { feishuOf } from './feishu.ts';
import { log } from './log.ts';

/** A day of 10,000 meetings is a hundred pages, which the rate window lets through in two minutes. */
const listAllMs = 300_000;

export const reconcileDeps = async (): Promise<ReconcileDeps> => {
  const config = readConfig(process.env);
  const objects = await objectsOf(config);
  const client = await feishuOf(config, objects);
  return {
    requests: requestStore(objects),
    jobs: jobStore(objects),
    cursor: cursorStore(objects),
    policies: policyStore(objects, config.policyKey),
    // Without a filter: Feishu takes one of three at most, and none means every meeting.
    listMeetings: (span) => listMeetings(client, span, { deadlineAt: now() + listAllMs }),
    timeZone: config.timeZone,
    windowHours: config.reconcileWindowHours,
    stuckMinutes: config.reconcileStuckMinutes,
    now,
    log,
  };
};
