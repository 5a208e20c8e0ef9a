import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { decidable } from '../../src/domain/decisions.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { type Locale, wordsOf } from '../../src/words/locale.ts';
import { renderWorkbook } from '../../src/workbook/render.ts';
import { absentee, decision, minute, participant, report, roomRow, snapshot } from '../make.ts';
import { filesOf, lineOf, opened, rowOf, sheetOf, textsOf } from './read.ts';

const person = (id: number, over: Parameters<typeof participant>[0] = {}) =>
  participant({
    name: `Person ${id}`,
    userId: `ou_${id}`,
    employeeId: `00${id}`,
    email: `p${id}@example.com`,
    ...over,
  });
const rows = snapshot({
  participants: [
    person(1),
    person(2, { connectedSeconds: 600 }),
    { ...absentee(), name: 'Person 3', userId: 'ou_3', employeeId: '003', email: '' },
    person(4, { connectedSeconds: null }),
    participant({ name: 'Caller', userId: '', employeeId: '', email: '', reply: 'unknown' }),
    roomRow(),
  ],
});
const plain = () => report({ snapshot: rows });
const decided = (...decisions: Parameters<typeof decision>[0][]): Report =>
  report({ snapshot: rows, decisions: decisions.map(decision) });
const render = (input: Report, locale: Locale = 'en') =>
  buffer(renderWorkbook(input, { locale, timeZone: 'Asia/Shanghai' }));
const sheets = async (input: Report, locale: Locale = 'en') => {
  const workbook = await opened(await render(input, locale));
  const { sheets: names } = wordsOf(locale);
  return (name: keyof typeof names) => sheetOf(workbook, names[name]);
};

/** The lines of a sheet, by header. */
const linesOf = (sheet: ReturnType<typeof sheetOf>) => {
  const header = rowOf(sheet, 1).map(String);
  return Array.from({ length: sheet.rowCount - 1 }, (_, n) => rowOf(sheet, n + 2)).map((cells) =>
    Object.fromEntries(cells.map((cell, index) => [header[index] ?? '', cell])),
  );
};

describe.each<[Locale, string[]]>([
  ['en', ['HR decision', 'Decision reason', 'Decided by', 'Decided at']],
  ['zh', ['人事裁定', '裁定理由', '裁定人', '裁定时间']],
])('decisions in %s', (locale, headers) => {
  it('stand in four columns after the contract’s, which stay as they were', async () => {
    const before = (await sheets(plain(), locale))('attendance');
    const after = (await sheets(decided({ person: 'u:ou_2' }), locale))('attendance');
    expect(rowOf(after, 1)).toEqual([...rowOf(before, 1), ...headers]);
    for (let row = 2; row <= before.rowCount; row += 1)
      expect(rowOf(after, row).slice(0, 19)).toEqual(rowOf(before, row));
    expect(after.autoFilter).toBe(`A1:W${before.rowCount}`);
  });

  it('of every kind are said in the words of the verdicts', async () => {
    const { verdicts } = wordsOf(locale);
    for (const verdict of decidable) {
      const sheet = (await sheets(decided({ person: 'u:ou_2', verdict }), locale))('attendance');
      expect(lineOf(sheet, 'Person 2')[headers[0] ?? '']).toBe(verdicts[verdict]);
    }
  });

  it('are summed up in a sentence under the figures of the rules', async () => {
    const texts = textsOf((await sheets(decided({ person: 'u:ou_3' }), locale))('summary'));
    const { summary } = wordsOf(locale);
    expect(texts).toContain(summary.decided({ people: 1, attended: 1, required: 3, rate: '33.3%' }));
    expect(texts).toContain(summary.sentence({ attended: 1, required: 4, rateIfCleared: '50.0%' }));
  });
});

