import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const enough = { REPORT_BUCKET: 'reports', FEISHU_SECRET_ID: 'rollcall/feishu' };

describe('the environment (W9)', () => {
  it('has a default for everything but the bucket and the secret', () => {
    expect(readConfig(enough)).toMatchObject({
      tokenKind: 'user',
      feishuBaseUrl: 'https://open.feishu.cn',
      locale: 'zh',
      timeZone: 'Asia/Shanghai',
      detail: 'standard',
      policyKey: 'policies/current.json',
      consoleAdmins: [],
      reconcileWindowHours: 26,
      reconcileStuckMinutes: 30,
    });
  });

  it.each([
    ['', []],
    [' , ', []],
    ['ou_1', ['ou_1']],
    [' ou_1, ou_2 ,', ['ou_1', 'ou_2']],
  ])('reads CONSOLE_ADMINS %j as a list of open_ids', (CONSOLE_ADMINS, consoleAdmins) => {
    expect(readConfig({ ...enough, CONSOLE_ADMINS })).toMatchObject({ consoleAdmins });
  });

  it.each([
    ['REPORT_BUCKET', { ...enough, REPORT_BUCKET: undefined }],
    ['REPORT_BUCKET', { ...enough, REPORT_BUCKET: ' ' }],
    ['FEISHU_SECRET_ID', { ...enough, FEISHU_SECRET_ID: undefined }],
    ['FEISHU_TOKEN_KIND must be user or tenant', { ...enough, FEISHU_TOKEN_KIND: 'robot' }],
    ['FEISHU_BASE_URL must be an https://', { ...enough, FEISHU_BASE_URL: 'open.feishu.cn' }],
    ['FEISHU_BASE_URL must be an https://', { ...enough, FEISHU_BASE_URL: 'http://open.feishu.cn' }],
    ['FEISHU_BASE_URL must be an https://', { ...enough, FEISHU_BASE_URL: 'ftp://127.0.0.1' }],
    ['FEISHU_ACCOUNTS_URL must be an https://', { ...enough, FEISHU_ACCOUNTS_URL: 'http://accounts.feishu.cn' }],
    ['REPORT_TIME_ZONE', { ...enough, REPORT_TIME_ZONE: 'Asia/Atlantis' }],
    ['REPORT_LOCALE must be zh or en', { ...enough, REPORT_LOCALE: 'fr' }],
    ['REPORT_DETAIL', { ...enough, REPORT_DETAIL: 'all' }],
    ['RECONCILE_WINDOW_HOURS must be between 24 and 720', { ...enough, RECONCILE_WINDOW_HOURS: '23' }],
    ['RECONCILE_WINDOW_HOURS must be between 24 and 720', { ...enough, RECONCILE_WINDOW_HOURS: '721' }],
    ['RECONCILE_STUCK_MINUTES must be between 20 and 1440', { ...enough, RECONCILE_STUCK_MINUTES: '19' }],
    ['RECONCILE_STUCK_MINUTES must be a whole number', { ...enough, RECONCILE_STUCK_MINUTES: 'half an hour' }],
    ['CONSOLE_ADMINS must be open_ids', { ...enough, CONSOLE_ADMINS: 'ou_1;ou_2' }],
    ['CONSOLE_ADMINS must be open_ids', { ...enough, CONSOLE_ADMINS: '*' }],
    ['CONSOLE_ADMINS must be open_ids', { ...enough, CONSOLE_ADMINS: 'ou_1,li@example.com' }],
  ])('stops the start and names %s', (name, env) => {
    expect(() => readConfig(env)).toThrow(name);
  });

  it('names every problem at once', () => {
    expect(() => readConfig({})).toThrow(/REPORT_BUCKET.*FEISHU_SECRET_ID/);
  });
});
