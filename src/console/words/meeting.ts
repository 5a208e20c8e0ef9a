import type { Flag } from '../../domain/verdict.ts';
import type { Locale } from '../../words/locale.ts';
import type { Sort } from '../people.ts';

/** Facts beside a verdict that no check is made of. */
type PlainFlag = Extract<Flag, 'late' | 'left-early' | 'external' | 'not-invited' | 'attended-after-declining'>;

/** What the pages of one meeting say besides the words of the workbook. Times come as `1:05:09`. */
export type MeetingWords = {
  revision: (number: number) => string;
  newer: { text: string; open: (number: number) => string };
  waitingUntil: (moment: string) => string;
  cause: string;
  gone: string;
  unreadable: string;
  actsHint: string;
  again: Record<'anew' | 'retry', string>;
  rejudge: { label: string; same: string; broken: string };
  superseded: { title: string; text: string; open: string };
  withDecisions: (figure: string) => string;
  glance: {
    title: string;
    lede: string;
    people: (count: number) => string;
    span: string;
    time: string;
    spans: (from: string, to: string) => string;
    times: (facts: Record<'least' | 'median' | 'most', string>) => string;
    neverJoined: string;
    sampled: (each: number) => string;
  };
  legend: { when: string; howLong: string; required: (time: string) => string; breaks: string; noLength: string };
  people: {
    title: string;
    decided: string;
    check: string;
    text: string;
    textHint: string;
    all: string;
    apply: string;
    clear: string;
    shown: (facts: Record<'from' | 'to' | 'found', number>) => string;
    found: string;
    page: (page: number, pages: number) => string;
    everybody: (people: number) => string;
    overview: string;
    previous: string;
    next: string;
    why: string;
    sort: string;
    sortBy: Record<Sort, string>;
    reason: string;
    nameless: string;
    decision: string;
    picture: (certain: string, possible: string | null) => string;
  };
  departments: { more: (count: number) => string; share: (attended: number, required: number) => string };
  rooms: string;
  more: (count: number) => string;
  history: { title: string; number: string; by: string; nobody: string; at: string; status: string; current: string };
  why: {
    rule: string;
    facts: string;
    timeline: string;
    picture: (facts: Record<'from' | 'to' | 'certain' | 'possible' | 'required', string> & { rows: number }) => string;
    never: string;
    together: (time: string) => string;
    limit: (time: string) => string;
    legend: string;
    connected: (time: string) => string;
    unknown: string;
    notes: string;
    flags: Record<PlainFlag, string>;
    rows: string;
    rowsHint: string;
    sent: (text: string) => string;
  };
  decide: {
    title: string;
    lede: string;
    verdict: string;
    choose: string;
    takeBack: string;
    reason: string;
    reasonHint: (most: number) => string;
    save: string;
    missingVerdict: string;
    missingReason: string;
    longReason: (characters: number, most: number) => string;
    failed: string;
    adminsOnly: string;
    none: string;
    current: string;
  };
};

