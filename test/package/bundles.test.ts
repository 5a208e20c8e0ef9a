import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, weigh } from '../../.build/bundle.ts';
import { handlerNames } from '../../.build/handlers.ts';
import { zipOf } from '../../.build/zip.ts';
import { grantsOf } from './grants.ts';
import { packaged, resolved } from './template.ts';

/** What each artifact holds: what it must not weigh is kept out here, not found out in production. */

let dist: string;
const bundles = new Map<string, ReturnType<typeof weigh>>();

beforeAll(async () => {
  dist = await mkdtemp(join(tmpdir(), 'rollcall-dist-'));
  await Promise.all(handlerNames.map(async (name) => bundles.set(name, weigh(await bundle(name, dist)))));
}, 120_000);

afterAll(() => rm(dist, { recursive: true }));

const inputsOf = (name: string): string[] => [...(bundles.get(name)?.inputs ?? [])];
const has = (name: string, part: RegExp): boolean => inputsOf(name).some((file) => part.test(file));

describe('the artifacts', () => {
  it('are one for each handler', () => {
    expect([...bundles.keys()].sort()).toEqual([
      'console',
      'doctor',
      'keep-alive',
      'on-demand',
      'reconcile',
      'webhook',
      'worker',
    ]);
  });

  it.each([
    ['exceljs', /node_modules\/exceljs\//],
    ['the console', /node_modules\/hono\/|src\/console\//],
    ['undici', /node_modules\/undici\//],
    ['the workbook', /src\/workbook\//],
    ['zod’s languages but English', /zod\/v4\/locales\/(?!en\.)/],
  ])('keep %s out of the webhook, whose answer Feishu waits for', (_, part) => {
    expect(has('webhook', part)).toBe(false);
  });

  it('keep the webhook’s start light', () => {
    const { eager, all } = bundles.get('webhook') ?? { eager: Number.NaN, all: Number.NaN };
    expect(eager).toBeLessThanOrEqual(460_000);
    expect(all).toBeLessThanOrEqual(600_000);
  });

  it('hold exceljs in the worker alone, and the pages in the console alone', () => {
    expect(handlerNames.filter((name) => has(name, /node_modules\/exceljs\//))).toEqual(['worker']);
    expect(handlerNames.filter((name) => has(name, /src\/console\//))).toEqual(['console']);
  });

  it('hold nothing of the laptop’s stand-ins or the tests', () => {
    expect(handlerNames.filter((name) => has(name, /^(src\/local|test)\//))).toEqual([]);
  });

  it('are the same bytes whenever and wherever they are built', async () => {
    const first = zipOf(join(dist, 'webhook'));
    const again = await mkdtemp(join(tmpdir(), 'rollcall-dist-'));
    await bundle('webhook', again);
    expect(Buffer.compare(first, zipOf(join(again, 'webhook')))).toBe(0);
    await rm(again, { recursive: true });
  });

  it('weigh what the README says of each, and not much less', async () => {
    const readme = await readFile('README.md', 'utf8');
    const rows = [...readme.matchAll(/^\| ([a-z-]+) \| [^|]+ \| (\d+) KB \| (\d+) KB \|$/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(handlerNames);
    for (const [, name = '', zipped, eager] of rows) {
      const actual = [zipOf(join(dist, name)).length, bundles.get(name)?.eager ?? 0];
      for (const [index, stated] of [Number(zipped), Number(eager)].entries()) {
        expect(actual[index], name).toBeLessThanOrEqual(stated * 1000);
        expect(actual[index], name).toBeGreaterThan(stated * 800);
      }
    }
  });

  // What grants.test.ts does not bring a handler to do, its code would still have to name.
  it('speak of just those places in the bucket that their role may touch', async () => {
    const grants = grantsOf(resolved(await packaged())).flatMap(({ handler, resource }) => {
      const [, place] = /^<Bucket\.Arn>\/(.+)$/.exec(resource) ?? [];
      return place === undefined ? [] : [{ handler, place }];
    });
    // A key that is made begins a template, a key that is fixed is a text; esbuild leaves the one and the other be.
    const rooms = ['src', 'src/store'];
    const files = (await Promise.all(rooms.map(async (room) => (await readdir(room)).map((file) => join(room, file)))))
      .flat()
      .filter((file) => file.endsWith('.ts'));
    const source = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
    const made = [...source.matchAll(/`([a-z-]+(?:\/[a-z-]+)*\/)\$\{/g)].map(([, prefix]) => `${prefix}*`);
    const fixed = [...source.matchAll(/'(state\/[a-z-]+\.json)'/g)].map(([, key]) => key ?? '');
    const places = [...new Set([...made, ...fixed])].sort();
    expect(places).toEqual([...new Set(grants.map(({ place }) => place))].sort());
    for (const name of handlerNames) {
      const chunks = (await readdir(join(dist, name))).filter((file) => file.endsWith('.mjs'));
      const code = (await Promise.all(chunks.map((file) => readFile(join(dist, name, file), 'utf8')))).join('\n');
      const spokenOf = (place: string) =>
        place.endsWith('/*') ? code.includes(`\`${place.slice(0, -1)}`) : code.includes(`"${place}"`);
      const granted = new Set(grants.filter(({ handler }) => handler === name).map(({ place }) => place));
      expect(places.filter(spokenOf), name).toEqual([...granted].sort());
    }
  }, 60_000);

  it('leave the source maps beside them', async () => {
    expect(await readFile(join(dist, 'webhook', 'index.mjs'), 'utf8')).not.toContain('sourceMappingURL');
  });
});
