import { partsOf } from '../../domain/job-id.ts';
import { wallClock } from '../../domain/zone.ts';
import { percentText } from '../../words/summary.ts';
import type { Line } from '../deps.ts';
import { isUnderWay, secondsToLook, toldOf } from '../standing.ts';
import type { Visitor } from '../visitor.ts';
import { frameWords } from '../words/frame.ts';
import { meetingsWords } from '../words/meetings.ts';
import { RateBar, StatusChip } from './parts.tsx';

/** `14:05`, with the day in front when it is another one: then there may be a new line. */
const TimeOn = ({ timeZone, at, day }: { timeZone: string; at: number; day: string }) => {
  const told = wallClock(timeZone, at);
  return <span class="date">{told.startsWith(day) ? told.slice(11, 16) : told.slice(5, 16)}</span>;
};

/** What stands below the status: how far it is, or why it is not done and what helps. */
export const Standing = ({ visitor: { locale, timeZone }, job }: { visitor: Visitor; job: Line['job'] }) => {
  const words = meetingsWords[locale];
  if (job === null) return <p class="small soft">{words.unreadable}</p>;
  switch (job.status) {
    case 'running': {
      const { pages, rows, expectedRows = null } = job;
      return <p class="small soft">{frameWords[locale].progress({ pages, rows, expectedRows })}</p>;
    }
    case 'waiting':
      return (
        <p class="small soft">
          {toldOf(job, locale)} {words.untilRetry(wallClock(timeZone, job.until).slice(5, 16))}
        </p>
      );
    case 'failed':
    case 'skipped':
      return <p class="small soft">{toldOf(job, locale)}</p>;
    case 'queued':
    case 'done':
      return null;
  }
};

/** One meeting as a line of a table; it is asked for anew while it is under way. */
export const JobRow = ({ visitor, line: { jobId, job } }: { visitor: Visitor; line: Line }) => {
  const { locale, timeZone } = visitor;
  const words = meetingsWords[locale];
  const { day, revision } = partsOf(jobId);
  const counts = job?.status === 'done' ? (job.decided ?? job.summary) : null;
  const figure = (label: string, count: number | undefined) => (
    <td class="num" data-label={label}>
      {count}
    </td>
  );
  return (
    <tr id={`job-${jobId.replace('/', '-')}`} {...(isUnderWay(job) && { 'data-live': secondsToLook(job) })}>
      <td>
        {job && (
          <>
            <TimeOn timeZone={timeZone} at={job.meeting.startsAt} day={day} />–<wbr />
            <TimeOn timeZone={timeZone} at={job.meeting.endsAt} day={day} />
          </>
        )}
      </td>
      <th scope="row">
        <a href={`/meetings/${jobId}`}>{job === null ? jobId : job.meeting.topic || frameWords[locale].untitled}</a>
        <span class="small soft">
          {job?.meeting.meetingNo}
          {revision > 0 && ` · ${words.revision(revision)}`}
        </span>
      </th>
      {figure(words.columns.required, counts?.required)}
      {figure(words.columns.attended, counts?.attended)}
      {figure(words.columns.absent, counts?.absent)}
      {figure(words.columns.toCheck, counts?.undetermined)}
      <td>
        {counts !== null && counts.rate !== null && percentText(counts.rate)}
        {counts && <RateBar rate={counts.rate} rateIfCleared={counts.rateIfCleared} />}
        {job?.status === 'done' && job.decided && <span class="small soft">{words.decided}</span>}
        {job?.status === 'done' && job.toConfirm && <span class="small block">{words.toConfirm(job.toConfirm)}</span>}
      </td>
      <td>
        <StatusChip locale={locale} job={job} />
        <Standing visitor={visitor} job={job} />
        {job?.status === 'done' && (
          <a class="small block" href={`/meetings/${jobId}/download`}>
            {frameWords[locale].download}
          </a>
        )}
      </td>
    </tr>
  );
};

/** The heads of `JobRow`'s cells. */
export const JobHead = ({ visitor: { locale } }: { visitor: Visitor }) => {
  const { columns } = meetingsWords[locale];
  return (
    <thead>
      <tr>
        <th scope="col">{columns.time}</th>
        <th scope="col">{columns.meeting}</th>
        {(['required', 'attended', 'absent', 'toCheck'] as const).map((column) => (
          <th scope="col" class="num">
            {columns[column]}
          </th>
        ))}
        <th scope="col">{columns.rate}</th>
        <th scope="col">{columns.status}</th>
      </tr>
    </thead>
  );
};

/** Says aloud how much is under way, and offers to look again where nothing does so by itself. */
export const LiveNote = ({ visitor, lines }: { visitor: Visitor; lines: readonly Line[] }) => {
  const { locale, path } = visitor;
  const count = lines.filter(({ job }) => isUnderWay(job)).length;
  return (
    <>
      <p id="live-note" role="status" class="small soft">
        {count > 0 && meetingsWords[locale].underWay(count)}
      </p>
      {count > 0 && (
        <noscript>
          <a class="alone" href={path}>
            {frameWords[locale].reload}
          </a>
        </noscript>
      )}
    </>
  );
};
