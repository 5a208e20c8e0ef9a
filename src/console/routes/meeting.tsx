import { type Context, Hono } from 'hono';
import { lastWordOn, personKey } from '../../domain/decisions.ts';
import { partsOf } from '../../domain/job-id.ts';
import type { Report } from '../../domain/report.ts';
import type { Judged } from '../../domain/verdict.ts';
import { meetingPath } from '../address.ts';
import { type Draft, decisionOf, emptyDraft } from '../decision.ts';
import type { ConsoleDeps, Filed, Opened } from '../deps.ts';
import { adminsOnly } from '../enter.tsx';
import { ListPage, MeetingPage } from '../pages/meeting.tsx';
import type { InForce } from '../pages/standing.tsx';
import { SupersededPage } from '../pages/superseded.tsx';
import { WhyPage } from '../pages/why.tsx';
import { questionOf } from '../people.ts';
import { type Env, personOf } from '../visitor.ts';

type Request = Context<Env>;

/** A person of a report that is there. */
type Found = { opened: Opened; report: Report; index: number; judged: Judged };

/** What the address says; only ever looked up, never made into a key here. */
const jobIdOf = (c: Request): string => `${c.req.param('day')}/${c.req.param('job')}`;

/** One meeting's report: what became of everybody and why, and what HR does about it. */
export const meetingRoutes = (deps: ConsoleDeps) => {
  const app = new Hono<Env>();
  const { review, audit } = deps;

  const inForceFor = async (c: Request, { report }: Opened): Promise<InForce> => {
    if (report === null || c.var.visitor.role !== 'admin') return null;
    const read = await deps.policy.read();
    if ('problem' in read) return 'broken';
    return read.version.sha256 === report.policy.sha256 ? 'same' : 'other';
  };

  /** Where what was asked for is to be seen. */
  const lead = (c: Request, filed: Filed | null) => {
    if (filed === null) return c.notFound();
    return filed.kind === 'filed'
      ? c.redirect(meetingPath(filed.jobId), 303)
      : c.html(<SupersededPage jobId={filed.jobId} visitor={c.var.visitor} />, 409);
  };

  /** The report and the person whom an address names; null when there is none. */
  const look = async (c: Request): Promise<Found | null> => {
    const opened = await review.open(jobIdOf(c));
    const number = c.req.param('person') ?? '';
    const index = /^(?:0|[1-9]\d{0,6})$/.test(number) ? Number(number) : -1;
    const judged = opened?.report?.judged[index];
    return opened?.report && judged ? { opened, report: opened.report, index, judged } : null;
  };

  const whyPage = (c: Request, found: Found, draft: Draft) => {
    const standing = lastWordOn(found.report.decisions)(found.judged);
    return <WhyPage {...found} standing={standing} draft={draft} visitor={c.var.visitor} />;
  };

  app.get('/meetings/:day/:job', async (c) => {
    const jobId = jobIdOf(c);
    const opened = await review.open(jobId);
    if (opened === null) return c.notFound();
    const question = questionOf(c.req.query());
    const { report } = opened;
    if (question !== null && report !== null)
      return c.html(<ListPage {...{ opened, report, question }} visitor={c.var.visitor} />);
    const [history, policy] = await Promise.all([review.history(jobId), inForceFor(c, opened)]);
    return c.html(<MeetingPage {...{ opened, history }} inForce={policy} visitor={c.var.visitor} />);
  });

  app.get('/meetings/:day/:job/download', async (c) => {
    const opened = await review.open(jobIdOf(c));
    if (opened === null) return c.notFound();
    const { jobId, job } = opened.revision;
    if (job?.status !== 'done') return c.redirect(meetingPath(jobId), 303);
    await audit(personOf(c.var.visitor), { what: 'downloaded', jobId });
    return c.redirect(await review.link(jobId));
  });

  app.post('/meetings/:day/:job/again', async (c) => {
    const opened = await review.open(jobIdOf(c));
    if (opened === null) return c.notFound();
    const { jobId } = opened.revision;
    await audit(personOf(c.var.visitor), { what: 'asked', instanceIds: [partsOf(jobId).instanceId] });
    return lead(c, await review.again(jobId, personOf(c.var.visitor)));
  });

  app.post('/meetings/:day/:job/rejudge', adminsOnly, async (c) => {
    const opened = await review.open(jobIdOf(c));
    if (opened?.report == null) return c.notFound();
    const { jobId } = opened.revision;
    const read = await deps.policy.read();
    // The page says what is wrong with the policy.
    if ('problem' in read) return c.redirect(meetingPath(jobId), 303);
    await audit(personOf(c.var.visitor), { what: 're-judged', jobIds: [jobId], policySha256: read.version.sha256 });
    return lead(c, await review.rejudge(jobId, personOf(c.var.visitor)));
  });

  app.get('/meetings/:day/:job/people/:person', async (c) => {
    const found = await look(c);
    return found === null ? c.notFound() : c.html(whyPage(c, found, emptyDraft));
  });

  app.post('/meetings/:day/:job/people/:person/decision', adminsOnly, async (c) => {
    const found = await look(c);
    if (found === null) return c.notFound();
    const decided = decisionOf(await c.req.parseBody());
    if ('draft' in decided) return c.html(whyPage(c, found, decided.draft), 422);
    const { jobId } = found.opened.revision;
    const said = { ...decided.said, person: personKey(found.judged) };
    await audit(personOf(c.var.visitor), { what: 'decided', jobId, person: said.person, verdict: said.verdict });
    return lead(c, await review.decide(jobId, said, personOf(c.var.visitor)));
  });

  return app;
};
