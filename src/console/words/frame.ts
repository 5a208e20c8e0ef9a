import type { Locale } from '../../words/locale.ts';
import type { Standing } from '../standing.ts';

/** What stands around every page of somebody who is signed in, and in more than one of them. */
export type FrameWords = {
  skip: string;
  menu: string;
  pages: Record<'meetings' | 'ask' | 'policy' | 'connection' | 'audit', string>;
  signOut: string;
  reload: string;
  back: string;
  download: string;
  none: string;
  pagination: string;
  newer: string;
  older: string;
  statuses: Record<Standing, string>;
  progress: (facts: { pages: number; rows: number; expectedRows: number | null }) => string;
  untitled: string;
  refused: {
    title: string;
    session: string;
    form: string;
    admin: string;
    large: string;
    again: string;
  };
};

const zh: FrameWords = {
  skip: '跳到正文',
  menu: '主菜单',
  pages: { meetings: '会议', ask: '生成报告', policy: '考勤规则', connection: '飞书连接', audit: '操作记录' },
  signOut: '退出',
  reload: '刷新查看进度',
  back: '返回',
  download: '下载报告',
  none: '无',
  pagination: '翻页',
  newer: '较新的',
  older: '较早的',
  statuses: {
    queued: '排队中',
    running: '生成中',
    done: '已完成',
    incomplete: '已完成，数据不完整',
    waiting: '等待中',
    failed: '失败',
    skipped: '不在统计范围',
    unreadable: '状态无法读取',
  },
  progress: ({ pages, rows, expectedRows }) =>
    `已读取 ${pages} 页、${rows} 条记录${expectedRows === null ? '' : `，预计 ${expectedRows} 条`}`,
  untitled: '（无主题）',
  refused: {
    title: '此操作未执行',
    session: '您的登录已结束。请重新登录后再试。',
    form: '此请求不是由本站的页面发出的，或页面已过期。请返回、刷新页面后重试。',
    admin: '只有 CONSOLE_ADMINS 名单中的人员可以执行此操作。',
    large: '提交的内容过大（上限 256 KB）。',
    again: '返回会议列表',
  },
};

const en: FrameWords = {
  skip: 'Skip to content',
  menu: 'Main menu',
  pages: { meetings: 'Meetings', ask: 'Ask', policy: 'Policy', connection: 'Connection', audit: 'Audit' },
  signOut: 'Sign out',
  reload: 'Reload for progress',
  back: 'Back',
  download: 'Download report',
  none: 'None',
  pagination: 'Pages',
  newer: 'Newer',
  older: 'Older',
  statuses: {
    queued: 'Queued',
    running: 'Running',
    done: 'Done',
    incomplete: 'Done, data incomplete',
    waiting: 'Waiting',
    failed: 'Failed',
    skipped: 'Out of scope',
    unreadable: 'Status unreadable',
  },
  progress: ({ pages, rows, expectedRows }) =>
    `${pages} ${pages === 1 ? 'page' : 'pages'} and ${rows} rows read${expectedRows === null ? '' : ` of about ${expectedRows}`}`,
  untitled: '(no topic)',
  refused: {
    title: 'This was not done',
    session: 'Your session has ended. Sign in and try again.',
    form: 'This request did not come from a page of this site, or the page is too old. Go back, reload it and try again.',
    admin: 'Only the people listed in CONSOLE_ADMINS may do this.',
    large: 'What was sent is too large (at most 256 KB).',
    again: 'Back to the meetings',
  },
};

export const frameWords: Record<Locale, FrameWords> = { zh, en };
