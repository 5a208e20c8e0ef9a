import { createHash, randomUUID } from 'node:crypto';
import { open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Content, StoreError } from './objects.ts';

/** Bytes that can be read again and again: from where they are, or from a file that only this process can reach. */
export type Spool = {
  length: number;
  /** SHA-256 in base64. */
  sha256: string;
  /** The bytes from the first on; one reading at a time. */
  read: () => Readable;
};

/** Errors of the system name the call that failed; whatever else comes is of whoever makes the bytes. */
const explained = (error: unknown, folder: string): unknown =>
  error instanceof Error && 'syscall' in error && 'code' in error
    ? new StoreError('UNAVAILABLE', `${folder}: ${String(error.code)}; is there room for temporary files?`, {
        cause: error,
      })
    : error;

/**
 * Lays bytes down in a temporary file, so that they need not be in memory to be sent, or sent again. The file has no name
 * from the moment it is there: however the process ends, nothing is left of it.
 * @throws {StoreError} `UNAVAILABLE` when the temporary directory is full, or takes no files.
 */
export const spooled = async <T>(
  content: Exclude<Content, Uint8Array>,
  use: (spool: Spool) => Promise<T>,
  folder = tmpdir(),
): Promise<T> => {
  const path = join(folder, `rollcall-${randomUUID()}`);
  const refused = (error: unknown) => Promise.reject(explained(error, folder));
  const file = await open(path, 'wx+', 0o600).catch(refused);
  try {
    await unlink(path);
    const hash = createHash('sha256');
    let length = 0;
    for await (const bytes of content) {
      hash.update(bytes);
      length += bytes.length;
      await file.appendFile(bytes).catch(refused);
    }
    const read = () => file.createReadStream({ start: 0, autoClose: false });
    return await use({ length, sha256: hash.digest('base64'), read });
  } finally {
    await file.close();
  }
};
