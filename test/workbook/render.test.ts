import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Worksheet } from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { Participant, Snapshot } from '../../src/domain/meeting.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Locale } from '../../src/words/locale.ts';
import { renderWorkbook } from '../../src/workbook/render.ts';
import { absentee, meeting, minute, participant, policy, provenance, report, roomRow, snapshot } from '../make.ts';
import { filesOf, lineOf, opened, rowOf, sheetOf, textsOf } from './read.ts';

const SHANGHAI = 'Asia/Shanghai';
const render = (input: Report, options: { locale?: Locale; timeZone?: string } = {}) =>
  buffer(renderWorkbook(input, { locale: 'en', timeZone: SHANGHAI, ...options }));
const rendered = async (input: Report, options: Parameters<typeof render>[1] = {}) =>
  opened(await render(input, options));

const person = (id: number, over: Partial<Participant> = {}): Participant =>
  participant({
    name: `Person ${id}`,
    userId: `ou_${id}`,
    employeeId: `00${id}`,
    email: `p${id}@example.com`,
    ...over,
  });
/** A meeting with one person of every verdict, a room and somebody unidentified. */
const everyone: Participant[] = [
  person(1),
  person(2, { connectedSeconds: 30 * 60 }),
  person(3, { connectedSeconds: 10 * 60, department: 'Legal' }),
  person(4, { joinedAt: null, leftAt: null, connectedSeconds: null }),
  person(5, { connectedSeconds: null }),
  person(6, { reply: 'tentative', connectedSeconds: 60 }),
  person(7, { reply: 'declined', joinedAt: null, leftAt: null, connectedSeconds: null }),
  participant({ name: 'Caller', userId: '', employeeId: '', email: '', reply: 'unknown' }),
  roomRow({ name: 'Room A' }),
];
const mixed = (over: Partial<Snapshot> = {}) =>
  report({
    snapshot: snapshot({ participants: everyone, ...over }),
    policy: { policy: policy({ partial: { percent: 40, combine: 'both' } }), sha256: 'a1'.repeat(32) },
  });

const HEADERS = {
  en: 'Name, Employee ID, Department, Email, External, Reply, Expected, Verdict, Reason, Flags, First join, Last leave, Certain time, Possible time, Required time, Percent, Late by, Left early by, User ID',
  zh: '姓名, 工号, 部门, 邮箱, 外部, 日程回复, 应到, 结论, 原因, 标记, 首次入会, 最后离会, 确认时长, 可能时长, 要求时长, 比例, 迟到, 早退, 用户ID',
};
const SHEETS = {
  en: ['Summary', 'Attendance', 'To check', 'Departments', 'Participants', 'Evidence'],
  zh: ['汇总', '考勤明细', '待核实', '部门', '参会记录', '取证'],
};

describe.each(['en', 'zh'] as const)('the contract in %s', (locale) => {
  it('X5 six sheets, in this order, by these names', async () => {
    const workbook = await rendered(mixed(), { locale });
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(SHEETS[locale]);
  });
  it('the Attendance headers, in this order', async () => {
    const sheet = sheetOf(await rendered(mixed(), { locale }), SHEETS[locale][1] ?? '');
    expect(rowOf(sheet, 1)).toEqual(HEADERS[locale].split(', '));
  });
});

