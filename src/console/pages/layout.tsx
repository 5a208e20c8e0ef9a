import { html, raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import type { Locale } from '../../words/locale.ts';
import { css } from '../style/style.ts';
import { wordsOf } from '../words/trip.ts';

export const Brand = () => (
  <span class="brand">
    <svg viewBox="0 0 28 28" aria-hidden="true" fill="none" stroke-width="2" stroke-linecap="round">
      <rect width="28" height="28" rx="8" fill="currentColor" fill-opacity="0.16" />
      <path d="M7 10l2 2 3.5-4M7 18.5l2 2 3.5-4" stroke="currentColor" stroke-linejoin="round" />
      <path d="M16.5 10H21M16.5 18.5H21" stroke="currentColor" />
    </svg>
    Rollcall
  </span>
);

/** The switch of language; the same page, with everything that it was asked for. */
export const Languages = ({ locale, path }: { locale: Locale; path: string }) => {
  const { languages } = wordsOf(locale);
  const address = (each: Locale) => {
    const url = new URL(path, 'https://path.invalid');
    url.searchParams.set('lang', each);
    return url.pathname + url.search;
  };
  const link = (each: Locale) => (
    <li>
      <a href={address(each)} lang={each} aria-current={each === locale ? 'true' : undefined}>
        {languages[each]}
      </a>
    </li>
  );
  return (
    <nav aria-label={languages.label}>
      <ul>
        {link('zh')}
        {link('en')}
      </ul>
    </nav>
  );
};

/** @property path The page's own address when it can be asked for in the other language. */
type PageProps = { locale: Locale; title: string; path?: string | undefined };

/** What every page is to a browser: one style, and a title that is its heading too. Its body comes as the child. */
export const Document = ({
  locale,
  title,
  children,
}: PropsWithChildren<Omit<PageProps, 'path'>>) => html`<!doctype html>
${(
  <html lang={locale === 'zh' ? 'zh-CN' : 'en'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} · Rollcall`}</title>
      <style>{raw(css)}</style>
    </head>
    {children}
  </html>
)}`;

/** The frame of the pages that need no sign-in: no script. */
export const Page = ({ locale, title, path, children }: PropsWithChildren<PageProps>) => (
  <Document locale={locale} title={title}>
    <body>
      <header class="bar">
        <Brand />
        {path !== undefined && <Languages locale={locale} path={path} />}
      </header>
      <main>{children}</main>
    </body>
  </Document>
);
