import type { Policy } from '../../../domain/policy.ts';
import { type Locale, wordsOf } from '../../../words/locale.ts';
import {
  differencesOf,
  expectationLines,
  overrideTold,
  restartsText,
  ruleLines,
  scopeLines,
  type Told,
} from '../../policy/told.ts';
import { policyWords } from '../../words/policy.ts';

type Meaning = Partial<Record<string, string>>;

export const Rules = ({ lines, meanings = {} }: { lines: readonly Told[]; meanings?: Meaning }) => (
  <dl>
    {lines.map(({ label, text }) => (
      <div>
        <dt>{label}</dt>
        <dd>
          {text}
          {meanings[label] && <small>{meanings[label]}</small>}
        </dd>
      </div>
    ))}
  </dl>
);

/** A policy, whole, as HR reads it. */
export const PolicyTold = ({ policy, locale }: { policy: Policy; locale: Locale }) => {
  const words = policyWords[locale];
  const { evidence } = wordsOf(locale);
  const meanings = Object.fromEntries(
    (['minimum', 'partial', 'late', 'leftEarly'] as const).map((key) => [evidence[key], words.meanings[key]]),
  );
  const conditions = scopeLines(policy.scope, locale);
  return (
    <>
      <h2>{words.sections.rules}</h2>
      <Rules lines={ruleLines(policy, locale, [])} meanings={meanings} />
      <h2 id="expected">{words.sections.expectations}</h2>
      <table class="narrow" aria-labelledby="expected">
        <thead>
          <tr>
            <th scope="col">{words.reply}</th>
            <th scope="col">{words.expected}</th>
          </tr>
        </thead>
        <tbody>
          {expectationLines(policy.expectations, locale).map(({ label, text }) => (
            <tr>
              <th scope="row">{label}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2>{words.sections.exceptions}</h2>
      {policy.overrides.length === 0 ? (
        <p>{words.noExceptions}</p>
      ) : (
        <>
          <p class="soft">{words.exceptionsHint}</p>
          <ol class="exceptions">
            {policy.overrides.map((override) => (
              <Exception {...overrideTold(override, locale)} nothing={words.nothingSet} />
            ))}
          </ol>
        </>
      )}
      <h2>{words.sections.scope}</h2>
      {conditions.length === 0 ? (
        <p>{words.everyMeeting}</p>
      ) : (
        <>
          <p>{words.onlyMeetings}</p>
          <ul class="checks">
            {conditions.map((condition) => (
              <li>{condition}</li>
            ))}
          </ul>
        </>
      )}
      <h2>{words.sections.restarts}</h2>
      <p>{restartsText(policy, locale)}</p>
    </>
  );
};

const Exception = ({ when, rules, nothing }: { when: string; rules: readonly Told[]; nothing: string }) => (
  <li>
    <strong>{when}</strong>
    {rules.length === 0 ? <p>{nothing}</p> : <Rules lines={rules} />}
  </li>
);

/** What two policies say differently, side by side; the first is the one in force. */
export const Differences = (props: { before: Policy; after: Policy; locale: Locale; afterIs?: string }) => {
  const { before, after, locale } = props;
  const { difference: words } = policyWords[locale];
  const lines = differencesOf(before, after, locale);
  return (
    <section>
      <h2 id="difference">{words.title}</h2>
      {lines.length === 0 ? (
        <p>{words.onlyInForm}</p>
      ) : (
        <table class="cards-on-phone" aria-labelledby="difference">
          <thead>
            <tr>
              <th scope="col">{words.columns.rule}</th>
              <th scope="col">{words.columns.inForce}</th>
              <th scope="col">{props.afterIs ?? words.columns.draft}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr>
                <th scope="row">{line.label}</th>
                <td data-label={words.columns.inForce}>{line.before ?? words.notThere}</td>
                <td data-label={props.afterIs ?? words.columns.draft}>{line.after ?? words.notThere}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