describe('Attendance', () => {
  const attendance = async (input = mixed(), options = {}) => sheetOf(await rendered(input, options), 'Attendance');

  it('has one line per attendee, in the order of their first row, and none for a room', async () => {
    const sheet = await attendance();
    const names = Array.from({ length: sheet.rowCount - 1 }, (_, index) => sheet.getCell(index + 2, 1).value);
    expect(names).toEqual([...Array.from({ length: 7 }, (_, index) => `Person ${index + 1}`), 'Caller']);
  });

  it('says each verdict by its word', async () => {
    const sheet = await attendance();
    const verdicts = Array.from({ length: 8 }, (_, index) => sheet.getCell(index + 2, 8).value);
    expect(verdicts).toEqual([
      'Attended',
      'Partial',
      'Insufficient',
      'Absent',
      'Undetermined',
      'Not required',
      'Excused',
      'Attended',
    ]);
  });

  it('and by colour: seven words, seven fills, over every line', async () => {
    const xml = filesOf(await render(mixed()))['xl/worksheets/sheet2.xml'] ?? '';
    const rules = /<conditionalFormatting sqref="H2:H9">(.*?)<\/conditionalFormatting>/.exec(xml)?.[1] ?? '';
    const words = [...rules.matchAll(/<formula>&quot;(.*?)&quot;<\/formula>/g)].map(([, word]) => word);
    expect(words).toEqual(['Attended', 'Partial', 'Insufficient', 'Absent', 'Undetermined', 'Not required', 'Excused']);
    expect(new Set(rules.match(/dxfId="\d+"/g)).size).toBe(7);
  });

  it('fills a line with real dates, durations, a percentage and a reason', async () => {
    const joined = minute(0) + 601;
    const input = report({
      snapshot: snapshot({
        participants: [
          person(1, { joinedAt: joined, leftAt: minute(50), connectedSeconds: 2340, external: true, reply: 'unknown' }),
        ],
      }),
    });
    const sheet = await attendance(input);
    expect(lineOf(sheet, 'Person 1')).toEqual({
      Name: 'Person 1',
      'Employee ID': '001',
      Department: 'Sales',
      Email: 'p1@example.com',
      External: 'Yes',
      Reply: 'Unknown',
      Expected: 'Optional',
      Verdict: 'Not required',
      Reason: expect.stringContaining('Present 0:39:00; 0:45:00 required. Joined 0:10:01 after the start'),
      Flags: 'External, Not invited, Late, Left early',
      'First join': new Date('2026-11-16T09:10:01Z'),
      'Last leave': new Date('2026-11-16T09:50:00Z'),
      'Certain time': new Date((2340 - 25_569 * 86_400) * 1000),
      'Possible time': new Date((2340 - 25_569 * 86_400) * 1000),
      'Required time': new Date((2700 - 25_569 * 86_400) * 1000),
      Percent: 0.65,
      'Late by': expect.anything(),
      'Left early by': expect.anything(),
      'User ID': 'ou_1',
    });
    const formats = ['A', 'K', 'M', 'P', 'S'].map((column) => sheet.getCell(`${column}2`).numFmt);
    expect(formats).toEqual(['@', 'yyyy-mm-dd hh:mm:ss', '[h]:mm:ss', '0.0%', '@']);
  });

  it('leaves empty what there is nothing to say of', async () => {
    const empty = { 'First join': null, 'Last leave': null, 'Late by': null, 'Left early by': null, External: null };
    expect(
      lineOf(await attendance(report({ snapshot: snapshot({ participants: [absentee()] }) })), 'Person 1'),
    ).toMatchObject(empty);
  });

  it('has no percentage of a meeting without length', async () => {
    const line = lineOf(await attendance(report({ meeting: meeting({ endsAt: minute(0) }) })), 'Person 1');
    expect(line).toMatchObject({ Percent: null, Verdict: 'Attended' });
  });

  it.each([
    ['Asia/Shanghai', '2026-11-16T09:00:00Z'],
    ['UTC', '2026-11-16T01:00:00Z'],
    ['Asia/Kathmandu', '2026-11-16T06:45:00Z'],
    ['America/New_York', '2026-11-15T20:00:00Z'],
  ])('X6 shows the wall clock of %s', async (timeZone, shown) => {
    const workbook = await rendered(report(), { timeZone });
    expect(sheetOf(workbook, 'Attendance').getCell('K2').value).toEqual(new Date(shown));
    expect(textsOf(sheetOf(workbook, 'Evidence'))).toContain(timeZone);
  });

  it('X6 follows the change of clocks inside a meeting', async () => {
    const before = Date.UTC(2026, 9, 25, 0, 30) / 1000;
    const input = report({
      meeting: meeting({ startsAt: before, endsAt: before + 7200 }),
      snapshot: snapshot({ participants: [participant({ joinedAt: before, leftAt: before + 3600 })] }),
    });
    const sheet = await attendance(input, { timeZone: 'Europe/Berlin' });
    expect(sheet.getCell('K2').value).toEqual(new Date('2026-10-25T02:30:00Z'));
    expect(sheet.getCell('L2').value).toEqual(new Date('2026-10-25T02:30:00Z'));
  });
});

describe('To check', () => {
  it('tells each doubt, why, and what to do', async () => {
    const sheet = sheetOf(await rendered(mixed()), 'To check');
    const issues = Array.from({ length: sheet.rowCount - 1 }, (_, index) => rowOf(sheet, index + 2).slice(0, 2));
    expect(issues).toEqual([
      ['Ambiguous presence', 'Person 5'],
      ['Unidentified', 'Caller'],
      ['Meeting room', 'Room A'],
    ]);
    for (let row = 2; row <= sheet.rowCount; row++) {
      expect(sheet.getCell(row, 6).value).toMatch(/\.$/);
      expect(sheet.getCell(row, 7).value).toMatch(/\.$/);
    }
  });
  it('says so when there is nothing', async () =>
    expect(textsOf(sheetOf(await rendered(report()), 'To check'))).toContain(
      'Nothing to check: every verdict follows from the data.',
    ));
});

