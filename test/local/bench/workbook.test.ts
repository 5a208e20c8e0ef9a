import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { judgedAt, participantAt, reportOf } from '../../../src/local/bench/workbook/people.ts';
import { filesOf } from '../../workbook/read.ts';

const run = promisify(execFile);
const COUNT = 120;

it('makes up people whose verdicts are what the rules say', () => {
  const { judged } = reportOf(Array.from({ length: COUNT }, (_, index) => participantAt(index)));
  expect(judged).toEqual(Array.from({ length: COUNT }, (_, index) => judgedAt(index)));
  expect(new Set(judged.map(({ verdict }) => verdict.kind)).size).toBe(5);
});

it('compares with a floor that writes the same cells', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-test-'));
  const written = async (program: string) => {
    const out = join(folder, program);
    const entry = resolve(`src/local/bench/workbook/${program}.ts`);
    await run(process.execPath, ['--import', 'tsx', entry, String(COUNT), out]);
    return filesOf(await readFile(out));
  };
  /** Rows without looks; the floor has neither headers nor styles nor heights. */
  const rows = (xml = '') =>
    [...xml.matchAll(/<row r="(\d+)"[^>]*>.*?<\/row>/g)]
      .filter(([, row]) => row !== '1')
      .map(([row]) => row.replace(/<row (r="\d+")[^>]*>/, '<row $1>').replace(/ s="\d+"/g, ''));
  try {
    const [floor, rollcall] = [await written('floor'), await written('rollcall')];
    expect(rows(floor['attendance.xml'])).toEqual(rows(rollcall['xl/worksheets/sheet2.xml']));
    expect(rows(floor['participants.xml'])).toEqual(rows(rollcall['xl/worksheets/sheet5.xml']));
    expect(rows(floor['attendance.xml'])).toHaveLength(COUNT);
  } finally {
    await rm(folder, { recursive: true });
  }
});
