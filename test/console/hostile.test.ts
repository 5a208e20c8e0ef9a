import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isMissing, launch, openWindow } from './chromium.ts';
import { everyPage } from './everywhere.ts';
import { origin } from './fake.ts';

/**
 * Every page with hostile texts wherever a text comes from outside, as a browser parses it: the same elements and attributes
 * as with harmless texts of the same length, so none of them became anything but text.
 */

const corpus = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '</title></style></script></textarea><svg onload=alert(1)>',
  '" autofocus onfocus="alert(1)',
  "' onmouseover='alert(1)",
  '` onclick=`alert(1)',
  'javascript:alert(1)//',
  '<a href="javascript:alert(1)">x</a>',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;img src=x onerror=alert(1)&#62;',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<svg><animate onbegin=alert(1) attributeName=x>',
  '<base href="https://evil.test/">',
  '<meta http-equiv=refresh content="0;url=https://evil.test">',
  '<form action="https://evil.test"><input name=token>',
  '</td></tr></table><h1>done</h1>',
  '</option></select><b>x',
  '\u0000<\u0000img src=x onerror=alert(1)>',
  '\u202e<img src=x onerror=alert(1)>',
  '＜script＞alert(1)＜/script＞',
  '{{constructor.constructor("alert(1)")()}}',
  '\u0024{alert(1)}',
  '</p\u2028><b>x',
] as const;

/**
 * Of each pair of pages the elements with the names of their attributes, in their order, and where links, forms and pictures
 * lead; only of those pairs that differ.
 */
const differences = (pairs: readonly (readonly [harmless: string, hostile: string])[]) => `
  ${JSON.stringify(pairs)}.map((pair) => pair.map((html) =>
    [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')].map((each) =>
      [each.nodeName, ...each.getAttributeNames(), ...['href', 'action', 'src', 'formaction'].flatMap((name) => {
        const led = each.getAttribute(name);
        return led === null ? [] : [new URL(led, '${origin}').origin];
      })].join(' ')).join('\\n'))).filter(([harmless, hostile]) => harmless !== hostile)`;

describe.skipIf(isMissing)('in Chromium', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    ({ page } = await openWindow(browser, { locale: 'en-GB' }));
  });
  afterAll(() => browser?.close());

  it.each(corpus.map((text) => [text]))('C6 is text and nothing else on every page: %j', async (text) => {
    const [harmless, hostile] = await Promise.all([everyPage(text.replaceAll(/./gsu, 'x')), everyPage(text)]);
    expect(hostile.size).toBeGreaterThan(80);
    expect(harmless.size).toBe(hostile.size);
    const others = [...hostile.values()];
    const pairs = [...harmless.values()].map((html, n) => [html, others[n] ?? ''] as const);
    expect(await page.evaluate(differences(pairs))).toEqual([]);
  });
});
