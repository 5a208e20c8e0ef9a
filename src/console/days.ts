import { dayOf, parseTime } from '../domain/zone.ts';

const DAY = 86_400;

/** Whether the text names a day of the calendar, as `yyyy-mm-dd`. */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && parseTime('UTC', text) !== null;

/** What a date field shows of it: browsers take a day or nothing. */
export const shownDay = (text: string): string => (isDay(text) ? text : '');

/** The day so many days later. */
export const addDays = (day: string, count: number): string =>
  dayOf('UTC', (parseTime('UTC', day) as number) + count * DAY);

/** Every day from one to another, newest first; none when they are the wrong way round. */
export const daysBack = (from: string, to: string): string[] => {
  const first = parseTime('UTC', from) as number;
  const last = parseTime('UTC', to) as number;
  return Array.from({ length: Math.max(0, (last - first) / DAY + 1) }, (_, index) => dayOf('UTC', last - index * DAY));
};
