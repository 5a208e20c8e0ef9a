import { Hono } from 'hono';
import { isDay } from '../days.ts';
import type { ConsoleDeps } from '../deps.ts';
import { adminsOnly } from '../enter.tsx';
import { AuditPage } from '../pages/audit.tsx';
import { todayIn } from '../range.ts';
import type { Env } from '../visitor.ts';
import { rangeWords } from '../words/range.ts';

/** The audit trail, for admins. */
export const auditRoutes = ({ trail, now }: ConsoleDeps) =>
  new Hono<Env>().get('/audit', adminsOnly, async (c) => {
    const { visitor } = c.var;
    const { day = todayIn(visitor.timeZone, now()), before } = c.req.query();
    if (!isDay(day)) {
      const error = rangeWords[visitor.locale].badDay;
      return c.html(<AuditPage visitor={visitor} day={day} error={error} entries={[]} older={null} />, 422);
    }
    const { entries, more } = await trail.auditOf(day, before);
    const older = more ? (entries.at(-1)?.key ?? null) : null;
    return c.html(<AuditPage visitor={visitor} day={day} error={undefined} entries={entries} older={older} />);
  });
