import { createReconcile, type Reconciled } from '../src/reconcile.ts';
import { observed } from './deps/log.ts';
import { reconcileDeps } from './deps/reconcile.ts';

const reconcile = createReconcile(await reconcileDeps());

/** Run every half hour by a schedule: files what no event announced and sees to jobs that came to a halt. */
export const handler = observed((): Promise<Reconciled> => reconcile());
