import type { PropsWithChildren } from 'hono/jsx';
import type { Locale } from '../../words/locale.ts';
import { Page } from './layout.tsx';

const strokes = {
  good: 'M5 12.5l4.5 4.5L19 7.5',
  warn: 'M12 6v7M12 17.5v.01',
  bad: 'M7 7l10 10M17 7L7 17',
  plain: 'M6 12h12',
} as const;

/** @property path The page's own address when it can be asked for in the other language. */
type MessageProps = {
  locale: Locale;
  tone: keyof typeof strokes;
  title: string;
  text: string;
  path?: string;
};

/** A page that says what happened: once in its heading, once in a sentence. The mark only repeats it. */
export const Message = ({ tone, title, text, children, ...page }: PropsWithChildren<MessageProps>) => (
  <Page title={title} {...page}>
    <div class={`mark ${tone}`}>
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        stroke-width="2.5"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        <path d={strokes[tone]} />
      </svg>
    </div>
    <h1>{title}</h1>
    <p class="lede">{text}</p>
    {children}
  </Page>
);

/** Numbered steps under a heading. */
export const Steps = ({ title, steps }: { title: string; steps: readonly string[] }) => (
  <section>
    <h2>{title}</h2>
    <ol>
      {steps.map((step) => (
        <li>{step}</li>
      ))}
    </ol>
  </section>
);

/** The one thing to do next. */
export const Action = ({ href, label, hint }: { href: string; label: string; hint?: string }) => (
  <div class="act">
    <a class="button" href={href}>
      {label}
    </a>
    {hint && <p class="note">{hint}</p>}
  </div>
);
