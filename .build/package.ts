import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { handlerNames } from './handlers.ts';
import { zipOf } from './zip.ts';

/** Writes `dist/<handler>.zip` for every handler, as serverless.yml deploys them; source maps stay beside them. */

const dist = 'dist';
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const handler of handlerNames) {
  await bundle(handler, dist);
  const zip = zipOf(join(dist, handler));
  writeFileSync(join(dist, `${handler}.zip`), zip);
  console.log(`${handler}.zip  ${Math.round(zip.length / 1000)} KB`);
}
