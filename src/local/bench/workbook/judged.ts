import { reportStore } from '../../../store/reports.ts';
import { renderWorkbook } from '../../../workbook/render.ts';
import { startBucket } from './bucket.ts';
import { LOCALE, participantAt, reportOf, TIME_ZONE } from './people.ts';

/** What the worker does once it has the list: all rows in memory, judged, written, sent to S3. */
const { objects, stop } = await startBucket();
const report = reportOf(Array.from({ length: Number(process.argv[2]) }, (_, index) => participantAt(index)));
const workbook = renderWorkbook(report, { locale: LOCALE, timeZone: TIME_ZONE });
await reportStore(objects).save(report.provenance.jobId, report.meeting, workbook);
stop();
