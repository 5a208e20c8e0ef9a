import type { AuditEntry } from '../../domain/audit.ts';
import { wallClock } from '../../domain/zone.ts';
import { wordsOf } from '../../words/locale.ts';
import { addDays, shownDay } from '../days.ts';
import type { Visitor } from '../visitor.ts';
import { auditWords } from '../words/audit.ts';
import { frameWords } from '../words/frame.ts';
import { Field, tied } from './parts.tsx';
import { Shell } from './shell.tsx';

type Entries = readonly { key: string; entry: AuditEntry | null }[];

type Props = {
  visitor: Visitor;
  day: string;
  error: string | undefined;
  entries: Entries;
  /** The key from which older entries of the same day go on. */
  older: string | null;
};

const Job = ({ jobId }: { jobId: string }) => <a href={`/meetings/${jobId}`}>{jobId}</a>;

const About = ({ visitor: { locale }, entry }: { visitor: Visitor; entry: AuditEntry }) => {
  switch (entry.what) {
    case 'signed-in':
    case 'connected':
      return null;
    case 'asked':
      return <code>{entry.instanceIds.join(', ')}</code>;
    case 'downloaded':
      return <Job jobId={entry.jobId} />;
    case 'decided':
      return (
        <>
          <Job jobId={entry.jobId} /> <code>{entry.person}</code>{' '}
          {entry.verdict === null ? auditWords[locale].takenBack : wordsOf(locale).verdicts[entry.verdict]}
        </>
      );
    case 're-judged':
      return (
        <>
          {entry.jobIds.map((jobId) => (
            <>
              <Job jobId={jobId} />{' '}
            </>
          ))}
        </>
      );
    case 'erased':
      return <>{entry.objects === null ? auditWords[locale].begun : auditWords[locale].objects(entry.objects)}</>;
    case 'policy-saved':
      return <a href={`/policy/versions/${entry.policySha256}`}>{entry.policySha256.slice(0, 12)}</a>;
  }
};

/** The trail of one day, newest first. */
export const AuditPage = ({ visitor, day, error, entries, older }: Props) => {
  const { locale, timeZone } = visitor;
  const words = auditWords[locale];
  return (
    <Shell visitor={visitor} place="audit" title={words.title}>
      <h1>{words.title}</h1>
      <p class="lede">{words.lede}</p>
      <form class="row" method="get" action="/audit">
        <Field name="day" label={words.day} error={error}>
          <input type="date" required {...tied('day', { error })} value={shownDay(day)} />
        </Field>
        <button type="submit" class="button slim">
          {words.show}
        </button>
      </form>
      {entries.length === 0 && !error && <p class="empty">{words.nothing}</p>}
      {entries.length > 0 && (
        <table class="cards-on-phone">
          <thead>
            <tr>
              <th scope="col">{words.columns.time}</th>
              <th scope="col">{words.columns.who}</th>
              <th scope="col">{words.columns.what}</th>
              <th scope="col">{words.columns.about}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ key, entry }) =>
              entry === null ? (
                <tr>
                  <td colspan={4}>
                    {words.unreadable} <code>{key}</code>
                  </td>
                </tr>
              ) : (
                <tr>
                  <td class="date">{wallClock(timeZone, entry.at).slice(11)}</td>
                  <td>
                    {entry.who.name || (entry.who.openId === '' && words.command)}{' '}
                    <span class="small soft">{entry.who.openId}</span>
                  </td>
                  <td>{words.acts[entry.what]}</td>
                  <td>
                    <About visitor={visitor} entry={entry} />
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
      {!error && (
        <nav class="pages" aria-label={frameWords[locale].pagination}>
          <a href={`/audit?day=${addDays(day, -1)}`}>← {words.previous}</a>
          {older && <a href={`/audit?${new URLSearchParams({ day, before: older })}`}>{frameWords[locale].older}</a>}
          <a href={`/audit?day=${addDays(day, 1)}`}>{words.next} →</a>
        </nav>
      )}
    </Shell>
  );
};
