import { readConfig } from '../../src/config.ts';
import type { IntakeOptions } from '../../src/intake.ts';
import { quarantineStore, requestStore } from '../../src/store/requests.ts';
import { credentialsOf, now, objectsOf } from './environment.ts';
import { log } from './log.ts';

/** Feishu wants its answer within three seconds, so the bucket gets two. */
const webhookBudgetMs = 2000;

export const webhookDeps = async (): Promise<IntakeOptions> => {
  const config = readConfig(process.env);
  const objects = await objectsOf(config, webhookBudgetMs);
  return {
    credentials: await credentialsOf(config),
    fileRequest: requestStore(objects).file,
    quarantine: quarantineStore(objects),
    timeZone: config.timeZone,
    nowSeconds: () => Math.floor(now() / 1000),
    log,
  };
};