describe('Departments', () => {
  it('counts per department, with a total and bars', async () => {
    const sheet = sheetOf(await rendered(mixed()), 'Departments');
    expect(lineOf(sheet, 'Legal')).toMatchObject({ Required: 1, Insufficient: 1, Rate: 0 });
    expect(lineOf(sheet, 'Total')).toMatchObject({
      Required: 5,
      Attended: 1,
      Absent: 1,
      Undetermined: 1,
      Rate: 0.2,
      'Rate if cleared': 0.4,
    });
    const xml = filesOf(await render(mixed()))['xl/worksheets/sheet4.xml'];
    expect(xml).toContain('<conditionalFormatting sqref="B2:B4"><cfRule type="dataBar"');
  });
  it('has no rate where nobody was required', async () => {
    const input = report({ snapshot: snapshot({ participants: [person(1, { reply: 'unknown' })] }) });
    expect(lineOf(sheetOf(await rendered(input), 'Departments'), 'Sales')).toMatchObject({ Required: 0, Rate: null });
  });
});

describe('Participants', () => {
  it('has every row as fetched, and whom it counts for', async () => {
    const sheet = sheetOf(await rendered(mixed()), 'Participants');
    expect(sheet.rowCount).toBe(everyone.length + 1);
    expect(lineOf(sheet, 'Room A')).toMatchObject({ 'Room ID': 'omm_1', 'Counted for': '(room, not judged)' });
    expect(lineOf(sheet, 'Caller')).toMatchObject({
      'User ID': null,
      'Counted for': 'Caller',
      Proxy: 'No',
      Audio: 'Yes',
    });
  });
  it('shows a time that could not be read as Feishu sent it', async () => {
    const row = absentee({ unreadable: { joinTime: '16/11 9am', leaveTime: '16/11 10am', timeInMeeting: '59 min' } });
    const sheet = sheetOf(await rendered(report({ snapshot: snapshot({ participants: [row] }) })), 'Participants');
    expect(lineOf(sheet, 'Person 1')).toMatchObject({
      'First join': '16/11 9am',
      'Last leave': '16/11 10am',
      'Connected time': '59 min',
    });
  });
  it.each([
    [{}, 21],
    [
      { detail: { phone: '1', publicIp: '', internalIp: '', location: '', microphone: '', speaker: '', camera: '9' } },
      28,
    ],
  ])('shows the fields Feishu gave and no more (%#)', async (over, fields) => {
    const rows = [participant(), participant({ userId: 'ou_2', ...over })];
    const sheet = sheetOf(await rendered(report({ snapshot: snapshot({ participants: rows }) })), 'Participants');
    expect(rowOf(sheet, 1)).toHaveLength(fields + 1);
  });
  it.each([
    ['0', 'Panellist'],
    ['3', 'Audience'],
    ['constructor', 'constructor'],
  ])('webinar role %s is %s', async (webinarRole, word) => {
    const rows = [participant({ webinarRole })];
    const sheet = sheetOf(await rendered(report({ snapshot: snapshot({ participants: rows }) })), 'Participants');
    expect(lineOf(sheet, 'Person 1')).toMatchObject({ 'Webinar role': word });
  });
});

