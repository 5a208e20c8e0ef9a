import { readdirSync } from 'node:fs';
import { basename } from 'node:path';

/** The Lambdas: one for each file of `handlers/`. */
export const handlerNames: readonly string[] = readdirSync('handlers')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'))
  .sort();
