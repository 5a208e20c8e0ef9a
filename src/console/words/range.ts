import type { Locale } from '../../words/locale.ts';

type RangeWords = Record<'from' | 'to' | 'badDay' | 'badRange', string>;

/** What every form with dates says. */
export const rangeWords: Record<Locale, RangeWords> = {
  zh: {
    from: '开始日期',
    to: '结束日期',
    badDay: '请输入日期，例如 2026-11-01',
    badRange: '结束日期不得早于开始日期，且最长 366 天',
  },
  en: {
    from: 'From',
    to: 'To',
    badDay: 'Enter a date such as 2026-11-01',
    badRange: 'The end must not be before the start, nor more than 366 days after it',
  },
};
