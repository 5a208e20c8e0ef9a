import type { Override } from '../../../domain/policy.ts';
import { type Locale, wordsOf } from '../../../words/locale.ts';
import { none, own } from '../../policy/codec.ts';
import { overrideName, removalName } from '../../policy/fields.ts';
import { overrideTold } from '../../policy/told.ts';
import { policyWords } from '../../words/policy.ts';
import { Box, Choice, type Form, Group, TextField } from './controls.tsx';
import { ExpectationFields, PunctualityFields, ThresholdFields } from './rules.tsx';

type Props = { form: Form; locale: Locale; index: number };

/** Every field of one exception; what it does not set is hidden behind its switch. */
export const OverrideFields = ({ form, locale, index }: Props) => {
  const { form: words } = policyWords[locale];
  const { evidence, policy } = wordsOf(locale);
  const match = `${overrideName(index)}.match`;
  const set = `${overrideName(index)}.set`;
  const on = (key: string, label: string) => <Box form={form} name={`${set}.${key}`} label={label} value={own} />;
  return (
    <>
      <Group form={form} name={match} legend={words.keys.match} hint={words.matchHint}>
        <div class="fields">
          <TextField form={form} name={`${match}.meetingNo`} label={words.keys.meetingNo} />
          <TextField
            form={form}
            name={`${match}.topicContains`}
            label={words.keys.topicContains}
            hint={words.topicHint}
          />
          <TextField form={form} name={`${match}.ownerOpenId`} label={words.keys.ownerOpenId} />
        </div>
      </Group>
      <Group form={form} name={set} legend={policyWords[locale].sets}>
        <div class="switch">
          {on('minimum', evidence.minimum)}
          <ThresholdFields form={form} locale={locale} name={`${set}.minimum`} />
        </div>
        <div class="switch">
          <Choice
            form={form}
            name={`${set}.partial`}
            label={evidence.partial}
            options={{ '': words.asPolicy, [none]: words.partials.none, [own]: words.partials.own }}
            on={own}
          />
          <ThresholdFields form={form} locale={locale} name={`${set}.partial`} />
        </div>
        <div class="switch">
          {on('expectations', policyWords[locale].sections.expectations)}
          <ExpectationFields form={form} locale={locale} name={`${set}.expectations`} />
        </div>
        <div class="switch">
          {on('late', evidence.late)}
          <PunctualityFields form={form} locale={locale} name={`${set}.late`} />
        </div>
        <div class="switch">
          {on('leftEarly', evidence.leftEarly)}
          <PunctualityFields form={form} locale={locale} name={`${set}.leftEarly`} />
        </div>
        <Choice
          form={form}
          name={`${set}.externals`}
          label={evidence.externals}
          options={{ '': words.asPolicy, ...policy.externals }}
        />
      </Group>
    </>
  );
};

/** One exception of the form: in words with a way to open it, or open when it is being written. */
export const OverrideItem = ({ form, locale, index, told }: Props & { told: Override | null }) => {
  const { form: words, exception, nothingSet, pair } = policyWords[locale];
  const name = overrideName(index);
  const title = exception(index + 1);
  return (
    <li id={told ? name : undefined} class="exception">
      {told ? (
        <>
          <input type="hidden" name={name} value={form.fields.get(name)?.[0] ?? ''} />
          <Told title={title} nothing={nothingSet} pair={pair} {...overrideTold(told, locale)} />
        </>
      ) : (
        <Group form={form} name={name} legend={title}>
          <OverrideFields form={form} locale={locale} index={index} />
        </Group>
      )}
      <div class="actions">
        {told && (
          <button
            type="submit"
            name="do"
            value={`open:${index}`}
            class="button second slim"
            aria-label={`${words.open} ${title}`}
          >
            {words.open}
          </button>
        )}
        {index > 0 && (
          <button
            type="submit"
            name="do"
            value={`up:${index}`}
            class="button second slim"
            aria-label={`${words.up} ${title}`}
          >
            {words.up}
          </button>
        )}
        <label class="check">
          <input type="checkbox" name={removalName(index)} value="on" />
          {words.remove}
        </label>
      </div>
    </li>
  );
};

type ToldProps = { title: string; nothing: string; pair: (label: string, text: string) => string } & ReturnType<
  typeof overrideTold
>;

const Told = ({ title, nothing, pair, when, rules }: ToldProps) => (
  <>
    <p>
      <span class="soft">{title}</span> <strong>{when}</strong>
    </p>
    {rules.length === 0 && <p class="soft">{nothing}</p>}
    <ul class="checks">
      {rules.map(({ label, text }) => (
        <li>{pair(label, text)}</li>
      ))}
    </ul>
  </>
);