describe('Evidence', () => {
  const facts = async (input: Report) => {
    const sheet = sheetOf(await rendered(input), 'Evidence');
    return Object.fromEntries(
      Array.from({ length: sheet.rowCount }, (_, index) => [
        sheet.getCell(index + 1, 1).value,
        sheet.getCell(index + 1, 2).value,
      ]),
    );
  };
  it('is enough to repeat the judgement', async () => {
    const input = report({
      snapshot: snapshot({
        proof: 'two-reads',
        pages: 2,
        reads: 2,
        calls: 6,
        announced: { participants: 3, devices: null, viewers: 0 },
      }),
      policy: {
        policy: policy({
          name: 'All-hands',
          minimum: { percent: 75, minutes: 50, combine: 'either' },
          overrides: [
            { match: { topicContains: 'Board' }, set: {} },
            { match: { meetingNo: '235812466', ownerOpenId: 'ou_owner' }, set: { externals: 'same' } },
          ],
        }),
        sha256: 'ab'.repeat(32),
      },
      provenance: provenance({ reason: 'on-demand', requestedBy: 'ou_hr' }),
    });
    expect(await facts(input)).toMatchObject({
      'Instance ID': '6911188411934433028',
      'Meeting number': '235812466',
      Start: new Date('2026-11-16T09:00:00Z'),
      'Time zone of all times': SHANGHAI,
      'SHA-256': 'ab'.repeat(32),
      Override: 'Number 2 of the policy: meeting number is 235812466, owner is ou_owner',
      'Required time':
        '75% of the meeting or 50 minutes (never more than the meeting): the lower counts. Here: 0:45:00',
      'Partial from': 'Not used',
      'Reply: accepted': 'Required',
      'Reply: no response': 'Optional',
      Late: 'By more than 5 minutes, flagged only',
      'External people': 'Judged like everybody',
      Sealed: 'Yes: every page was fetched, and two reads of the whole list agree',
      'Fetched at': new Date('2026-11-16T10:05:00Z'),
      'Reads of the whole list': 2,
      'Calls to Feishu': 6,
      Pages: 2,
      Rows: 1,
      'Participants announced by Feishu': 3,
      'People counted who joined': 1,
      'Devices announced by Feishu': 'Not known',
      'Webinar viewers announced by Feishu': 0,
      'Webinar viewers counted who joined': 0,
      'Announced and counted':
        'The list is shorter than announced: rows are missing, or Feishu counts what it does not list',
      'Request ID': '2026-11-16/6911188411934433028.0',
      'Why it was made': 'Asked for by hand',
      'Source event ID': '5e3702a84e847582be8db7fb73283c02',
      'Requested by': 'ou_hr',
      'App version': '0.1.0',
    });
  });
  it.each([
    ['counts', 'Yes: every page was fetched, and the list reaches the numbers that Feishu announced'],
    [null, 'Yes: every page was fetched to the end'],
  ] as const)('says how the list was shown to be whole: %s', async (proof, sealed) =>
    expect(await facts(mixed({ proof }))).toMatchObject({ Sealed: sealed }),
  );
  it('admits what is not known', async () =>
    expect(await facts(mixed({ complete: false, proof: null, calls: null, fetchedAt: null }))).toMatchObject({
      Sealed: 'No: the list is incomplete',
      'Fetched at': 'Not known',
      'Calls to Feishu': 'Not known',
      'Announced and counted':
        'Cannot be compared: numbers are not known, or it depends on whether rooms and viewers are counted',
      Override: 'None applied',
    }));
});

describe('Summary', () => {
  const texts = async (input: Report) => textsOf(sheetOf(await rendered(input), 'Summary'));

  it('says it in one sentence and names those who matter', async () => {
    const summary = await texts(mixed());
    expect(summary).toContain(
      '1 of 5 required people attended. If everybody undetermined is cleared, the rate becomes 40.0%.',
    );
    expect(summary).toEqual(
      expect.arrayContaining(['Absent (1)', 'Person 4', 'Person 2', 'Partial 0:30:00', 'Person 5']),
    );
    expect(summary.join()).not.toContain('Person 7');
  });
  it.each([
    ['en', 'Feishu announced 9 participants on 12 devices; the list shows 1 person and 1 room on 2 devices.'],
    ['zh', '飞书公布参会 9 人、设备 12 台；名单中入会 1 人、会议室 1 间、设备 2 台。'],
  ] as const)(
    'states in one line what differs from the announced numbers, and why it is trusted: %s',
    async (locale, line) => {
      const lines = async (over: Partial<Snapshot>) => {
        const announced = { participants: 9, devices: 12, viewers: null };
        const input = report({ snapshot: snapshot({ participants: [participant(), roomRow()], announced, ...over }) });
        return textsOf(sheetOf(await rendered(input, { locale }), SHEETS[locale][0] ?? '')).filter((text) =>
          text.startsWith(line),
        );
      };
      const trusted = {
        en: ' Two reads of the list agree, so it counts as whole.',
        zh: '两次读取名单结果一致，视为完整。',
      };
      expect(await lines({ proof: 'two-reads' })).toEqual([line + trusted[locale]]);
      expect(await lines({ complete: false, proof: null })).toEqual([line]);
      expect(await lines({ announced: { participants: 1, devices: 1, viewers: null } })).toEqual([]);
      expect(await lines({ announced: null, complete: false })).toEqual([]);
    },
  );
  it('V7 warns on top, and names nobody absent, when the list is incomplete', async () => {
    const summary = await texts(mixed({ complete: false }));
    expect(summary.join()).toContain('INCOMPLETE');
    expect(summary).toContain('Absent (0)');
    expect((await texts(mixed())).join()).not.toContain('INCOMPLETE');
  });
  it('has no rate when nobody was required', async () => {
    const summary = await texts(report({ snapshot: snapshot({ participants: [] }) }));
    expect(summary).toEqual(expect.arrayContaining(['Nobody was required to attend.', '–']));
  });
  it.each([
    [50, null],
    [51, 'and 1 more, see Attendance'],
  ])('of %i absentees it lists fifty', async (count, note) => {
    const participants = Array.from({ length: count }, (_, id) =>
      absentee({ name: `Person ${id}`, userId: `ou_${id}` }),
    );
    const summary = await texts(report({ snapshot: snapshot({ participants }) }));
    expect(summary.filter((text) => /^Person /.test(text))).toHaveLength(50);
    expect(summary.find((text) => /more, see/.test(text)) ?? null).toBe(note);
  });
  it('lists departments from the lowest rate up', async () => {
    const participants = ['A', 'B', 'C'].map((department, id) =>
      person(id, { department, connectedSeconds: department === 'B' ? 60 : 3600 }),
    );
    const summary = await texts(report({ snapshot: snapshot({ participants }) }));
    expect(summary.filter((text) => /^[ABC]$/.test(text))).toEqual(['B', 'A', 'C']);
  });
});

