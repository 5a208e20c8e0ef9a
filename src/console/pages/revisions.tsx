import { wallClock } from '../../domain/zone.ts';
import { wordsOf } from '../../words/locale.ts';
import { meetingPath } from '../address.ts';
import type { Revision } from '../deps.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { frameWords } from '../words/frame.ts';
import { meetingWords } from '../words/meeting.ts';
import { StatusChip } from './parts.tsx';

const shown = 5;

type RevisionsProps = { history: readonly Revision[]; current: number; visitor: Visitor };

const Table = ({ history, current, visitor: { locale, timeZone } }: RevisionsProps) => {
  const words = wordsOf(locale);
  const own = meetingWords[locale].history;
  return (
    <table class="cards-on-phone">
      <thead>
        <tr>
          <th scope="col">{own.number}</th>
          <th scope="col">{own.status}</th>
          <th scope="col">{words.evidence.reason}</th>
          <th scope="col">{own.by}</th>
          <th scope="col">{own.at}</th>
          <th scope="col">{frameWords[locale].download}</th>
        </tr>
      </thead>
      <tbody>
        {history.map(({ jobId, revision, reason, requestedBy, requestedAt, job }) => (
          <tr>
            <th scope="row">
              {revision === current ? (
                <>
                  {meetingWords[locale].revision(revision)} <small>{own.current}</small>
                </>
              ) : (
                <a href={meetingPath(jobId)}>{meetingWords[locale].revision(revision)}</a>
              )}
            </th>
            <td>
              <StatusChip locale={locale} job={job} />
            </td>
            <td data-label={words.evidence.reason}>{words.evidence.reasons[reason]}</td>
            <td data-label={own.by}>{shorten(requestedBy, 80) || own.nobody}</td>
            <td data-label={own.at} class="date">
              {wallClock(timeZone, requestedAt)}
            </td>
            <td>
              {job?.status === 'done' && <a href={`${meetingPath(jobId)}/download`}>{frameWords[locale].download}</a>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Every revision of a report, newest first: why it was made, by whom, and how it stands. */
export const Revisions = (props: RevisionsProps) => {
  const { history, visitor } = props;
  const older = history.slice(shown);
  return (
    <section>
      <h2>{meetingWords[visitor.locale].history.title}</h2>
      <Table {...props} history={history.slice(0, shown)} />
      {older.length > 0 && (
        <details>
          <summary>{frameWords[visitor.locale].older}</summary>
          <Table {...props} history={older} />
        </details>
      )}
    </section>
  );
};
