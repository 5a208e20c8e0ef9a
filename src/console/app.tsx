import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { ConsoleDeps } from './deps.ts';
import { enter } from './enter.tsx';
import { liveHash } from './live.ts';
import { chosenLocale, pathOf } from './locale.ts';
import { Action, Message } from './pages/message.tsx';
import { askRoutes } from './routes/ask.tsx';
import { auditRoutes } from './routes/audit.tsx';
import { connectionRoutes } from './routes/connection.tsx';
import { meetingRoutes } from './routes/meeting.tsx';
import { meetingsRoutes } from './routes/meetings.tsx';
import { policyRoutes } from './routes/policy.tsx';
import { tripRoutes } from './routes/trip.tsx';
import { sessionCookie } from './session.ts';
import { cssHash } from './style/style.ts';
import type { Env } from './visitor.ts';
import { wordsOf } from './words/trip.ts';

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: [cssHash],
    scriptSrc: [liveHash],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: 'max-age=31536000',
  xFrameOptions: 'DENY',
  // Stricter, and browsers would name no origin with our own forms.
  referrerPolicy: 'same-origin',
});

/** The console: requests in, pages out. What stands before `enter` is open to everybody, what stands after it is not. */
export const createApp = (deps: ConsoleDeps) => {
  const app = new Hono<Env>();
  const session = sessionCookie(deps.appSecret);

  app.use(headers);
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });
  app.route('/', tripRoutes(deps));
  app.use(...enter(deps));
  app.route('/', meetingsRoutes(deps));
  app.route('/', askRoutes(deps));
  app.route('/', connectionRoutes(deps));
  app.route('/', auditRoutes(deps));
  app.route('/', meetingRoutes(deps));
  app.route('/', policyRoutes(deps));
  app.post('/sign-out', async (c) => {
    await deps.sessions.end(c.var.visitor.sessionId);
    session.drop(c);
    return c.redirect('/sign-in', 303);
  });

  app.notFound((c) => {
    const locale = chosenLocale(c, deps.locale);
    const { home, ...said } = wordsOf(locale).notFound;
    return c.html(
      <Message locale={locale} tone="plain" path={pathOf(c)} {...said}>
        <Action href="/" label={home} />
      </Message>,
      404,
    );
  });

  app.onError((error, c) => {
    deps.onError(error);
    const locale = chosenLocale(c, deps.locale);
    const words = wordsOf(locale);
    return c.html(
      <Message locale={locale} tone="bad" {...words.broken}>
        <Action href="/" label={words.startAgain} />
      </Message>,
      500,
    );
  });

  return app;
};
