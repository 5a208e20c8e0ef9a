import type { Locale } from '../locale.ts';
import type { Outcome } from '../outcome.ts';
import { wordsOf } from '../words.ts';
import { Page } from './layout.tsx';
import { Action, Notice, Steps } from './notice.tsx';

type Props<Kind extends Outcome['kind'] = Outcome['kind']> = {
  locale: Locale;
  timeZone: string;
  outcome: Extract<Outcome, { kind: Kind }>;
};

const longDate = (unixSeconds: number, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone }).format(unixSeconds * 1000);

const Connected = ({ locale, timeZone, outcome }: Props<'connected'>) => {
  const words = wordsOf(locale).connected;
  const { title, text } = outcome.mayManageMeetings ? words : words.withoutRight;
  return (
    <Notice tone={outcome.mayManageMeetings ? 'good' : 'warn'} title={title} text={text}>
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
      {outcome.mayManageMeetings && <Steps title={words.next} steps={words.nextSteps} />}
    </Notice>
  );
};

const MissingScopes = ({ locale, outcome }: Props<'missing-scopes'>) => {
  const words = wordsOf(locale).missingScopes;
  return (
    <Notice tone="bad" title={words.title} text={words.text}>
      <dl>
        {outcome.scopes.map((scope) => (
          <div>
            <dt>{words.meanings[scope]}</dt>
            <dd>
              <code>{scope}</code>
            </dd>
          </div>
        ))}
      </dl>
      <Steps title={words.how} steps={words.steps} />
    </Notice>
  );
};

const Refused = ({ locale, outcome }: Props<'refused'>) => {
  const words = wordsOf(locale).refused;
  return (
    <Notice tone="bad" title={words.title} text={words.text}>
      <dl>
        <div>
          <dt>{words.yourId}</dt>
          <dd>
            <code>{outcome.openId}</code>
          </dd>
        </div>
      </dl>
      <Steps title={words.how} steps={words.steps} />
    </Notice>
  );
};

const Body = ({ locale, timeZone, outcome }: Props) => {
  const words = wordsOf(locale);
  switch (outcome.kind) {
    case 'connected':
      return <Connected locale={locale} timeZone={timeZone} outcome={outcome} />;
    case 'cancelled':
      return <Notice tone="plain" {...words.cancelled} />;
    case 'stale':
      return <Notice tone="warn" title={words.stale.title} text={words.stale.texts[outcome.because]} />;
    case 'missing-scopes':
      return <MissingScopes locale={locale} timeZone={timeZone} outcome={outcome} />;
    case 'refused':
      return <Refused locale={locale} timeZone={timeZone} outcome={outcome} />;
    case 'feishu-failed':
      return (
        <Notice tone="bad" title={words.feishuFailed.title} text={`${outcome.remedy[locale]} ${words.feishuFailed.text}`}>
          <p class="note">
            {words.feishuFailed.code} <code>{outcome.code}</code>
          </p>
        </Notice>
      );
  }
};

const titleOf = ({ locale, outcome }: Props): string => {
  const words = wordsOf(locale);
  switch (outcome.kind) {
    case 'connected':
      return (outcome.mayManageMeetings ? words.connected : words.connected.withoutRight).title;
    case 'cancelled':
      return words.cancelled.title;
    case 'stale':
      return words.stale.title;
    case 'missing-scopes':
      return words.missingScopes.title;
    case 'refused':
      return words.refused.title;
    case 'feishu-failed':
      return words.feishuFailed.title;
  }
};