describe('on paper and on screen', () => {
  const tables = ['Attendance', 'To check', 'Departments', 'Participants'];
  it.each([...SHEETS.en])('%s prints on A4, landscape, one page wide', async (name) => {
    const { pageSetup, headerFooter } = sheetOf(await rendered(mixed()), name);
    expect(pageSetup).toMatchObject({
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    });
    expect(headerFooter.oddFooter).toContain('&P / &N');
    expect(headerFooter.oddHeader).toContain('Asia/Shanghai');
  });
  it.each(tables)('%s has a frozen, repeated, filtered header', async (name) => {
    const sheet: Worksheet = sheetOf(await rendered(mixed()), name);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.pageSetup.printTitlesRow).toBe('1:1');
    expect(sheet.autoFilter).toMatch(/^A1:/);
    expect(sheet.getColumn(1).width).toBeGreaterThan(10);
  });
});

describe('the bytes', () => {
  const hostile = [
    '=1+1',
    '=HYPERLINK("http://x")',
    '+1',
    '-1',
    '@A1',
    '\t=1',
    '\r=1',
    '＝1',
    'http://example.com',
    '_x0041_',
  ];
  const attack = report({
    meeting: meeting({ topic: '=cmd|calc' }),
    snapshot: snapshot({
      participants: hostile.map((name, id) => person(id, { name, department: name, email: name })),
    }),
  });

  it('X3 hold no formula and no link, whatever the data', async () => {
    const files = filesOf(await render(attack));
    for (const [path, xml] of Object.entries(files)) {
      expect(xml, path).not.toMatch(/<f[ >/]/);
      expect(xml, path).not.toMatch(/<hyperlinks?[ >]|relationships\/hyperlink/);
    }
    const sheet = sheetOf(await opened(await render(attack)), 'Attendance');
    expect(sheet.getCell('A2').value).toBe('=1+1');
    expect(sheet.getCell('A2').numFmt).toBe('@');
  });

  it('X4 are refused to a number that is none', () =>
    expect(
      render(report({ judged: report().judged.map((judged) => ({ ...judged, certainSeconds: Number.NaN })) })),
    ).rejects.toThrow(RangeError));

  it('say how large each sheet is', async () => {
    const files = filesOf(await render(mixed()));
    expect(files['xl/worksheets/sheet2.xml']).toContain('<dimension ref="A1:S9"/>');
    expect(files['xl/worksheets/sheet5.xml']).toContain('<dimension ref="A1:V10"/>');
  });

  it('X7 are the same twice, and in every time zone of the machine', async () => {
    const expected = createHash('sha256')
      .update(await render(mixed()))
      .digest('hex');
    expect(
      createHash('sha256')
        .update(await render(mixed()))
        .digest('hex'),
    ).toBe(expected);
    const script = `
      import { createHash } from 'node:crypto';
      import { renderWorkbook } from './src/workbook/render.ts';
      const hash = createHash('sha256');
      const report = JSON.parse(process.env.REPORT);
      for await (const bytes of renderWorkbook(report, { locale: 'en', timeZone: 'Asia/Shanghai' })) hash.update(bytes);
      process.stdout.write(hash.digest('hex'));`;
    for (const TZ of ['UTC', 'America/St_Johns', 'Pacific/Kiritimati']) {
      const digest = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        env: { ...process.env, TZ, REPORT: JSON.stringify(mixed()) },
        encoding: 'utf8',
      });
      expect(digest, TZ).toBe(expected);
    }
  });
});
