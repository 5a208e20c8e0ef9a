import type { LogFields } from './log.ts';

/** What can go wrong in a way that somebody must look at; each is an alarm. See .stack/alarms.yml. */
export const troubles: readonly string[] = [
  'authorisation.lost',
  'authorisation.expiring',
  'authorisation.not-noted',
  'credentials.stale',
  'push.lost',
  'push.malformed',
  'reconcile.not-listed',
  'reconcile.unreadable',
  'work.failed',
  'worker.error',
  'handler.error',
];

const units = { SecondsToReport: 'Seconds' } as Readonly<Record<string, string>>;
const one = (truth: boolean): number => (truth ? 1 : 0);

/** What each log line counts. A job that waits was rate-limited, or anything else that passes. */
const counted: Readonly<Record<string, (fields: LogFields) => Readonly<Record<string, number>>>> = {
  'push.kept': ({ outcome }) => ({
    Events: 1,
    RequestsFiled: one(outcome === 'filed'),
    Duplicates: one(outcome?.startsWith('already') === true),
  }),
  asked: ({ outcome }) => ({ RequestsFiled: one(outcome === 'filed') }),
  // No events, said aloud: a metric that is never sent cannot be told from an alarm that is broken.
  // And how long a working day has been under way, in half hours: the silence of a night is no trouble.
  'reconcile.done': ({ filed = 0, revised = 0, redriven = 0, workingTime }) => ({
    Events: 0,
    WorkingTime: one(workingTime === true),
    RequestsFiled: Number(filed) + Number(revised),
    Redriven: Number(redriven),
  }),
  'work.restarted': ({ outcome }) => ({ RequestsFiled: one(outcome === 'filed') }),
  'work.done': ({ rows = 0, calls, undetermined = 0, secondsSinceEnd, complete }) => ({
    Reports: 1,
    Undetermined: Number(undetermined),
    Incomplete: one(complete === false),
    ...(calls !== undefined && { Rows: Number(rows), Calls: Number(calls) }),
    ...(secondsSinceEnd !== undefined && { SecondsToReport: Number(secondsSinceEnd) }),
  }),
  'work.waiting': () => ({ Waiting: 1 }),
  'feishu.refused': ({ code }) => ({ RateLimited: one(code === 'RATE_LIMITED') }),
};

/**
 * What makes CloudWatch count a log line, without a call: the Embedded Metric Format. {} for a line that counts nothing.
 * @param now Unix milliseconds.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const metricsOf = (
  event: string,
  fields: LogFields,
  { namespace, now }: { namespace: string; now: number },
): object => {
  const trouble = troubles.includes(event);
  const values = trouble ? { Trouble: 1 } : (counted[event]?.(fields) ?? {});
  const names = Object.keys(values);
  if (names.length === 0) return {};
  const Metrics = names.map((Name) => ({ Name, Unit: units[Name] ?? 'Count' }));
  const Dimensions = trouble ? [['event']] : [[]];
  return {
    ...values,
    ...(trouble && { level: 'error' }),
    _aws: { Timestamp: now, CloudWatchMetrics: [{ Namespace: namespace, Dimensions, Metrics }] },
  };
};
