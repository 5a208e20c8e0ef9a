import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The oldest date that a zip can hold, always: equal code gives equal bytes, so nothing is deployed that did not change. */
const mtime = new Date(1980, 0, 1);
/** A plain file that everybody may read: Lambda runs the code as another user than the one who packed it. */
const unix = 3;
const attrs = 0o100644 << 16;

/** The code of a folder as a Lambda artifact. */
export const zipOf = (folder: string): Uint8Array => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
  const entries: Zippable = {};
  for (const file of files.sort()) entries[file] = [readFileSync(join(folder, file)), { mtime, os: unix, attrs }];
  return zipSync(entries, { level: 9 });
};
