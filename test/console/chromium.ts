import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Whether the browser tests have to be skipped; where everything is required, that is a failure. */
export const isMissing = !existsSync(executablePath);
if (isMissing) {
  const message = `The browser tests need ${executablePath}: apt-get install chromium fonts-noto-cjk`;
  if (process.env.CI_REQUIRE_ALL) throw new Error(message);
  process.stderr.write(`SKIPPED  ${message}\n`);
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args });

/** Keeps in `shifts` what moved by itself since the page was loaded, by the browser's own measure. */
const watchShifts = `
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { hadRecentInput, value, sources } of list.getEntries())
    if (!hadRecentInput)
      shifts.push(value + ': ' + sources.map(({ node }) => node?.nodeName + ' ' + node?.textContent.slice(0, 40)).join(' | '));
}).observe({ type: 'layout-shift', buffered: true });
`;

/** A window of its own, as a person has it who prefers this language; `complaints` is what the browser found wrong. */
export const openWindow = async (
  browser: Browser,
  options: BrowserContextOptions & { locale: 'zh-CN' | 'en-GB' },
): Promise<{ page: Page; complaints: string[]; shifts: () => Promise<string[]> }> => {
  const context = await browser.newContext({ timezoneId: 'Asia/Shanghai', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    // The browser notes every status of 400 and more by itself.
    if (!message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript({ content: watchShifts });
  return { page, complaints, shifts: () => page.evaluate<string[]>('shifts') };
};
