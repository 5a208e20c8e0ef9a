import type { Source } from '../../domain/scope.ts';
import type { Locale } from '../../words/locale.ts';

type PolicyWords = {
  title: string;
  lede: string;
  edit: string;
  rejudge: string;
  inForce: string;
  builtIn: string;
  elsewhere: string;
  savedBy: (facts: { name: string; time: string }) => string;
  saved: string;
  savedHint: string;
  unreadable: { title: string; text: string; admin: string; viewer: string };
  sections: Record<'rules' | 'expectations' | 'exceptions' | 'scope' | 'restarts' | 'history', string>;
  reply: string;
  expected: string;
  /** What an exception sets. */
  sets: string;
  /** A name and what is said of it. */
  pair: (label: string, text: string) => string;
  meanings: Record<'minimum' | 'partial' | 'late' | 'leftEarly', string>;
  exceptionsHint: string;
  noExceptions: string;
  exception: (position: number) => string;
  forMeetings: (match: string) => string;
  nothingSet: string;
  everyMeeting: string;
  onlyMeetings: string;
  scope: {
    minMinutes: (minutes: number) => string;
    minPeople: (people: number) => string;
    sources: (names: readonly string[]) => string;
    meetingNos: (numbers: readonly string[]) => string;
    topicWords: (words: readonly string[]) => string;
  };
  sources: Record<Source, string>;
  restarts: (minutes: number) => string;
  noRestarts: string;
  version: { title: string; hint: string; useAsDraft: string; sameAsInForce: string };
  history: { empty: string; columns: Record<'name' | 'version' | 'by' | 'at', string> };
  difference: {
    title: string;
    columns: Record<'rule' | 'inForce' | 'draft', string>;
    this: string;
    notThere: string;
    onlyInForm: string;
  };
  form: {
    title: string;
    lede: string;
    asJson: string;
    asForm: string;
    json: string;
    jsonHint: string;
    /** Names of the policy's keys; those that the workbook names too are not here. */
    keys: Record<
      | 'name'
      | 'percent'
      | 'minutes'
      | 'combine'
      | 'partial'
      | 'graceMinutes'
      | 'countsAs'
      | 'expectations'
      | 'match'
      | 'meetingNo'
      | 'topicContains'
      | 'ownerOpenId'
      | 'scope'
      | 'minMinutes'
      | 'minPeople'
      | 'sources'
      | 'meetingNos'
      | 'topicWords'
      | 'restarts'
      | 'withinMinutes',
      string
    >;
    combines: Record<'both' | 'either', string>;
    partials: Record<'none' | 'own', string>;
    scopes: Record<'all' | 'own', string>;
    restarts: Record<'standard' | 'own', string>;
    asPolicy: string;
    topicHint: string;
    sourcesHint: string;
    meetingNosHint: string;
    topicWordsHint: string;
    minPeopleHint: string;
    matchHint: string;
    add: string;
    addHint: string;
    addMore: string;
    open: string;
    up: string;
    remove: string;
    check: string;
    save: string;
    item: (position: number) => string;
  };
  problems: {
    title: (count: number) => string;
    json: (facts: { line: number; column: number }) => string;
    twice: (facts: { key: string; line: number; column: number }) => string;
  };
  checked: Record<'good' | 'unchanged', string>;
  trying: {
    title: string;
    lede: string;
    meeting: string;
    choose: string;
    jobId: string;
    jobIdHint: string;
    go: string;
    noneChosen: string;
    notPossible: string;
    result: string;
    nobody: string;
    people: (count: number) => string;
    counts: string;
    before: string;
    after: string;
    required: string;
    person: string;
    group: (facts: { before: string; after: string; people: number }) => string;
    range: (facts: { from: number; to: number; of: number }) => string;
    incomplete: string;
    decided: (verdict: string) => string;
    back: string;
    previous: string;
    next: string;
    nothingSaved: string;
  };
  conflict: {
    title: string;
    text: string;
    by: (facts: { name: string; time: string }) => string;
    go: string;
    save: string;
  };
  rejudging: {
    title: string;
    lede: string;
    show: string;
    none: string;
    all: string;
    columns: Record<'meeting' | 'time' | 'policy', string>;
    byThis: string;
    byOther: string;
    go: string;
    goHint: string;
    nothingChosen: string;
    tooMany: (most: number) => string;
    done: string;
    filed: (count: number) => string;
    superseded: (count: number) => string;
    notPossible: (count: number) => string;
    broken: (count: number) => string;
    again: string;
  };
};

