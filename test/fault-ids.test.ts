import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The faults of the console, of the bus, of Feishu's paging, of verdicts, of the reconciler and of the log that this project promises to survive. */
const promised = {
  C: 11,
  F: 14,
  J: 6,
  O: 2,
  Q: 7,
  R: 4,
  V: 7,
} as const;
const ids = Object.entries(promised).flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, n) => `${letter}${n + 1}`),
);

/** Ids that a title begins with: one that begins with V6 X7 names two. */
const named = async (): Promise<Set<string>> => {
  const files = (await readdir(import.meta.dirname, { recursive: true })).filter((name) => name.endsWith('.test.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(import.meta.dirname, name), 'utf8')));
  const titles = texts.flatMap((text) => [...text.matchAll(/['"`]((?:[A-Z]\d{1,2} )+)/g)].map(([, row = '']) => row));
  return new Set(titles.flatMap((row) => row.trim().split(' ')));
};

describe('every fault', () => {
  it('has a test that names it', async () => {
    const covered = await named();
    expect(ids.filter((id) => !covered.has(id))).toEqual([]);
  });
});
