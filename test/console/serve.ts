import { handle } from 'hono/aws-lambda';
import type { Browser } from 'playwright-core';
import { startWeb } from '../../src/local/web.ts';
import { openWindow } from './chromium.ts';
import type { fakeConsole } from './fake.ts';

/** A window of somebody who is signed in to a console on made-up deps, served on this machine. */
export const openServed = async (
  browser: Browser,
  { app, cookie }: Pick<ReturnType<typeof fakeConsole>, 'app' | 'cookie'>,
  options: Parameters<typeof openWindow>[1],
) => {
  const web = await startWeb({
    port: 0,
    webhook: () => Promise.reject(new Error('no webhook here')),
    console: handle(app) as unknown as Parameters<typeof startWeb>[0]['console'],
  });
  const window = await openWindow(browser, options);
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  await window.page
    .context()
    .addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }]);
  return {
    ...window,
    url: web.url,
    close: async () => {
      await window.page.context().close();
      await web.close();
    },
  };
};
