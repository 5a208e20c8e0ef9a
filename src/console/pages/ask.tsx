import type { InBoth } from '../../domain/in-both.ts';
import type { Meeting } from '../../domain/meeting.ts';
import { wallClock } from '../../domain/zone.ts';
import type { Range } from '../range.ts';
import type { Visitor } from '../visitor.ts';
import { askWords } from '../words/ask.ts';
import { frameWords } from '../words/frame.ts';
import { Field, tied } from './parts.tsx';
import { RangeFields } from './range.tsx';
import { Shell, Token } from './shell.tsx';

/** The form as it was sent, with what is wrong with it. */
export type Question = Range & { number: string; errors: { no?: string; pick?: string } };

/** What Feishu knows; null before anybody asked. */
export type Found = readonly Meeting[] | { remedy: InBoth } | null;

type Props = { visitor: Visitor; question: Question; found: Found };

const QuestionForm = ({ visitor: { locale }, question }: Omit<Props, 'found'>) => {
  const words = askWords[locale];
  const { errors } = question;
  return (
    <form class="row" method="get" action="/ask">
      <Field name="no" label={words.number} hint={words.numberHint} error={errors.no}>
        <input
          type="text"
          inputmode="numeric"
          autocomplete="off"
          maxlength={40}
          required
          {...tied('no', { hint: true, error: errors.no })}
          value={question.number}
        />
      </Field>
      <RangeFields locale={locale} range={question} required />
      <button type="submit" class="button slim">
        {words.find}
      </button>
    </form>
  );
};

const Instances = ({ visitor, question, meetings }: Omit<Props, 'found'> & { meetings: readonly Meeting[] }) => {
  const { locale, timeZone } = visitor;
  const words = askWords[locale];
  const { pick } = question.errors;
  return (
    <form method="post" action="/ask">
      <Token visitor={visitor} />
      <input type="hidden" name="no" value={question.number} />
      <input type="hidden" name="from" value={question.from} />
      <input type="hidden" name="to" value={question.to} />
      <h2>{words.found(meetings.length)}</h2>
      {pick && (
        <p class="error" id="pick-error" role="alert" tabindex={-1} autofocus>
          {pick}
        </p>
      )}
      <table class="cards-on-phone picking">
        <thead>
          <tr>
            <th scope="col">{words.columns.pick}</th>
            <th scope="col">{words.columns.topic}</th>
            <th scope="col">{words.columns.start}</th>
            <th scope="col">{words.columns.end}</th>
          </tr>
        </thead>
        <tbody>
          {meetings.map(({ instanceId, topic, startsAt, endsAt }) => {
            const name = topic || frameWords[locale].untitled;
            const start = wallClock(timeZone, startsAt).slice(0, 16);
            return (
              <tr>
                <td>
                  <input
                    type="checkbox"
                    id={`pick-${instanceId}`}
                    name="instance"
                    value={instanceId}
                    checked={meetings.length === 1}
                    aria-label={words.pick(name, start)}
                  />
                </td>
                <td>
                  <label for={`pick-${instanceId}`} class="check">
                    {name}
                  </label>
                </td>
                <td class="date" data-label={words.columns.start}>
                  {start}
                </td>
                <td class="date" data-label={words.columns.end}>
                  {wallClock(timeZone, endsAt).slice(0, 16)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div class="actions">
        <button type="submit" class="button">
          {words.file}
        </button>
        {meetings.length > 1 && (
          <button type="submit" class="button second" name="all" value="1">
            {words.pickAll}
          </button>
        )}
      </div>
      <p class="note">{words.fileHint}</p>
    </form>
  );
};

const Answer = ({ visitor, question, found }: Props) => {
  const words = askWords[visitor.locale];
  if (found === null) return null;
  if ('remedy' in found)
    return (
      <div class="callout bad" role="alert">
        <strong>{words.failed}</strong>
        <p>{found.remedy[visitor.locale]}</p>
      </div>
    );
  if (found.length > 0) return <Instances visitor={visitor} question={question} meetings={found} />;
  return (
    <div class="empty">
      <p>{words.nothing}</p>
      {words.nothingHints.map((hint) => (
        <p class="soft">{hint}</p>
      ))}
    </div>
  );
};

/** A number and dates in, the meetings found out, to pick from. */
export const AskPage = (props: Props) => {
  const words = askWords[props.visitor.locale];
  return (
    <Shell visitor={props.visitor} place="ask" title={words.title}>
      <h1>{words.title}</h1>
      <p class="lede">{words.lede}</p>
      <QuestionForm visitor={props.visitor} question={props.question} />
      <Answer {...props} />
    </Shell>
  );
};
