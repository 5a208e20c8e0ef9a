import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Locale } from '../words/locale.ts';
import type { ConsoleDeps } from './deps.ts';
import { chosenLocale, pathOf } from './locale.ts';
import { Action, Message } from './pages/message.tsx';
import { formToken, isFresh, isToken, type Session, seenAgain, sessionCookie } from './session.ts';
import { siteOf } from './site.ts';
import type { Env } from './visitor.ts';
import { type FrameWords, frameWords } from './words/frame.ts';

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
  const cookie = sessionCookie(appSecret);

  const sessionOf = async (c: Context): Promise<Session | null> => {
    const session = cookie.read(c);
    if (session === null || !isFresh(session, deps.now())) return null;
    return (await sessions.isOpen(session.id)) ? session : null;
  };

  const letIn: MiddlewareHandler<Env> = async (c, next) => {
    const locale = chosenLocale(c, deps.locale);
    const isReading = c.req.method === 'GET' || c.req.method === 'HEAD';
    const session = await sessionOf(c);
    if (session === null) {
      cookie.drop(c);
      return isReading ? c.redirect(`/sign-in?next=${encodeURIComponent(pathOf(c))}`) : refuse(c, locale, 'session');
    }
    const { openId, name } = session;
    const role = roleOf(openId);
    if (role === null) {
      await sessions.end(session.id);
      cookie.drop(c);
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
    if (noted) cookie.set(c, noted);
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
