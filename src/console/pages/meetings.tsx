import { type Listing, placeText, type StatusFilter, statuses } from '../listing.ts';
import { isSound, type Range } from '../range.ts';
import type { Visitor } from '../visitor.ts';
import { frameWords } from '../words/frame.ts';
import { meetingsWords } from '../words/meetings.ts';
import { JobHead, JobRow, LiveNote } from './job-row.tsx';
import { Field, tied } from './parts.tsx';
import { RangeFields } from './range.tsx';
import { Shell } from './shell.tsx';

/** What the form was sent with, and what is wrong with its dates. */
export type Search = Range & { text: string; status: StatusFilter; isFirst: boolean };

type Props = { visitor: Visitor; search: Search; listing: Listing };

const SearchForm = ({ visitor: { locale }, search }: Pick<Props, 'visitor' | 'search'>) => {
  const words = meetingsWords[locale];
  return (
    <search>
      <form class="row" method="get" action="/" aria-label={words.search}>
        <Field name="q" label={words.text}>
          <input type="search" {...tied('q')} value={search.text} placeholder={words.textHint} maxlength={100} />
        </Field>
        <RangeFields locale={locale} range={search} />
        <Field name="status" label={words.status}>
          <select {...tied('status')}>
            {statuses.map((status) => (
              <option value={status} selected={status === search.status}>
                {words.statuses[status]}
              </option>
            ))}
          </select>
        </Field>
        <button type="submit" class="button slim">
          {words.find}
        </button>
      </form>
    </search>
  );
};

/** The list by day, newest first. */
export const MeetingsPage = ({ visitor, search, listing }: Props) => {
  const { locale } = visitor;
  const words = meetingsWords[locale];
  const { text, from, to, status } = search;
  const address = (after?: string) =>
    `/?${new URLSearchParams({ q: text, from, to, status, ...(after && { after }) })}`;
  const lines = listing.days.flatMap((day) => day.lines);
  return (
    <Shell visitor={visitor} place="meetings" title={words.title}>
      <h1>{words.title}</h1>
      <SearchForm visitor={visitor} search={search} />
      <LiveNote visitor={visitor} lines={lines} />
      {lines.length === 0 && isSound(search) && (
        <div class="empty">
          <p>{words.nothing}</p>
          <p class="soft">
            {words.nothingHint} <a href="/ask">{frameWords[locale].pages.ask}</a>
          </p>
        </div>
      )}
      {listing.days.map(({ day, lines }) => (
        <section>
          <h2 class="day">
            {day} {words.weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]}
          </h2>
          <table class="list cards-on-phone">
            <JobHead visitor={visitor} />
            <tbody>
              {lines.map((line) => (
                <JobRow visitor={visitor} line={line} />
              ))}
            </tbody>
          </table>
        </section>
      ))}
      {(listing.older || !search.isFirst) && (
        <nav class="pages" aria-label={frameWords[locale].pagination}>
          {search.isFirst ? <span /> : <a href={address()}>{words.first}</a>}
          {listing.older && <a href={address(placeText(listing.older))}>{words.older}</a>}
        </nav>
      )}
    </Shell>
  );
};
