import { expect, it } from 'vitest';
import { localeOf } from '../../src/console/locale.ts';

it.each([
  ['the address before the browser', 'en', 'zh-CN,zh;q=0.9', 'en'],
  ['the browser when the address asks for another language', 'fr', 'en-GB', 'en'],
  ['the browser’s first', undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['the browser’s best, wherever it stands', undefined, 'en;q=0.5, zh-Hant-TW;q=0.8', 'zh'],
  ['the first of two that are equal', undefined, 'fr, en, zh', 'en'],
  ['no language that is refused', undefined, 'en;q=0', 'zh'],
  ['upper case', undefined, 'EN-US', 'en'],
  ['the fallback for other languages', undefined, 'fr,de;q=0.5,*;q=0.1', 'zh'],
  ['the fallback for nonsense', undefined, ';;,q=,=;q=x', 'zh'],
  ['the fallback for nothing', undefined, undefined, 'zh'],
] as const)('the language of a page is %s', (_, asked, acceptLanguage, locale) => {
  expect(localeOf(asked, acceptLanguage, 'zh')).toBe(locale);
});
