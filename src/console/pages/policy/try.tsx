import type { Line } from '../../deps.ts';
import type { Visitor } from '../../visitor.ts';
import { frameWords } from '../../words/frame.ts';
import { policyWords } from '../../words/policy.ts';
import { Field, tied } from '../parts.tsx';
import { timeText } from './saved.tsx';

/** The meeting that was chosen for a trial, from the list or by id; '' for none. */
export type Trial = { chosen: string; typed: string };

const longestTopic = 40;

/** Which past meeting to try the draft on. */
export const TryFields = (props: {
  visitor: Visitor;
  recent: readonly Line[];
  trial: Trial;
  error: string | undefined;
}) => {
  const { visitor, recent, trial, error } = props;
  const words = policyWords[visitor.locale].trying;
  return (
    <fieldset>
      <legend>{words.title}</legend>
      <p class="hint">{words.lede}</p>
      <div class="fields">
        <Field name="job" label={words.meeting} error={error}>
          <select {...tied('job', { error })}>
            <option value="">{words.choose}</option>
            {recent.map(({ jobId, job }) => (
              <option value={jobId} selected={jobId === trial.chosen}>
                {job && timeText(visitor.timeZone, job.meeting.startsAt)}{' '}
                {[...(job?.meeting.topic || frameWords[visitor.locale].untitled)].slice(0, longestTopic).join('')}{' '}
                {job?.meeting.meetingNo}
              </option>
            ))}
          </select>
        </Field>
        <Field name="jobId" label={words.jobId} hint={words.jobIdHint}>
          <input {...tied('jobId', { hint: true })} value={trial.typed} autocomplete="off" />
        </Field>
      </div>
      <div class="actions">
        <button type="submit" name="do" value="try" class="button second slim">
          {words.go}
        </button>
      </div>
    </fieldset>
  );
};
