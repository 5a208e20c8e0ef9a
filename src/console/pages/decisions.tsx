import { type Decision, decidable } from '../../domain/decisions.ts';
import { wallClock } from '../../domain/zone.ts';
import { wordsOf } from '../../words/locale.ts';
import { personPath } from '../address.ts';
import { type Draft, lengthOf, longestReason, takeBack } from '../decision.ts';
import { shorten } from '../shorten.ts';
import type { Visitor } from '../visitor.ts';
import { meetingWords } from '../words/meeting.ts';
import { Field, tied, VerdictChip } from './parts.tsx';
import { Token } from './shell.tsx';

/** Decisions of one person past these are in the workbook only. */
const shown = 20;

/** What HR has decided of one person, newest first. */
export const Decisions = ({
  decisions,
  standing,
  visitor: { locale, timeZone },
}: {
  decisions: readonly Decision[];
  standing: Decision | null;
  visitor: Visitor;
}) => {
  const words = wordsOf(locale);
  const own = meetingWords[locale];
  if (decisions.length === 0) return <p class="note">{own.decide.none}</p>;
  const told = [...decisions].reverse();
  return (
    <>
      <ol class="decisions" reversed start={decisions.length}>
        {told.slice(0, shown).map((decision, index) => (
          <li>
            {decision.verdict === null ? (
              words.decision.takenBack
            ) : (
              <VerdictChip locale={locale} verdict={decision.verdict} />
            )}
            {standing !== null && index === 0 && <b> {own.decide.current}</b>}
            <p>{shorten(decision.reason, 2 * longestReason)}</p>
            <p class="soft small">
              {`${shorten(decision.by.name, 60)} (${decision.by.openId}) · ${wallClock(timeZone, decision.at)}`}
            </p>
          </li>
        ))}
      </ol>
      {told.length > shown && <p class="note">{own.more(told.length - shown)}</p>}
    </>
  );
};

/** Where an admin decides; what was filled in stays when something about it is wrong. */
export const DecisionForm = ({
  jobId,
  index,
  draft: { verdict, reason, errors },
  mayTakeBack,
  visitor,
}: {
  jobId: string;
  index: number;
  draft: Draft;
  mayTakeBack: boolean;
  visitor: Visitor;
}) => {
  const words = wordsOf(visitor.locale);
  const own = meetingWords[visitor.locale].decide;
  if (visitor.role !== 'admin') return <p class="note">{own.adminsOnly}</p>;
  const wrong = {
    verdict: errors.verdict && own.missingVerdict,
    reason:
      errors.reason === 'long' ? own.longReason(lengthOf(reason), longestReason) : errors.reason && own.missingReason,
  };
  return (
    <form method="post" action={`${personPath(jobId, index)}/decision`} class="decide" id="decide" novalidate>
      <Token visitor={visitor} />
      <h3>{own.title}</h3>
      <p class="note">{own.lede}</p>
      {(wrong.verdict || wrong.reason) && (
        <p class="callout bad" role="alert">
          {own.failed}
        </p>
      )}
      <Field name="verdict" label={own.verdict} error={wrong.verdict}>
        <select {...tied('verdict', { error: wrong.verdict })} required>
          <option value="">{own.choose}</option>
          {decidable.map((each) => (
            <option value={each} selected={each === verdict}>
              {words.verdicts[each]}
            </option>
          ))}
          {mayTakeBack && (
            <option value={takeBack} selected={verdict === takeBack}>
              {own.takeBack}
            </option>
          )}
        </select>
      </Field>
      <Field name="reason" label={own.reason} hint={own.reasonHint(longestReason)} error={wrong.reason}>
        <textarea {...tied('reason', { hint: true, error: wrong.reason })} rows={3} required>
          {reason}
        </textarea>
      </Field>
      <div class="actions">
        <button type="submit" class="button slim">
          {own.save}
        </button>
      </div>
    </form>
  );
};
