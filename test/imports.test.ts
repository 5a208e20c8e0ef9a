import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Each rule of .dependency-cruiser.cjs, shown to fire on a planted violation. */

const planted: [rule: string, from: string, to: string][] = [
  ['src/domain imports nothing', 'src/domain/a.ts', 'node:fs'],
  ['src/domain imports nothing', 'src/domain/b.ts', 'zod'],
  ['src/domain imports nothing', 'src/domain/c.ts', '../store/target.ts'],
  ['src/feishu knows only domain', 'src/feishu/a.ts', '../store/target.ts'],
  ['src/words knows only domain', 'src/words/a.ts', '../workbook/target.ts'],
  ['src/workbook knows only domain and words', 'src/workbook/a.ts', '../feishu/target.ts'],
  ['src/store knows only domain', 'src/store/a.ts', '../workbook/target.ts'],
  ['src/console knows only domain and words', 'src/console/a.ts', '../feishu/target.ts'],
  ['src never imports handlers', 'src/a.ts', '../handlers/target.ts'],
  ['src/local is never bundled', 'handlers/a.ts', '../src/local/target.ts'],
  ['nothing imports test', 'src/b.ts', '../test/target.ts'],
  ['only handlers/deps, the doctor and src/local know the environment', 'src/c.ts', './config.ts'],
  ['only src/workbook and its rivals in the bench import exceljs', 'src/d.ts', 'exceljs'],
  ['no circles', 'src/e.ts', './e.ts'],
  ['no package that package.json does not name', 'src/f.ts', 'jszip'],
  ['no import that leads nowhere', 'src/g.ts', './nowhere.ts'],
  ['src and handlers ship without devDependencies', 'src/h.ts', 'vitest'],
];

let root: string;
let violations: string[];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-imports-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    await copyFile(file, join(root, file));
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  const plant = async (file: string, text: string) => {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  };
  const rooms = ['src/domain', 'src/feishu', 'src/store', 'src/workbook', 'src/local', 'handlers', 'test'];
  for (const target of [...rooms.map((room) => `${room}/target.ts`), 'src/config.ts'])
    await plant(target, 'export const target = 1;\n');
  for (const [, from, to] of planted) await plant(from, `export * from '${to}';\n`);
  const cruiser = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cruiser, 'src', 'handlers', 'test', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 1e8 }, (_, stdout) => done(stdout));
  });
  const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string }; from: string }[] } };
  violations = summary.violations.map(({ rule, from }) => `${rule.name} · ${from}`);
});

afterAll(() => rm(root, { recursive: true }));

describe('the direction of imports', () => {
  it.each(planted)('%s: %s may not import %s', (rule, from) => {
    expect(violations).toContain(`${rule} · ${from}`);
  });

  it('leaves everything else alone', () => {
    const files = new Set(violations.map((violation) => violation.split(' · ')[1]));
    expect([...files].sort()).toEqual([...new Set(planted.map(([, from]) => from))].sort());
  });
});
