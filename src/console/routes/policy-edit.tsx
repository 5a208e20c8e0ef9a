import { type Context, Hono } from 'hono';
import type { PolicyVersion } from '../../domain/policy.ts';
import { addDays, daysBack } from '../days.ts';
import type { ConsoleDeps } from '../deps.ts';
import { adminsOnly } from '../enter.tsx';
import { listMeetings } from '../listing.ts';
import { ConflictPage } from '../pages/policy/conflict.tsx';
import { EditPage, type EditPageProps } from '../pages/policy/edit.tsx';
import { TriedPage } from '../pages/policy/tried.tsx';
import { editorOf, jsonOf, rearranged, writtenIn } from '../policy/editor.ts';
import { type Said, saidIn } from '../policy/said.ts';
import { todayIn } from '../range.ts';
import { type Env, personOf } from '../visitor.ts';
import { policyWords } from '../words/policy.ts';

/** How far back meetings are offered for a trial. */
const recentDays = 30;

type Shown = Pick<EditPageProps, 'editor' | 'etag'> & Partial<Pick<EditPageProps, 'problems' | 'checked' | 'trial'>>;

/** Writing the policy: a draft that travels in the form, to be checked, tried and saved. */
export const policyEditRoutes = (deps: ConsoleDeps) => {
  const { read, parse, save, saved, byHash } = deps.policy;

  const show = async (c: Context<Env>, shown: Shown) => {
    const { visitor } = c.var;
    const today = todayIn(visitor.timeZone, deps.now());
    const days = daysBack(addDays(today, 1 - recentDays), today);
    const listing = await listMeetings(deps.meetings.browse, { days, text: '', status: 'done', from: null });
    const recent = listing.days.flatMap(({ lines }) => lines);
    const props = { visitor, recent, problems: [], checked: null, trial: { chosen: '', typed: '' }, ...shown };
    return c.html(<EditPage {...props} />, props.problems.length > 0 ? 422 : 200);
  };

  /** The policy in force or, when its object cannot be read, the one that was saved last. */
  const startingPoint = async (): Promise<{ version: PolicyVersion | null; etag: string }> => {
    const found = await read();
    if ('version' in found) return found;
    for (const { sha256 } of await saved()) {
      const version = await byHash(sha256);
      if (version) return { version, etag: found.etag };
    }
    const builtIn = parse({});
    return { version: 'policy' in builtIn ? builtIn : null, etag: found.etag };
  };

  const check = async (c: Context<Env>, { editor, etag }: Said, version: PolicyVersion) => {
    const found = await read();
    const inForce = 'version' in found ? found.version : null;
    const result = inForce?.sha256 === version.sha256 ? 'unchanged' : 'good';
    const checked = { result, inForce: inForce?.policy ?? null, draft: version.policy } as const;
    return show(c, { editor: editorOf(parse, editor, version.policy), etag, checked });
  };

  const tryOut = async (c: Context<Env>, said: Said, version: PolicyVersion) => {
    const { visitor } = c.var;
    const { editor, etag, jobId, chosen, typed, index: skip } = said;
    const tried = jobId === null ? null : await deps.review.tryPolicy(jobId, version.policy);
    if (jobId !== null && tried !== null)
      return c.html(<TriedPage {...{ visitor, version, etag, editor, jobId, skip }} {...tried} />);
    const { meeting: label, noneChosen, notPossible } = policyWords[visitor.locale].trying;
    const problems = [{ field: 'job', label, text: chosen === '' && typed === '' ? noneChosen : notPossible }];
    const trial = { chosen, typed };
    return show(c, { editor: editorOf(parse, editor, version.policy), etag, problems, trial });
  };

  const conflict = async (c: Context<Env>, { editor }: Said, version: PolicyVersion) => {
    const { visitor } = c.var;
    const [found, notes] = await Promise.all([read(), saved()]);
    const inForce = 'version' in found ? found.version : null;
    const note = notes.find(({ sha256 }) => sha256 === inForce?.sha256) ?? null;
    return c.html(<ConflictPage {...{ visitor, version, inForce, editor }} etag={found.etag} saved={note} />, 409);
  };

  const putInForce = async (c: Context<Env>, said: Said, version: PolicyVersion) => {
    const found = await read();
    if ('version' in found && found.version.sha256 === version.sha256) return check(c, said, version);
    if (found.etag !== said.etag) return conflict(c, said, version);
    const by = personOf(c.var.visitor);
    await deps.audit(by, { what: 'policy-saved', policySha256: version.sha256 });
    const isSaved = await save(version, { etag: said.etag, by });
    return isSaved ? c.redirect(`/policy?saved=${version.sha256}`, 303) : conflict(c, said, version);
  };

  return new Hono<Env>()
    .get('/policy/edit', adminsOnly, async (c) => {
      const { from, as } = c.req.query();
      const start = await startingPoint();
      const version = from === undefined ? start.version : /^[0-9a-f]{64}$/.test(from) ? await byHash(from) : null;
      if (version === null) return c.notFound();
      const editor = editorOf(parse, as === 'json' ? 'json' : 'form', version.policy);
      return show(c, { editor, etag: start.etag });
    })
    .post('/policy/edit', adminsOnly, async (c) => {
      const said = saidIn(await c.req.formData());
      const { action, etag, chosen, typed } = said;
      const trial = { chosen, typed };
      if (action === 'add' || action === 'open' || action === 'up' || (action === 'as-json' && said.as === 'form'))
        return show(c, { editor: rearranged(parse, said), etag, trial });
      const { editor, ...written } = writtenIn(parse, said, c.var.visitor.locale);
      if ('problems' in written) return show(c, { editor, etag, trial, problems: written.problems });
      const { version } = written;
      switch (action) {
        case 'as-json':
          return show(c, { editor: { as: 'json', text: jsonOf(version.policy) }, etag, trial });
        case 'as-form':
          return show(c, { editor: editorOf(parse, 'form', version.policy), etag, trial });
        case 'check':
          return check(c, said, version);
        case 'try':
          return tryOut(c, said, version);
        case 'save':
          return putInForce(c, said, version);
      }
    });
};
