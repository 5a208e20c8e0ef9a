import type { Report } from '../../domain/report.ts';
import type { DepartmentSummary, Summary } from '../../domain/summary.ts';
import { type Locale, wordsOf } from '../../words/locale.ts';
import { countsText, othersText, percentText } from '../../words/summary.ts';
import { addressOf } from '../people.ts';
import { shorten } from '../shorten.ts';
import { meetingWords } from '../words/meeting.ts';
import { RateBar, VerdictChip } from './parts.tsx';

const kinds = ['attended', 'partial', 'insufficient', 'absent', 'undetermined'] as const;

/** How many required people got which verdict, and what becomes of it by HR's decisions. */
export const Figures = ({
  summary,
  decided,
  jobId,
  locale,
  decidedText = null,
}: {
  summary: Summary;
  decided: Summary | null;
  /** null when there is no list of people to lead to. */
  jobId: string | null;
  locale: Locale;
  /** What HR's decisions make of the counts, in a sentence. */
  decidedText?: string | null;
}) => {
  const words = wordsOf(locale);
  const rateText = ({ rate }: Summary) => (rate === null ? '–' : percentText(rate));
  /** What HR's decisions change, beside what the rules say. */
  const changed = (of: (counts: Summary) => string | number) =>
    decided !== null &&
    of(decided) !== of(summary) && <small>{meetingWords[locale].withDecisions(String(of(decided)))}</small>;
  return (
    <>
      <dl class="tiles">
        <div>
          <dt>{words.summary.rate}</dt>
          <dd>
            {rateText(summary)}
            <RateBar rate={summary.rate} rateIfCleared={summary.rateIfCleared} />
            {changed(rateText)}
          </dd>
        </div>
        {kinds.map((kind) => (
          <div>
            <dt>
              <VerdictChip locale={locale} verdict={kind} />
            </dt>
            <dd>
              {jobId !== null && summary[kind] > 0 ? (
                <a href={addressOf(jobId, { verdict: kind, expectation: 'required' })}>{summary[kind]}</a>
              ) : (
                summary[kind]
              )}
              {changed((counts) => counts[kind])}
            </dd>
          </div>
        ))}
      </dl>
      <p class="note">{countsText(summary, words)}</p>
      <p class="note">{othersText(summary, words)}</p>
      {decidedText && <p class="note">{decidedText}</p>}
    </>
  );
};

const shown = 12;
/** Departments past these are in the workbook only. */
const listed = 40;

type Rated = DepartmentSummary & { rate: number };

/** The departments with somebody required, those that need attention first. */
export const Departments = ({ report, jobId, locale }: { report: Report; jobId: string; locale: Locale }) => {
  const words = wordsOf(locale);
  const own = meetingWords[locale].departments;
  const rated = report.departments
    .flatMap((each): Rated[] => (each.summary.rate === null ? [] : [{ ...each, rate: each.summary.rate }]))
    .sort((one, other) => one.rate - other.rate || other.summary.required - one.summary.required);
  if (rated.length < 2) return null;
  const rest = rated.slice(shown, shown + listed);
  const unlisted = rated.length - shown - rest.length;
  const shareOf = ({ rate, attended, required }: Summary) =>
    `${rate === null ? '–' : percentText(rate)} · ${own.share(attended, required)}`;
  const figures = ({ summary, decided }: Rated) => {
    const byRules = shareOf(summary);
    const withDecisions = decided && shareOf(decided);
    return withDecisions === null || withDecisions === byRules
      ? byRules
      : `${byRules} · ${meetingWords[locale].withDecisions(withDecisions)}`;
  };
  return (
    <section>
      <h2>{words.summary.departments}</h2>
      <ul class="bars">
        {rated.slice(0, shown).map((each) => (
          <li>
            <a href={addressOf(jobId, { department: each.department, expectation: 'required' })}>
              {shorten(each.department, 32)}
            </a>
            <RateBar rate={each.rate} rateIfCleared={each.summary.rateIfCleared} />
            <span class="num">{figures(each)}</span>
          </li>
        ))}
      </ul>
      {rest.length > 0 && (
        <details>
          <summary>{own.more(rated.length - shown)}</summary>
          <ul class="small">
            {rest.map((each) => (
              <li>
                {shorten(each.department, 32)} {figures(each)}
              </li>
            ))}
            {unlisted > 0 && <li>{words.summary.moreDepartments(unlisted, words.sheets.departments)}</li>}
          </ul>
        </details>
      )}
    </section>
  );
};
