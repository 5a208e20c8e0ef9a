import { type Context, Hono } from 'hono';
import { daysBack } from '../days.ts';
import type { ConsoleDeps } from '../deps.ts';
import { adminsOnly } from '../enter.tsx';
import { listMeetings, placeOf } from '../listing.ts';
import { ChoosePage, type Rejudged, RejudgedPage } from '../pages/policy/rejudge.tsx';
import { jobIdIn } from '../policy/job-id.ts';
import { askedRange, isSound, todayIn } from '../range.ts';
import { type Env, personOf } from '../visitor.ts';
import { policyWords } from '../words/policy.ts';

/** What a browser waits for. */
const mostAtOnce = 50;
/** Each holds a snapshot in memory. */
const side = 4;

/** Judging chosen past meetings by the policy in force. */
export const rejudgeRoutes = (deps: ConsoleDeps) => {
  const choose = async (c: Context<Env>, asked: Record<string, string>, error?: string) => {
    const { visitor } = c.var;
    const found = await deps.policy.read();
    // The page of the policy says what is wrong with it.
    if ('problem' in found) return c.redirect('/policy', 303);
    const { locale, timeZone } = visitor;
    const range = askedRange(asked, { today: todayIn(timeZone, deps.now()), locale });
    const isValid = isSound(range);
    const place = placeOf(asked.after);
    const listing = isValid
      ? await listMeetings(deps.meetings.browse, {
          days: daysBack(range.from, range.to),
          text: '',
          status: 'done',
          from: place,
        })
      : { days: [], older: null };
    const props = { visitor, listing, range, place, error };
    const page = <ChoosePage {...props} isAllTicked={asked.tick === 'all'} inForce={found.version.sha256} />;
    return c.html(page, isValid && error === undefined ? 200 : 422);
  };

  const rejudge = async (jobId: string, by: { openId: string; name: string }): Promise<Rejudged> => {
    try {
      const filed = await deps.review.rejudge(jobId, by);
      return filed === null ? { result: 'notPossible', jobId } : { result: filed.kind, jobId: filed.jobId };
    } catch (error) {
      deps.onError(error as Error);
      return { result: 'broken', jobId };
    }
  };

  return new Hono<Env>()
    .get('/policy/rejudge', adminsOnly, (c) => choose(c, c.req.query()))
    .post('/policy/rejudge', adminsOnly, async (c) => {
      const { locale } = c.var.visitor;
      const by = personOf(c.var.visitor);
      const { rejudging: words } = policyWords[locale];
      const form = await c.req.formData();
      const range = Object.fromEntries(['from', 'to'].map((key) => [key, String(form.get(key) ?? '')]));
      const chosen = [...new Set(form.getAll('job').map(String))];
      if (chosen.length === 0) return choose(c, range, words.nothingChosen);
      if (chosen.length > mostAtOnce) return choose(c, range, words.tooMany(mostAtOnce));
      const found = await deps.policy.read();
      if ('problem' in found) return c.redirect('/policy', 303);
      const jobIds = chosen.filter((text) => jobIdIn(text) === text);
      const outcomes = chosen
        .filter((text) => !jobIds.includes(text))
        .map((jobId): Rejudged => ({ result: 'notPossible', jobId }));
      if (jobIds.length > 0) await deps.audit(by, { what: 're-judged', jobIds, policySha256: found.version.sha256 });
      for (let from = 0; from < jobIds.length; from += side)
        outcomes.push(...(await Promise.all(jobIds.slice(from, from + side).map((id) => rejudge(id, by)))));
      return c.html(<RejudgedPage visitor={c.var.visitor} outcomes={outcomes} />);
    });
};
