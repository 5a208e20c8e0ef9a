import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { secureHeaders } from 'hono/secure-headers';
import type { Locale } from '../words/locale.ts';
import { type Attempt, attemptSeal, attemptSeconds, newAttempt } from './attempt.ts';
import { localeOf } from './locale.ts';
import { type Outcome, statusOf } from './outcome.ts';
import { ConnectPage } from './pages/connect.tsx';
import { Action, Message } from './pages/message.tsx';
import { OutcomePage } from './pages/outcome.tsx';
import { cssHash } from './style.ts';
import { wordsOf } from './words.ts';

export type ConsoleDeps = {
  /** Unix milliseconds. */
  now: () => number;
  /** Seals what the browser keeps between two pages. */
  appSecret: string;
  /** For a browser that prefers neither language. */
  locale: Locale;
  timeZone: string;
  nobodyMayConnect: boolean;
  connect: {
    /** Where the browser goes to be asked. */
    authorizeUrl: (attempt: Attempt, redirectUri: string) => URL;
    /** Judges what it comes back with. */
    finish: (
      attempt: Attempt | null,
      answer: { state?: string | undefined; code?: string | undefined; error?: string | undefined },
      redirectUri: string,
    ) => Promise<Outcome>;
  };
  /** Told of an error that no page explains. */
  onError: (error: Error) => void;
};

/** `__Host-`: set by this very host over https, for no other host and no plain page to read or overwrite. */
const cookie = { name: 'connect', prefix: 'host' } as const;
const cookieOptions = { ...cookie, httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: [cssHash],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  strictTransportSecurity: 'max-age=31536000',
  xFrameOptions: 'DENY',
});

/**
 * Where Feishu sends the browser back. The request's own address decides it, which behind an HTTP API is made of
 * the API's domain name and not of a header. Only a laptop, which has no certificate, is served over plain http.
 */
const redirectUriOf = (requestUrl: string): string => {
  const url = new URL('/connect/callback', requestUrl);
  if (url.hostname === 'localhost' || url.hostname === '127.0.0.1') url.protocol = 'http:';
  return url.href;
};

/** The console: requests in, pages out. */
export const createApp = (deps: ConsoleDeps) => {
  const app = new Hono();
  const seal = attemptSeal(deps.appSecret);
  const locale = (c: Context): Locale => localeOf(c.req.query('lang'), c.req.header('accept-language'), deps.locale);

  app.use(headers);
  app.use(async (c, next) => {
    await next();
    c.header('cache-control', 'no-store');
  });

  app.get('/connect', (c) =>
    c.html(
      <ConnectPage
        locale={locale(c)}
        redirectUri={redirectUriOf(c.req.url)}
        nobodyMayConnect={deps.nobodyMayConnect}
      />,
    ),
  );

  app.get('/connect/start', (c) => {
    const attempt = newAttempt(locale(c), deps.now());
    setCookie(c, cookie.name, seal.seal(attempt), { ...cookieOptions, maxAge: attemptSeconds });
    return c.redirect(deps.connect.authorizeUrl(attempt, redirectUriOf(c.req.url)).href);
  });

  app.get('/connect/callback', async (c) => {
    const sealed = getCookie(c, cookie.name, cookie.prefix);
    deleteCookie(c, cookie.name, cookieOptions);
    const attempt = sealed === undefined ? null : seal.open(sealed);
    const { state, code, error } = c.req.query();
    const outcome = await deps.connect.finish(attempt, { state, code, error }, redirectUriOf(c.req.url));
    const page = <OutcomePage locale={attempt?.locale ?? locale(c)} timeZone={deps.timeZone} outcome={outcome} />;
    return c.html(page, statusOf[outcome.kind]);
  });

  app.notFound((c) => {
    const { home, ...said } = wordsOf(locale(c)).notFound;
    return c.html(
      <Message locale={locale(c)} tone="plain" translatable {...said}>
        <Action href={`/connect?lang=${locale(c)}`} label={home} />
      </Message>,
      404,
    );
  });

  app.onError((error, c) => {
    deps.onError(error);
    const words = wordsOf(locale(c));
    return c.html(
      <Message locale={locale(c)} tone="bad" {...words.broken}>
        <Action href={`/connect?lang=${locale(c)}`} label={words.startAgain} />
      </Message>,
      500,
    );
  });

  return app;
};
