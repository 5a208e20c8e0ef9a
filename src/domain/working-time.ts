import { wallClock } from './zone.ts';

/** Whether a working day is under way in the zone: Monday to Friday, from nine to six. Of holidays nothing is known. */
export const isWorkingTime = (timeZone: string, unixSeconds: number): boolean => {
  const [day = '', time = ''] = wallClock(timeZone, unixSeconds).split(' ');
  const weekday = new Date(day).getUTCDay();
  return weekday >= 1 && weekday <= 5 && time >= '09:00:00' && time < '18:00:00';
};
