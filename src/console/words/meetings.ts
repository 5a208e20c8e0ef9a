import type { Locale } from '../../words/locale.ts';
import type { StatusFilter } from '../listing.ts';

type MeetingsWords = {
  title: string;
  search: string;
  text: string;
  textHint: string;
  status: string;
  statuses: Record<StatusFilter, string>;
  find: string;
  nothing: string;
  nothingHint: string;
  older: string;
  first: string;
  weekdays: readonly string[];
  columns: Record<'time' | 'meeting' | 'required' | 'attended' | 'absent' | 'toCheck' | 'rate' | 'status', string>;
  decided: string;
  toConfirm: (decisions: number) => string;
  revision: (revision: number) => string;
  underWay: (count: number) => string;
  unreadable: string;
  untilRetry: (time: string) => string;
};

const zh: MeetingsWords = {
  title: '会议',
  search: '查找会议',
  text: '会议号或主题',
  textHint: '可输入其中一部分',
  status: '状态',
  statuses: {
    all: '全部',
    done: '已完成',
    check: '有待核实人员',
    incomplete: '数据不完整',
    'under-way': '排队中或生成中',
    waiting: '等待中',
    failed: '失败',
    skipped: '不在统计范围',
    unreadable: '状态无法读取',
  },
  find: '查找',
  nothing: '没有符合条件的会议',
  nothingHint: '会议结束后会自动出现在这里；也可以按会议号',
  older: '继续查看更早的会议',
  first: '回到最新',
  weekdays: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  columns: {
    time: '时间',
    meeting: '会议',
    required: '应到',
    attended: '已出席',
    absent: '缺席',
    toCheck: '待核实',
    rate: '出席率',
    status: '状态',
  },
  decided: '含人事裁定',
  toConfirm: (decisions) => `${decisions} 项裁定待确认`,
  revision: (revision) => `版本 ${revision}`,
  underWay: (count) => `${count} 份报告正在生成`,
  unreadable: '此任务的状态文件无法读取，请管理员检查存储桶。',
  untilRetry: (time) => `${time} 自动重试`,
};

const en: MeetingsWords = {
  title: 'Meetings',
  search: 'Find meetings',
  text: 'Number or topic',
  textHint: 'A part of it will do',
  status: 'Status',
  statuses: {
    all: 'All',
    done: 'Done',
    check: 'Somebody to check',
    incomplete: 'Data incomplete',
    'under-way': 'Queued or running',
    waiting: 'Waiting',
    failed: 'Failed',
    skipped: 'Out of scope',
    unreadable: 'Status unreadable',
  },
  find: 'Find',
  nothing: 'No meeting matches',
  nothingHint: 'Meetings appear here when they end; you can also ask by number:',
  older: 'Go on with older meetings',
  first: 'Back to the newest',
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  columns: {
    time: 'Time',
    meeting: 'Meeting',
    required: 'Required',
    attended: 'Attended',
    absent: 'Absent',
    toCheck: 'To check',
    rate: 'Rate',
    status: 'Status',
  },
  decided: 'with HR’s decisions',
  toConfirm: (decisions) => `${decisions} ${decisions === 1 ? 'decision' : 'decisions'} to confirm`,
  revision: (revision) => `revision ${revision}`,
  underWay: (count) => `${count} ${count === 1 ? 'report is' : 'reports are'} being made`,
  unreadable: 'The status object of this job cannot be read; have an administrator look at the bucket.',
  untilRetry: (time) => `tried again at ${time}`,
};

export const meetingsWords: Record<Locale, MeetingsWords> = { zh, en };
