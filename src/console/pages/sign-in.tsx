import type { Locale } from '../../words/locale.ts';
import { wordsOf } from '../words/trip.ts';
import { Page } from './layout.tsx';
import { Action } from './message.tsx';

/** The door: what this is, and the way in. @property next The page to go to afterwards. */
export const SignInPage = ({ locale, path, next }: { locale: Locale; path: string; next: string }) => {
  const words = wordsOf(locale).signIn;
  const query = new URLSearchParams({ next, lang: locale });
  return (
    <Page locale={locale} title={words.title} path={path}>
      <h1>{words.title}</h1>
      <p class="lede">{words.lede}</p>
      <Action href={`/sign-in/start?${query}`} label={words.go} hint={words.goHint} />
      <p class="note">
        {words.firstTime} <a href={`/connect?lang=${locale}`}>{wordsOf(locale).connect.title}</a>
      </p>
    </Page>
  );
};
