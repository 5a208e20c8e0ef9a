import { Hono } from 'hono';
import { dayOf } from '../../domain/zone.ts';
import { addDays, daysBack, isDay, longestRange } from '../days.ts';
import type { ConsoleDeps } from '../deps.ts';
import { listMeetings, placeOf, type StatusFilter, statuses } from '../listing.ts';
import { MeetingsPage, type Search } from '../pages/meetings.tsx';
import type { Env } from '../visitor.ts';
import { meetingsWords } from '../words/meetings.ts';

/** What is shown when no range is asked for: a week. */
const usualDays = 7;

/** The list of meetings. */
export const meetingsRoutes = ({ meetings, now }: ConsoleDeps) =>
  new Hono<Env>().get('/', async (c) => {
    const { visitor } = c.var;
    const words = meetingsWords[visitor.locale];
    const { q = '', from: askedFrom = '', to: askedTo = '', status: askedStatus, after } = c.req.query();
    const today = dayOf(visitor.timeZone, Math.floor(now() / 1000));
    const to = askedTo || today;
    const from = askedFrom || (isDay(to) ? addDays(to, 1 - usualDays) : today);
    const errors: Search['errors'] = {};
    if (!isDay(from)) errors.from = words.badDay;
    if (!isDay(to)) errors.to = words.badDay;
    else if (isDay(from) && (to < from || to > addDays(from, longestRange - 1))) errors.to = words.badRange;
    const isValid = errors.from === undefined && errors.to === undefined;
    const status: StatusFilter = statuses.find((each) => each === askedStatus) ?? 'all';
    const place = placeOf(after);
    const text = q.slice(0, 100);
    const listing = isValid
      ? await listMeetings(meetings.browse, { days: daysBack(from, to), text, status, from: place })
      : { days: [], older: null };
    const search: Search = { text, from, to, status, errors, isFirst: place === null };
    return c.html(<MeetingsPage visitor={visitor} search={search} listing={listing} />, isValid ? 200 : 422);
  });
