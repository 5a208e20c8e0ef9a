import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';

/** For packages in CommonJS that ask for Node's own modules. */
const requireForEsm = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** The AWS SDK reads its own version from its package.json, and would bring the rest of that file along. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules\/@aws-sdk\/[^/]+\/package\.json$/ }, ({ path }) => {
      const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    }),
};

/**
 * One handler with all it needs, as `index.mjs` and the chunks it loads later. Splitting leaves what the AWS SDK seldom
 * needs (sign-in by SSO, web identity) out of the start. Source maps stay outside: they would double what Lambda loads.
 */
export const bundle = async (handler: string, outdir: string): Promise<Metafile> => {
  const { metafile } = await build({
    entryPoints: { index: `handlers/${handler}.ts` },
    outdir: join(outdir, handler),
    outExtension: { '.js': '.mjs' },
    chunkNames: '[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: requireForEsm },
    plugins: [versionOnly],
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
};

/** Bytes of what is evaluated before the first event, and of everything in the artifact. */
export const weigh = ({ outputs }: Metafile): { eager: number; all: number; inputs: ReadonlySet<string> } => {
  const code = Object.entries(outputs).filter(([file]) => file.endsWith('.mjs'));
  const [entry] = code.find(([, { entryPoint }]) => entryPoint?.startsWith('handlers/')) ?? [];
  const eager = new Set<string>();
  const load = (file: string | undefined): void => {
    if (file === undefined || eager.has(file) || outputs[file] === undefined) return;
    eager.add(file);
    for (const { path, kind } of outputs[file].imports) if (kind === 'import-statement') load(path);
  };
  load(entry);
  const bytesOf = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
  return {
    eager: bytesOf(eager),
    all: bytesOf(code.map(([file]) => file)),
    inputs: new Set(code.flatMap(([, output]) => Object.keys(output.inputs))),
  };
};
