import { type Locale, wordsOf } from '../../../words/locale.ts';
import { replies } from '../../policy/fields.ts';
import { policyWords } from '../../words/policy.ts';
import { Choice, type Form, NumberField } from './controls.tsx';

type Props = { form: Form; locale: Locale; name: string };

/** The fields of a limit of time. */
export const ThresholdFields = ({ form, locale, name }: Props) => {
  const { keys, combines } = policyWords[locale].form;
  return (
    <div class="fields">
      <NumberField form={form} name={`${name}.percent`} label={keys.percent} />
      <NumberField form={form} name={`${name}.minutes`} label={keys.minutes} />
      <Choice form={form} name={`${name}.combine`} label={keys.combine} options={combines} />
    </div>
  );
};

/** The fields of what is expected by reply. */
export const ExpectationFields = ({ form, locale, name }: Props) => {
  const words = wordsOf(locale);
  return (
    <div class="fields">
      {replies.map((reply) => (
        <Choice
          form={form}
          name={`${name}.${reply}`}
          label={words.evidence.expectation(words.replies[reply])}
          options={words.expectations}
        />
      ))}
    </div>
  );
};

/** The fields of coming late or leaving early. */
export const PunctualityFields = ({ form, locale, name }: Props) => {
  const { keys } = policyWords[locale].form;
  return (
    <div class="fields">
      <NumberField form={form} name={`${name}.graceMinutes`} label={keys.graceMinutes} />
      <Choice form={form} name={`${name}.countsAs`} label={keys.countsAs} options={wordsOf(locale).policy.countsAs} />
    </div>
  );
};