const zh: MeetingWords = {
  revision: (number) => `版本 ${number}`,
  newer: { text: '这份报告已有更新的版本。', open: (number) => `打开版本 ${number}` },
  waitingUntil: (moment) => `将于 ${moment} 自动重试。`,
  cause: '技术原因：',
  gone: '这份报告所依据的参会记录已不再保存，因此无法在此逐人查看。报告文件仍可下载。',
  unreadable: '此任务的状态无法读取。请稍后刷新；如持续出现，请联系管理员。',
  actsHint: '重新获取会再次向飞书读取参会记录，重新判定使用已获取的记录；两者都生成新版本，现有版本保留。',
  again: { anew: '重新获取并生成', retry: '重试' },
  rejudge: {
    label: '按现行规则重新判定',
    same: '已按现行规则判定。',
    broken: '现行规则无法读取，暂时不能重新判定。请在“考勤规则”页面处理。',
  },
  superseded: {
    title: '已有更新的版本',
    text: '在您查看期间，这份报告已生成更新的版本。为避免依据旧数据操作，本次操作未执行。',
    open: '打开最新版本',
  },
  withDecisions: (figure) => `计入裁定：${figure}`,
  glance: {
    title: '全员一览',
    lede: '每条横线代表一人，按结论分组、按确认时长由长到短排列；两图中同一高度为同一人。',
    people: (count) => `${count} 人`,
    span: '首次入会至最后离会',
    time: '确认时长与可能时长',
    spans: (from, to) => `最早 ${from} 入会，最晚 ${to} 离会`,
    times: ({ least, median, most }) => `确认时长 ${least} 至 ${most}，中位数 ${median}`,
    neverJoined: '无人入会',
    sampled: (each) => `人数较多：每条横线取自相邻 ${each} 人中居中的一人。`,
  },
  legend: {
    when: '上条：何时在会，自首次入会至最后离会。实色表示全程连接；淡色表示其间只有部分时间连接，飞书不提供具体时段。',
    howLong: '下条：在会多久。实色为确认时长，淡色为可能时长。',
    required: (time) => `竖线为要求时长 ${time}。`,
    breaks: '会议中断不占时间轴。',
    noLength: '这场会议的时长为零，入会即为出席，因此没有时间图。',
  },
  people: {
    title: '人员',
    decided: '已有人事裁定',
    check: '待核实事项',
    text: '搜索',
    textHint: '姓名、工号或邮箱',
    all: '全部',
    apply: '筛选',
    clear: '清除筛选',
    shown: ({ from, to, found }) => `第 ${from}–${to} 人，共 ${found} 人`,
    found: '没有符合条件的人员。',
    page: (page, pages) => `第 ${page} / ${pages} 页`,
    everybody: (people) => `查看全部 ${people} 人`,
    overview: '会议概览',
    previous: '上一页',
    next: '下一页',
    why: '查看依据',
    sort: '排序',
    sortBy: { name: '姓名', department: '部门', verdict: '结论', joined: '入会 – 离会', certain: '确认时长' },
    reason: '原因与标记',
    nameless: '（无姓名）',
    decision: '裁定',
    picture: (certain, possible) => `占会议 ${certain}${possible === null ? '' : `，最多 ${possible}`}`,
  },
  departments: {
    more: (count) => `其余 ${count} 个部门`,
    share: (attended, required) => `${attended} / ${required} 人`,
  },
  rooms: '会议室',
  more: (count) => `另有 ${count} 项，见下载的报告。`,
  history: {
    title: '版本记录',
    number: '版本',
    by: '请求人',
    nobody: '自动',
    at: '时间',
    status: '状态',
    current: '当前查看',
  },
  why: {
    rule: '适用的规则',
    facts: '认定的事实',
    timeline: '时间图',
    picture: ({ rows, from, to, certain, possible, required }) =>
      `${rows} 条记录，${from} 首次入会，${to} 最后离会；确认在会 ${certain}，最多 ${possible}，要求 ${required}。各条记录见下表。`,
    never: '没有可用的入会与离会时间，因此没有时间图。',
    together: (time) => `合计在会 ${time}`,
    limit: (time) => `要求 ${time}`,
    legend:
      '每条记录一条：实色表示全程连接，淡色表示其间只有部分时间连接，具体时段未知。最后一条为合计：实色为确认时长，淡色为可能时长。',
    connected: (time) => `连接 ${time}`,
    unknown: '时长未知',
    notes: '标记与待核实事项',
    flags: {
      late: '首次入会晚于会议开始，超过规则允许的时间。',
      'left-early': '最后离会早于会议结束，超过规则允许的时间。',
      external: '飞书将其列为企业外部人员。',
      'not-invited': '飞书未提供日程邀请的回复。',
      'attended-after-declining': '在日程中拒绝了邀请，但确认在会时长达到要求。',
    },
    rows: '原始记录',
    rowsHint: '飞书返回的每条记录对应一台设备的一次或多次连接。',
    sent: (text) => `无法识别：${text}`,
  },
  decide: {
    title: '作出裁定',
    lede: '裁定与规则得出的结论并列，不会将其覆盖。保存后生成新版报告，其中列明裁定、理由、裁定人和时间。',
    verdict: '裁定为',
    choose: '请选择',
    takeBack: '撤销现有裁定',
    reason: '理由',
    reasonHint: (most) => `必填，最多 ${most} 个字符，将写入报告。`,
    save: '保存裁定',
    missingVerdict: '请选择裁定结果。',
    missingReason: '请填写理由。',
    longReason: (characters, most) => `理由共 ${characters} 个字符，最多 ${most} 个。`,
    failed: '裁定未保存，请更正以下内容。',
    adminsOnly: '只有 CONSOLE_ADMINS 名单中的人员可以作出裁定。',
    none: '尚无人事裁定。',
    current: '现行',
  },
};

