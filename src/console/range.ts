import { dayOf } from '../domain/zone.ts';
import type { Locale } from '../words/locale.ts';
import { addDays, isDay } from './days.ts';
import { rangeWords } from './words/range.ts';

/** The days that a form asks for (`yyyy-mm-dd`, or what was typed instead), with what is wrong with them. */
export type Range = { from: string; to: string; errors: { from?: string; to?: string } };

/** What is meant when no range is asked for: a week. */
const usualDays = 7;
/** The longest range that a form takes. */
const longestDays = 366;

/** @param now Unix milliseconds. */
export const todayIn = (timeZone: string, now: number): string => dayOf(timeZone, Math.floor(now / 1000));

/** The first day of the week that ends on a day. */
export const weekTo = (day: string): string => addDays(day, 1 - usualDays);

/** The week up to today, or what is asked for instead. */
export const askedRange = (
  asked: { from?: string | undefined; to?: string | undefined },
  { today, locale }: { today: string; locale: Locale },
): Range => {
  const to = asked.to || today;
  const from = asked.from || (isDay(to) ? weekTo(to) : today);
  return checkedRange({ from, to }, locale);
};

export const checkedRange = ({ from, to }: Pick<Range, 'from' | 'to'>, locale: Locale): Range => {
  const words = rangeWords[locale];
  const errors: Range['errors'] = {};
  if (!isDay(from)) errors.from = words.badDay;
  if (!isDay(to)) errors.to = words.badDay;
  else if (isDay(from) && (to < from || to > addDays(from, longestDays - 1))) errors.to = words.badRange;
  return { from, to, errors };
};

export const isSound = ({ errors: { from, to } }: Range): boolean => from === undefined && to === undefined;
