import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };

type Component = { type: string; name: string; version: string; 'bom-ref': string };
type Sbom = {
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
};

/** The packages that files came from, as `name@version`. */
const packagesOf = (files: Iterable<string>): Set<string> => {
  const folders = new Set(
    [...files].flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []),
  );
  return new Set(
    [...folders].map((folder) => {
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Component;
      return `${name}@${version}`;
    }),
  );
};

/**
 * The CycloneDX list of exactly the packages that went into the artifacts. `npm sbom --omit=dev` is no substitute: npm
 * 11.19 leaves out what a development tool needs as well, such as undici and zod.
 * @throws when a package in an artifact is not in the lock file.
 */
export const sbomOf = (files: Iterable<string>): Sbom => {
  const said = execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1e8,
  });
  const all = JSON.parse(said.toString()) as Sbom;
  const held = packagesOf(files);
  const components = all.components.filter(({ name, version }) => held.delete(`${name}@${version}`));
  if (held.size > 0) throw new Error(`Not in package-lock.json: ${[...held].join(', ')}`);
  // npm calls it a library named like the folder that it lies in.
  const rollcall = { ...all.metadata.component, type: 'application', name: packageJson.name };
  const refs = new Set([rollcall, ...components].map((each) => each['bom-ref']));
  const dependencies = all.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) }));
  return { ...all, metadata: { ...all.metadata, component: rollcall }, components, dependencies };
};
