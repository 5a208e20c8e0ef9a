import { readConfig } from '../../src/config.ts';
import { createConnect } from '../../src/connect.ts';
import type { ConsoleDeps } from '../../src/console/app.tsx';
import { systemClock } from '../../src/feishu/clock.ts';
import { createOAuth } from '../../src/feishu/oauth.ts';
import { attemptStore } from '../../src/store/attempts.ts';
import { credentialsOf, log, now, objectsOf } from './environment.ts';
import { authorisationOf, probe } from './feishu.ts';

/** Two calls of ten seconds come before it, and an HTTP API waits thirty. */
const consoleProbeMs = 5000;

export const consoleDeps = async (): Promise<ConsoleDeps> => {
  const config = readConfig(process.env);
  const { feishuBaseUrl: baseUrl, feishuAccountsUrl: accountsUrl, consoleAdmins: admins, locale, timeZone } = config;
  if (admins.length === 0) log('console.nobody-may-connect', { remedy: 'list open_ids in CONSOLE_ADMINS' });
  const objects = objectsOf(config);
  const credentials = await (await credentialsOf(config))();
  const { appId: clientId, appSecret } = credentials;
  return {
    connect: createConnect({
      oauth: createOAuth({ baseUrl, accountsUrl, clientId, clientSecret: appSecret, clock: systemClock }),
      useOnce: attemptStore(objects).useOnce,
      mayManageMeetings: (accessToken) =>
        probe(baseUrl, { get: async () => accessToken, invalidate: () => {} }, consoleProbeMs),
      connect: authorisationOf(config, objects, credentials).connect,
      admins,
      now,
      log,
    }),
    nobodyMayConnect: admins.length === 0,
    appSecret,
    locale,
    timeZone,
    now,
    onError: (error) =>
      log('console.error', { error: error.name, ...('code' in error && { code: String(error.code) }) }),
  };
};
