import { type Context, Hono } from 'hono';
import { type Attempt, keptSeconds, newAttempt } from '../attempt.ts';
import type { ConsoleDeps } from '../deps.ts';
import { chosenLocale, pathOf } from '../locale.ts';
import { statusOf } from '../outcome.ts';
import { ConnectPage } from '../pages/connect.tsx';
import { OutcomePage } from '../pages/outcome.tsx';
import { SignInPage } from '../pages/sign-in.tsx';
import { sealedCookie } from '../sealed-cookie.ts';
import { isFresh, newSession, sessionCookie } from '../session.ts';
import { localPath, redirectUriOf } from '../site.ts';

/** The two trips to Feishu and back, to connect the company and to sign in: the pages that need no session. */
export const tripRoutes = (deps: ConsoleDeps) => {
  const app = new Hono();
  const attempts = sealedCookie<Attempt>(deps.appSecret, {
    name: 'connect',
    purpose: 'connect attempt',
    maxAge: keptSeconds,
  });
  const sessions = sessionCookie(deps.appSecret);
  const locale = (c: Context) => chosenLocale(c, deps.locale);

  const leave = (c: Context, attempt: Attempt) => {
    const { authorizeUrl } = attempt.purpose === 'connect' ? deps.connect : deps.signIn;
    attempts.set(c, attempt);
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
    const attempt = attempts.read(c);
    attempts.drop(c);
    const purpose = attempt?.purpose ?? 'connect';
    const { state, code, error } = c.req.query();
    const { finish } = purpose === 'connect' ? deps.connect : deps.signIn;
    const outcome = await finish(attempt, { state, code, error }, redirectUriOf(c.req.url));
    if (outcome.kind === 'signed-in') {
      const before = sessions.read(c);
      if (before && isFresh(before, deps.now())) await deps.sessions.end(before.id);
      const session = newSession(outcome, deps.now());
      await deps.sessions.begin(session.id);
      sessions.set(c, session);
      return c.redirect(localPath(attempt?.next), 303);
    }
    const said = { locale: attempt?.locale ?? locale(c), timeZone: deps.timeZone };
    return c.html(<OutcomePage {...said} purpose={purpose} outcome={outcome} />, statusOf[outcome.kind]);
  });

  return app;
};
