import type { Check } from '../../domain/checks.ts';
import type { Report } from '../../domain/report.ts';
import { NO_DEPARTMENT } from '../../domain/summary.ts';
import { wallClock } from '../../domain/zone.ts';
import { clock } from '../../words/clock.ts';
import { wordsOf } from '../../words/locale.ts';
import { reasonOf } from '../../words/reason.ts';
import { meetingPath, personPath } from '../address.ts';
import type { Axis } from '../axis.ts';
import { addressOf, type Line, peopleOf, type Question, type Sort, sorts, verdictOrder } from '../people.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { frameWords } from '../words/frame.ts';
import { meetingWords } from '../words/meeting.ts';
import { VerdictChip } from './parts.tsx';
import { Picture } from './picture.tsx';

/** More departments than these, or more letters in all of them, and one asks by typing. */
const departmentsOffered = 20;
const lettersOffered = 1000;

/** People on one page of the list, and on the meeting's own page, which has more to tell. */
const listed = 50;
const begun = 15;

type PeopleProps = {
  report: Report;
  checks: readonly Check[];
  jobId: string;
  axis: Axis;
  question: Question;
  /** The meeting's own page only begins the list. */
  isBegun: boolean;
  visitor: Visitor;
};

const Choice = ({
  name,
  label,
  all,
  chosen,
  options,
}: {
  name: string;
  label: string;
  /** The choice that leaves it open. */
  all?: string;
  chosen: string;
  options: readonly (readonly [value: string, text: string])[];
}) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {all !== undefined && <option value="">{all}</option>}
      {options.map(([value, text]) => (
        <option value={value === text ? undefined : value} selected={value === chosen}>
          {text}
        </option>
      ))}
    </select>
  </div>
);

const Filters = ({ report, checks, jobId, question, visitor: { locale } }: PeopleProps) => {
  const words = wordsOf(locale);
  const own = meetingWords[locale].people;
  const { verdict, expectation, department, flag, check, text, sort, descending } = question;
  const kinds = new Set(report.judged.map((each) => each.verdict.kind));
  const flags = new Set(report.judged.flatMap((each) => each.flags));
  const doubts = new Set(checks.flatMap(({ kind }) => (kind === 'room' || kind === 'stray-decision' ? [] : [kind])));
  const departments = report.departments.map((each) => each.department);
  /** What is chosen stays on offer also when nobody answers to it. */
  const offered = <Value extends string>(values: Iterable<Value>, chosen: Value | '') =>
    new Set<Value>([...values, ...(chosen === '' ? [] : [chosen])]);
  return (
    <form class="filters noprint" method="get" action={meetingPath(jobId)}>
      <Choice
        name="verdict"
        label={words.attendance.verdict}
        all={own.all}
        chosen={verdict}
        options={[
          ...verdictOrder
            .filter((kind) => kinds.has(kind) || kind === verdict)
            .map((kind) => [kind, words.verdicts[kind]] as const),
          ...(report.decided !== null || verdict === 'decided' ? [['decided', own.decided] as const] : []),
        ]}
      />
      <Choice
        name="expectation"
        label={words.attendance.expected}
        all={own.all}
        chosen={expectation}
        options={(['required', 'optional', 'excused'] as const).map(
          (each) => [each, words.expectations[each]] as const,
        )}
      />
      {departments.length > departmentsOffered || departments.join('').length > lettersOffered ? (
        <div class="field">
          <label for="department">{words.attendance.department}</label>
          <input id="department" name="department" value={department} />
        </div>
      ) : (
        <Choice
          name="department"
          label={words.attendance.department}
          all={own.all}
          chosen={department}
          options={[...offered(departments, department)].map((each) => [each, each] as const)}
        />
      )}
      <Choice
        name="flag"
        label={words.attendance.flags}
        all={own.all}
        chosen={flag}
        options={[...offered(flags, flag)].map((each) => [each, words.flags[each]] as const)}
      />
      <Choice
        name="check"
        label={own.check}
        all={own.all}
        chosen={check}
        options={[...offered(doubts, check)].map((each) => [each, words.checks[each].issue] as const)}
      />
      <div class="field">
        <label for="text">{own.text}</label>
        <input id="text" name="text" type="search" value={text} placeholder={own.textHint} />
      </div>
      <Choice
        name="sort"
        label={own.sort}
        chosen={sort}
        options={sorts.map((each) => [each, own.sortBy[each]] as const)}
      />
      {descending && <input type="hidden" name="order" value="desc" />}
      <div class="actions">
        <button type="submit" class="button slim">
          {own.apply}
        </button>
        {(verdict || expectation || department || flag || check || text) && (
          <a href={addressOf(jobId, { sort, descending })}>{own.clear}</a>
        )}
      </div>
    </form>
  );
};

