import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFeishuClient } from '../../../feishu/client.ts';
import { systemClock } from '../../../feishu/clock.ts';
import { fetchSnapshot } from '../../../feishu/snapshot.ts';
import { tenantTokens } from '../../../feishu/tokens.ts';
import { directoryObjects } from '../../../store/directory.ts';
import { jobStore } from '../../../store/jobs.ts';
import { policyStore } from '../../../store/policies.ts';
import { reportStore } from '../../../store/reports.ts';
import { requestStore, toRequest } from '../../../store/requests.ts';
import { sliceStore } from '../../../store/slices.ts';
import { snapshotStore } from '../../../store/snapshots.ts';
import { createWork } from '../../../work.ts';
import { renderWorkbook } from '../../../workbook/render.ts';
import { isServer, startFeishu, townHall } from './feishu.ts';

const timeZone = 'Asia/Shanghai';

const run = async (people: number): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
  const feishu = await startFeishu(import.meta.filename, people);
  try {
    const objects = directoryObjects(folder);
    const tokens = tenantTokens({ baseUrl: feishu.url, appId: 'cli_a', appSecret: 's', clock: systemClock });
    const window = { take: async () => {} };
    const client = createFeishuClient({ baseUrl: feishu.url, tokens, clock: systemClock, window });
    const snapshots = snapshotStore(objects);
    const work = createWork({
      requests: requestStore(objects),
      jobs: jobStore(objects),
      slices: sliceStore(objects),
      policies: policyStore(objects, 'policies/current.json'),
      report: {
        savedSnapshot: snapshots.get,
        saveSnapshot: snapshots.save,
        renderWorkbook: (report) => renderWorkbook(report, { locale: 'zh', timeZone }),
        saveReport: reportStore(objects).save,
      },
      fetchSnapshot: (meeting, options) =>
        fetchSnapshot({ client, clock: systemClock, detail: 'standard' }, meeting, options),
      findMeetings: async () => [],
      locale: 'zh',
      timeZone,
      appVersion: '0.1.0',
      now: systemClock.now,
      log: () => {},
    });
    const asked = { sourceEventId: 'e', requestedBy: '', requestedAt: townHall.endsAt };
    const request = toRequest({ meeting: townHall, reason: 'on-demand', ...asked }, timeZone);
    await requestStore(objects).file(request);

    const began = performance.now();
    await work(request.jobId, { receiveCount: 1, deadlineAt: Date.now() + 900_000 });
    const wall = performance.now() - began;

    const done = (await jobStore(objects).get(request.jobId))?.job;
    if (done?.status !== 'done' || done.summary.required !== people) throw new Error('The report was not made.');
    return wall;
  } finally {
    feishu.stop();
    await rm(folder, { recursive: true });
  }
};

if (!isServer) process.stdout.write(String(await run(Number(process.argv[2]))));
