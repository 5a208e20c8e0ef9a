import { Hono } from 'hono';
import type { ConsoleDeps } from '../deps.ts';
import { PolicyPage } from '../pages/policy/read.tsx';
import { VersionPage } from '../pages/policy/version.tsx';
import type { Env } from '../visitor.ts';
import { policyEditRoutes } from './policy-edit.tsx';
import { rejudgeRoutes } from './rejudge.tsx';

/** The policy: read by everybody who is signed in, changed by admins. */
export const policyRoutes = (deps: ConsoleDeps) => {
  const { read, saved, byHash } = deps.policy;
  return new Hono<Env>()
    .get('/policy', async (c) => {
      const [found, notes] = await Promise.all([read(), saved()]);
      const inForce = 'version' in found ? { version: found.version, isThere: found.etag !== '' } : found;
      const isJustSaved = 'version' in inForce && c.req.query('saved') === inForce.version.sha256;
      return c.html(<PolicyPage visitor={c.var.visitor} inForce={inForce} saved={notes} isJustSaved={isJustSaved} />);
    })
    .get('/policy/versions/:sha256{[0-9a-f]{64}}', async (c) => {
      const [version, found, notes] = await Promise.all([byHash(c.req.param('sha256')), read(), saved()]);
      if (version === null) return c.notFound();
      const inForce = 'version' in found ? found.version : null;
      return c.html(<VersionPage visitor={c.var.visitor} version={version} inForce={inForce} saved={notes} />);
    })
    .route('/', policyEditRoutes(deps))
    .route('/', rejudgeRoutes(deps));
};
