import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { createSeal } from './seal.ts';

/**
 * A cookie that its browser can neither read nor change. `__Host-`: set by this very host over https, for no other host and
 * no plain page to read or overwrite.
 * @param options.purpose What the seal is for; see `createSeal`.
 * @param options.maxAge Seconds.
 */
export const sealedCookie = <Value>(
  appSecret: string,
  { name, purpose, maxAge }: { name: string; purpose: string; maxAge: number },
) => {
  const { seal, open } = createSeal<Value>(appSecret, purpose);
  const options = { prefix: 'host', httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;
  return {
    set: (c: Context, value: Value): void => setCookie(c, name, seal(value), { ...options, maxAge }),
    /** null for none, and for any that is not as it was set. */
    read: (c: Context): Value | null => {
      const sealed = getCookie(c, name, options.prefix);
      return sealed === undefined ? null : open(sealed);
    },
    drop: (c: Context): void => void deleteCookie(c, name, options),
  };
};
