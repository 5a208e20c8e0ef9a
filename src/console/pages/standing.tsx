import type { Job } from '../../domain/job.ts';
import { wallClock } from '../../domain/zone.ts';
import { type Locale, wordsOf } from '../../words/locale.ts';
import { inRevision, meetingPath } from '../address.ts';
import type { Opened } from '../deps.ts';
import { isUnderWay, toldOf } from '../standing.ts';
import type { Visitor } from '../visitor.ts';
import { frameWords } from '../words/frame.ts';
import { meetingWords } from '../words/meeting.ts';
import { StatusChip } from './parts.tsx';
import { Token } from './shell.tsx';

/** How the policy that a report was judged by stands to the one in force; null when nobody asked. */
export type InForce = 'same' | 'other' | 'broken' | null;

type StandingProps = { opened: Opened; inForce: InForce; visitor: Visitor };

/** For whom the page does not look again by itself. */
const Reload = ({ visitor: { locale, path } }: { visitor: Visitor }) => (
  <noscript>
    {' '}
    <a href={path}>{frameWords[locale].reload}</a>
  </noscript>
);

/** What whoever looks after the installation needs, in the words of the log. */
const Cause = ({ job: { code, reason }, label }: { job: { code: string; reason: string }; label: string }) => (
  <p class="small">
    {label}{' '}
    <code lang="en">
      {code}: {reason}
    </code>
  </p>
);

/** What becomes of a job that is not done, and what can be done about it. */
const Outlook = ({ job, visitor }: { job: Job | null; visitor: Visitor }) => {
  const { locale, timeZone } = visitor;
  const own = meetingWords[locale];
  const frame = frameWords[locale];
  if (job === null) return <p class="callout bad">{own.unreadable}</p>;
  switch (job.status) {
    case 'done':
      return null;
    case 'queued':
    case 'running':
      return (
        <p class="callout plain">
          {job.status === 'queued' ? frame.statuses.queued : frame.progress({ expectedRows: null, ...job })}
          <Reload visitor={visitor} />
        </p>
      );
    case 'waiting':
      return (
        <div class="callout warn">
          <p>{toldOf(job, locale)}</p>
          <p>
            {own.waitingUntil(wallClock(timeZone, job.until))}
            <Reload visitor={visitor} />
          </p>
          <Cause job={job} label={own.cause} />
        </div>
      );
    case 'failed':
      return (
        <div class="callout bad">
          <p>{toldOf(job, locale)}</p>
          <Cause job={job} label={own.cause} />
        </div>
      );
    case 'skipped':
      return <p class="callout plain">{toldOf(job, locale)}</p>;
  }
};

const Act = ({ to, label, visitor }: { to: string; label: string; visitor: Visitor }) => (
  <form method="post" action={to}>
    <Token visitor={visitor} />
    <button type="submit" class="button second slim">
      {label}
    </button>
  </form>
);

const Acts = ({ opened: { revision, newest }, inForce, visitor }: StandingProps) => {
  const { jobId, job } = revision;
  const { again, rejudge, actsHint } = meetingWords[visitor.locale];
  const isNewest = revision.revision >= newest;
  const mayRetry = job?.status === 'failed' || job?.status === 'waiting';
  return (
    <>
      <div class="actions noprint">
        {job?.status === 'done' && (
          <a class="button slim" href={`${meetingPath(jobId)}/download`}>
            {frameWords[visitor.locale].download}
          </a>
        )}
        {isNewest && !isUnderWay(job) && (
          <Act to={`${meetingPath(jobId)}/again`} label={mayRetry ? again.retry : again.anew} visitor={visitor} />
        )}
        {isNewest && inForce === 'other' && (
          <Act to={`${meetingPath(jobId)}/rejudge`} label={rejudge.label} visitor={visitor} />
        )}
        {isNewest && inForce === 'same' && <span class="soft small">{rejudge.same}</span>}
        {isNewest && inForce === 'broken' && <span class="soft small">{rejudge.broken}</span>}
      </div>
      {isNewest && job?.status === 'done' && <p class="hint noprint">{actsHint}</p>}
    </>
  );
};

/** What whoever looks at this revision must know: that a newer one is there, that rows are missing. */
export const Notices = ({ opened: { revision, newest, report }, locale }: { opened: Opened; locale: Locale }) => {
  const { jobId, job } = revision;
  const { newer } = meetingWords[locale];
  const isIncomplete = (job?.status === 'done' && job.complete === false) || report?.snapshot.complete === false;
  return (
    <>
      {newest > revision.revision && (
        <p class="callout plain">
          {newer.text} <a href={meetingPath(inRevision(jobId, newest))}>{newer.open(newest)}</a>
        </p>
      )}
      {isIncomplete && <p class="callout warn">{wordsOf(locale).summary.incomplete}</p>}
    </>
  );
};

/** Which revision this is, how it stands, and what can be done with it. */
export const Standing = ({ opened, inForce, visitor }: StandingProps) => {
  const { revision, report } = opened;
  const { locale, timeZone } = visitor;
  const own = meetingWords[locale];
  return (
    <>
      <p class="standing">
        <StatusChip locale={locale} job={revision.job} /> {own.revision(revision.revision)} ·{' '}
        {wordsOf(locale).evidence.reasons[revision.reason]} ·{' '}
        <span class="date">{wallClock(timeZone, revision.requestedAt)}</span>
      </p>
      <Outlook job={revision.job} visitor={visitor} />
      <Notices opened={opened} locale={locale} />
      {revision.job?.status === 'done' && report === null && <p class="callout warn">{own.gone}</p>}
      <Acts opened={opened} inForce={inForce} visitor={visitor} />
    </>
  );
};
