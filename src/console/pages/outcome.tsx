import type { Locale } from '../../words/locale.ts';
import type { Outcome } from '../outcome.ts';
import { wordsOf } from '../words.ts';
import { Action, Message, Steps } from './message.tsx';

type Props<Kind extends Outcome['kind'] = Outcome['kind']> = {
  locale: Locale;
  timeZone: string;
  outcome: Extract<Outcome, { kind: Kind }>;
};

const longDate = (unixSeconds: number, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone }).format(
    unixSeconds * 1000,
  );

const StartAgain = ({ locale }: { locale: Locale }) => (
  <Action href={`/connect?lang=${locale}`} label={wordsOf(locale).startAgain} />
);

const Connected = ({ locale, timeZone, outcome }: Props<'connected'>) => {
  const words = wordsOf(locale).connected;
  const { title, text } = outcome.mayManageMeetings ? words : words.withoutRight;
  return (
    <Message locale={locale} tone={outcome.mayManageMeetings ? 'good' : 'warn'} title={title} text={text}>
      <dl>
        <div>
          <dt>{words.person}</dt>
          <dd>
            {outcome.name}
            <small>
              <code>{outcome.openId}</code>
            </small>
          </dd>
        </div>
        <div>
          <dt>{words.until}</dt>
          <dd>
            {longDate(outcome.until, locale, timeZone)}
            <small>{words.untilHint}</small>
          </dd>
        </div>
      </dl>
      {outcome.mayManageMeetings && <p class="note">{words.next}</p>}
    </Message>
  );
};

const MissingScopes = ({ locale, outcome }: Props<'missing-scopes'>) => {
  const { meanings, how, steps, ...said } = wordsOf(locale).missingScopes;
  return (
    <Message locale={locale} tone="bad" {...said}>
      <dl>
        {outcome.scopes.map((scope) => (
          <div>
            <dt>{meanings[scope]}</dt>
            <dd>
              <code>{scope}</code>
            </dd>
          </div>
        ))}
      </dl>
      <Steps title={how} steps={steps} />
      <StartAgain locale={locale} />
    </Message>
  );
};

const Refused = ({ locale, outcome }: Props<'refused'>) => {
  const { yourId, how, steps, ...said } = wordsOf(locale).refused;
  return (
    <Message locale={locale} tone="bad" {...said}>
      <dl>
        <div>
          <dt>{yourId}</dt>
          <dd>
            <code>{outcome.openId}</code>
          </dd>
        </div>
      </dl>
      <Steps title={how} steps={steps} />
      <StartAgain locale={locale} />
    </Message>
  );
};

const FeishuFailed = ({ locale, outcome }: Props<'feishu-failed'>) => {
  const { title, text, code, tryLater } = wordsOf(locale).feishuFailed;
  return (
    <Message locale={locale} tone="bad" title={title} text={text}>
      <p class="callout bad">{outcome.remedy?.[locale] ?? tryLater}</p>
      <p class="note">
        {code} <code>{outcome.code}</code>
      </p>
      <StartAgain locale={locale} />
    </Message>
  );
};

/** How the authorisation ended and what to do now. */
export const OutcomePage = ({ locale, timeZone, outcome }: Props) => {
  const { cancelled, stale } = wordsOf(locale);
  switch (outcome.kind) {
    case 'connected':
      return <Connected locale={locale} timeZone={timeZone} outcome={outcome} />;
    case 'cancelled':
      return (
        <Message locale={locale} tone="plain" {...cancelled}>
          <StartAgain locale={locale} />
        </Message>
      );
    case 'stale':
      return (
        <Message locale={locale} tone="warn" title={stale.title} text={stale.texts[outcome.because]}>
          <StartAgain locale={locale} />
        </Message>
      );
    case 'missing-scopes':
      return <MissingScopes locale={locale} timeZone={timeZone} outcome={outcome} />;
    case 'refused':
      return <Refused locale={locale} timeZone={timeZone} outcome={outcome} />;
    case 'feishu-failed':
      return <FeishuFailed locale={locale} timeZone={timeZone} outcome={outcome} />;
  }
};
