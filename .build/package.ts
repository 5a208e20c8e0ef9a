import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, weigh } from './bundle.ts';
import { handlerNames } from './handlers.ts';
import { sbomOf } from './sbom.ts';
import { zipOf } from './zip.ts';

/**
 * Writes `dist/<handler>.zip` for every handler, as serverless.yml deploys them, and `dist/sbom.json`, the CycloneDX list
 * of the packages they are made of. Source maps stay beside the zips.
 */

const dist = 'dist';
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const held = new Set<string>();
for (const handler of handlerNames) {
  for (const file of weigh(await bundle(handler, dist)).inputs) held.add(file);
  const zip = zipOf(join(dist, handler));
  writeFileSync(join(dist, `${handler}.zip`), zip);
  console.log(`${handler}.zip  ${Math.round(zip.length / 1000)} KB`);
}

writeFileSync(join(dist, 'sbom.json'), JSON.stringify(sbomOf(held), null, 2));
