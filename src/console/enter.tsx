import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Locale } from '../words/locale.ts';
import type { ConsoleDeps } from './deps.ts';
import { chosenLocale, pathOf } from './locale.ts';
import { Action, Message } from './pages/message.tsx';
import { createSeal } from './seal.ts';
import { formToken, isFresh, isToken, longestMs, type Session, seenAgain } from './session.ts';
import { siteOf } from './site.ts';
import type { Env } from './visitor.ts';
import { type FrameWords, frameWords } from './words/frame.ts';

const cookie = { name: 'session', prefix: 'host' } as const;
const cookieOptions = { ...cookie, httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

const sealOf = (appSecret: string) => createSeal<Session>(appSecret, 'console session');

/** Gives the browser its session, sealed. */
export const setSession = (c: Context, appSecret: string, session: Session): void =>
  setCookie(c, cookie.name, sealOf(appSecret).seal(session), { ...cookieOptions, maxAge: longestMs / 1000 });

/** The session that the browser brings, unless somebody else made it or it is too old. */
export const sessionIn = (c: Context, appSecret: string, now: number): Session | null => {
  const sealed = getCookie(c, cookie.name, cookie.prefix);
  const session = sealed === undefined ? null : sealOf(appSecret).open(sealed);
  return session !== null && isFresh(session, now) ? session : null;
};

/** Takes it away again. */
export const dropSession = (c: Context): void => void deleteCookie(c, cookie.name, cookieOptions);

/** A page that says why nothing was done. */
export const refuse = (
  c: Context,
  locale: Locale,
  because: Exclude<keyof FrameWords['refused'], 'title' | 'again'>,
) => {
  const { title, again, ...texts } = frameWords[locale].refused;
  const page = (
    <Message locale={locale} tone="bad" title={title} text={texts[because]}>
      <Action href="/" label={again} />
    </Message>
  );
  return c.html(page, because === 'large' ? 413 : 403);
};

/** What browsers send with a form of this very site: they cannot be made to send it by another one. */
const isOwnForm = (c: Context): boolean => {
  const site = c.req.header('sec-fetch-site');
  return (
    c.req.header('origin') === siteOf(c.req.url).origin &&
    (site === undefined || site === 'same-origin') &&
    /^application\/x-www-form-urlencoded(;|$)/i.test(c.req.header('content-type') ?? '')
  );
};

/**
 * Lets in who is signed in, still on a list, and not signed out elsewhere; asks at every request. What changes something
 * must besides come from a form of this session.
 */
export const enter = (deps: ConsoleDeps): MiddlewareHandler<Env>[] => {
  const { appSecret, sessions, roleOf, timeZone } = deps;

  const sessionOf = async (c: Context): Promise<Session | null> => {
    const session = sessionIn(c, appSecret, deps.now());
    return session !== null && (await sessions.isOpen(session.id)) ? session : null;
  };

  const letIn: MiddlewareHandler<Env> = async (c, next) => {
    const locale = chosenLocale(c, deps.locale);
    const isReading = c.req.method === 'GET' || c.req.method === 'HEAD';
    const session = await sessionOf(c);
    if (session === null) {
      dropSession(c);
      return isReading ? c.redirect(`/sign-in?next=${encodeURIComponent(pathOf(c))}`) : refuse(c, locale, 'session');
    }
    const { openId, name } = session;
    const role = roleOf(openId);
    if (role === null) {
      await sessions.end(session.id);
      dropSession(c);
      return refuse(c, locale, 'session');
    }
    const token = formToken(session, appSecret);
    if (!isReading) {
      if (!isOwnForm(c)) return refuse(c, locale, 'form');
      const { token: given } = await c.req.parseBody();
      if (typeof given !== 'string' || !isToken(given, token)) return refuse(c, locale, 'form');
    }
    // A page that looks again by itself is no click.
    const noted = c.req.header('x-live') === undefined ? seenAgain(session, deps.now()) : null;
    if (noted) setSession(c, appSecret, noted);
    c.set('visitor', {
      openId,
      name,
      role,
      sessionId: session.id,
      locale,
      timeZone,
      formToken: token,
      path: pathOf(c),
    });
    return next();
  };

  const limit = bodyLimit({
    maxSize: 256 * 1024,
    onError: (c) => refuse(c, chosenLocale(c, deps.locale), 'large'),
  });

  return [limit as MiddlewareHandler<Env>, letIn];
};

/** Lets only admins through. */
export const adminsOnly: MiddlewareHandler<Env> = async (c, next) => {
  const { role, locale } = c.var.visitor;
  return role === 'admin' ? next() : refuse(c, locale, 'admin');
};
