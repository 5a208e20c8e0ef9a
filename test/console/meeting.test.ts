import { describe, expect, it } from 'vitest';
import type { Opened, Revision } from '../../src/console/deps.ts';
import { liveScript } from '../../src/console/live.ts';
import type { Decision } from '../../src/domain/decisions.ts';
import type { Job, JobStatus } from '../../src/domain/job.ts';
import type { Meeting, Participant } from '../../src/domain/meeting.ts';
import { type Report, toReport } from '../../src/domain/report.ts';
import { absentee, meeting, minute, participant, policy, provenance, roomRow, snapshot } from '../make.ts';
import { fakeConsole } from './fake.ts';

const jobId = '2026-11-16/6911188411934433028.1';
const path = `/meetings/${jobId}`;
const sha256 = 'ab'.repeat(32);

const reportOf = (
  participants: readonly Participant[],
  { complete = true, decisions = [] as readonly Decision[], over = {} as Partial<Meeting> } = {},
): Report =>
  toReport({
    meeting: meeting(over),
    snapshot: snapshot({ participants, complete }),
    policy: { policy: policy({ partial: { percent: 50, combine: 'both' } }), sha256 },
    provenance: provenance({ jobId }),
    decisions,
  });

const jobOf = (status: JobStatus, over: Partial<Meeting> = {}): Job => ({
  jobId,
  meeting: meeting(over),
  attempts: 1,
  updatedAt: minute(70),
  ...status,
});

const done = (report: Report): Job =>
  jobOf(
    {
      status: 'done',
      reportKey: 'reports/x',
      summary: report.summary,
      policySha256: sha256,
      complete: report.snapshot.complete,
      ...(report.decided && { decided: report.decided }),
    },
    report.meeting,
  );

const revisionOf = (job: Job | null, over: Partial<Revision> = {}): Revision => ({
  jobId,
  revision: 1,
  reason: 'on-demand',
  requestedBy: '李娜 (ou_li)',
  requestedAt: minute(65),
  job,
  ...over,
});

type World = Parameters<typeof fakeConsole>[0] & object;

/** The console with one job. */
const withJob = (
  opened: Omit<Opened, 'newest' | 'revision'> & Partial<Pick<Opened, 'newest'>> & { job: Job | null },
  { review = {}, role = 'admin' as const, ...world }: World & { role?: 'admin' | 'viewer' } = {},
) => {
  const revision = revisionOf(opened.job);
  return fakeConsole(
    {
      ...world,
      review: {
        open: async (id) => (id === jobId ? { newest: 1, ...opened, revision } : null),
        history: async () => [revision],
        ...review,
      },
    },
    role,
  );
};

const withReport = (report: Report, world: Parameters<typeof withJob>[1] = {}) =>
  withJob({ report, job: done(report) }, world);

const person = (number: number, over: Partial<Participant> = {}): Participant =>
  participant({
    name: `P${number}`,
    userId: `ou_${number}`,
    employeeId: `E${number}`,
    email: `p${number}@x.com`,
    ...over,
  });
const three = [
  person(0),
  absentee({ ...person(1), joinedAt: null, leftAt: null, connectedSeconds: null }),
  person(2, { joinedAt: minute(20), connectedSeconds: 2400 }),
];