describe('a decision in the workbook', () => {
  it('names verdict, reason, who and when beside the computed verdict', async () => {
    const sheet = (await sheets(decided({ person: 'u:ou_3', reason: 'ill', at: minute(120) })))('attendance');
    expect(lineOf(sheet, 'Person 3')).toMatchObject({
      Verdict: 'Absent',
      'HR decision': 'Excused',
      'Decision reason': 'ill',
      'Decided by': 'Li Na',
      'Decided at': new Date('2026-11-16T11:00:00Z'),
    });
    expect(lineOf(sheet, 'Person 2')).toMatchObject({
      'HR decision': null,
      'Decision reason': null,
      'Decided at': null,
    });
  });

  it('is shown as the last one, and every one in the order of their times in Evidence', async () => {
    const at = await sheets(
      decided(
        { person: 'u:ou_3', verdict: 'partial', reason: 'first', at: minute(120) },
        { person: 'u:ou_3', verdict: 'excused', reason: 'second', at: minute(121) },
        { person: 'u:ou_2', reason: 'third', at: minute(122) },
        { person: 'u:ou_2', verdict: null, reason: 'fourth', at: minute(123) },
      ),
    );
    expect(lineOf(at('attendance'), 'Person 3')).toMatchObject({
      'HR decision': 'Excused',
      'Decision reason': 'second',
    });
    expect(lineOf(at('attendance'), 'Person 2')).toMatchObject({ 'HR decision': null, 'Decision reason': null });
    const evidence = textsOf(at('evidence'));
    const begin = evidence.indexOf('Decisions by HR');
    expect(evidence.slice(begin + 1, begin + 9)).toEqual([
      '2026-11-16 11:00:00',
      'Person 3: Partial, by Li Na (ou_hr). first',
      '2026-11-16 11:01:00',
      'Person 3: Excused, by Li Na (ou_hr). second',
      '2026-11-16 11:02:00',
      'Person 2: Excused, by Li Na (ou_hr). third',
      '2026-11-16 11:03:00',
      'Person 2: decision taken back, by Li Na (ou_hr). fourth',
    ]);
  });

  it('settles what was to be checked, and leaves the finding as it was', async () => {
    const [before, after] = [await sheets(plain()), await sheets(decided({ person: 'u:ou_4', verdict: 'attended' }))];
    const find = (at: typeof before) => linesOf(at('toCheck'));
    const settled = find(before).map((line) =>
      line.Name === 'Person 4' ? { ...line, 'What to do': 'Settled: Li Na decided Attended.' } : line,
    );
    expect(settled).not.toEqual(find(before));
    expect(find(after)).toEqual(settled);
  });

  it('stands in Departments behind the contract’s columns, for every department and the whole', async () => {
    const input = decided({ person: 'u:ou_3' });
    const [before, after] = [(await sheets(plain()))('departments'), (await sheets(input))('departments')];
    for (let row = 1; row <= before.rowCount; row += 1)
      expect(rowOf(after, row).slice(0, 13)).toEqual(rowOf(before, row));
    const { departments, verdicts } = wordsOf('en');
    expect(rowOf(after, 1).slice(13)).toEqual(
      [
        departments.rate,
        departments.rateIfCleared,
        departments.required,
        verdicts.attended,
        verdicts.partial,
        verdicts.insufficient,
        verdicts.absent,
        verdicts.undetermined,
        departments.optional,
        departments.excused,
      ].map((header) => `${header}, with HR decisions`),
    );
    expect(lineOf(after, 'Total')).toMatchObject({
      Absent: 1,
      'Absent, with HR decisions': 0,
      'Excused people, with HR decisions': 1,
      'Required, with HR decisions': 3,
    });
  });

  it.each<[Locale, string]>([
    [
      'en',
      'Li Na decided Absent at 2026-11-16 11:00:00, when the rules said Undetermined; the rules now say Attended. Present 1:00:00; 0:45:00 required.',
    ],
    [
      'zh',
      'Li Na于 2026-11-16 11:00:00 裁定为“缺席”，当时系统结论为“待核实”；现在系统结论为“已出席”。在会 1:00:00；要求 0:45:00。',
    ],
  ])(
    'that the rules gainsay since is a line to check in %s, settles nothing, and counts as the milder',
    async (locale, why) => {
      const beside: Verdict = { kind: 'undetermined', because: 'incomplete-data' };
      const input = decided(
        { person: 'u:ou_1', verdict: 'absent', beside },
        { person: 'u:ou_4', verdict: 'partial', beside },
      );
      const at = await sheets(input, locale);
      const { checks, toCheck, attendance, verdicts, summary } = wordsOf(locale);
      const lines = linesOf(at('toCheck'));
      expect(lines[0]).toMatchObject({
        [toCheck.issue]: checks['contested-decision'].issue,
        [attendance.name]: 'Person 1',
        [attendance.verdict]: verdicts.attended,
        [toCheck.why]: why,
        [toCheck.action]: checks['contested-decision'].action,
      });
      expect(lines.filter((line) => line[attendance.name] === 'Person 4').map((line) => line[toCheck.action])).toEqual([
        checks['contested-decision'].action,
        checks['ambiguous-presence'].action,
      ]);
      const texts = textsOf(at('summary'));
      expect(texts[texts.indexOf('Person 4') + 1]).toBe(checks['contested-decision'].issue);
      expect(input.decided).toMatchObject({ attended: 1, absent: 1, undetermined: 1 });
      expect(texts).toContain(summary.decided({ people: 2, attended: 1, required: 4, rate: '25.0%' }));
    },
  );

  it('that counts for nobody here is a line to check: who said what, of whom, where and why', async () => {
    const saidOf = '2026-11-16/a.0';
    const at = await sheets(
      decided({ person: 'row:20', saidOf }, { person: 'u:ou_2', verdict: 'absent', saidOf }, { person: 'u:gone' }),
    );
    const who = 'at 2026-11-16 11:00:00';
    const end = 'it does not count here. Decision reason: on a business trip';
    expect(linesOf(at('toCheck')).slice(0, 3)).toMatchObject([
      { Name: null, 'What we know': `Li Na decided Excused on u:gone ${who}; ${end}` },
      { Name: null, 'What we know': `Li Na decided Excused on participant row 21 ${who}, in report ${saidOf}; ${end}` },
      {
        Name: 'Person 2',
        'What we know': expect.stringContaining(`Li Na decided Absent on Person 2 ${who}, in report ${saidOf}; ${end}`),
      },
    ]);
  });

  it('stands beside the name of whom the summary would otherwise just call absent, short or open', async () => {
    const texts = textsOf(
      (await sheets(decided({ person: 'u:ou_2' }, { person: 'u:ou_3' }, { person: 'u:ou_4', verdict: 'attended' })))(
        'summary',
      ),
    );
    for (const [name, told] of [
      ['Person 2', 'Settled: Li Na decided Excused.'],
      ['Person 3', 'Settled: Li Na decided Excused.'],
      ['Person 4', 'Settled: Li Na decided Attended.'],
    ] as const)
      expect(texts[texts.indexOf(name) + 1]).toBe(told);
    expect(textsOf((await sheets(plain()))('summary')).join()).not.toContain('Settled');
  });

  it('on somebody without an id counts by their row', async () => {
    const sheet = (await sheets(decided({ person: 'row:4', verdict: 'attended' })))('attendance');
    expect(lineOf(sheet, 'Caller')).toMatchObject({ 'HR decision': 'Attended' });
  });

  it('on nobody of this report makes no columns and no sentence, and is told in Evidence', async () => {
    const at = await sheets(decided({ person: 'u:gone' }));
    expect(rowOf(at('attendance'), 1)).toHaveLength(19);
    expect(textsOf(at('summary')).join()).not.toContain('HR decided');
    expect(textsOf(at('evidence'))).toContain('u:gone: Excused, by Li Na (ou_hr). on a business trip');
  });

  it('leaves a workbook without decisions as it was, to the byte', async () => {
    expect(await render(decided())).toEqual(await render(plain()));
  });

  it('V4 gives the same bytes each time, at the time of the report’s zone', async () => {
    const input = decided({ person: 'u:ou_3' });
    expect(await render(input)).toEqual(await render(input));
    const sheet = sheetOf(
      await opened(await buffer(renderWorkbook(input, { locale: 'en', timeZone: 'America/New_York' }))),
      'Attendance',
    );
    expect(lineOf(sheet, 'Person 3')['Decided at']).toEqual(new Date('2026-11-15T22:00:00Z'));
  });

  it('X1 X3 X4 of hostile words is text: no formula, no height that Excel refuses', async () => {
    const reason = `=HYPERLINK("http://example.com")\u0000\n${'理由'.repeat(5000)}`;
    const by = { openId: 'ou_hr', name: '=1+1\u0007]]><f>' };
    const files = filesOf(await render(decided({ person: 'u:ou_3', reason, by }, { person: 'u:ou_4', reason, by })));
    const xml = Object.entries(files).filter(([path]) => path.startsWith('xl/worksheets/'));
    expect(xml.length).toBeGreaterThanOrEqual(6);
    for (const [, text] of xml) {
      expect(text).not.toMatch(/<f[ >]/);
      for (const [, height] of text.matchAll(/ ht="([\d.]+)"/g)) expect(Number(height)).toBeLessThanOrEqual(409);
    }
    expect(xml.map(([, text]) => text).join('')).toContain('=HYPERLINK("http://example.com")\ufffd');
  });
});
