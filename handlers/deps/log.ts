import { AsyncLocalStorage } from 'node:async_hooks';
import { jsonLog } from '../../src/log.ts';
import { metricsOf } from '../../src/metrics.ts';

const invocation = new AsyncLocalStorage<{ requestId?: string; jobId?: string }>();
/** Set by the deployment; without it nothing is measured. */
const namespace = process.env.METRICS_NAMESPACE;

export const log = jsonLog(
  (line) => process.stdout.write(line),
  (event, fields) => ({
    ...invocation.getStore(),
    ...(namespace !== undefined && metricsOf(event, fields, { namespace, now: Date.now() })),
  }),
);

/** Lambda's second argument names the request; on a laptop there is none. */
const requestIdOf = (context: unknown): string =>
  typeof context === 'object' && context !== null && 'awsRequestId' in context ? String(context.awsRequestId) : '';

/** Work on one job: every line that is logged meanwhile names it. */
export const about = <R>(jobId: string, work: () => Promise<R>): Promise<R> =>
  invocation.run({ ...invocation.getStore(), jobId }, work);

/** Errors whose text is ours, and so names no person. */
const ours = ['ConfigError', 'FeishuError', 'InputError', 'PolicyError', 'StoreError'];

/** The same error without its text: Lambda logs what a handler throws, and a foreign text could hold anything. */
const withoutText = (error: unknown): Error => {
  const name = error instanceof Error ? error.name : 'Error';
  const frames = (error instanceof Error ? (error.stack ?? '') : '').split('\n').filter((line) => /^\s+at /.test(line));
  return Object.assign(new Error(`${name}, its text withheld`), { name, stack: [name, ...frames].join('\n') });
};

/** A handler whose log lines name the request they belong to, and whose failures tell nothing about a person. */
export const observed =
  <A extends readonly unknown[], R>(handle: (...args: A) => Promise<R>) =>
  (...args: A): Promise<R> =>
    invocation.run({ requestId: requestIdOf(args[1]) }, async () => {
      try {
        return await handle(...args);
      } catch (error) {
        const known = error instanceof Error && ours.includes(error.name);
        // Whoever sends bad input is told so in the answer.
        if (!known || error.name !== 'InputError')
          log('handler.error', {
            error: error instanceof Error ? error.name : 'Error',
            ...(known && 'code' in error && { code: String(error.code) }),
          });
        throw known ? error : withoutText(error);
      }
    });