const textOf = (html: string): string =>
  html
    .replace(/<(style|script)>.*?<\/\1>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const rowsOf = (html: string): string[] =>
  (/<table class="cards-on-phone people">.*?<\/table>/s.exec(html)?.[0].match(/<tbody>.*<\/tbody>/s)?.[0] ?? '')
    .split('</tr>')
    .slice(0, -1)
    .map(textOf);

describe('a meeting’s page', () => {
  it('says what became of everybody', async () => {
    const { get } = withReport(reportOf([...three, roomRow()]));
    const response = await get(path);
    expect(response.status).toBe(200);
    const html = await response.text();
    const text = textOf(html);
    expect(text).toContain('2026-11-16 09:00:00 – 10:00:00 (1:00:00) · Asia/Shanghai · Meeting 235812466');
    expect(text).toContain('Revision 1 · Asked for by hand · 2026-11-16 10:05:00');
    expect(text).toContain('Attendance rate 33.3%');
    expect(text).toContain('1 of 3 required people attended.');
    expect(text).toContain('Meeting room (1) Ask who sat in the room');
    expect(text).toContain('Room A The room was connected 1:00:00 between');
    expect(rowsOf(html)).toEqual([
      expect.stringContaining('P1 E1 Sales Absent Never joined; 0:45:00 required. Why?'),
      expect.stringContaining(
        'P2 E2 Sales Partial Present 0:40:00; 0:45:00 required. Partial from 0:30:00. Joined 0:20:00 after the start (5 minutes allowed). Why? Late 09:20:00 – 10:00:00 0:40:00',
      ),
      expect.stringContaining(
        'P0 E0 Sales Attended Present 1:00:00; 0:45:00 required. Why? 09:00:00 – 10:00:00 1:00:00',
      ),
    ]);
  });

  it.each([
    ['zh', '出席率', '查看依据', '占会议 66.7%'],
    ['en', 'Attendance rate', 'Why?', '66.7% of the meeting'],
  ])('speaks %s', async (locale, rate, why, picture) => {
    const html = await (await withReport(reportOf(three)).get(path, { 'accept-language': locale })).text();
    expect(textOf(html)).toContain(rate);
    expect(textOf(html)).toContain(why);
    expect(html).toContain(`aria-label="${picture}"`);
  });

  it('leads from every figure to exactly those whom it counts', async () => {
    const optional = person(3, { reply: 'tentative' });
    const { get } = withReport(reportOf([...three, optional]));
    const html = await (await get(path)).text();
    const figures = [...html.matchAll(/<dd><a href="([^"]+)">(\d+)<\/a>/g)];
    expect(figures.map(([, , count]) => count)).toEqual(['1', '1', '1']);
    for (const [, address = '', count] of figures) {
      const list = await (await get(address.replaceAll('&amp;', '&'))).text();
      expect(rowsOf(list)).toHaveLength(Number(count));
    }
  });

  it('shows HR’s decision beside the verdict, and both counts', async () => {
    const decisions: Decision[] = [
      {
        person: 'u:ou_1',
        verdict: 'attended',
        reason: 'In the room',
        by: { openId: 'ou_me', name: '王芳' },
        at: minute(90),
      },
    ];
    const html = await (await withReport(reportOf(three, { decisions })).get(path)).text();
    expect(rowsOf(html)[0]).toContain('P1 E1 Sales Absent HR Attended');
    expect(textOf(html)).toContain('33.3% With decisions: 66.7%');
    expect(textOf(html)).toContain('HR decided on 1 person: with that, 2 of 3 attended (66.7%).');
  });

  it('warns of an incomplete list and of a newer revision, on every page of the report', async () => {
    const report = reportOf(three, { complete: false });
    const { get } = withJob({ report, job: done(report), newest: 4 });
    for (const address of [path, `${path}?page=1`, `${path}/people/0`]) {
      const html = await (await get(address)).text();
      expect(textOf(html)).toContain('The participant list is INCOMPLETE.');
      expect(html).toContain('<a href="/meetings/2026-11-16/6911188411934433028.4">Open revision 4</a>');
    }
  });

  it('draws what belongs to the meeting: no breaks, and nothing where there is no length', async () => {
    const parts = [
      { instanceId: '1', startsAt: minute(0), endsAt: minute(20) },
      { instanceId: '2', startsAt: minute(40), endsAt: minute(60) },
    ];
    const restarted = reportOf([person(0, { leftAt: minute(20), connectedSeconds: 1200, part: 0 })], {
      over: { parts },
    });
    const html = await (await withReport(restarted).get(path)).text();
    expect(html).toContain('<path class="break" d="M100 0v8">');
    expect(html).toContain('<path d="M0 4h100M0 13h100">');
    expect(textOf(html)).toContain('Breaks have no place on the axis.');
    const empty = reportOf([person(0)], { over: { endsAt: minute(0) } });
    const without = await (await withReport(empty).get(path)).text();
    expect(without).not.toContain('<use');
    expect(textOf(without)).toContain('This meeting has no length');
    expect(rowsOf(without)[0]).toContain('Attended Joining was enough');
  });

  it.each([
    ['a span known to the second', { leftAt: minute(30), connectedSeconds: 1800 }, null, 'M0 4h100M0 13h100'],
    ['a span of which half is known', { connectedSeconds: 1800 }, 'M0 4h200', 'M0 13h100'],
    ['nothing but a span', { connectedSeconds: null }, 'M0 4h200M0 13h200', null],
    ['seconds that no span holds', { joinedAt: null, leftAt: null, connectedSeconds: 900 }, 'M0 13h50', null],
    ['nothing', { joinedAt: null, leftAt: null, connectedSeconds: null }, null, null],
  ])('draws %s: pale what is possible, solid what is certain', async (_, row, pale, solid) => {
    const html = await (await withReport(reportOf([person(0, row)])).get(`${path}?page=1`)).text();
    const [, picture = ''] = /<use href="#groove"><\/use>(.*?)<\/svg>/s.exec(html) ?? [];
    const drawn = [
      ...(pale === null ? [] : [`<path class="pale" d="${pale}"></path>`]),
      ...(solid === null ? [] : [`<path d="${solid}"></path>`]),
    ];
    expect(picture).toBe(drawn.join(''));
  });

  it('still tells the counts and offers the workbook when the rows are gone', async () => {
    const { get } = withJob({ report: null, job: done(reportOf(three)) });
    const html = await (await get(path)).text();
    expect(textOf(html)).toContain('The rows behind this report are no longer kept');
    expect(textOf(html)).toContain('Attendance rate 33.3%');
    expect(html).toContain(`href="${path}/download"`);
    expect((await get(`${path}/people/0`)).status).toBe(404);
  });

  it('lists every revision: why, who, when and how it stands', async () => {
    const report = reportOf(three);
    const history = [
      revisionOf(null, { jobId: '2026-11-16/6911188411934433028.2', revision: 2, reason: 're-judged' }),
      revisionOf(done(report)),
      revisionOf(jobOf({ status: 'failed', code: 'X', reason: 'r', remedy: 'm' }), {
        jobId: '2026-11-16/6911188411934433028.0',
        revision: 0,
        reason: 'meeting-ended',
        requestedBy: '',
      }),
    ];
    const { get } = withReport(report, { review: { history: async () => history } });
    const html = await (await get(path)).text();
    const table = textOf(html.slice(html.indexOf('<h2>Revisions')));
    expect(table).toContain(
      'Revision 2 Status unreadable Judged anew by HR, from the rows already fetched 李娜 (ou_li)',
    );
    expect(table).toContain(
      'Revision 1 shown here Done Asked for by hand 李娜 (ou_li) 2026-11-16 10:05:00 Download report',
    );
    expect(table).toContain('Revision 0 Failed The meeting ended Automatic');
    expect(html.match(/\/download"/g)).toHaveLength(2);
  });
});

const told = { en: 'Ask an administrator.', zh: '请联系管理员。' };

describe('a report that is not there yet', () => {
  it.each<[string, JobStatus | null, string, number | null]>([
    ['queued', { status: 'queued' }, 'Queued', 2],
    [
      'running',
      { status: 'running', pages: 3, rows: 300, expectedRows: 900 },
      '3 pages and 300 rows read of about 900',
      2,
    ],
    [
      'waiting',
      { status: 'waiting', until: minute(180), code: 'X', reason: 'Nobody has authorised.', remedy: 'Connect Feishu.' },
      'Connect Feishu. It is tried again by itself at 2026-11-16 12:00:00.',
      30,
    ],
    [
      'failed',
      { status: 'failed', code: '121005', reason: 'No permission.', remedy: 'Grant it.' },
      'Grant it. Cause: 121005: No permission.',
      null,
    ],
    ['skipped', { status: 'skipped', reason: 'Shorter than 5 minutes.' }, 'Shorter than 5 minutes.', null],
    ['unreadable', null, 'The status of this job cannot be read.', null],
  ])('%s: says so, and looks again by itself where more is to come', async (_, status, words, seconds) => {
    const { get } = withJob({ report: null, job: status && jobOf(status) });
    const html = await (await get(path)).text();
    expect(textOf(html)).toContain(words);
    expect(html).toContain(seconds === null ? '<div id="report">' : `<div id="report" data-live="${seconds}">`);
    expect(html).toMatch(/<p id="live-note" role="status"/);
    expect(html.includes(`<noscript> <a href="${path}">Reload for progress</a></noscript>`)).toBe(seconds !== null);
    expect(html).not.toContain('/download');
  });

  it.each<[string, JobStatus]>([
    ['waiting', { status: 'waiting', until: minute(180), code: 'X', reason: '原因', remedy: '处理', told }],
    ['failed', { status: 'failed', code: 'X', reason: '原因', remedy: '处理', told }],
    ['skipped', { status: 'skipped', reason: '原因', told }],
  ])('%s: tells everybody in their own language, whatever the reports are written in', async (_, status) => {
    const { get } = withJob({ report: null, job: jobOf(status) });
    expect(textOf(await (await get(path)).text())).toContain(told.en);
    expect(textOf(await (await get(`${path}?lang=zh`)).text())).toContain(told.zh);
  });

  it('becomes the whole report in the live part when it is done', async () => {
    const report = reportOf(three);
    const html = await (await withReport(report).get(path)).text();
    const live = html.slice(html.indexOf('<div id="report">'));
    for (const part of ['Attendance rate', 'Download report', 'id="people"']) expect(live).toContain(part);
  });
});

describe('the list', () => {
  const many = reportOf(
    Array.from({ length: 120 }, (_, index) => person(index, { department: index % 2 ? '销售 & 市场' : 'R&D' })),
  );

  it('has fifty people on a page, and a pager that keeps what was asked', async () => {
    const { get } = withReport(many);
    const html = await (
      await get(`${path}?department=${encodeURIComponent('销售 & 市场')}&sort=name&order=desc`)
    ).text();
    expect(textOf(html)).toContain('1–50 of 60 people');
    expect(rowsOf(html)).toHaveLength(50);
    const next = /<a href="([^"]*)">Next →/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await (await get(next)).text();
    expect(textOf(second)).toContain('51–60 of 60 people');
    expect(textOf(second)).toContain('Page 2 of 2');
    expect(rowsOf(second).at(-1)).toContain('P1 E1');
    expect(second).toContain('name="order" value="desc"');
  });

  it('tells assistive technology how it is sorted, and sorts the other way on the second click', async () => {
    const { get } = withReport(many);
    const html = await (await get(`${path}?sort=name`)).text();
    expect(html.match(/aria-sort="[a-z]+"/g)).toEqual(['aria-sort="ascending"']);
    expect(html).toContain(`aria-sort="ascending"><a href="${path}?sort=name&amp;order=desc&amp;page=1">`);
    const down = await (await get(`${path}?sort=name&order=desc`)).text();
    expect(down).toContain(`aria-sort="descending"><a href="${path}?sort=name&amp;page=1">`);
  });

  it('keeps in its form what was asked, also what nobody answers to', async () => {
    const { get } = withReport(many);
    const html = await (await get(`${path}?verdict=absent&flag=late&check=shared-id&text=%22%3E%3Cb%3E`)).text();
    for (const value of ['absent', 'late', 'shared-id'])
      expect(html).toContain(`<option value="${value}" selected="">`);
    expect(html).toContain('value="&quot;&gt;&lt;b&gt;"');
    expect(textOf(html)).toContain('Nobody matches.');
  });

  it('begins on the meeting’s page and says how to see all', async () => {
    const html = await (await withReport(many).get(path)).text();
    expect(rowsOf(html)).toHaveLength(15);
    expect(html).toContain(`<a class="button second slim" href="${path}?page=1">Show all 120 people</a>`);
  });
});

describe('a decision that HR is asked about again', () => {
  const decisions: Decision[] = [
    {
      person: 'u:ou_0',
      verdict: 'absent',
      reason: 'not seen',
      by: { openId: 'ou_hr', name: 'Li Na' },
      at: minute(120),
      beside: { kind: 'undetermined', because: 'incomplete-data' },
    },
    {
      person: 'row:7',
      verdict: 'excused',
      reason: 'ill',
      by: { openId: 'ou_hr', name: 'Li Na' },
      at: minute(120),
      saidOf: '2026-11-16/a.0',
    },
  ];
  const asked = () => withReport(reportOf([person(0)], { decisions }));

  it.each([
    [
      'en',
      'Li Na decided Absent at 2026-11-16 11:00:00, when the rules said Undetermined; the rules now say Attended.',
      'on participant row 8',
    ],
    [
      'zh',
      'Li Na于 2026-11-16 11:00:00 裁定为“缺席”，当时系统结论为“待核实”；现在系统结论为“已出席”。',
      '对 第 8 条参会记录',
    ],
  ])('is told on the meeting’s page in %s, and leads to the person', async (lang, contested, stray) => {
    const html = await (await asked().get(`${path}?lang=${lang}`)).text();
    expect(textOf(html)).toContain(contested);
    expect(textOf(html)).toContain(stray);
    const list = await (await asked().get(`${path}?check=contested-decision&lang=${lang}`)).text();
    expect(rowsOf(list)).toHaveLength(1);
    expect(textOf(await (await asked().get(`${path}/people/0?lang=${lang}`)).text())).toContain(contested);
  });

  it('that is on nobody leads to nobody', async () => {
    const html = await (await asked().get(path)).text();
    expect(html).toContain('check=contested-decision');
    expect(html).not.toContain('check=stray-decision');
    expect(rowsOf(await (await asked().get(`${path}?check=stray-decision&page=1`)).text())).toHaveLength(1);
  });
});

describe('the departments', () => {
  it('are told with HR’s decisions too, where those change them', async () => {
    const people = [
      person(0),
      absentee({ userId: 'ou_a', department: 'HR' }),
      absentee({ userId: 'ou_b', department: 'HR' }),
    ];
    const by = { openId: 'ou_hr', name: 'Li Na' };
    const decisions = [{ person: 'u:ou_a', verdict: 'attended' as const, reason: 'seen', by, at: minute(120) }];
    const text = textOf(await (await withReport(reportOf(people, { decisions })).get(path)).text());
    expect(text).toContain('0.0% · 0 of 2 · With decisions: 50.0% · 1 of 2');
    expect(text.match(/With decisions: [^A-Z]* of /g)).toHaveLength(1);
  });
});

describe('the page of one person', () => {
  it('shows the rule that decided, what was found, and every row', async () => {
    const rows = [
      person(0, { leftAt: minute(40), connectedSeconds: 1500 }),
      person(0, {
        device: 'iPhone',
        joinedAt: minute(10),
        leftAt: minute(50),
        connectedSeconds: 1500,
        leaveReason: 'hung up',
      }),
      person(0, { device: '', joinedAt: null, leftAt: null, connectedSeconds: null, unreadable: { joinTime: 'soon' } }),
    ];
    const html = await (await withReport(reportOf(rows)).get(`${path}/people/0`)).text();
    const text = textOf(html);
    expect(text).toContain('Undetermined Required; the data allow more than one verdict');
    expect(text).toContain('Present 0:25:00 for certain, 0:50:00 at most; 0:45:00 required.');
    expect(text).toContain('Expected Required because of the reply: accepted.');
    expect(text).toContain('Required time 75% of the meeting. Here: 0:45:00');
    expect(text).toContain('Partial from 50% of the meeting. Here: 0:30:00');
    expect(text).toContain('Late By more than 5 minutes, flagged only');
    expect(text).toContain('Ambiguous presence Ask the person which devices they used');
    expect(text).toContain('Times unreadable Feishu sent a time that cannot be read');
    expect(text).toContain('1 Windows 7.1.0 2026-11-16 09:00:00 2026-11-16 09:40:00 0:25:00 Accepted –');
    expect(text).toContain('2 iPhone 7.1.0 2026-11-16 09:10:00 2026-11-16 09:50:00 0:25:00 Accepted hung up');
    expect(text).toContain('3 7.1.0 Unreadable: soon – – Accepted –');
    expect(html).toContain(
      'aria-label="Rows: 3. First join at 09:00:00, last leave at 09:50:00; present 0:25:00 for certain',
    );
    expect(html).toContain('<rect class="pale" x="16.67%" y="79" width="66.67%" height="11">');
  });

  it.each(['-1', '3', '00', '01', '1.0', '1e0', '0x1', 'length', '__proto__', '%00', '9999999999', ' 1', '１'])(
    'C5 is not found for %j, which names nobody',
    async (number) => {
      const { get } = withReport(reportOf(three));
      expect((await get(`${path}/people/${encodeURIComponent(number)}`)).status).toBe(404);
    },
  );

  it.each([
    '2026-11-16/6911188411934433028.0',
    '2026-11-16/6911188411934433029.1',
    '2026-11-17/6911188411934433028.1',
    '..%2F..%2Fpolicies/current.1',
    '2026-11-16/..%2F6911188411934433028.1',
    '2026-11-16%2F6911188411934433028.1/x',
    'constructor/prototype',
  ])('C5 nothing is found, done or written for %s, which names no job of ours', async (other) => {
    const { get, post, acts } = withReport(reportOf(three));
    for (const rest of ['', '?page=1', '/download', '/people/0'])
      expect((await get(`/meetings/${other}${rest}`)).status).toBe(404);
    for (const rest of ['/again', '/rejudge', '/people/0/decision'])
      expect((await post(`/meetings/${other}${rest}`, { verdict: 'excused', reason: 'r' })).status).toBe(404);
    expect(acts).toEqual([]);
  });
});

describe('the download', () => {
  it('is written into the trail before there is a link', async () => {
    const order: string[] = [];
    const report = reportOf(three);
    const { get } = withReport(report, {
      role: 'viewer',
      audit: async (who, act) => void order.push(JSON.stringify([who, act])),
      review: {
        link: async (id) => {
          order.push(`link ${id}`);
          return 'https://bucket.test/signed?x=1&y=2';
        },
      },
    });
    const response = await get(`${path}/download`);
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://bucket.test/signed?x=1&y=2']);
    expect(order).toEqual([
      '[{"openId":"ou_me","name":"王芳"},{"what":"downloaded","jobId":"2026-11-16/6911188411934433028.1"}]',
      `link ${jobId}`,
    ]);
  });

  it('is not made when the trail cannot be written', async () => {
    const { get, errors } = withReport(reportOf(three), {
      audit: async () => {
        throw new Error('no trail');
      },
    });
    expect((await get(`${path}/download`)).status).toBe(500);
    expect(errors.map(({ message }) => message)).toEqual(['no trail']);
  });

  it('leads to the page while there is nothing to download, and leaves no trace', async () => {
    const { get, acts } = withJob({ report: null, job: jobOf({ status: 'running', pages: 1, rows: 1 }) });
    const response = await get(`${path}/download`);
    expect([response.status, response.headers.get('location'), acts]).toEqual([303, path, []]);
  });
});

describe('deciding on a person', () => {
  const said = { verdict: 'excused', reason: '  Visited a customer.\r\nConfirmed.  ' };
  const filed = { kind: 'filed', jobId: '2026-11-16/6911188411934433028.2' } as const;
  const deciding = (world: Parameters<typeof withJob>[1] = {}) => {
    const asked: unknown[] = [];
    const fake = withReport(reportOf(three), {
      review: {
        decide: async (...given) => {
          asked.push([...given, fake.acts.length]);
          return filed;
        },
      },
      ...world,
    });
    return { ...fake, asked };
  };

  it('is asked of the report with the trail written, and leads to the new revision', async () => {
    const { post, asked, acts } = deciding();
    const response = await post(`${path}/people/1/decision`, said);
    expect([response.status, response.headers.get('location')]).toEqual([303, `/meetings/${filed.jobId}`]);
    const me = { openId: 'ou_me', name: '王芳' };
    const reason = 'Visited a customer.\nConfirmed.';
    expect(asked).toEqual([[jobId, { person: 'u:ou_1', verdict: 'excused', reason }, me, 1]]);
    expect(acts).toEqual([{ who: me, act: { what: 'decided', jobId, person: 'u:ou_1', verdict: 'excused' } }]);
  });

  it('takes a decision back', async () => {
    const { post, asked } = deciding();
    expect((await post(`${path}/people/1/decision`, { verdict: 'take-back', reason: 'A mistake' })).status).toBe(303);
    expect(asked).toMatchObject([[jobId, { person: 'u:ou_1', verdict: null, reason: 'A mistake' }, {}, 1]]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['nothing', {}, ['verdict', 'reason']],
    ['no verdict', { reason: 'r' }, ['verdict']],
    ['a verdict that nobody may decide', { verdict: 'undetermined', reason: 'r' }, ['verdict']],
    ['a verdict that is none', { verdict: 'toString', reason: 'r' }, ['verdict']],
    ['no reason', { verdict: 'excused' }, ['reason']],
    ['a reason of nothing but space', { verdict: 'excused', reason: ' \r\n\u3000' }, ['reason']],
    ['a reason too long by one', { verdict: 'excused', reason: '长'.repeat(501) }, ['reason']],
  ])('is refused beside the field for %s, and keeps what was written', async (_, fields, wrong) => {
    const { post, asked, acts } = deciding();
    const response = await post(`${path}/people/1/decision`, fields);
    expect(response.status).toBe(422);
    const html = await response.text();
    const invalid = [...html.matchAll(/name="(\w+)" aria-describedby="([^"]*)" aria-invalid="true"/g)];
    expect(invalid.map(([, name]) => name)).toEqual(wrong);
    for (const [, name, described] of invalid) {
      expect(described?.split(' ')).toContain(`${name}-error`);
      expect(html).toContain(`id="${name}-error"`);
    }
    if (fields.verdict === 'excused') expect(html).toContain('<option value="excused" selected="">');
    expect(html).toContain(`${(fields.reason ?? '').trim()}</textarea>`);
    expect([asked, acts]).toEqual([[], []]);
  });

  it.each([
    ['five hundred letters', '😀'.repeat(500)],
    ['line breaks, which count once', `${'a\r\n'.repeat(249)}aa`],
  ])('takes a reason of %s', async (_, reason) => {
    expect((await deciding().post(`${path}/people/1/decision`, { verdict: 'excused', reason })).status).toBe(303);
  });

  it('says that somebody was faster, and where to look', async () => {
    const { post } = deciding({ review: { decide: async () => ({ ...filed, kind: 'superseded' }) } });
    const response = await post(`${path}/people/1/decision`, said);
    expect(response.status).toBe(409);
    const html = await response.text();
    expect(textOf(html)).toContain('A newer revision has come');
    expect(html).toContain(`href="/meetings/${filed.jobId}"`);
  });

  it('finds nothing when the report has gone since', async () => {
    const { post } = deciding({ review: { decide: async () => null } });
    expect((await post(`${path}/people/1/decision`, said)).status).toBe(404);
  });

  it('shows who decided what and when, the last first, and offers to take back only what is in force', async () => {
    const decision = (verdict: Decision['verdict'], reason: string, at: number): Decision => ({
      person: 'u:ou_1',
      verdict,
      reason,
      by: { openId: 'ou_hr', name: '赵敏' },
      at: minute(at),
    });
    const first = [decision('excused', 'Customer visit', 80), decision(null, 'Wrong person', 81)];
    const other = { ...decision('absent', 'Somebody else', 82), person: 'u:ou_2' };
    const page = async (decisions: Decision[]) =>
      (await withReport(reportOf(three, { decisions })).get(`${path}/people/1`)).text();
    const taken = await page([...first, other]);
    expect(textOf(taken)).toContain(
      'Decisions by HR decision taken back Wrong person 赵敏 (ou_hr) · 2026-11-16 10:21:00 Excused Customer visit 赵敏 (ou_hr) · 2026-11-16 10:20:00',
    );
    expect(taken).not.toContain('Somebody else');
    expect(taken).not.toContain('value="take-back"');
    const again = await page([...first, decision('attended', 'In the room', 83)]);
    expect(textOf(again)).toContain(
      'Absent Required; never joined. Never joined; 0:45:00 required. HR decision Attended In the room',
    );
    expect(textOf(again)).toContain('Attended in force In the room');
    expect(again).toContain('value="take-back"');
  });
});

describe('making a report again', () => {
  it.each([
    ['a viewer', 'viewer' as const],
    ['an admin', 'admin' as const],
  ])('is for %s, and leads to the new revision', async (_, role) => {
    const asked: unknown[] = [];
    const { post, acts } = withReport(reportOf(three), {
      role,
      review: {
        again: async (...given) => {
          asked.push([...given, acts.length]);
          return { kind: 'filed', jobId: '2026-11-16/6911188411934433028.2' };
        },
      },
    });
    const response = await post(`${path}/again`, {});
    expect([response.status, response.headers.get('location')]).toEqual([
      303,
      '/meetings/2026-11-16/6911188411934433028.2',
    ]);
    expect(asked).toEqual([[jobId, { openId: 'ou_me', name: '王芳' }, 1]]);
    expect(acts).toMatchObject([{ act: { what: 'asked', instanceIds: ['6911188411934433028'] } }]);
  });

  it.each<[string, JobStatus, string | null]>([
    ['fetched anew when it is done', { status: 'skipped', reason: 'r' }, 'Fetch and make again'],
    ['tried again when it failed', { status: 'failed', code: 'X', reason: 'r', remedy: 'm' }, 'Try again'],
    ['tried again when it waits', { status: 'waiting', until: 0, code: 'X', reason: 'r' }, 'Try again'],
    ['left alone while it runs', { status: 'running', pages: 0, rows: 0 }, null],
    ['left alone while it is queued', { status: 'queued' }, null],
  ])('is offered: %s', async (_, status, label) => {
    const html = await (await withJob({ report: null, job: jobOf(status) }).get(path)).text();
    expect(/action="[^"]*\/again">.*?<button[^>]*>([^<]*)</s.exec(html)?.[1] ?? null).toBe(label);
  });

  it('is not offered on an older revision', async () => {
    const report = reportOf(three);
    const html = await (await withJob({ report, job: done(report), newest: 2 }).get(path)).text();
    expect(html).not.toMatch(/action="[^"]*\/(again|rejudge)"/);
  });
});

describe('judging by the policy in force', () => {
  const policyOf = (hash: string) => ({
    read: async () => ({ version: { policy: policy(), sha256: hash }, etag: '' }),
  });

  it('is written into the trail with the policy, then done', async () => {
    const asked: unknown[] = [];
    const { post, acts } = withReport(reportOf(three), {
      policy: policyOf('cd'.repeat(32)),
      review: {
        rejudge: async (...given) => {
          asked.push([...given, acts.length]);
          return { kind: 'filed', jobId: '2026-11-16/6911188411934433028.2' };
        },
      },
    });
    expect((await post(`${path}/rejudge`, {})).status).toBe(303);
    expect(asked).toEqual([[jobId, { openId: 'ou_me', name: '王芳' }, 1]]);
    expect(acts).toMatchObject([{ act: { what: 're-judged', jobIds: [jobId], policySha256: 'cd'.repeat(32) } }]);
  });

  it.each([
    ['another policy', policyOf('cd'.repeat(32)), 'Judge by the policy in force', true],
    ['the same policy', policyOf(sha256), 'Judged by the policy in force.', false],
    [
      'none that can be read',
      { read: async () => ({ problem: 'p', etag: '' }) },
      'The policy in force cannot be read',
      false,
    ],
  ])('is offered where %s is in force', async (_, policy, words, isOffered) => {
    const html = await (await withReport(reportOf(three), { policy }).get(path)).text();
    expect(textOf(html)).toContain(words);
    expect(html.includes('/rejudge"')).toBe(isOffered);
  });

  it('does nothing when the policy cannot be read', async () => {
    const policy = { read: async () => ({ problem: 'p', etag: '' }) };
    const { post, acts } = withReport(reportOf(three), { policy });
    expect((await post(`${path}/rejudge`, {})).status).toBe(303);
    expect(acts).toEqual([]);
  });
});

describe('a viewer', () => {
  it.each(['/rejudge', '/people/1/decision'])('may not %s', async (act) => {
    const { post, acts } = withReport(reportOf(three), { role: 'viewer' });
    expect((await post(`${path}${act}`, { verdict: 'excused', reason: 'r' })).status).toBe(403);
    expect(acts).toEqual([]);
  });

  it('is offered neither, and is told who may decide', async () => {
    const { get } = withReport(reportOf(three), { role: 'viewer' });
    expect(await (await get(path)).text()).not.toContain('/rejudge');
    const html = await (await get(`${path}/people/1`)).text();
    expect(html).not.toContain('/decision');
    expect(textOf(html)).toContain('Only the people listed in CONSOLE_ADMINS may decide.');
  });
});

describe('hostile texts', () => {
  const hostile = `"><img src=x onerror=alert(1)><script>alert(2)</script></td></svg>'\u202e&lt;`;
  const rows = [
    person(0, {
      name: hostile,
      department: hostile,
      employeeId: hostile,
      email: hostile,
      userId: hostile,
      device: hostile,
      appVersion: hostile,
      leaveReason: hostile,
      leftAt: null,
      connectedSeconds: null,
      unreadable: { leaveTime: hostile, timeInMeeting: hostile },
    }),
    person(1, { department: 'Other' }),
    roomRow({ name: hostile, meetingRoomId: hostile }),
  ];
  const by = { openId: hostile, name: hostile };
  const decisions: Decision[] = [{ person: `u:${hostile}`, verdict: 'absent', reason: hostile, by, at: minute(90) }];
  const report = {
    ...reportOf(rows, { decisions, over: { topic: hostile, meetingNo: hostile } }),
    policy: { policy: policy({ name: hostile }), sha256 },
  };

  /** What a browser makes elements of. */
  const tags = (html: string) => [...html.matchAll(/<([a-z][^\s/>]*)([^>]*)>/gi)];

  const expectHarmless = async (response: Response) => {
    const html = (await response.text()).replace(/<style>.*?<\/style>/s, '');
    expect(html.match(/<script>.*?<\/script>/gs)).toEqual([`<script>${liveScript}</script>`]);
    for (const [, name = '', attributes = ''] of tags(html.replace(liveScript, ''))) {
      expect(name.toLowerCase()).not.toBe('img');
      expect(attributes.replace(/"[^"]*"/g, '""')).not.toMatch(/\s(on\w+|style)=/i);
    }
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  };

  it.each([
    '',
    '?page=1',
    `?text=${encodeURIComponent(hostile)}&department=${encodeURIComponent(hostile)}`,
    '/people/0',
  ])('C6 stay texts at %s', async (rest) => {
    const history = [revisionOf(done(report), { requestedBy: hostile })];
    await expectHarmless(await withReport(report, { review: { history: async () => history } }).get(`${path}${rest}`));
  });

  it('C6 stay texts in a form that comes back', async () => {
    await expectHarmless(
      await withReport(report).post(`${path}/people/0/decision`, { verdict: hostile, reason: hostile }),
    );
  });

  it.each<JobStatus>([
    { status: 'failed', code: hostile, reason: hostile, remedy: hostile },
    { status: 'waiting', until: 0, code: hostile, reason: hostile, remedy: hostile },
    { status: 'skipped', reason: hostile },
  ])('C6 stay texts in a job that $status', async (status) => {
    await expectHarmless(await withJob({ report: null, job: jobOf(status, { topic: hostile }) }).get(path));
  });
});

describe('1,200 people with long names', () => {
  const long = (number: number, text: string) =>
    `${text}（华东区域客户成功与数字化运营中心高级项目经理 ${number}）`.repeat(3);
  const report = reportOf(
    Array.from({ length: 1200 }, (_, index) =>
      person(index, {
        name: long(index, '欧阳'),
        department: long(index % 120, '部门'),
        joinedAt: minute(0) + ((index * 7919) % 1500),
        leftAt: minute(60) - ((index * 104_729) % 1500),
        connectedSeconds: (index * 15_485_863) % 3600,
        reply: index % 5 === 0 ? 'declined' : 'accepted',
      }),
    ),
  );

  it.each(['', '?verdict=insufficient', '?sort=name', '/people/7'])('fit into 60 KB at %s', async (rest) => {
    const { get } = withReport(report);
    for (const locale of ['zh', 'en']) {
      const html = await (await get(`${path}${rest}`, { 'accept-language': locale })).text();
      expect(Buffer.byteLength(html)).toBeLessThan(60_000);
    }
  });

  it('are all in the picture', async () => {
    const ordinary = reportOf(
      Array.from({ length: 1200 }, (_, index) =>
        person(index, {
          joinedAt: minute(0) + ((index * 7919) % 300),
          connectedSeconds: 3600 - ((index * 7919) % 300),
        }),
      ),
    );
    const html = await (await withReport(ordinary).get(path)).text();
    expect(html.match(/<svg viewBox="0 0 100 1200"/g)).toHaveLength(2);
    expect(html).toContain('role="img" aria-label="First join at 09:00:00, last leave at 10:00:00"');
    expect(html).toContain('role="img" aria-label="Certain time from 0:55:01 to 1:00:00, median 0:57:31"');
    expect(textOf(html)).not.toContain('So many people');
  });

  it.each([
    ['names', { name: 'x'.repeat(100_000) }],
    ['departments', { department: '&'.repeat(100_000) }],
    ['devices', { device: '"'.repeat(100_000), leaveReason: 'y'.repeat(100_000) }],
    ['unreadable times', { joinedAt: null, unreadable: { joinTime: 'z'.repeat(100_000) } }],
  ])('cannot be made endless by their %s', async (_, row) => {
    const endless = reportOf(Array.from({ length: 60 }, (_, index) => person(index, row)));
    for (const rest of ['', '?page=1', '/people/7'])
      expect((await (await withReport(endless).get(`${path}${rest}`)).text()).length).toBeLessThan(80_000);
  });
});
