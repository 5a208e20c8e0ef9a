import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { bundle, weigh } from '../../.build/bundle.ts';
import { sbomOf } from '../../.build/sbom.ts';

/** What the artifacts are made of: pinned, whole, and run by nobody before it is bundled. */

type Locked = {
  version: string;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
  optional?: boolean;
  link?: boolean;
};
type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>> & { overrides: object };

const read = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const lockOf = (file: string) => {
  const { lockfileVersion, packages } = read<{ lockfileVersion: number; packages: Record<string, Locked> }>(file);
  const { '': _, ...installed } = packages;
  return { lockfileVersion, installed: Object.entries(installed) };
};
const exact = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

describe.each(['package-lock.json', '.ci/lambda/package-lock.json'])('O4 %s', (file) => {
  const { lockfileVersion, installed } = lockOf(file);

  it('names a checksum for every package', () => {
    expect(lockfileVersion).toBe(3);
    expect(installed.length).toBeGreaterThan(50);
    expect(installed.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([name]) => name)).toEqual(
      [],
    );
  });

  it('takes packages from the registry alone', () => {
    const elsewhere = installed.filter(
      ([, { resolved, link }]) =>
        link === true || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(elsewhere.map(([name]) => name)).toEqual([]);
  });
});

describe('O4 package.json', () => {
  const { dependencies, devDependencies, overrides } = read<Manifest>('package.json');

  it('pins every version, overrides too', () => {
    const asked = { ...dependencies, ...devDependencies, ...Object.assign({}, ...Object.values(overrides)) };
    expect(Object.entries(asked).filter(([, version]) => !exact.test(String(version)))).toEqual([]);
  });

  it('agrees with its lock file', () => {
    const locked = new Map(lockOf('package-lock.json').installed);
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(locked.get(`node_modules/${name}`)?.version, name).toBe(version);
    for (const [name, version] of Object.entries(Object.assign({}, ...Object.values(overrides)) as object))
      expect(locked.get(`node_modules/${name}`)?.version, name).toBe(version);
  });

  it('needs no install script for what is deployed', () => {
    const scripted = lockOf('package-lock.json').installed.filter(
      ([, { hasInstallScript, dev }]) => hasInstallScript && !dev,
    );
    expect(scripted).toEqual([]);
  });
});

describe('the SBOM', () => {
  it('lists the packages that the artifacts hold, those that a development tool needs too, and no others', async () => {
    const dist = await mkdtemp(join(tmpdir(), 'rollcall-sbom-'));
    const { inputs } = weigh(await bundle('worker', dist));
    await rm(dist, { recursive: true });
    const sbom = sbomOf(inputs);
    const { components, dependencies, metadata } = sbom;
    const names = components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['@aws-sdk/client-s3', 'undici', 'zod', 'exceljs', 'fflate', 'uuid']));
    expect(names.filter((name) => ['vitest', 'esbuild', 'osls', 'hono'].includes(name))).toEqual([]);
    for (const name of names)
      expect(
        [...inputs].some((file) => file.includes(`node_modules/${name}/`)),
        name,
      ).toBe(true);
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    expect(metadata.component).toMatchObject({ type: 'application', name: 'rollcall' });
    for (const each of components)
      expect(each, each.name).toMatchObject({
        type: 'library',
        purl: `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`,
        hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
      });
    // One graph: every package once, each needed by something that Rollcall needs.
    const needs = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    const reached = new Set<string>([metadata.component['bom-ref']]);
    for (const ref of reached) for (const needed of needs.get(ref) ?? []) reached.add(needed);
    expect([...reached].sort()).toEqual([metadata.component, ...components].map((each) => each['bom-ref']).sort());
    expect([...needs.keys()].sort()).toEqual([...reached].sort());
  }, 60_000);
});

describe('exceljs over the packages that override its stale ones', () => {
  it('streams a workbook, which stale archivers break, and reads it back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-exceljs-'));
    const filename = join(folder, 'a.xlsx');
    const written = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useStyles: true });
    const sheet = written.addWorksheet('考勤');
    for (let row = 1; row <= 5000; row += 1) sheet.addRow([row, `第${row}人`, new Date(0)]).commit();
    sheet.commit();
    await written.commit();
    const reader = new ExcelJS.Workbook();
    await reader.xlsx.readFile(filename);
    expect(reader.getWorksheet('考勤')?.getRow(5000).values).toEqual([undefined, 5000, '第5000人', new Date(0)]);
    await rm(folder, { recursive: true });
  }, 60_000);
});
