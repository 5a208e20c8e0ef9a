import { createHmac, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { unzipSync } from 'fflate';
import packageJson from '../../package.json' with { type: 'json' };
import { ConfigError, readConfig } from '../config.ts';
import { type Person, personOf } from '../domain/erasure.ts';
import { createErase, type Finding } from '../erase.ts';
import { auditStore } from '../store/audit.ts';
import { directoryObjects } from '../store/directory.ts';
import { jobStore } from '../store/jobs.ts';
import { StoreError } from '../store/objects.ts';
import { policyStore } from '../store/policies.ts';
import { requestStore } from '../store/requests.ts';
import { s3Objects } from '../store/s3.ts';
import { snapshotStore } from '../store/snapshots.ts';
import { s3Versions } from '../store/versions.ts';
import { renderWorkbook } from '../workbook/render.ts';

/**
 * `npm run erase -- --user-id ID`: takes one person out of the bucket that REPORT_BUCKET names and leaves the counts.
 * Without --apply it only tells what it would do. Ends with 0, with 1 when something is left for a person, 2 on bad input.
 */

type Words = Record<'known' | Finding['act'] | 'dry' | 'done', string> & {
  because: Record<NonNullable<Finding['because']>, string>;
};

const option = { type: 'string', multiple: true, default: [] as string[] } as const;
const usage =
  'Usage: npm run erase -- [--user-id ID] [--employee-id ID] [--email ADDRESS] [--open-id ID] [--apply] [--bypass-lock]; each id may be given several times';

const parse = () => {
  try {
    const { values } = parseArgs({
      options: {
        'user-id': option,
        'employee-id': option,
        email: option,
        'open-id': option,
        apply: { type: 'boolean', default: false },
        'bypass-lock': { type: 'boolean', default: false },
      },
    });
    return values;
  } catch {
    return null;
  }
};

const words: Record<'zh' | 'en', Words> = {
  zh: {
    known: '此人的标识',
    rewrite: '改写',
    delete: '删除',
    person: '需人工处理',
    dry: '以上为预演，未作任何改动；加 --apply 执行。',
    done: '已完成。请保存本输出作为处理记录。',
    because: {
      'counts-would-change': '去除此人后统计会变化，请先在控制台处理',
      unfinished: '任务未完成，或对象刚被改写；请稍后再运行一次',
      unreadable: '对象无法读取',
      connected: '此人是已连接的飞书管理员；请由他人打开 /connect 重新授权',
      policy: '考勤规则中写有此人的标识，请修改规则',
      locked: '旧版本受对象锁保护；加 --bypass-lock，或等到期',
    },
  },
  en: {
    known: 'known as',
    rewrite: 'rewrite',
    delete: 'delete',
    person: 'left to you',
    dry: 'Nothing was changed; add --apply to do it.',
    done: 'Done. Keep this output as the record of it.',
    because: {
      'counts-would-change': 'without this person the counts would change; settle it in the console first',
      unfinished: 'the job is not finished, or somebody has just written this; run the command again later',
      unreadable: 'the object cannot be read',
      connected: 'this person is the connected administrator; let somebody else open /connect',
      policy: 'a policy names this person; change the policy',
      locked: 'older versions are under object lock; add --bypass-lock, or wait for its end',
    },
  },
};

const run = async (options: NonNullable<ReturnType<typeof parse>>, person: Person): Promise<number> => {
  // The app's secret is not needed here, and whoever runs this need not be able to read it.
  const config = readConfig({ FEISHU_SECRET_ID: 'not-used', ...process.env });
  const { bucket, locale, timeZone, policyKey } = config;
  const isLocal = bucket.startsWith('file:');
  const objects = isLocal ? directoryObjects(fileURLToPath(bucket)) : s3Objects({ bucket });
  const chance = randomBytes(32);
  const { identify, erase } = createErase({
    objects,
    versions: isLocal
      ? { purge: async () => ({ deleted: 0, kept: 0 }) }
      : s3Versions({ bucket, bypassLock: options['bypass-lock'] }),
    requests: requestStore(objects),
    jobs: jobStore(objects),
    snapshots: snapshotStore(objects),
    policies: policyStore(objects, policyKey),
    renderWorkbook: (report) => renderWorkbook(report, { locale, timeZone }),
    readWorkbook: (bytes) =>
      Object.values(unzipSync(bytes))
        .map((part) => new TextDecoder().decode(part))
        .join('\n'),
    aliasIn: (scope) => (identity) =>
      `erased-${createHmac('sha256', chance).update(`${scope}\n${identity}`).digest('hex').slice(0, 12)}`,
    audit: (act) => auditStore(objects, { timeZone, now: Date.now }).write({ openId: '', name: '' }, act),
    appVersion: packageJson.version,
  });
  const say = words[locale];
  const known = await identify(person);
  console.log(
    `${say.known}  ${Object.values(known)
      .flatMap((ids) => [...ids])
      .join(' · ')}`,
  );
  let left = 0;
  for await (const { key, act, because } of erase(known, { really: options.apply })) {
    if (act === 'person') left += 1;
    console.log(`${say[act]}  ${key}${because ? `  ${say.because[because]}` : ''}`);
  }
  console.log(options.apply ? say.done : say.dry);
  return left > 0 ? 1 : 0;
};

const options = parse();
const person = personOf({
  userIds: options?.['user-id'] ?? [],
  employeeIds: options?.['employee-id'] ?? [],
  emails: options?.email ?? [],
  openIds: options?.['open-id'] ?? [],
});
if (options === null || Object.values(person).every((each) => each.size === 0)) {
  console.error(usage);
  process.exitCode = 2;
} else
  process.exitCode = await run(options, person).catch((error: unknown) => {
    if (!(error instanceof ConfigError || error instanceof StoreError)) throw error;
    console.error(error.message);
    return 2;
  });
