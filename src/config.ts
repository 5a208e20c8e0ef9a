import * as z from 'zod';
import { hostForm, isHost } from './feishu/host.ts';

/** Everything the environment decides, parsed once at start. */
export type Config = {
  /** Bucket name, or a `file:` URL of a directory on a laptop. */
  bucket: string;
  /** Secrets Manager id, or a `file:` URL on a laptop. */
  feishuSecretId: string;
  userTokenSecretId: string | null;
  tokenKind: 'user' | 'tenant';
  feishuBaseUrl: string;
  feishuAccountsUrl: string;
  locale: 'zh' | 'en';
  timeZone: string;
  detail: 'standard' | 'full';
  policyKey: string;
  /** open_ids of those who may see meetings, ask for reports and download them. */
  consoleViewers: readonly string[];
  /** open_ids of those who may besides decide on people, change the policy and connect Feishu; empty means nobody. */
  consoleAdmins: readonly string[];
  /** How far back the reconciler looks for meetings that nobody announced. */
  reconcileWindowHours: number;
  /** Minutes without news after which a job counts as stuck. */
  reconcileStuckMinutes: number;
  /** Days for which object lock keeps a report; 0 for a bucket without. */
  reportLockDays: number;
};

/** The environment is not usable; the message names each variable and what it must be. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Whether this runtime knows the IANA time zone. */
export const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const required = z.string('is missing; set it in the function’s environment').trim().min(1, 'is empty');
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be ${values.join(' or ')}`);

const host = z.string().refine(isHost, hostForm);

const openIds = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  )
  .refine((ids) => ids.every((id) => /^ou_\w+$/.test(id)), 'must be open_ids (ou_…) separated by commas');

const wholeNumber = ({ from, to }: { from: number; to: number }) =>
  z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= from && value <= to, `must be between ${from} and ${to}`);

const environment = z.object({
  REPORT_BUCKET: required,
  FEISHU_SECRET_ID: required,
  FEISHU_USER_TOKEN_SECRET_ID: required.nullish().default(null),
  FEISHU_TOKEN_KIND: oneOf(['user', 'tenant']).default('user'),
  FEISHU_BASE_URL: host.default('https://open.feishu.cn'),
  FEISHU_ACCOUNTS_URL: host.default('https://accounts.feishu.cn'),
  REPORT_LOCALE: oneOf(['zh', 'en']).default('zh'),
  REPORT_TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai')
    .default('Asia/Shanghai'),
  REPORT_DETAIL: oneOf(['standard', 'full']).default('standard'),
  POLICY_KEY: required.default('policies/current.json'),
  CONSOLE_VIEWERS: openIds.prefault(''),
  CONSOLE_ADMINS: openIds.prefault(''),
  // A day at least, so that a meeting of a whole day and a missed run are within it.
  RECONCILE_WINDOW_HOURS: wholeNumber({ from: 24, to: 720 }).prefault('26'),
  // More than the fifteen minutes that a worker can run.
  RECONCILE_STUCK_MINUTES: wholeNumber({ from: 20, to: 1440 }).prefault('30'),
  REPORT_LOCK_DAYS: wholeNumber({ from: 0, to: 3650 }).prefault('0'),
});

/** @throws {ConfigError} naming every missing or malformed variable. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const parsed = environment.safeParse(env);
  if (!parsed.success)
    throw new ConfigError(
      `Environment: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
    );
  const value = parsed.data;
  return {
    bucket: value.REPORT_BUCKET,
    feishuSecretId: value.FEISHU_SECRET_ID,
    userTokenSecretId: value.FEISHU_USER_TOKEN_SECRET_ID,
    tokenKind: value.FEISHU_TOKEN_KIND,
    feishuBaseUrl: value.FEISHU_BASE_URL,
    feishuAccountsUrl: value.FEISHU_ACCOUNTS_URL,
    locale: value.REPORT_LOCALE,
    timeZone: value.REPORT_TIME_ZONE,
    detail: value.REPORT_DETAIL,
    policyKey: value.POLICY_KEY,
    consoleViewers: value.CONSOLE_VIEWERS,
    consoleAdmins: value.CONSOLE_ADMINS,
    reconcileWindowHours: value.RECONCILE_WINDOW_HOURS,
    reconcileStuckMinutes: value.RECONCILE_STUCK_MINUTES,
    reportLockDays: value.REPORT_LOCK_DAYS,
  };
};
