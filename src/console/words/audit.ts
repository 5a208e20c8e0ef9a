import type { Act } from '../../domain/audit.ts';
import type { Locale } from '../../words/locale.ts';

type AuditWords = {
  title: string;
  lede: string;
  day: string;
  show: string;
  nothing: string;
  columns: Record<'time' | 'who' | 'what' | 'about', string>;
  acts: Record<Act['what'], string>;
  takenBack: string;
  /** Who is not known by name. */
  command: string;
  begun: string;
  objects: (count: number) => string;
  unreadable: string;
  previous: string;
  next: string;
};

const zh: AuditWords = {
  title: '操作记录',
  lede: '谁在何时做了什么。记录只增不改。',
  day: '日期',
  show: '查看',
  nothing: '当天没有记录',
  columns: { time: '时间', who: '人员', what: '操作', about: '对象' },
  acts: {
    'signed-in': '登录',
    connected: '连接飞书',
    asked: '请求报告',
    downloaded: '下载报告',
    decided: '作出裁定',
    're-judged': '重新判定',
    'policy-saved': '保存考勤规则',
    erased: '删除个人数据',
  },
  takenBack: '撤销裁定',
  command: '（命令行）',
  begun: '开始',
  objects: (count) => `完成：改动 ${count} 个对象`,
  unreadable: '此条记录无法读取',
  previous: '前一天',
  next: '后一天',
};

const en: AuditWords = {
  title: 'Audit trail',
  lede: 'Who did what, and when. Entries are added, never changed.',
  day: 'Day',
  show: 'Show',
  nothing: 'Nothing on this day',
  columns: { time: 'Time', who: 'Who', what: 'What', about: 'About' },
  acts: {
    'signed-in': 'Signed in',
    connected: 'Connected Feishu',
    asked: 'Asked for reports',
    downloaded: 'Downloaded a report',
    decided: 'Decided on a person',
    're-judged': 'Judged anew',
    'policy-saved': 'Saved a policy',
    erased: 'Erased a person',
  },
  takenBack: 'took the decision back',
  command: '(command line)',
  begun: 'begun',
  objects: (count) => `done: ${count} ${count === 1 ? 'object' : 'objects'} changed`,
  unreadable: 'This entry cannot be read',
  previous: 'Day before',
  next: 'Day after',
};

export const auditWords: Record<Locale, AuditWords> = { zh, en };
