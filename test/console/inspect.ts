import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What everybody needs of a page, asked of the page that is open. */

const everyRule = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds wrong: each rule with the elements that break it. It is run from outside, so the CSP need not let it in. */
const violations = async (page: Page, runOnly: readonly string[]): Promise<string[]> => {
  const found = await page.evaluate<axe.AxeResults>(
    `axe.run(${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`,
  );
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join(' | ')}`,
  );
};

/** Controls that paper shows and nobody can press. */
const controls = (page: Page): Promise<string[]> =>
  page
    .locator('form, nav, button, input, select, .skip')
    .evaluateAll((all) => all.filter((each) => each.checkVisibility()).map(({ outerHTML }) => outerHTML.slice(0, 200)));

/**
 * What is to be pressed and is smaller than 24 × 24 pixels. A box is pressed by its label too; a link in a sentence is as tall
 * as its line. Stricter than WCAG 2.5.8, which forgives a small one that has room around it.
 */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`
    [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      .filter((each) => each.checkVisibility())
      .filter((each) => {
        const isInSentence =
          getComputedStyle(each).display === 'inline' && each.parentElement.innerText.trim() !== each.innerText.trim();
        const { width, height } = (each.closest('label') ?? each).getBoundingClientRect();
        return !isInSentence && Math.min(width, height) < 24;
      })
      .map((each) => each.outerHTML.slice(0, 200))`);

/** Fails unless the open page can be used by everybody: in either scheme, on its width, with a finger, and on paper. */
export const inspect = async (
  page: Page,
  [colorScheme, otherScheme]: readonly ['light' | 'dark', 'light' | 'dark'],
) => {
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  expect(await tooSmall(page)).toEqual([]);
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  expect(await violations(page, everyRule)).toEqual([]);
  await page.emulateMedia({ colorScheme: otherScheme });
  expect(await violations(page, ['color-contrast'])).toEqual([]);
  await page.emulateMedia({ colorScheme, media: 'print' });
  expect(await controls(page)).toEqual([]);
  await page.emulateMedia({ colorScheme, media: 'screen' });
};
