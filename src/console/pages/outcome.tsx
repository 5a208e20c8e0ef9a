import type { Locale } from '../../words/locale.ts';
import type { Attempt } from '../attempt.ts';
import type { Outcome, SignedIn } from '../outcome.ts';
import { wordsOf } from '../words/trip.ts';
import { Action, Message, Steps } from './message.tsx';

type Props<Kind extends Outcome['kind'] = Outcome['kind']> = {
  locale: Locale;
  timeZone: string;
  purpose: Attempt['purpose'];
  outcome: Extract<Outcome, { kind: Kind }>;
};

const longDate = (unixSeconds: number, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long', timeZone }).format(
    unixSeconds * 1000,
  );

const StartAgain = ({ locale, purpose }: Pick<Props, 'locale' | 'purpose'>) => (
  <Action href={`/${purpose}?lang=${locale}`} label={wordsOf(locale).startAgain} />
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

const MissingScopes = ({ locale, purpose, outcome }: Props<'missing-scopes'>) => {
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
      <StartAgain locale={locale} purpose={purpose} />
    </Message>
  );
};

const Refused = ({ locale, purpose, outcome }: Props<'refused'>) => {
  const { refused, signIn } = wordsOf(locale);
  const { yourId, how, steps, ...said } = purpose === 'connect' ? refused : { ...refused, ...signIn.refused };
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
      <StartAgain locale={locale} purpose={purpose} />
    </Message>
  );
};

const FeishuFailed = ({ locale, purpose, outcome }: Props<'feishu-failed'>) => {
  const { feishuFailed, signIn } = wordsOf(locale);
  const { code, tryLater } = feishuFailed;
  const { title, text } = purpose === 'connect' ? feishuFailed : signIn.failed;
  return (
    <Message locale={locale} tone="bad" title={title} text={text}>
      <p class="callout bad">{outcome.remedy?.[locale] ?? tryLater}</p>
      <p class="note">
        {code} <code>{outcome.code}</code>
      </p>
      <StartAgain locale={locale} purpose={purpose} />
    </Message>
  );
};

/** How a trip to Feishu ended and what to do now. */
export const OutcomePage = ({
  outcome,
  ...said
}: Omit<Props, 'outcome'> & { outcome: Outcome | Exclude<SignedIn, { kind: 'signed-in' }> }) => {
  const { locale, purpose } = said;
  const { cancelled, stale, signIn } = wordsOf(locale);
  switch (outcome.kind) {
    case 'connected':
      return <Connected {...said} outcome={outcome} />;
    case 'cancelled':
      return (
        <Message locale={locale} tone="plain" {...(purpose === 'connect' ? cancelled : signIn.cancelled)}>
          <StartAgain locale={locale} purpose={purpose} />
        </Message>
      );
    case 'stale': {
      const told = { title: stale.title, text: stale.texts[outcome.because] };
      return (
        <Message locale={locale} tone="warn" {...(purpose === 'connect' ? told : signIn.stale)}>
          <StartAgain locale={locale} purpose={purpose} />
        </Message>
      );
    }
    case 'missing-scopes':
      return <MissingScopes {...said} outcome={outcome} />;
    case 'refused':
      return <Refused {...said} outcome={outcome} />;
    case 'feishu-failed':
      return <FeishuFailed {...said} outcome={outcome} />;
  }
};
