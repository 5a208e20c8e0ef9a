import type { Locale } from '../../words/locale.ts';

type ConnectionWords = {
  title: string;
  states: Record<'app' | 'never' | 'connected' | 'broken', { title: string; text: string }>;
  person: string;
  since: string;
  until: string;
  daysLeft: (days: number) => string;
  lastRefresh: string;
  cause: string;
  causes: Record<string, string>;
  connect: string;
  reconnect: string;
  adminsOnly: string;
  checks: string;
  checksText: string;
  examine: string;
  ok: string;
  problem: string;
  names: Record<string, string>;
  columns: Record<'check' | 'result', string>;
};

const zh: ConnectionWords = {
  title: '飞书连接',
  states: {
    app: { title: '使用应用身份', text: '以应用自身的凭证（tenant_access_token）读取会议，无需人员授权。' },
    never: { title: '尚未连接', text: '需要一位会议管理员授权后，才能读取参会记录；在此之前报告会保持等待。' },
    connected: { title: '已连接', text: '授权有效，Rollcall 会自动续期。' },
    broken: { title: '需要重新授权', text: '飞书不再接受已保存的授权；重新授权后，等待中的报告会自动继续。' },
  },
  person: '授权人',
  since: '授权时间',
  until: '有效期至',
  daysLeft: (days) => `还有 ${days} 天`,
  lastRefresh: '最近一次续期成功',
  cause: '原因',
  causes: {
    AUTHORISE_AGAIN: '授权已过期或被撤销',
    REFRESH_NOT_ENABLED: '应用未开启刷新 user_access_token',
    USER_GONE: '授权人已离职或不存在',
    USER_NOT_ALLOWED: '授权人不在应用的可用范围内',
  },
  connect: '连接飞书',
  reconnect: '重新授权',
  adminsOnly: '只有 CONSOLE_ADMINS 名单中的人员可以授权。',
  checks: '系统检查',
  checksText: '逐项检查配置、存储桶、队列、时钟和飞书权限，需要几秒钟。',
  examine: '开始检查',
  ok: '正常',
  problem: '有问题',
  names: {
    configuration: '配置',
    'app-secret': '应用密钥',
    bucket: '存储桶',
    queue: '队列',
    clock: '时钟',
    token: '访问凭证',
    scopes: '权限范围',
    'admin-right': '会议管理权限',
  },
  columns: { check: '检查项', result: '结果' },
};

const en: ConnectionWords = {
  title: 'Feishu connection',
  states: {
    app: {
      title: 'The app itself',
      text: 'Meetings are read with the app’s own token (tenant_access_token); nobody has to authorise.',
    },
    never: {
      title: 'Not connected yet',
      text: 'A meeting administrator has to authorise before participants can be read; until then reports wait.',
    },
    connected: { title: 'Connected', text: 'The authorisation is valid, and Rollcall renews it by itself.' },
    broken: {
      title: 'Authorise again',
      text: 'Feishu no longer accepts the stored authorisation. Once it is renewed, waiting reports go on by themselves.',
    },
  },
  person: 'Authorised by',
  since: 'Authorised on',
  until: 'Valid until',
  daysLeft: (days) => `${days} ${days === 1 ? 'day' : 'days'} left`,
  lastRefresh: 'Last renewed',
  cause: 'Cause',
  causes: {
    AUTHORISE_AGAIN: 'The authorisation expired or was withdrawn',
    REFRESH_NOT_ENABLED: 'The app may not refresh user_access_token',
    USER_GONE: 'The person who authorised has left or does not exist',
    USER_NOT_ALLOWED: 'The person who authorised may not use the app',
  },
  connect: 'Connect Feishu',
  reconnect: 'Authorise again',
  adminsOnly: 'Only the people listed in CONSOLE_ADMINS may authorise.',
  checks: 'System check',
  checksText:
    'Looks at the configuration, the bucket, the queue, the clock and the rights in Feishu. It takes some seconds.',
  examine: 'Check now',
  ok: 'In order',
  problem: 'Problem',
  names: {
    configuration: 'Configuration',
    'app-secret': 'App secret',
    bucket: 'Bucket',
    queue: 'Queue',
    clock: 'Clock',
    token: 'Token',
    scopes: 'Scopes',
    'admin-right': 'Meeting right',
  },
  columns: { check: 'Check', result: 'Result' },
};

export const connectionWords: Record<Locale, ConnectionWords> = { zh, en };
