import type { Override } from '../../../domain/policy.ts';
import { sources } from '../../../domain/scope.ts';
import { type Locale, wordsOf } from '../../../words/locale.ts';
import { none, own } from '../../policy/codec.ts';
import { policyWords } from '../../words/policy.ts';
import { Choice, type Form, Group, LinesField, NumberField, TextField } from './controls.tsx';
import { OverrideFields, OverrideItem } from './override.tsx';
import { ExpectationFields, PunctualityFields, ThresholdFields } from './rules.tsx';

type Props = { form: Form; locale: Locale };

/** Every key of the policy as a field. */
export const PolicyFields = (props: Props & { exceptions: readonly (Override | null)[]; isAdding: boolean }) => {
  const { form, locale, exceptions, isAdding } = props;
  const { form: words, sections, exceptionsHint } = policyWords[locale];
  const { evidence, policy } = wordsOf(locale);
  return (
    <>
      <TextField form={form} name="name" label={words.keys.name} />
      <h2>{sections.rules}</h2>
      <Group form={form} name="minimum" legend={evidence.minimum}>
        <ThresholdFields form={form} locale={locale} name="minimum" />
      </Group>
      <fieldset class="switch">
        <legend>{evidence.partial}</legend>
        <Choice
          form={form}
          name="partial"
          label={words.keys.partial}
          options={{ [none]: words.partials.none, [own]: words.partials.own }}
          on={own}
        />
        <ThresholdFields form={form} locale={locale} name="partial" />
      </fieldset>
      <Group form={form} name="expectations" legend={words.keys.expectations}>
        <ExpectationFields form={form} locale={locale} name="expectations" />
      </Group>
      <Group form={form} name="late" legend={evidence.late}>
        <PunctualityFields form={form} locale={locale} name="late" />
      </Group>
      <Group form={form} name="leftEarly" legend={evidence.leftEarly}>
        <PunctualityFields form={form} locale={locale} name="leftEarly" />
      </Group>
      <Choice form={form} name="externals" label={evidence.externals} options={policy.externals} />
      <h2 id="overrides">{sections.exceptions}</h2>
      <p class="hint">{exceptionsHint}</p>
      <ol class="exceptions">
        {exceptions.map((told, index) => (
          <OverrideItem form={form} locale={locale} index={index} told={told} />
        ))}
      </ol>
      <details open={isAdding}>
        <summary>{words.add}</summary>
        <OverrideFields form={form} locale={locale} index={exceptions.length} />
        <div class="actions">
          <button type="submit" name="do" value="add" class="button second slim">
            {words.addMore}
          </button>
          <span class="hint">{words.addHint}</span>
        </div>
      </details>
      <ScopeFields form={form} locale={locale} />
      <fieldset class="switch">
        <legend>{sections.restarts}</legend>
        <Choice
          form={form}
          name="restarts"
          label={words.keys.restarts}
          options={{ '': words.restarts.standard, [own]: words.restarts.own }}
          on={own}
        />
        <div class="fields">
          <NumberField form={form} name="restarts.withinMinutes" label={words.keys.withinMinutes} />
        </div>
      </fieldset>
    </>
  );
};

/** The kinds of meeting that are ticked come first, as they were written; the policy's version depends on their order. */
const ScopeFields = ({ form, locale }: Props) => {
  const { form: words, sections, sources: names } = policyWords[locale];
  const { keys } = words;
  const kinds = Object.keys(sources) as (keyof typeof sources)[];
  const ticked = (form.fields.get('scope.sources') ?? []).filter((each) => kinds.some((kind) => kind === each));
  const offered = [...ticked, ...kinds.filter((kind) => !ticked.includes(kind))] as typeof kinds;
  return (
    <fieldset class="switch">
      <legend>{sections.scope}</legend>
      <Choice
        form={form}
        name="scope"
        label={keys.scope}
        options={{ '': words.scopes.all, [own]: words.scopes.own }}
        on={own}
      />
      <div class="fields">
        <NumberField form={form} name="scope.minMinutes" label={keys.minMinutes} />
        <NumberField form={form} name="scope.minPeople" label={keys.minPeople} hint={words.minPeopleHint} />
        <Group form={form} name="scope.sources" legend={keys.sources} hint={words.sourcesHint}>
          {offered.map((kind) => (
            <label class="check">
              <input type="checkbox" name="scope.sources" value={kind} checked={ticked.includes(kind)} />
              {names[kind]}
            </label>
          ))}
        </Group>
        <LinesField form={form} name="scope.meetingNos" label={keys.meetingNos} hint={words.meetingNosHint} />
        <LinesField form={form} name="scope.topicWords" label={keys.topicWords} hint={words.topicWordsHint} />
      </div>
    </fieldset>
  );
};
