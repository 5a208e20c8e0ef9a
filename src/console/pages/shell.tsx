import { raw } from 'hono/html';
import type { PropsWithChildren } from 'hono/jsx';
import { liveScript } from '../live.ts';
import type { Visitor } from '../visitor.ts';
import { frameWords } from '../words/frame.ts';
import { Brand, Document, Languages } from './layout.tsx';

/** The pages of the menu. */
export type Place = 'meetings' | 'ask' | 'policy' | 'connection' | 'audit';

const addresses: Record<Place, string> = {
  meetings: '/',
  ask: '/ask',
  policy: '/policy',
  connection: '/connection',
  audit: '/audit',
};

const Menu = ({ visitor: { locale, role }, place }: { visitor: Visitor; place: Place }) => {
  const words = frameWords[locale];
  const places = (Object.keys(addresses) as Place[]).filter((each) => each !== 'audit' || role === 'admin');
  return (
    <nav class="menu" aria-label={words.menu}>
      <ul>
        {places.map((each) => (
          <li>
            <a href={addresses[each]} aria-current={each === place ? 'page' : undefined}>
              {words.pages[each]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

/** What every form holds: nobody but this session knows it. */
export const Token = ({ visitor }: { visitor: Visitor }) => (
  <input type="hidden" name="token" value={visitor.formToken} />
);

type ShellProps = { visitor: Visitor; place: Place; title: string };

/** The frame of every page behind the sign-in. */
export const Shell = ({ visitor, place, title, children }: PropsWithChildren<ShellProps>) => {
  const words = frameWords[visitor.locale];
  return (
    <Document locale={visitor.locale} title={title}>
      <body class="wide">
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <header class="bar">
          <Brand />
          <Menu visitor={visitor} place={place} />
          <div class="who">
            <Languages locale={visitor.locale} path={visitor.path} />
            <span>{visitor.name}</span>
            <form method="post" action="/sign-out" class="inline">
              <Token visitor={visitor} />
              <button type="submit" class="link">
                {words.signOut}
              </button>
            </form>
          </div>
        </header>
        <main id="main">{children}</main>
        <script>{raw(liveScript)}</script>
      </body>
    </Document>
  );
};
