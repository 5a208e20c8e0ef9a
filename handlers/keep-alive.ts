import { keepAliveDeps } from './deps/keep-alive.ts';
import { observed } from './deps/log.ts';

const authorisation = await keepAliveDeps();

/** Run daily by a schedule. It fails, and so raises the alarm, when a person must authorise again. */
export const handler = observed(async (): Promise<void> => {
  await authorisation?.keepAlive();
});
