import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Locale } from '../words/locale.ts';

const isLocale = (text: string | undefined): text is Locale => text === 'zh' || text === 'en';

/** `zh-Hant-TW;q=0.8` → zh, 0.8. A weight that makes no sense counts as 1. */
const choice = (item: string) => {
  const [tag = '', ...parameters] = item
    .trim()
    .toLowerCase()
    .split(/\s*;\s*/);
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const q = weight === undefined || weight === '' ? 1 : Number(weight);
  return { language: tag.split('-')[0], q: q >= 0 && q <= 1 ? q : 1 };
};

/** The language of a page: what the address asks for, else the browser's best of zh and en, else the fallback. */
export const localeOf = (asked: string | undefined, acceptLanguage: string | undefined, fallback: Locale): Locale => {
  if (isLocale(asked)) return asked;
  const best = (acceptLanguage ?? '')
    .split(',')
    .map(choice)
    .filter(({ language, q }) => isLocale(language) && q > 0)
    .sort((one, other) => other.q - one.q)[0];
  return isLocale(best?.language) ? best.language : fallback;
};

const cookie = { name: 'lang', prefix: 'host' } as const;

/** The language of this request's page; a choice made in the address is kept for the pages that follow. */
export const chosenLocale = (c: Context, fallback: Locale): Locale => {
  const asked = c.req.query('lang');
  if (isLocale(asked))
    setCookie(c, cookie.name, asked, { ...cookie, secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
  return localeOf(asked ?? getCookie(c, cookie.name, cookie.prefix), c.req.header('accept-language'), fallback);
};

/** Path and query of this request. */
export const pathOf = (c: Context): string => {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
};
