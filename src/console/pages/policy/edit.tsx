import type { Policy } from '../../../domain/policy.ts';
import type { Line } from '../../deps.ts';
import type { Editor } from '../../policy/editor.ts';
import type { Problem } from '../../policy/problem.ts';
import type { Visitor } from '../../visitor.ts';
import { policyWords } from '../../words/policy.ts';
import { tied } from '../parts.tsx';
import { Shell, Token } from '../shell.tsx';
import { PolicyFields } from './form.tsx';
import { Differences } from './told.tsx';
import { type Trial, TryFields } from './try.tsx';

export type EditPageProps = {
  visitor: Visitor;
  editor: Editor;
  /** Version of the object that the draft is to replace. */
  etag: string;
  problems: readonly Problem[];
  /** What a check found: that all is well, or that there is nothing to save. */
  checked: { result: 'good' | 'unchanged'; inForce: Policy | null; draft: Policy } | null;
  recent: readonly Line[];
  trial: Trial;
};

/** A heading that takes the focus, each problem with a link to its field. */
const Problems = ({ visitor: { locale }, problems }: Pick<EditPageProps, 'visitor' | 'problems'>) => {
  const { problems: words, pair } = policyWords[locale];
  return (
    <div class="callout bad" id="problems" role="alert" tabindex={-1} autofocus>
      <h2>{words.title(problems.length)}</h2>
      <ul class="checks">
        {problems.map(({ field, label, text }) => (
          <li>
            <a class="alone" href={`#${field}`}>
              {pair(label, text)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
};

const Checked = ({
  visitor: { locale },
  checked,
}: {
  visitor: Visitor;
  checked: NonNullable<EditPageProps['checked']>;
}) => {
  const { result, inForce, draft } = checked;
  return (
    <>
      <p class="callout good" role="status">
        {policyWords[locale].checked[result]}
      </p>
      {inForce && result === 'good' && <Differences before={inForce} after={draft} locale={locale} />}
    </>
  );
};

const Json = ({
  visitor: { locale },
  text,
  problems,
}: {
  visitor: Visitor;
  text: string;
  problems: readonly Problem[];
}) => {
  const { form: words } = policyWords[locale];
  const error = problems.some(({ field }) => field !== 'job');
  return (
    <div class="field">
      <label for="json">{words.json}</label>
      <textarea
        {...tied('json', { hint: true })}
        rows={28}
        class="code"
        spellcheck={false}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? 'json-hint problems' : 'json-hint'}
      >
        {text}
      </textarea>
      <p class="hint" id="json-hint">
        {words.jsonHint}
      </p>
    </div>
  );
};

/** The draft with everything that can be done with it, in one form: it travels with it and is kept nowhere else. */
export const EditPage = ({ visitor, editor, etag, problems, checked, recent, trial }: EditPageProps) => {
  const { locale } = visitor;
  const { form: words } = policyWords[locale];
  const errors = new Map(problems.map(({ field, text }) => [field, text]));
  return (
    <Shell visitor={visitor} place="policy" title={words.title}>
      <h1>{words.title}</h1>
      <p class="lede">{words.lede}</p>
      {problems.length > 0 && <Problems visitor={visitor} problems={problems} />}
      {checked && <Checked visitor={visitor} checked={checked} />}
      <form method="post" action="/policy/edit" class="policy">
        <Token visitor={visitor} />
        <input type="hidden" name="etag" value={etag} />
        <input type="hidden" name="as" value={editor.as} />
        {/* The first button is the one that the Enter key presses. */}
        <div class="actions">
          <button type="submit" name="do" value="check" class="button second slim">
            {words.check}
          </button>
          <button type="submit" name="do" value={editor.as === 'form' ? 'as-json' : 'as-form'} class="link">
            {editor.as === 'form' ? words.asJson : words.asForm}
          </button>
        </div>
        {editor.as === 'json' ? (
          <Json visitor={visitor} text={editor.text} problems={problems} />
        ) : (
          <PolicyFields
            form={{ fields: editor.fields, errors }}
            locale={locale}
            exceptions={editor.exceptions}
            isAdding={editor.isAdding}
          />
        )}
        <TryFields visitor={visitor} recent={recent} trial={trial} error={errors.get('job')} />
        <div class="actions">
          <button type="submit" name="do" value="check" class="button second">
            {words.check}
          </button>
          <button type="submit" name="do" value="save" class="button">
            {words.save}
          </button>
        </div>
      </form>
    </Shell>
  );
};
