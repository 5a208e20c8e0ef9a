import type { Locale } from '../../words/locale.ts';
import { wordsOf } from '../words/trip.ts';
import { Page } from './layout.tsx';
import { Action } from './message.tsx';

/** What an administrator is about to grant, and what has to be in place for it to work. */
export const ConnectPage = (props: {
  locale: Locale;
  path: string;
  redirectUri: string;
  nobodyMayConnect: boolean;
}) => {
  const words = wordsOf(props.locale).connect;
  return (
    <Page locale={props.locale} title={words.title} path={props.path}>
      <h1>{words.title}</h1>
      <p class="lede">{words.lede}</p>
      {props.nobodyMayConnect && <p class="callout warn">{words.nobody}</p>}
      <section>
        <h2>{words.grants}</h2>
        <ul class="cards">
          <li>
            <strong>{words.readTitle}</strong>
            <p>{words.readText}</p>
            <code>vc:rooms.room.detailinfo:read</code>
          </li>
          <li>
            <strong>{words.stayTitle}</strong>
            <p>{words.stayText}</p>
            <code>offline_access</code>
          </li>
        </ul>
        <p class="note">{words.nothingElse}</p>
      </section>
      <section>
        <h2>{words.before}</h2>
        <ul class="checks">
          <li>{words.beforeAdmin}</li>
          <li>{words.beforeRight}</li>
          <li>{words.beforeScopes}</li>
          <li>
            {words.beforeRedirect}
            <code class="value">{props.redirectUri}</code>
          </li>
        </ul>
      </section>
      <Action href={`/connect/start?lang=${props.locale}`} label={words.go} hint={words.goHint} />
    </Page>
  );
};
