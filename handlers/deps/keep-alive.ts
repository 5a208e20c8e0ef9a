import type { Authorisation } from '../../src/authorisation.ts';
import { readConfig } from '../../src/config.ts';
import { credentialsOf, objectsOf } from './environment.ts';
import { authorisationOf } from './feishu.ts';

/** null with a tenant token, which needs no keeping. */
export const keepAliveDeps = async (): Promise<Pick<Authorisation, 'keepAlive'> | null> => {
  const config = readConfig(process.env);
  if (config.tokenKind === 'tenant') return null;
  return authorisationOf(config, await objectsOf(config), await (await credentialsOf(config))());
};
