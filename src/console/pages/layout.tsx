import { html, raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import type { Locale } from '../locale.ts';
import { css } from '../style.ts';
import { wordsOf } from '../words.ts';

const Brand = () => (
  <span class="brand">
    <svg viewBox="0 0 28 28" aria-hidden="true" fill="none">
      <rect width="28" height="28" rx="8" fill="currentColor" fill-opacity="0.16" />
      <path d="M7 10l2 2 3.5-4M7 18.5l2 2 3.5-4" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" />
      <path d="M16 10.5h5.5M16 19h5.5" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    </svg>
    Rollcall
  </span>
);

const Languages = ({ locale }: { locale: Locale }) => {
  const { languages } = wordsOf(locale);
  return (
    <nav aria-label={languages.label}>
      <ul>
        {(['zh', 'en'] as const).map((each) => (
          <li>
            <a href={`?lang=${each}`} lang={each} {...(each === locale && { 'aria-current': 'true' })}>
              {languages[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** @property translatable Whether the address gives the same page in the other language. */
type PageProps = { locale: Locale; title: string; translatable: boolean };

/** The frame of every page: no script, one style, one heading that is the title. */
export const Page = ({ locale, title, translatable, children }: PropsWithChildren<PageProps>) => html`<!doctype html>
${(
  <html lang={locale === 'zh' ? 'zh-CN' : 'en'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title} · Rollcall</title>
      <style>{raw(css)}</style>
    </head>
    <body>
      <header class="bar">
        <Brand />
        {translatable && <Languages locale={locale} />}
      </header>
      <main>{children}</main>
    </body>
  </html>
)}`;
