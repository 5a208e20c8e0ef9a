import { execFile } from 'node:child_process';
import { link, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** `npm run report`, typed as a person would. */

const sample = resolve('test/fixtures/participant-list-sample.json');
const meeting = { instanceId: '1', meetingNo: '123456789', topic: '周会', startTime: 1671765000, endTime: 1671766000 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-report-'));
  const files: Record<string, unknown> = {
    'm.json': meeting,
    'backwards.json': { ...meeting, endTime: 1 },
    'no-end.json': { ...meeting, endTime: undefined },
    'p.json': JSON.parse(await readFile(sample, 'utf8')),
    'whole.json': { code: 0, msg: '', data: { has_more: false, participants: [{ user_id: 'u1', accept_status: 1 }] } },
    'refused.json': { code: 121005, msg: 'no permission' },
    'rows.json': [{ code: 0, data: { has_more: false, participants: [null] } }],
    'none.json': [],
    'policy.json': { minimum: { percent: 75 }, lates: {} },
    'breaks.json': { 'a\nb': 1 },
  };
  for (const [name, value] of Object.entries(files)) await writeFile(join(folder, name), JSON.stringify(value));
  await writeFile(join(folder, 'broken.json'), '{"code":0,');
  await writeFile(join(folder, 'gbk.json'), Buffer.from('{"topic":"\xd6\xdc\xbb\xe1"}', 'latin1'));
  await symlink('p.json', join(folder, 'symbolic.json'));
  await link(join(folder, 'p.json'), join(folder, 'hard.json'));
});
afterAll(() => rm(folder, { recursive: true }));

const report = (...args: string[]) =>
  new Promise<{ code: number; stderr: string }>((done) => {
    const tsx = resolve('node_modules/tsx/dist/cli.mjs');
    execFile(process.execPath, [tsx, resolve('src/local/report.ts'), ...args], { cwd: folder }, (error, _, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stderr }),
    );
  });
const input = (participants: string, m = 'm.json') => ['--meeting', m, '--participants', participants];

describe('npm run report', () => {
  it('V7 judges a list whose last page promises more as incomplete: nobody is called insufficient', async () => {
    const { code } = await report(...input('p.json'), '--out', 'r.xlsx', '--json', 'r.json', '--locale', 'en');
    expect(code).toBe(0);
    const result = JSON.parse(await readFile(join(folder, 'r.json'), 'utf8'));
    expect(result).toMatchObject({
      meeting: { ...meeting, ownerOpenId: null },
      snapshot: { pages: 1, rows: 1, complete: false },
      summary: { required: 1, undetermined: 1, rate: 0, rateIfCleared: 1 },
      attendees: [{ identity: 'u:8efq90', verdict: 'undetermined', reason: 'incomplete-data', certainSeconds: 112 }],
    });
    expect((await readFile(join(folder, 'r.xlsx'))).subarray(0, 2).toString()).toBe('PK');
  });

  it('judges a whole list, with null for nothing', async () => {
    await report(...input('whole.json'), '--out', 'w.xlsx', '--json', 'w.json');
    const { attendees } = JSON.parse(await readFile(join(folder, 'w.json'), 'utf8'));
    expect(attendees).toEqual([
      expect.objectContaining({
        verdict: 'absent',
        reason: null,
        name: null,
        email: null,
        firstJoin: null,
        joined: false,
      }),
    ]);
  });

  const out = ['--out', 'x.xlsx'];
  it.each<[string, string[], RegExp]>([
    ['a missing file', [...input('nowhere.json'), ...out], /nowhere\.json: cannot be read \(ENOENT\)/],
    ['no JSON', [...input('broken.json'), ...out], /broken\.json: is not valid JSON/],
    ['another encoding than UTF-8', [...input('p.json', 'gbk.json'), ...out], /gbk\.json: is not valid JSON in UTF-8/],
    [
      'a meeting that ends before it begins',
      [...input('p.json', 'backwards.json'), ...out],
      /backwards\.json: endTime/,
    ],
    ['a meeting without an end', [...input('p.json', 'no-end.json'), ...out], /no-end\.json: endTime/],
    ['an answer that refused', [...input('refused.json'), ...out], /refused\.json: code: is 121005/],
    ['a row that is none', [...input('rows.json'), ...out], /rows\.json: \[0\]\.data\.participants\.0/],
    ['no page', [...input('none.json'), ...out], /none\.json: holds no page/],
    [
      'an unknown key of the policy',
      [...input('p.json'), '--policy', 'policy.json', ...out],
      /policy\.json: lates: unknown key/,
    ],
    [
      'a key with a line break',
      [...input('p.json'), '--policy', 'breaks.json', ...out],
      /breaks\.json: a b: unknown key/,
    ],
    ['a strange zone', [...input('p.json'), '--time-zone', 'Mars', ...out], /--time-zone: Mars/],
    ['a strange language', [...input('p.json'), '--locale', 'fr', ...out], /--locale: must be zh or en/],
    ['an option without its value', ['--meeting', '--participants', 'p.json', ...out], /--meeting/],
    ['an unknown option', [...input('p.json'), '--colour', 'red', ...out], /--colour/],
    ['no --out', input('p.json'), /--out: is missing/],
    ['an --out that is an input', [...input('p.json'), '--out', './p.json'], /--out: .*p\.json is an input/],
    ['an --out that is a link to an input', [...input('p.json'), '--out', 'symbolic.json'], /--out: .* is an input/],
    [
      'a --json that is an input by another name',
      [...input('p.json'), ...out, '--json', 'hard.json'],
      /--json: .*hard/,
    ],
    ['an option given twice', [...input('p.json'), ...out, '--out', 'y.xlsx'], /^--out: is given twice/],
    ['an option of nothing', [...input('p.json'), ...out, '--json', ''], /^--json: is empty/],
    ['a --json that is --out', [...input('p.json'), ...out, '--json', 'x.xlsx'], /--json: x\.xlsx/],
    ['a folder that is not there', [...input('p.json'), '--out', 'no/r.xlsx'], /no\/r\.xlsx: cannot be written/],
  ])('ends with 2 and one line for %s', async (_, args, line) => {
    const { code, stderr } = await report(...args);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(line)]);
  });
});
