import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { mergeSnapshots, type Restarted, restartsOf } from '../../src/domain/restarts.ts';
import { renderWorkbook } from '../../src/workbook/render.ts';
import { meeting, minute, participant, policy, report, snapshot } from '../make.ts';
import { lineOf, opened, rowOf, sheetOf, textsOf } from './read.ts';

const parts = [
  meeting({ instanceId: '7001', endsAt: minute(30) }),
  meeting({ instanceId: '7002', startsAt: minute(40), endsAt: minute(100) }),
] as const;
const joined = restartsOf(parts, 900)[0] as Restarted;
const rows = mergeSnapshots([
  snapshot({ participants: [participant({ leftAt: minute(30), connectedSeconds: 1800 })] }),
  snapshot({ participants: [participant({ joinedAt: minute(40), leftAt: null, connectedSeconds: 1800 })] }),
]);
const workbook = async (locale: 'en' | 'zh', over: Parameters<typeof report>[0] = {}) =>
  opened(
    await buffer(
      renderWorkbook(report({ meeting: joined, snapshot: rows, ...over }), { locale, timeZone: 'Asia/Shanghai' }),
    ),
  );
const valueIn = (sheet: Awaited<ReturnType<typeof workbook>>['worksheets'][number], key: string) =>
  lineOf(sheet, key)[String(rowOf(sheet, 1)[1])];

describe('the workbook of a restarted meeting', () => {
  it('names both instances with start and end, the break and the rule on Evidence', async () => {
    const evidence = sheetOf(await workbook('en'), 'Evidence');
    expect(valueIn(evidence, 'Part 1')).toBe('2026-11-16 09:00:00 – 2026-11-16 09:30:00, instance 7001');
    expect(valueIn(evidence, 'Part 2')).toBe('2026-11-16 09:40:00 – 2026-11-16 10:40:00, instance 7002');
    expect(valueIn(evidence, 'Instance ID')).toBe('7001_7002');
    expect(textsOf(evidence)).toContain('Begun again under the same number within 0:15:00 of its end');
    const inZone = sheetOf(await workbook('zh'), '取证');
    expect(valueIn(inZone, '第 1 场')).toContain('7001');
    expect(valueIn(inZone, '第 2 场')).toContain('7002');
  });

  it('tells the limit of the policy that it was joined by', async () => {
    const policyOfFive = { policy: policy({ restarts: { withinMinutes: 5 } }), sha256: '' };
    const evidence = sheetOf(await workbook('en', { policy: policyOfFive }), 'Evidence');
    expect(textsOf(evidence).join()).toContain('within 0:05:00 of its end');
  });

  it.each([
    ['en', 'Summary', '2026-11-16 09:00:00 – 10:40:00  (1:30:00 without a break of 0:10:00)'],
    ['zh', '汇总', '2026-11-16 09:00:00 – 10:40:00（1:30:00，不含中断 0:10:00）'],
  ] as const)('shows the whole span and the length without the break on the %s Summary', async (locale, name, when) => {
    expect(textsOf(sheetOf(await workbook(locale), name)).join('\n')).toContain(when);
  });

  it('takes percentages of the length without the break', async () => {
    const line = lineOf(sheetOf(await workbook('en'), 'Attendance'), 'Person 1');
    expect(line.Percent).toBeCloseTo(60 / 90, 10);
  });

  it.each([
    ['en', 'Participants', 'Part'],
    ['zh', '参会记录', '场次'],
  ] as const)('tells of every row which part it belongs to, in %s', async (locale, name, header) => {
    const sheet = sheetOf(await workbook(locale), name);
    const column = rowOf(sheet, 1).indexOf(header);
    expect([rowOf(sheet, 2)[column], rowOf(sheet, 3)[column]]).toEqual([1, 2]);
  });

  it('says nothing of parts and breaks for an ordinary meeting', async () => {
    const ordinary = await workbook('en', { meeting: meeting(), snapshot: snapshot() });
    expect(rowOf(sheetOf(ordinary, 'Participants'), 1)).not.toContain('Part');
    expect(textsOf(sheetOf(ordinary, 'Evidence')).join('\n')).not.toMatch(/restart|break/i);
    expect(textsOf(sheetOf(ordinary, 'Summary')).join('\n')).not.toMatch(/break/i);
  });
});
