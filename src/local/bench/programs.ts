import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import type { Case, Program } from './case.ts';

/** What one run cost. */
export type Figures = { cost: number; cpuSeconds: number; peakMb: number };

/** Runs a program at a size, in a process of its own. */
export type Run = (program: Program, size: number) => Promise<Figures>;

/** For packages in CommonJS that ask for Node's own modules. */
const requireForEsm = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/**
 * Bundles what a case runs as the functions are bundled that are deployed, each apart, so that nobody carries another's code.
 * @param folder Empty, and removed by the caller.
 */
export const programsOf = async ({ floor, candidates, cost }: Case, folder: string): Promise<Run> => {
  const entries = ['meter.ts', ...[floor, ...candidates].map(({ entry }) => entry)];
  const places = new Map(entries.map((entry, index) => [entry, join(folder, String(index))]));
  for (const [entry, outdir] of places) await bundleProgram(entry, outdir);
  const fileOf = (entry: string) => join(places.get(entry) ?? folder, 'index.mjs');

  return async ({ title, entry }, size) => {
    const child = spawn(process.execPath, ['--import', fileOf('meter.ts'), fileOf(entry), String(size)], {
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    const [said, measured, [code]] = await Promise.all([
      text(child.stdout as Readable),
      text(child.stdio[3] as Readable),
      once(child, 'exit'),
    ]);
    if (code !== 0) throw new Error(`${title} ended with ${code} at ${size}.`);
    const { cpuMs, wallMs, peakKb } = JSON.parse(measured) as { cpuMs: number; wallMs: number; peakKb: number };
    const costs = { cpu: cpuMs, wall: wallMs, told: Number(said) };
    return { cost: costs[cost], cpuSeconds: cpuMs / 1000, peakMb: peakKb / 1024 };
  };
};

/** Bundles one program as `index.mjs` in a folder. */
export const bundleProgram = (entry: string, outdir: string) =>
  build({
    entryPoints: { index: join(import.meta.dirname, entry) },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    legalComments: 'none',
    platform: 'node',
    target: `node${process.versions.node.split('.')[0]}`,
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: requireForEsm },
    logLevel: 'error',
  });
