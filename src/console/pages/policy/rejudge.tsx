import { type Listing, type Place, placeText } from '../../listing.ts';
import { jobIdIn } from '../../policy/job-id.ts';
import { isSound, type Range } from '../../range.ts';
import type { Visitor } from '../../visitor.ts';
import { frameWords } from '../../words/frame.ts';
import { meetingsWords } from '../../words/meetings.ts';
import { policyWords } from '../../words/policy.ts';
import { RangeFields } from '../range.tsx';
import { Shell, Token } from '../shell.tsx';
import { timeText } from './saved.tsx';

type ChoosePageProps = {
  visitor: Visitor;
  range: Range;
  listing: Listing;
  /** Where this page of the list begins; null for the first. */
  place: Place | null;
  isAllTicked: boolean;
  /** Hash of the policy in force. */
  inForce: string;
  error: string | undefined;
};

/** Which done meetings to judge by the policy in force; each says whether it already was. */
export const ChoosePage = (props: ChoosePageProps) => {
  const { visitor, range, listing, place, isAllTicked, inForce, error } = props;
  const { locale } = visitor;
  const { rejudging: words } = policyWords[locale];
  const { from, to } = range;
  const lines = listing.days.flatMap((day) => day.lines);
  const address = (more: Record<string, string>) => `/policy/rejudge?${new URLSearchParams({ from, to, ...more })}`;
  return (
    <Shell visitor={visitor} place="policy" title={words.title}>
      <h1>{words.title}</h1>
      <p class="lede">{words.lede}</p>
      <form class="row" method="get" action="/policy/rejudge">
        <RangeFields locale={locale} range={range} />
        <button type="submit" class="button second slim">
          {words.show}
        </button>
      </form>
      {error && (
        <p class="callout bad" role="alert" tabindex={-1} autofocus>
          {error}
        </p>
      )}
      {lines.length === 0 ? (
        isSound(range) && <p class="note">{words.none}</p>
      ) : (
        <form method="post" action="/policy/rejudge">
          <Token visitor={visitor} />
          <input type="hidden" name="from" value={from} />
          <input type="hidden" name="to" value={to} />
          <p class="note">
            <a class="alone" href={address({ tick: 'all', ...(place && { after: placeText(place) }) })}>
              {words.all}
            </a>
          </p>
          <table class="cards-on-phone">
            <thead>
              <tr>
                <th scope="col">{words.columns.meeting}</th>
                <th scope="col">{words.columns.time}</th>
                <th scope="col">{words.columns.policy}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ jobId, job }) => (
                <tr>
                  <td>
                    <label class="check">
                      <input type="checkbox" name="job" value={jobId} checked={isAllTicked} />
                      <span>
                        {job?.meeting.topic || frameWords[locale].untitled}{' '}
                        <span class="small soft">{job?.meeting.meetingNo}</span>
                      </span>
                    </label>
                  </td>
                  <td data-label={words.columns.time}>{job && timeText(visitor.timeZone, job.meeting.startsAt)}</td>
                  <td data-label={words.columns.policy}>
                    {job?.policySha256 === inForce ? words.byThis : words.byOther}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <div class="actions">
            <button type="submit" class="button">
              {words.go}
            </button>
            <span class="hint">{words.goHint}</span>
          </div>
        </form>
      )}
      {(place || listing.older) && (
        <nav class="pages" aria-label={frameWords[locale].pagination}>
          {place ? <a href={address({})}>{meetingsWords[locale].first}</a> : <span />}
          {listing.older && <a href={address({ after: placeText(listing.older) })}>{meetingsWords[locale].older}</a>}
        </nav>
      )}
    </Shell>
  );
};

/** What became of one meeting; `jobId` is where to look. */
export type Rejudged = { result: 'filed' | 'superseded' | 'notPossible' | 'broken'; jobId: string };

/** What became of each meeting that was chosen. */
export const RejudgedPage = ({ visitor, outcomes }: { visitor: Visitor; outcomes: readonly Rejudged[] }) => {
  const { rejudging: words } = policyWords[visitor.locale];
  const tones = { filed: 'good', superseded: 'plain', notPossible: 'warn', broken: 'bad' } as const;
  const results = Object.keys(tones) as (keyof typeof tones)[];
  return (
    <Shell visitor={visitor} place="policy" title={words.done}>
      <h1>{words.done}</h1>
      {results
        .map((result) => ({ result, some: outcomes.filter((each) => each.result === result) }))
        .filter(({ some }) => some.length > 0)
        .map(({ result, some }) => (
          <section>
            <h2 class={`callout ${tones[result]}`}>{words[result](some.length)}</h2>
            <ul class="checks">
              {some.map(({ jobId }) => (
                <li>
                  {jobIdIn(jobId) === jobId ? (
                    <a class="alone" href={`/meetings/${jobId}`}>
                      {jobId}
                    </a>
                  ) : (
                    jobId
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      <div class="actions">
        <a class="button second" href="/policy/rejudge">
          {words.again}
        </a>
      </div>
    </Shell>
  );
};