const en: MeetingWords = {
  revision: (number) => `Revision ${number}`,
  newer: { text: 'There is a newer revision of this report.', open: (number) => `Open revision ${number}` },
  waitingUntil: (moment) => `It is tried again by itself at ${moment}.`,
  cause: 'Cause:',
  gone: 'The rows behind this report are no longer kept, so its people cannot be shown here. The workbook can still be downloaded.',
  unreadable: 'The status of this job cannot be read. Reload in a while; if it lasts, tell an administrator.',
  actsHint:
    'Fetching asks Feishu for the participants anew, judging takes the rows already fetched. Both make a new revision; this one stays.',
  again: { anew: 'Fetch and make again', retry: 'Try again' },
  rejudge: {
    label: 'Judge by the policy in force',
    same: 'Judged by the policy in force.',
    broken: 'The policy in force cannot be read, so nothing can be judged by it. See the page Policy.',
  },
  superseded: {
    title: 'A newer revision has come',
    text: 'While you were looking, a newer revision of this report was made. Nothing was done, so that nothing rests on old data.',
    open: 'Open the newest revision',
  },
  withDecisions: (figure) => `With decisions: ${figure}`,
  glance: {
    title: 'Everybody at a glance',
    lede: 'Each line is one person, grouped by verdict, longest certain time first. The same height is the same person in both pictures.',
    people: (count) => (count === 1 ? '1 person' : `${count} people`),
    span: 'First join to last leave',
    time: 'Certain and possible time',
    spans: (from, to) => `First join at ${from}, last leave at ${to}`,
    times: ({ least, median, most }) => `Certain time from ${least} to ${most}, median ${median}`,
    neverJoined: 'Nobody joined',
    sampled: (each) => `So many people: each line is the middle one of ${each} neighbours.`,
  },
  legend: {
    when: 'Upper bar: when they were there, from first join to last leave. Solid: connected throughout. Pale: connected for part of it, and Feishu does not say which part.',
    howLong: 'Lower bar: for how long. Solid is certain time, pale is possible time.',
    required: (time) => `The vertical line is the required time, ${time}.`,
    breaks: 'Breaks have no place on the axis.',
    noLength: 'This meeting has no length: joining was enough, and there is nothing to draw.',
  },
  people: {
    title: 'People',
    decided: 'Decided by HR',
    check: 'To check',
    text: 'Search',
    textHint: 'Name, employee ID or email',
    all: 'All',
    apply: 'Show',
    clear: 'Clear filters',
    shown: ({ from, to, found }) => `${from}–${to} of ${found} people`,
    found: 'Nobody matches.',
    page: (page, pages) => `Page ${page} of ${pages}`,
    everybody: (people) => `Show all ${people} people`,
    overview: 'Overview of the meeting',
    previous: 'Previous',
    next: 'Next',
    why: 'Why?',
    sort: 'Sort by',
    sortBy: {
      name: 'Name',
      department: 'Department',
      verdict: 'Verdict',
      joined: 'Joined – left',
      certain: 'Certain time',
    },
    reason: 'Reason and flags',
    nameless: '(no name)',
    decision: 'HR',
    picture: (certain, possible) =>
      possible === null ? `${certain} of the meeting` : `${certain} to ${possible} of the meeting`,
  },
  departments: {
    more: (count) => `${count} more`,
    share: (attended, required) => `${attended} of ${required}`,
  },
  rooms: 'Meeting rooms',
  more: (count) => `${count} more: see the workbook.`,
  history: {
    title: 'Revisions',
    number: 'Revision',
    by: 'Requested by',
    nobody: 'Automatic',
    at: 'When',
    status: 'Status',
    current: 'shown here',
  },
  why: {
    rule: 'The rules that apply',
    facts: 'What was found',
    timeline: 'Timeline',
    picture: ({ rows, from, to, certain, possible, required }) =>
      `Rows: ${rows}. First join at ${from}, last leave at ${to}; present ${certain} for certain and ${possible} at most, ${required} required. Each row is in the table below.`,
    never: 'There is no usable join and leave time, so there is nothing to draw.',
    together: (time) => `Together: ${time}`,
    limit: (time) => `required ${time}`,
    legend:
      'One bar for each row. Solid: connected throughout. Pale: connected for part of that time, nobody knows which. The last bar is the sum: certain time solid, possible time pale.',
    connected: (time) => `connected ${time}`,
    unknown: 'time unknown',
    notes: 'Flags and points to check',
    flags: {
      late: 'The first join came later after the start than the policy allows.',
      'left-early': 'The last leave came earlier before the end than the policy allows.',
      external: 'Feishu lists this person as outside the company.',
      'not-invited': 'Feishu knows no reply to a calendar invitation.',
      'attended-after-declining': 'Declined in the calendar, and was certainly present for the required time.',
    },
    rows: 'Rows as fetched',
    rowsHint: 'Each row that Feishu sends is one device, connected once or several times.',
    sent: (text) => `Unreadable: ${text}`,
  },
  decide: {
    title: 'Decide',
    lede: 'A decision stands beside the verdict of the rules, never over it. It makes a new revision of the workbook, which shows the decision, its reason, who took it and when.',
    verdict: 'Decision',
    choose: 'Choose',
    takeBack: 'Take the decision back',
    reason: 'Reason',
    reasonHint: (most) => `Required, at most ${most} characters. It goes into the workbook.`,
    save: 'Save decision',
    missingVerdict: 'Choose a decision.',
    missingReason: 'Give a reason.',
    longReason: (characters, most) => `The reason has ${characters} characters; at most ${most} are allowed.`,
    failed: 'The decision was not saved. Correct what is marked below.',
    adminsOnly: 'Only the people listed in CONSOLE_ADMINS may decide.',
    none: 'HR has decided nothing yet.',
    current: 'in force',
  },
};

export const meetingWords: Record<Locale, MeetingWords> = { zh, en };
