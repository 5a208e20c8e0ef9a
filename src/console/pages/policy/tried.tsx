import { lastWordOn } from '../../../domain/decisions.ts';
import type { PolicyVersion } from '../../../domain/policy.ts';
import type { Report } from '../../../domain/report.ts';
import { type Locale, wordsOf } from '../../../words/locale.ts';
import { reasonOf } from '../../../words/reason.ts';
import { percentText } from '../../../words/summary.ts';
import { type Change, changesOf, countChanges } from '../../policy/changes.ts';
import type { Visitor } from '../../visitor.ts';
import { frameWords } from '../../words/frame.ts';
import { policyWords } from '../../words/policy.ts';
import { VerdictChip } from '../parts.tsx';
import { Shell } from '../shell.tsx';
import { Carried } from './carried.tsx';
import { timeText } from './saved.tsx';

/** People of one page of the result. */
const pageSize = 30;

const Counts = ({ before, after, locale }: { before: Report; after: Report; locale: Locale }) => {
  const words = policyWords[locale].trying;
  const { verdicts, summary: say } = wordsOf(locale);
  const rate = (share: number | null): string => (share === null ? '–' : percentText(share));
  const row = (label: string, one: number | string, other: number | string) => (
    <tr>
      <th scope="row">{label}</th>
      <td class="num">{one}</td>
      <td class="num">{one === other ? other : <strong>{other}</strong>}</td>
    </tr>
  );
  const { summary: was } = before;
  const { summary: is } = after;
  return (
    <table class="narrow">
      <caption>{words.counts}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" class="num">
            {words.before}
          </th>
          <th scope="col" class="num">
            {words.after}
          </th>
        </tr>
      </thead>
      <tbody>
        {row(words.required, was.required, is.required)}
        {(['attended', 'partial', 'insufficient', 'absent', 'undetermined'] as const).map((kind) =>
          row(verdicts[kind], was[kind], is[kind]),
        )}
        {row(say.rate, rate(was.rate), rate(is.rate))}
      </tbody>
    </table>
  );
};

const People = ({
  before,
  after,
  changes,
  locale,
}: {
  before: Report;
  after: Report;
  changes: readonly Change[];
  locale: Locale;
}) => {
  const words = policyWords[locale].trying;
  const say = wordsOf(locale);
  const why = { before: reasonOf(before, say), after: reasonOf(after, say) };
  const lastWord = lastWordOn(before.decisions);
  return (
    <table class="cards-on-phone">
      <thead>
        <tr>
          <th scope="col">{words.person}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => {
          const { name, department } = change.before;
          const decision = lastWord(change.before);
          return (
            <tr>
              <th scope="row" class="whom">
                {name || say.flags.unidentified}
                {department && <span class="small soft">{department}</span>}
                {decision && <span class="small">{words.decided(say.verdicts[decision.verdict])}</span>}
              </th>
              {(['before', 'after'] as const).map((side) => (
                <td data-label={words[side]}>
                  <VerdictChip locale={locale} verdict={change[side].verdict.kind} />
                  <p class="small">{why[side](change[side])}</p>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

export type TriedPageProps = {
  visitor: Visitor;
  version: PolicyVersion;
  etag: string;
  editor: 'form' | 'json';
  jobId: string;
  before: Report;
  after: Report;
  /** How many people were shown on the pages before. */
  skip: number;
};

/** Who would change if the draft were in force; the draft goes on in the form. */
export const TriedPage = ({ visitor, version, etag, editor, jobId, before, after, skip }: TriedPageProps) => {
  const { locale, timeZone } = visitor;
  const { trying: words, form } = policyWords[locale];
  const { verdicts } = wordsOf(locale);
  const changes = changesOf({ before, after });
  const shown = changes.slice(skip, skip + pageSize);
  const { meeting } = before;
  const turn = (to: number, label: string) => (
    <button type="submit" name="do" value={`try:${to}`} class="link">
      {label}
    </button>
  );
  return (
    <Shell visitor={visitor} place="policy" title={words.result}>
      <h1>{words.result}</h1>
      <p class="lede">
        <a href={`/meetings/${jobId}`}>{meeting.topic || frameWords[locale].untitled}</a> ·{' '}
        {timeText(timeZone, meeting.startsAt)} · {meeting.meetingNo}
      </p>
      <div class={`callout ${changes.length === 0 ? 'plain' : 'warn'}`} role="status">
        <p>
          <strong>{changes.length === 0 ? words.nobody : words.people(changes.length)}</strong>
        </p>
        <p>{words.nothingSaved}</p>
      </div>
      {!before.snapshot.complete && <p class="note">{words.incomplete}</p>}
      <Counts before={before} after={after} locale={locale} />
      {changes.length > 0 && (
        <section>
          <h2>{words.people(changes.length)}</h2>
          <ul class="checks">
            {countChanges(changes).map(({ before: was, after: is, people }) => (
              <li>{words.group({ before: verdicts[was], after: verdicts[is], people })}</li>
            ))}
          </ul>
          <People before={before} after={after} changes={shown} locale={locale} />
        </section>
      )}
      <Carried visitor={visitor} version={version} etag={etag} editor={editor}>
        <input type="hidden" name="job" value={jobId} />
        {changes.length > pageSize && (
          <div class="pages">
            {skip > 0 ? turn(Math.max(0, skip - pageSize), `← ${words.previous}`) : <span />}
            <span>{words.range({ from: skip + 1, to: skip + shown.length, of: changes.length })}</span>
            {skip + pageSize < changes.length ? turn(skip + pageSize, `${words.next} →`) : <span />}
          </div>
        )}
        <div class="actions">
          <button type="submit" name="do" value={`as-${editor}`} class="button second">
            {words.back}
          </button>
          <button type="submit" name="do" value="save" class="button">
            {form.save}
          </button>
        </div>
      </Carried>
    </Shell>
  );
};
