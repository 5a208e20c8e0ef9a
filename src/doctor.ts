import { ConfigError } from './config.ts';
import type { InBoth } from './domain/in-both.ts';
import { FeishuError } from './feishu/error.ts';
import type { TokenSource } from './feishu/tokens.ts';
import { type ObjectStore, StoreError } from './store/objects.ts';

/** What the doctor looks at, in the order in which a first set-up gets them right. */
export type CheckName =
  | 'configuration'
  | 'app-secret'
  | 'bucket'
  | 'queue'
  | 'clock'
  | 'token'
  | 'scopes'
  | 'admin-right';

/** One thing to be in order; throws what is wrong. */
export type Check = { name: CheckName; look: () => Promise<unknown> };

export type Finding =
  | { check: CheckName; outcome: 'ok' }
  | { check: CheckName; outcome: 'problem'; problem: string; remedy: InBoth };

/** Something wrong that no other part has an error for. */
class Problem extends Error {
  override readonly name = 'Problem';
  readonly remedy: InBoth;
  constructor(message: string, remedy: InBoth) {
    super(message);
    this.remedy = remedy;
  }
}

export type DoctorDeps = {
  credentials: () => Promise<unknown>;
  objects: Pick<ObjectStore, 'get' | 'put' | 'delete'>;
  /** The queue that the bucket's events go to, or null when they go nowhere; throws when it cannot be reached. */
  queue: () => Promise<string | null>;
  /** Feishu's own time, Unix milliseconds. */
  feishuTime: () => Promise<number>;
  tokens: TokenSource;
  /** The scopes that the connected user granted; null with a tenant token, which has the app's. */
  grantedScopes: (() => Promise<readonly string[]>) | null;
  neededScopes: readonly string[];
  mayManageMeetings: () => Promise<boolean>;
  /** Unix milliseconds. */
  now: () => number;
};

const probeKey = 'state/doctor.json';
/** Beyond this, tokens seem to live longer than they do and meetings seem to end in the future. */
const toleratedSkewMs = 60_000;

/** The checks of an installation whose configuration could be read. */
export const checksOf = (deps: DoctorDeps): Check[] => [
  { name: 'configuration', look: async () => {} },
  { name: 'app-secret', look: deps.credentials },
  {
    name: 'bucket',
    look: async () => {
      const bytes = new TextEncoder().encode('{}');
      await deps.objects.put(probeKey, bytes, { contentType: 'application/json', when: 'any' });
      if ((await deps.objects.get(probeKey)) === null)
        throw new StoreError('UNAVAILABLE', `${probeKey} was written and is not there`);
      await deps.objects.delete(probeKey);
    },
  },
  {
    name: 'queue',
    look: async () => {
      if ((await deps.queue()) !== null) return;
      throw new Problem('No event of the bucket leads from requests/ to a queue.', {
        en: 'Deploy the stack again: it connects the bucket’s ObjectCreated events on requests/ with the queue.',
        zh: '请重新部署：部署会把存储桶 requests/ 的 ObjectCreated 事件接到队列。',
      });
    },
  },
  {
    name: 'clock',
    look: async () => {
      const skewMs = deps.now() - (await deps.feishuTime());
      if (Math.abs(skewMs) <= toleratedSkewMs) return;
      throw new Problem(`This machine’s clock differs from Feishu’s by ${Math.round(skewMs / 1000)} s.`, {
        en: 'Synchronise this machine’s clock (NTP).',
        zh: '请校准本机时钟（NTP）。',
      });
    },
  },
  { name: 'token', look: deps.tokens.get },
  {
    name: 'scopes',
    look: async () => {
      const granted = await deps.grantedScopes?.();
      const missing = granted && deps.neededScopes.filter((scope) => !granted.includes(scope));
      if (missing && missing.length > 0)
        throw new FeishuError('NOT_GRANTED', `The connected user has not granted ${missing.join(', ')}.`);
    },
  },
  {
    name: 'admin-right',
    look: async () => {
      if (!(await deps.mayManageMeetings()))
        throw new FeishuError('NO_PERMISSION', 'Feishu does not show the company’s meetings to this token.', {
          feishuCode: 121005,
        });
    },
  },
];

/** The remedies of errors that name their own in English words. */
const asTold: InBoth = { en: 'See the problem: it names what to mend.', zh: '请按问题描述中的提示处理。' };
const unexpected: InBoth = {
  en: 'Try again; if it stays, look at the function’s log.',
  zh: '请重试；若仍出现，请查看函数日志。',
};

const findingOf = (check: CheckName, error: unknown): Finding => {
  const problem = (text: string, remedy: InBoth): Finding => ({ check, outcome: 'problem', problem: text, remedy });
  if (error instanceof FeishuError || error instanceof Problem) return problem(error.message, error.remedy);
  if (error instanceof ConfigError || error instanceof StoreError) return problem(error.message, asTold);
  // The text of a foreign error could hold anything.
  return problem(error instanceof Error ? error.name : 'unknown error', unexpected);
};

/** Looks at everything, one after the other; a problem never stops the rest. */
export const diagnose = async (checks: readonly Check[]): Promise<Finding[]> => {
  const findings: Finding[] = [];
  for (const { name, look } of checks)
    findings.push(
      await look().then(
        () => ({ check: name, outcome: 'ok' as const }),
        (error: unknown) => findingOf(name, error),
      ),
    );
  return findings;
};
