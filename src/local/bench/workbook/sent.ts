import { reportStore } from '../../../store/reports.ts';
import { renderWorkbook } from '../../../workbook/render.ts';
import { startBucket } from './bucket.ts';
import { LOCALE, TIME_ZONE, toldOf } from './people.ts';

/** As rollcall.ts, and sent to S3. */
const report = toldOf(Number(process.argv[2]));
const { objects, stop } = await startBucket();
const workbook = renderWorkbook(report, { locale: LOCALE, timeZone: TIME_ZONE });
await reportStore(objects).save(report.provenance.jobId, report.meeting, workbook);
stop();
