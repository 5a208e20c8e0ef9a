import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Case } from './case.ts';
import { CASES } from './cases.ts';
import { compare } from './compare.ts';
import { programsOf } from './programs.ts';
import { withSection } from './readme.ts';
import { tableOf } from './table.ts';

/**
 * `npm run bench [-- case … [--quick]]`: measures what we do against the least that it can cost, on this machine and now,
 * and writes the tables into README.md. `--quick` runs each smallest size once and writes nothing. No figure fails it.
 */

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
});
const say = (line: string) => console.error(line);

const unknown = positionals.filter((name) => !CASES.some((known) => known.name === name));
if (unknown.length > 0) {
  say(`No case ${unknown.join(', ')}; there are ${CASES.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const chosen = CASES.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const quick = (known: Case): Case => ({ ...known, rounds: 1, sizes: known.sizes.slice(0, 1) });

/** Where and when, and of what. */
const circumstances = (): string => {
  const { dependencies, devDependencies } = packageJson;
  const versions = { exceljs: dependencies.exceljs, fflate: dependencies.fflate, xlsx: devDependencies.xlsx };
  const model = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, ${process.platform}`;
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `*${new Date().toISOString().slice(0, 10)} · ${model} · Node ${process.versions.node} · ${packages.join(', ')}*`;
};

const measure = async (known: Case): Promise<{ section: string; files: Record<string, string> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  try {
    const run = await programsOf(known, folder);
    const found = await compare(known, { run, say });
    const { text, files } = known.more?.(found) ?? { text: '', files: {} };
    return { section: [tableOf(known, found), text, circumstances()].filter(Boolean).join('\n\n'), files };
  } finally {
    await rm(folder, { recursive: true });
  }
};

const readme = resolve('README.md');
for (const known of chosen) {
  const { section, files } = await measure(options.quick ? quick(known) : known);
  console.log(section);
  if (options.quick) continue;
  await writeFile(readme, withSection(await readFile(readme, 'utf8'), known.name, section));
  for (const [name, content] of Object.entries(files)) await writeFile(resolve('.readme', name), content);
}