const zh: PolicyWords = {
  title: '考勤规则',
  lede: '每场会议结束后，按以下规则判定每个人的考勤。',
  edit: '修改规则',
  rejudge: '重新判定历史会议',
  inForce: '现行规则',
  builtIn: '尚未保存过规则，正在使用内置的默认规则。',
  elsewhere: '此版本未经本站保存，可能是直接写入存储桶的。',
  savedBy: ({ name, time }) => `${name} 于 ${time} 保存`,
  saved: '已保存，此后结束的会议按此规则判定。',
  savedHint: '已生成的报告不会自动改变。',
  unreadable: {
    title: '现行规则无法读取',
    text: '规则文件有误。修正之前，新的报告会保持等待。',
    admin: '您可以填写并保存一份规则，替换该文件；等待中的报告随后自动继续。',
    viewer: '请联系 CONSOLE_ADMINS 名单中的人员修正。',
  },
  sections: {
    rules: '判定标准',
    expectations: '谁应到',
    exceptions: '特例',
    scope: '统计范围',
    restarts: '中断后重开的会议',
    history: '历史版本',
  },
  reply: '日程回复',
  expected: '应到',
  sets: '另行规定的规则',
  pair: (label, text) => `${label}：${text}`,
  meanings: {
    minimum: '确认在会达到此时长，即为“已出席”。',
    partial: '应到人员未达到要求时长、但达到此时长，即为“部分出席”。',
    late: '从会议开始到首次入会。',
    leftEarly: '从最后离会到会议结束。',
  },
  exceptionsHint: '一场会议只适用第一个符合的特例；未写明的各项仍按上述规则。',
  noExceptions: '没有特例，所有会议适用同一规则。',
  exception: (position) => `特例 ${position}`,
  forMeetings: (match) => `${match}的会议`,
  nothingSet: '与上述规则相同',
  everyMeeting: '所有会议都会自动生成报告。',
  onlyMeetings: '只为同时符合以下条件的会议自动生成报告：',
  scope: {
    minMinutes: (minutes) => `会议时长不少于 ${minutes} 分钟`,
    minPeople: (people) => `入会人数不少于 ${people} 人（会议室不计）`,
    sources: (names) => `会议来源为${names.join('、')}`,
    meetingNos: (numbers) => `会议号为 ${numbers.join('、')}`,
    topicWords: (words) => `主题包含${words.map((word) => `“${word}”`).join('或')}（不区分大小写）`,
  },
  sources: {
    calendar: '日历会议',
    instant: '即时会议',
    interview: '面试',
    openPlatform: '开放平台创建的会议',
    other: '其他',
  },
  restarts: (minutes) => `同一会议号在结束后 ${minutes} 分钟内再次开始，视为同一场会议；中断时间不计入会议时长。`,
  noRestarts: '同一会议号再次开始，一律视为另一场会议。',
  version: {
    title: '规则版本',
    hint: '保存过的版本，不一定正在使用。',
    useAsDraft: '以此版本为草稿',
    sameAsInForce: '这就是现行规则。',
  },
  history: {
    empty: '还没有保存过规则。',
    columns: { name: '名称', version: '版本', by: '保存人', at: '保存时间' },
  },
  difference: {
    title: '与现行规则的差别',
    columns: { rule: '规则', inForce: '现行', draft: '草稿' },
    this: '此版本',
    notThere: '无',
    onlyInForm: '规则含义相同，仅写法不同。',
  },
  form: {
    title: '修改考勤规则',
    lede: '可以先检查、再用历史会议试算；点击“保存并生效”之前不会有任何改变。',
    asJson: '以 JSON 编辑',
    asForm: '以表单编辑',
    json: '规则（JSON）',
    jsonHint: '省略的项取默认值。',
    keys: {
      name: '规则名称',
      percent: '占会议时长的百分比',
      minutes: '分钟数',
      combine: '两项都填写时',
      partial: '是否使用',
      graceMinutes: '允许的分钟数',
      countsAs: '超过时',
      expectations: '各种日程回复的人员是否应到',
      match: '适用于哪些会议',
      meetingNo: '会议号',
      topicContains: '主题包含',
      ownerOpenId: '会议所有者的 open_id',
      scope: '自动生成报告的会议',
      minMinutes: '会议时长至少（分钟）',
      minPeople: '入会人数至少',
      sources: '会议来源',
      meetingNos: '会议号',
      topicWords: '主题包含任一词语',
      restarts: '同一会议号再次开始',
      withinMinutes: '间隔不超过（分钟）',
    },
    combines: { both: '取较高者', either: '取较低者' },
    partials: { none: '不使用', own: '使用' },
    scopes: { all: '所有会议', own: '只限符合条件的会议' },
    restarts: { standard: '15 分钟内视为同一场会议', own: '另行规定' },
    asPolicy: '与规则相同',
    topicHint: '区分大小写。',
    sourcesHint: '都不勾选则不限。',
    meetingNosHint: '每行一个；留空则不限。',
    topicWordsHint: '每行一个；留空则不限。',
    minPeopleHint: '会议室不计；留空则不限。',
    matchHint: '填写的各项须同时符合。',
    add: '添加特例',
    addHint: '添加后点击“检查”，可继续添加下一个。',
    addMore: '加入并继续添加',
    open: '修改',
    up: '上移',
    remove: '删除此特例',
    check: '检查',
    save: '保存并生效',
    item: (position) => `第 ${position} 项`,
  },
  problems: {
    title: (count) => `有 ${count} 处需要修改`,
    json: ({ line, column }) => `不是有效的 JSON：问题在第 ${line} 行第 ${column} 列`,
    twice: ({ key, line, column }) => `“${key}”重复出现：第 ${line} 行第 ${column} 列`,
  },
  checked: {
    good: '检查通过，尚未保存。',
    unchanged: '与现行规则完全相同，无需保存。',
  },
  trying: {
    title: '用历史会议试算',
    lede: '按草稿重新计算一场已有报告的会议，查看谁的结论会改变。使用已获取的记录，不会保存任何内容。',
    meeting: '最近的会议',
    choose: '请选择',
    jobId: '或填写报告编号',
    jobIdHint: '见会议页面地址中 /meetings/ 之后的部分。',
    go: '试算',
    noneChosen: '请选择一场会议，或填写报告编号',
    notPossible: '无法试算：没有此报告、报告尚未完成，或其记录已不再保存',
    result: '试算结果',
    nobody: '没有人的结论会改变。',
    people: (count) => `${count} 人的结论会改变`,
    counts: '人数对比',
    before: '现在',
    after: '按草稿',
    required: '应到人数',
    person: '姓名',
    group: ({ before, after, people }) => `${before} → ${after}：${people} 人`,
    range: ({ from, to, of }) => `第 ${from}–${to} 人，共 ${of} 人`,
    incomplete: '此会议的名单不完整，未对任何人作出不利认定。',
    decided: (verdict) => `人事裁定为“${verdict}”，不受规则影响。`,
    back: '返回编辑',
    previous: '上一页',
    next: '下一页',
    nothingSaved: '这只是试算，没有保存任何内容。',
  },
  conflict: {
    title: '您编辑期间，规则已被他人修改',
    text: '您的草稿还在，尚未保存。请对照差别后决定。',
    by: ({ name, time }) => `${name} 于 ${time} 保存了现行规则。`,
    go: '继续编辑我的草稿',
    save: '用我的草稿替换',
  },
  rejudging: {
    title: '重新判定历史会议',
    lede: '用现行规则和已获取的记录重新判定所选会议，各生成一个新的报告版本。原报告和人事裁定都会保留。',
    show: '查看',
    none: '这些天没有已完成的报告。',
    all: '全选本页',
    columns: { meeting: '会议', time: '开始时间', policy: '目前采用' },
    byThis: '现行规则',
    byOther: '其他规则',
    go: '重新判定所选会议',
    goHint: '不会向飞书请求任何数据。',
    nothingChosen: '请至少选择一场会议',
    tooMany: (most) => `一次最多选择 ${most} 场会议`,
    done: '重新判定',
    filed: (count) => `已开始重新判定（${count}）`,
    superseded: (count) => `已有更新的报告，未作处理（${count}）`,
    notPossible: (count) => `无法重新判定：没有此报告、尚未完成，或其记录已不再保存（${count}）`,
    broken: (count) => `系统出现故障，未能确认是否已开始，请稍后再试（${count}）`,
    again: '继续选择会议',
  },
};

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const en: PolicyWords = {
  title: 'Attendance policy',
  lede: 'When a meeting ends, everybody’s attendance is judged by these rules.',
  edit: 'Edit the policy',
  rejudge: 'Judge past meetings anew',
  inForce: 'In force',
  builtIn: 'No policy has been saved yet: these are the built-in rules.',
  elsewhere: 'This version was not saved on this site; it may have been put into the bucket directly.',
  savedBy: ({ name, time }) => `Saved by ${name} on ${time}`,
  saved: 'Saved. Meetings that end from now on are judged by it.',
  savedHint: 'Reports that are there do not change by themselves.',
  unreadable: {
    title: 'The policy in force cannot be read',
    text: 'Its file is not right. Until that is put right, new reports wait.',
    admin: 'Fill in a policy and save it to replace the file; what waits then goes on by itself.',
    viewer: 'Ask one of the people in CONSOLE_ADMINS to put it right.',
  },
  sections: {
    rules: 'How people are judged',
    expectations: 'Who is expected',
    exceptions: 'Exceptions',
    scope: 'Which meetings get a report',
    restarts: 'Meetings that are begun again',
    history: 'Versions',
  },
  reply: 'Calendar reply',
  expected: 'Expected',
  sets: 'What differs',
  pair: (label, text) => `${label}: ${text}`,
  meanings: {
    minimum: 'Whoever was certainly present for so long has attended.',
    partial: 'A required person with less than the required time, but at least this, counts as partial.',
    late: 'From the start of the meeting to the first join.',
    leftEarly: 'From the last leave to the end of the meeting.',
  },
  exceptionsHint: 'Only the first exception that fits a meeting counts; whatever it does not set is as above.',
  noExceptions: 'None: every meeting is judged by the same rules.',
  exception: (position) => `Exception ${position}`,
  forMeetings: (match) => `For meetings whose ${match}`,
  nothingSet: 'Nothing differs from the rules above',
  everyMeeting: 'Every meeting gets a report by itself.',
  onlyMeetings: 'Only meetings for which all of this is true get a report by themselves:',
  scope: {
    minMinutes: (minutes) => `the meeting lasted at least ${plural(minutes, 'minute', 'minutes')}`,
    minPeople: (people) => `at least ${plural(people, 'person', 'people')} joined (rooms not counted)`,
    sources: (names) => `the meeting is one of: ${names.join(', ')}`,
    meetingNos: (numbers) => `the meeting number is ${numbers.join(' or ')}`,
    topicWords: (words) =>
      `the topic contains ${words.map((word) => `“${word}”`).join(' or ')}, in upper or lower case`,
  },
  sources: {
    calendar: 'calendar meeting',
    instant: 'instant meeting',
    interview: 'interview',
    openPlatform: 'meeting made through the open platform',
    other: 'other',
  },
  restarts: (minutes) =>
    `A meeting that is begun again under the same number within ${plural(minutes, 'minute', 'minutes')} of its end is one meeting; the break does not count.`,
  noRestarts: 'A meeting that is begun again under the same number is always another meeting.',
  version: {
    title: 'A version of the policy',
    hint: 'It was saved once; another may be in force.',
    useAsDraft: 'Use as a draft',
    sameAsInForce: 'This version is in force.',
  },
  history: {
    empty: 'No policy has been saved yet.',
    columns: { name: 'Name', version: 'Version', by: 'Saved by', at: 'Saved on' },
  },
  difference: {
    title: 'What differs from the policy in force',
    columns: { rule: 'Rule', inForce: 'In force', draft: 'Draft' },
    this: 'This version',
    notThere: 'None',
    onlyInForm: 'The rules mean the same; they are only written differently.',
  },
  form: {
    title: 'Edit the policy',
    lede: 'Check it, and try it on past meetings. Nothing changes until you save.',
    asJson: 'Edit as JSON',
    asForm: 'Edit as a form',
    json: 'Policy (JSON)',
    jsonHint: 'Keys left out take their defaults.',
    keys: {
      name: 'Name of the policy',
      percent: 'Percent of the meeting',
      minutes: 'Minutes',
      combine: 'When both are given',
      partial: 'Is it used?',
      graceMinutes: 'Minutes allowed',
      countsAs: 'Beyond that',
      expectations: 'Who is expected, by calendar reply',
      match: 'Which meetings',
      meetingNo: 'Meeting number',
      topicContains: 'Topic contains',
      ownerOpenId: 'open_id of the owner',
      scope: 'Meetings that get a report by themselves',
      minMinutes: 'Minutes, at least',
      minPeople: 'People who joined, at least',
      sources: 'Kinds of meeting',
      meetingNos: 'Meeting numbers',
      topicWords: 'Topic contains any of',
      restarts: 'Begun again under the same number',
      withinMinutes: 'Within minutes',
    },
    combines: { both: 'the higher counts', either: 'the lower counts' },
    partials: { none: 'Not used', own: 'Used' },
    scopes: { all: 'Every meeting', own: 'Only meetings that fit' },
    restarts: { standard: 'One meeting within 15 minutes', own: 'Another limit' },
    asPolicy: 'As in the policy',
    topicHint: 'Upper and lower case count.',
    sourcesHint: 'Tick none for any.',
    meetingNosHint: 'One a line; empty for any.',
    topicWordsHint: 'One a line; empty for any.',
    minPeopleHint: 'Rooms do not count; empty for any.',
    matchHint: 'A meeting must fit everything that is filled in.',
    add: 'Add an exception',
    addHint: 'Checking adds it, and offers the next.',
    addMore: 'Add it, and another',
    open: 'Edit',
    up: 'Move up',
    remove: 'Remove this exception',
    check: 'Check',
    save: 'Save and put in force',
    item: (position) => `item ${position}`,
  },
  problems: {
    title: (count) => `${plural(count, 'thing needs', 'things need')} correcting`,
    json: ({ line, column }) => `This is not JSON: see line ${line}, column ${column}`,
    twice: ({ key, line, column }) => `“${key}” is there twice: line ${line}, column ${column}`,
  },
  checked: {
    good: 'All is well. It is not saved yet.',
    unchanged: 'This is exactly the policy in force; there is nothing to save.',
  },
  trying: {
    title: 'Try it on a past meeting',
    lede: 'Judges a meeting that has its report by the draft, to see whose verdict would change. It uses the rows fetched then and saves nothing.',
    meeting: 'Recent meetings',
    choose: 'Choose one',
    jobId: 'or the id of a report',
    jobIdHint: 'What follows /meetings/ in the address of its page.',
    go: 'Try it',
    noneChosen: 'Choose a meeting or enter the id of a report',
    notPossible: 'Not possible: there is no such report, it is not done yet, or its rows are no longer kept',
    result: 'Trial',
    nobody: 'Nobody’s verdict would change.',
    people: (count) => `${plural(count, 'person’s verdict', 'people’s verdicts')} would change`,
    counts: 'Counts',
    before: 'Now',
    after: 'By the draft',
    required: 'Required',
    person: 'Name',
    group: ({ before, after, people }) => `${before} → ${after}: ${people}`,
    range: ({ from, to, of }) => `${from}–${to} of ${of}`,
    incomplete: 'The list of this meeting is incomplete, so nobody is accused of anything.',
    decided: (verdict) => `HR decided “${verdict}”; no policy changes that.`,
    back: 'Back to editing',
    previous: 'Previous',
    next: 'Next',
    nothingSaved: 'This was a trial: nothing has been saved.',
  },
  conflict: {
    title: 'Somebody changed the policy meanwhile',
    text: 'Your draft is still here and is not saved. Compare the two, then decide.',
    by: ({ name, time }) => `${name} saved the policy in force on ${time}.`,
    go: 'Go on with my draft',
    save: 'Replace it with my draft',
  },
  rejudging: {
    title: 'Judge past meetings anew',
    lede: 'Judges the chosen meetings by the policy in force, from the rows fetched then. Each gets a new revision of its report; earlier ones and HR’s decisions stay.',
    show: 'Show',
    none: 'No report was finished for these days.',
    all: 'Tick all on this page',
    columns: { meeting: 'Meeting', time: 'Began', policy: 'Judged by' },
    byThis: 'the policy in force',
    byOther: 'another policy',
    go: 'Judge the chosen ones anew',
    goHint: 'Feishu is not asked for anything.',
    nothingChosen: 'Choose at least one meeting',
    tooMany: (most) => `Choose at most ${most} meetings at a time`,
    done: 'Judged anew',
    filed: (count) => `Under way (${count})`,
    superseded: (count) => `Nothing done: a newer report is there (${count})`,
    notPossible: (count) => `Not possible: no such report, not done yet, or its rows are no longer kept (${count})`,
    broken: (count) => `Something is wrong on our side; it may not have begun, so try again (${count})`,
    again: 'Choose more meetings',
  },
};

export const policyWords: Record<Locale, PolicyWords> = { zh, en };
