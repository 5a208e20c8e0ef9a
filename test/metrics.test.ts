import { describe, expect, it } from 'vitest';
import type { LogFields } from '../src/log.ts';
import { metricsOf, troubles } from '../src/metrics.ts';

const at = { namespace: 'rollcall-test', now: 1_795_380_314_243 };
/** The metrics of a line, by the directive that CloudWatch reads. */
const counted = (event: string, fields: LogFields = {}): Record<string, unknown> => {
  const line = metricsOf(event, fields, at) as Record<string, unknown> & {
    _aws?: { Timestamp: number; CloudWatchMetrics: { Namespace: string; Metrics: { Name: string; Unit: string }[] }[] };
  };
  expect(line._aws?.Timestamp ?? at.now).toBe(at.now);
  return Object.fromEntries(
    (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Metrics }) => {
      expect(Namespace).toBe('rollcall-test');
      return Metrics.map(({ Name, Unit }) => [`${Name} ${Unit}`, line[Name]]);
    }),
  );
};

describe('what a log line counts', () => {
  it.each<[string, string, LogFields, object]>([
    [
      'an event that was filed',
      'push.kept',
      { outcome: 'filed' },
      { 'Events Count': 1, 'RequestsFiled Count': 1, 'Duplicates Count': 0 },
    ],
    [
      'the same event again',
      'push.kept',
      { outcome: 'already-filed' },
      { 'Events Count': 1, 'RequestsFiled Count': 0, 'Duplicates Count': 1 },
    ],
    ['a wish on demand', 'asked', { outcome: 'filed' }, { 'RequestsFiled Count': 1 }],
    [
      'a cycle of the reconciler, which is also word that nothing came',
      'reconcile.done',
      { filed: 2, revised: 1, redriven: 1, workingTime: true },
      { 'Events Count': 0, 'RequestsFiled Count': 3, 'Redriven Count': 1, 'WorkingTime Count': 1 },
    ],
    [
      'a cycle at night',
      'reconcile.done',
      { workingTime: false },
      { 'Events Count': 0, 'RequestsFiled Count': 0, 'Redriven Count': 0, 'WorkingTime Count': 0 },
    ],
    ['a restarted meeting', 'work.restarted', { outcome: 'filed' }, { 'RequestsFiled Count': 1 }],
    [
      'a report',
      'work.done',
      { rows: 300, calls: 4, undetermined: 2, complete: false, secondsSinceEnd: 95 },
      {
        'Reports Count': 1,
        'Rows Count': 300,
        'Calls Count': 4,
        'Undetermined Count': 2,
        'Incomplete Count': 1,
        'SecondsToReport Seconds': 95,
      },
    ],
    [
      'a report from rows that were there',
      'work.done',
      { rows: 300, undetermined: 0, complete: true },
      { 'Reports Count': 1, 'Undetermined Count': 0, 'Incomplete Count': 0 },
    ],
    ['a job that waits', 'work.waiting', { code: 'NOT_READY' }, { 'Waiting Count': 1 }],
    ['Feishu’s rate limit', 'feishu.refused', { code: 'RATE_LIMITED' }, { 'RateLimited Count': 1 }],
    ['another refusal', 'feishu.refused', { code: 'SERVER_ERROR' }, { 'RateLimited Count': 0 }],
    ['nothing else', 'push.ignored', { eventType: 'vc.room.created_v1' }, {}],
  ])('%s', (_, event, fields, metrics) => {
    expect(counted(event, fields)).toEqual(metrics);
  });

  it('is an error by name, when it is a trouble', () => {
    for (const event of troubles) {
      expect(counted(event)).toEqual({ 'Trouble Count': 1 });
      expect(metricsOf(event, {}, at)).toMatchObject({
        level: 'error',
        _aws: { CloudWatchMetrics: [{ Dimensions: [['event']] }] },
      });
    }
  });
});
