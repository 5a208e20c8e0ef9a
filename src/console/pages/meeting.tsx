import { checksOf } from '../../domain/checks.ts';
import type { Meeting } from '../../domain/meeting.ts';
import { thresholdSeconds } from '../../domain/policy.ts';
import type { Report } from '../../domain/report.ts';
import { type Locale, wordsOf } from '../../words/locale.ts';
import { decidedText, whenText } from '../../words/summary.ts';
import { meetingPath } from '../address.ts';
import { axisOf } from '../axis.ts';
import type { Opened, Revision } from '../deps.ts';
import { everybody, type Question } from '../people.ts';
import { shorten } from '../shorten.ts';
import { secondsToLook, standingOf } from '../standing.ts';
import type { Visitor } from '../visitor.ts';
import { frameWords } from '../words/frame.ts';
import { meetingWords } from '../words/meeting.ts';
import { Checks, Rooms } from './checks.tsx';
import { Departments, Figures } from './figures.tsx';
import { Glance } from './glance.tsx';
import { People } from './people.tsx';
import { Legend } from './picture.tsx';
import { Revisions } from './revisions.tsx';
import { Shell } from './shell.tsx';
import { type InForce, Notices, Standing } from './standing.tsx';

type Told = Pick<Meeting, 'topic' | 'meetingNo' | 'startsAt' | 'endsAt' | 'parts'>;

/** A topic as a heading. */
export const topicOf = (meeting: Told | null, locale: Locale): string =>
  shorten(meeting?.topic ?? '', 200) || frameWords[locale].untitled;

/** When and how long, in the words of the workbook. */
export const whenOf = (meeting: Told, { locale, timeZone }: Visitor): string =>
  whenText(meeting, timeZone, wordsOf(locale));

type Asked = { jobId: string; report: Report; visitor: Visitor };

const requiredOf = ({ rules, meeting }: Report): number => thresholdSeconds(rules.minimum, meeting);

/** What became of everybody. */
const Overview = ({ report, jobId, visitor }: Asked) => {
  const { locale } = visitor;
  const own = meetingWords[locale];
  const axis = axisOf(report.meeting);
  const checks = checksOf(report);
  const requiredSeconds = requiredOf(report);
  return (
    <>
      <Figures
        summary={report.summary}
        decided={report.decided}
        jobId={jobId}
        locale={locale}
        decidedText={decidedText(report, wordsOf(locale))}
      />
      <Departments report={report} jobId={jobId} locale={locale} />
      <Checks report={report} checks={checks} jobId={jobId} visitor={visitor} />
      {report.judged.length > 0 && (
        <section>
          <h2>{own.glance.title}</h2>
          {axis.seconds > 0 && (
            <Glance report={report} axis={axis} requiredSeconds={requiredSeconds} visitor={visitor} />
          )}
          <Legend axis={axis} requiredSeconds={requiredSeconds} words={own.legend} />
        </section>
      )}
      <People {...{ report, checks, jobId, axis, visitor }} question={everybody} isBegun />
      <Rooms rooms={report.rooms} visitor={visitor} />
    </>
  );
};

type MeetingPageProps = { opened: Opened; history: readonly Revision[]; inForce: InForce; visitor: Visitor };

/** One revision of a meeting's report. All that changes while it is being made is one live part. */
export const MeetingPage = ({ opened, history, inForce, visitor }: MeetingPageProps) => {
  const { locale } = visitor;
  const { revision, report } = opened;
  const { job, jobId } = revision;
  const meeting = report?.meeting ?? job?.meeting ?? null;
  const title = topicOf(meeting, locale);
  return (
    <Shell visitor={visitor} place="meetings" title={title}>
      <h1>{title}</h1>
      {meeting && <p class="lede">{whenOf(meeting, visitor)}</p>}
      <p id="live-note" role="status" class="visually-hidden">
        {frameWords[locale].statuses[standingOf(job)]}
      </p>
      <div id="report" data-live={secondsToLook(job)}>
        <Standing opened={opened} inForce={inForce} visitor={visitor} />
        {report === null && job?.status === 'done' && (
          <Figures summary={job.summary} decided={job.decided ?? null} jobId={null} locale={locale} />
        )}
        {report && <Overview report={report} jobId={jobId} visitor={visitor} />}
        <Revisions history={history} current={revision.revision} visitor={visitor} />
      </div>
    </Shell>
  );
};

type ListPageProps = { opened: Opened; report: Report; question: Question; visitor: Visitor };

/** The people of a report who answer to a question. */
export const ListPage = ({ opened, report, question, visitor }: ListPageProps) => {
  const { jobId } = opened.revision;
  const own = meetingWords[visitor.locale];
  const axis = axisOf(report.meeting);
  const title = topicOf(report.meeting, visitor.locale);
  return (
    <Shell visitor={visitor} place="meetings" title={`${own.people.title} · ${title}`}>
      <p class="small">
        <a class="alone" href={meetingPath(jobId)}>
          ← {own.people.overview}
        </a>
      </p>
      <h1>{title}</h1>
      <p class="lede">{whenOf(report.meeting, visitor)}</p>
      <Notices opened={opened} locale={visitor.locale} />
      <People {...{ report, jobId, axis, question, visitor }} checks={checksOf(report)} isBegun={false} />
      <Legend axis={axis} requiredSeconds={requiredOf(report)} words={own.legend} />
    </Shell>
  );
};
