import type { Locale } from '../../words/locale.ts';

type AskWords = {
  title: string;
  lede: string;
  number: string;
  numberHint: string;
  badNumber: string;
  find: string;
  found: (count: number) => string;
  columns: Record<'pick' | 'topic' | 'start' | 'end', string>;
  pick: (topic: string, start: string) => string;
  pickAll: string;
  file: string;
  fileHint: string;
  pickOne: string;
  nothing: string;
  nothingHints: readonly string[];
  failed: string;
};

const zh: AskWords = {
  title: '生成报告',
  lede: '输入会议号和日期，选择其中的会议，即可生成考勤报告。已有报告的会议不会重复生成。',
  number: '会议号',
  numberHint: '9 位数字，可含空格或短横线',
  badNumber: '会议号应为 9 位数字，例如 123 456 789',
  find: '查找会议',
  found: (count) => `找到 ${count} 场会议`,
  columns: { pick: '选择', topic: '主题', start: '开始', end: '结束' },
  pick: (topic, start) => `${topic}，${start}`,
  pickAll: '全部生成',
  file: '生成所选报告',
  fileHint: '生成期间可以离开此页面，进度显示在会议列表中。',
  pickOne: '请至少选择一场会议',
  nothing: '此范围内没有找到已结束的会议',
  nothingHints: ['请核对会议号和日期范围。', '只能查到已经结束的会议；刚结束的会议请稍等几分钟。'],
  failed: '飞书未能返回会议列表',
};

const en: AskWords = {
  title: 'Ask for a report',
  lede: 'Enter a meeting number and dates, and pick the meetings to report on. What has a report already is not made twice.',
  number: 'Meeting number',
  numberHint: 'Nine digits; spaces and dashes do not matter',
  badNumber: 'A meeting number has nine digits, such as 123 456 789',
  find: 'Find meetings',
  found: (count) => `${count} ${count === 1 ? 'meeting' : 'meetings'} found`,
  columns: { pick: 'Pick', topic: 'Topic', start: 'Start', end: 'End' },
  pick: (topic, start) => `${topic}, ${start}`,
  pickAll: 'Make all reports',
  file: 'Make the reports picked',
  fileHint: 'You can leave meanwhile; the list of meetings shows how far they are.',
  pickOne: 'Pick at least one meeting',
  nothing: 'No ended meeting was found in this range',
  nothingHints: [
    'Check the number and the dates.',
    'Only ended meetings are listed; one that has just ended needs a few minutes.',
  ],
  failed: 'Feishu did not list the meetings',
};

export const askWords: Record<Locale, AskWords> = { zh, en };
