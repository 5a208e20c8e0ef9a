import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { type Attempt, attemptSeconds, newAttempt } from '../attempt.ts';
import type { ConsoleDeps } from '../deps.ts';
import { sessionIn, setSession } from '../enter.tsx';
import { chosenLocale, pathOf } from '../locale.ts';
import { statusOf } from '../outcome.ts';
import { ConnectPage } from '../pages/connect.tsx';
import { OutcomePage } from '../pages/outcome.tsx';
import { SignInPage } from '../pages/sign-in.tsx';
import { createSeal } from '../seal.ts';
import { newSession } from '../session.ts';
import { localPath, redirectUriOf } from '../site.ts';

/** `__Host-`: set by this very host over https, for no other host and no plain page to read or overwrite. */
const cookie = { name: 'connect', prefix: 'host' } as const;
const cookieOptions = { ...cookie, httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

/** The two trips to Feishu and back, to connect the company and to sign in: the pages that need no session. */
export const tripRoutes = (deps: ConsoleDeps) => {
  const app = new Hono();
  const seal = createSeal<Attempt>(deps.appSecret, 'connect attempt');
  const locale = (c: Context) => chosenLocale(c, deps.locale);

  const leave = (c: Context, attempt: Attempt) => {
    const { authorizeUrl } = attempt.purpose === 'connect' ? deps.connect : deps.signIn;
    setCookie(c, cookie.name, seal.seal(attempt), { ...cookieOptions, maxAge: attemptSeconds });
    return c.redirect(authorizeUrl(attempt, redirectUriOf(c.req.url)).href);
  };

  app.get('/connect', (c) => {
    const redirectUri = redirectUriOf(c.req.url);
    const { nobodyMayConnect } = deps;
    return c.html(<ConnectPage locale={locale(c)} path={pathOf(c)} {...{ redirectUri, nobodyMayConnect }} />);
  });

  app.get('/connect/start', (c) => leave(c, newAttempt({ purpose: 'connect', locale: locale(c) }, deps.now())));

  app.get('/sign-in', (c) =>
    c.html(<SignInPage locale={locale(c)} path={pathOf(c)} next={localPath(c.req.query('next'))} />),
  );

  app.get('/sign-in/start', (c) => {
    const next = localPath(c.req.query('next'));
    return leave(c, newAttempt({ purpose: 'sign-in', locale: locale(c), next }, deps.now()));
  });

  app.get('/connect/callback', async (c) => {
    const sealed = getCookie(c, cookie.name, cookie.prefix);
    deleteCookie(c, cookie.name, cookieOptions);
    const attempt = sealed === undefined ? null : seal.open(sealed);
    const purpose = attempt?.purpose ?? 'connect';
    const { state, code, error } = c.req.query();
    const { finish } = purpose === 'connect' ? deps.connect : deps.signIn;
    const outcome = await finish(attempt, { state, code, error }, redirectUriOf(c.req.url));
    if (outcome.kind === 'signed-in') {
      const before = sessionIn(c, deps.appSecret, deps.now());
      if (before) await deps.sessions.end(before.id);
      const session = newSession(outcome, deps.now());
      await deps.sessions.begin(session.id);
      setSession(c, deps.appSecret, session);
      return c.redirect(localPath(attempt?.next), 303);
    }
    const said = { locale: attempt?.locale ?? locale(c), timeZone: deps.timeZone };
    return c.html(<OutcomePage {...said} purpose={purpose} outcome={outcome} />, statusOf[outcome.kind]);
  });

  return app;
};
