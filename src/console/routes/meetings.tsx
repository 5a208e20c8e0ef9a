import { Hono } from 'hono';
import { daysBack } from '../days.ts';
import type { ConsoleDeps } from '../deps.ts';
import { listMeetings, placeOf, type StatusFilter, statuses } from '../listing.ts';
import { MeetingsPage, type Search } from '../pages/meetings.tsx';
import { askedRange, isSound, todayIn } from '../range.ts';
import type { Env } from '../visitor.ts';

/** The list of meetings. */
export const meetingsRoutes = ({ meetings, now }: ConsoleDeps) =>
  new Hono<Env>().get('/', async (c) => {
    const { visitor } = c.var;
    const { q = '', from, to, status: askedStatus, after } = c.req.query();
    const range = askedRange({ from, to }, { today: todayIn(visitor.timeZone, now()), locale: visitor.locale });
    const isValid = isSound(range);
    const status: StatusFilter = statuses.find((each) => each === askedStatus) ?? 'all';
    const place = placeOf(after);
    const text = q.slice(0, 100);
    const listing = isValid
      ? await listMeetings(meetings.browse, { days: daysBack(range.from, range.to), text, status, from: place })
      : { days: [], older: null };
    const search: Search = { ...range, text, status, isFirst: place === null };
    return c.html(<MeetingsPage visitor={visitor} search={search} listing={listing} />, isValid ? 200 : 422);
  });