const Heading = ({ sort, jobId, question, visitor: { locale } }: PeopleProps & { sort: Sort }) => {
  const isCurrent = question.sort === sort;
  const descending = isCurrent && !question.descending;
  const order = question.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={isCurrent ? order : undefined}>
      <a href={addressOf(jobId, { ...question, sort, descending, page: 1 })}>
        {meetingWords[locale].people.sortBy[sort]}
        {isCurrent && <span aria-hidden="true">{question.descending ? ' ↓' : ' ↑'}</span>}
      </a>
    </th>
  );
};

const rowOf = ({ report, jobId, axis, visitor: { locale, timeZone } }: PeopleProps) => {
  const words = wordsOf(locale);
  const own = meetingWords[locale].people;
  const because = reasonOf(report, words);
  const day = wallClock(timeZone, report.meeting.startsAt).slice(0, 10);
  /** Without the day when it is the meeting's own. */
  const time = (moment: number) => {
    const told = wallClock(timeZone, moment);
    return told.startsWith(day) ? told.slice(11) : told;
  };
  return ({ index, judged, decided }: Line) => {
    const { name, employeeId, department, verdict, flags, firstJoin, lastLeave } = judged;
    const { certainSeconds, possibleSeconds } = judged;
    return (
      <tr>
        <th scope="row">
          {shorten(name, 36) || own.nameless}
          {employeeId !== '' && <small>{shorten(employeeId, 24)}</small>}
        </th>
        <td>{shorten(department, 30) || NO_DEPARTMENT}</td>
        <td>
          <VerdictChip locale={locale} verdict={verdict.kind} />
          {decided && (
            <small>
              {own.decision} <VerdictChip locale={locale} verdict={decided.verdict} />
            </small>
          )}
        </td>
        <td>
          {because(judged)} <a href={personPath(jobId, index)}>{own.why}</a>
          {flags.length > 0 && <small>{flags.map((flag) => words.flags[flag]).join(words.listSeparator)}</small>}
        </td>
        <td>{firstJoin !== null && lastLeave !== null && `${time(firstJoin)} – ${time(lastLeave)}`}</td>
        <td>
          {clock(certainSeconds)}
          {possibleSeconds > certainSeconds && ` – ${clock(possibleSeconds)}`}
          {axis.seconds > 0 && <Picture judged={judged} report={report} axis={axis} words={own} />}
        </td>
      </tr>
    );
  };
};

/** The people of a meeting: who is asked for, a page of them, and the way to each one's reasons. */
export const People = (props: PeopleProps) => {
  const { report, checks, jobId, question, isBegun, visitor } = props;
  const own = meetingWords[visitor.locale].people;
  const perPage = isBegun ? begun : listed;
  const { lines, found, page, pages } = peopleOf(report, checks, question, { locale: visitor.locale, perPage });
  const from = (page - 1) * perPage + 1;
  const at = (other: number) => addressOf(jobId, { ...question, page: other });
  return (
    <section id="people">
      <h2>{own.title}</h2>
      <Filters {...props} />
      <p class="note">{found === 0 ? own.found : own.shown({ from, to: from + lines.length - 1, found })}</p>
      {found > 0 && (
        <div class="scroll">
          <table class="cards-on-phone people">
            <thead>
              <tr>
                <Heading {...props} sort="name" />
                <Heading {...props} sort="department" />
                <Heading {...props} sort="verdict" />
                <th scope="col">{own.reason}</th>
                <Heading {...props} sort="joined" />
                <Heading {...props} sort="certain" />
              </tr>
            </thead>
            <tbody>{lines.map(rowOf(props))}</tbody>
          </table>
        </div>
      )}
      {isBegun && pages > 1 && (
        <p class="actions">
          <a class="button second slim" href={at(1)}>
            {own.everybody(found)}
          </a>
        </p>
      )}
      {!isBegun && pages > 1 && (
        <nav class="pages" aria-label={frameWords[visitor.locale].pagination}>
          {page > 1 ? <a href={at(page - 1)}>← {own.previous}</a> : <span />}
          <span>{own.page(page, pages)}</span>
          {page < pages ? <a href={at(page + 1)}>{own.next} →</a> : <span />}
        </nav>
      )}
    </section>
  );
};
