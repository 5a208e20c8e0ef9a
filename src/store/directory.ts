import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { ifPresent, ifVacant, isForbidden, syncDirectory, writeNew } from './files.ts';
import { withLock } from './lock.ts';
import { checkedKey, type ObjectStore, type PutOptions, type PutOutcome, StoreError } from './objects.ts';

const aboutSchema = z.object({ contentType: z.string(), contentDisposition: z.string() });

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What is known of a file that a person put there by hand. */
const foundByHand = { contentType: 'application/octet-stream', contentDisposition: '' };

const explained = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const code = isForbidden(error) ? 'FORBIDDEN' : 'UNAVAILABLE';
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected error';
    throw new StoreError(code, `${name}: ${cause}; check the directory and the disk`, { cause: error });
  }
};

/**
 * Objects as plain files under a directory, for a laptop and for tests; safe between processes on one machine (Linux, macOS).
 * An object lies at `<root>/<key>`; its content type and disposition lie in `<root>/.rollcall/` under a name made of key
 * and etag and are written first, so a reader always finds those that belong to the bytes it read.
 */
export const directoryObjects = (root: string): ObjectStore => {
  const own = join(root, '.rollcall');
  const fileOf = (key: string) => join(root, checkedKey(key));
  const lockOf = (key: string) => join(own, `${sha256(key)}.lock`);
  const aboutOf = (key: string, etag: string) => join(own, `${sha256(`${key}\n${etag}`)}.json`);
  const mkdirs = (path: string) => mkdir(path, { recursive: true, mode: 0o700 });

  const get: ObjectStore['get'] = async (key) => {
    const file = fileOf(key);
    let bytes: Buffer | null = await ifPresent(readFile(file));
    while (bytes !== null) {
      const etag = sha256(bytes);
      const about = await ifPresent(readFile(aboutOf(key, etag), 'utf8'));
      if (about !== null) return { bytes, etag, ...aboutSchema.parse(JSON.parse(about)) };
      const again: Buffer | null = await ifPresent(readFile(file));
      if (again?.equals(bytes)) return { bytes, etag, ...foundByHand };
      bytes = again;
    }
    return null;
  };

  /** Puts a file in its place whole, on the disk before the call ends; false when `vacant` was asked and the place is taken. */
  const place = async (file: string, bytes: Uint8Array | string, { vacant }: { vacant: boolean }): Promise<boolean> => {
    const draft = join(own, `${randomUUID()}.draft`);
    try {
      await writeNew(draft, bytes);
      if (!vacant) await rename(draft, file);
      else if (!(await ifVacant(link(draft, file)))) return false;
      await syncDirectory(dirname(file));
      return true;
    } finally {
      await rm(draft, { force: true });
    }
  };

  const put = async (
    key: string,
    bytes: Uint8Array,
    { when, contentType, contentDisposition = '' }: PutOptions,
  ): Promise<PutOutcome> => {
    const file = fileOf(key);
    const isThere = async () => (await ifPresent(stat(file))) !== null;
    if (when === 'absent' && (await isThere())) return { kind: 'refused' };
    await mkdirs(own);
    return withLock(lockOf(key), async () => {
      if (when === 'absent' && (await isThere())) return { kind: 'refused' };
      const before = await ifPresent(readFile(file));
      const etagBefore = before && sha256(before);
      if (typeof when === 'object' && when.etag !== etagBefore) return { kind: 'refused' };
      const etag = sha256(bytes);
      await mkdirs(dirname(file));
      await place(aboutOf(key, etag), JSON.stringify({ contentType, contentDisposition }), { vacant: false });
      if (!(await place(file, bytes, { vacant: when === 'absent' }))) return { kind: 'refused' };
      if (etagBefore !== null && etagBefore !== etag) await rm(aboutOf(key, etagBefore), { force: true });
      return { kind: 'written', etag };
    });
  };

  /** Keys under a folder ('' or ending in a slash) in byte order, without entering folders that cannot hold one. */
  async function* keysUnder(folder: string, prefix: string, after: string): AsyncGenerator<string> {
    const entries = (await ifPresent(readdir(join(root, folder), { withFileTypes: true }))) ?? [];
    const names = entries
      .filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()))
      .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`)
      .sort(byBytes);
    for (const name of names) {
      const afterName = byBytes(name, after) > 0;
      if (!name.endsWith('/')) {
        if (afterName && name.startsWith(prefix)) yield name;
      } else if ((afterName || after.startsWith(name)) && (name.startsWith(prefix) || prefix.startsWith(name)))
        yield* keysUnder(name, prefix, after);
    }
  }

  return {
    get: (key) => explained(key, () => get(key)),
    put: async (key, content, options) => {
      checkedKey(key);
      // Outside of what is explained: who makes the bytes explains their own failures.
      const bytes = content instanceof Uint8Array ? content : await buffer(content);
      return explained(key, () => put(key, bytes, options));
    },
    list: ({ prefix, after = '', limit = 1000 }) =>
      explained(prefix, async () => {
        const keys: string[] = [];
        for await (const key of keysUnder('', prefix, after)) {
          if (keys.length === limit) return { keys, more: true };
          keys.push(key);
        }
        return { keys, more: false };
      }),
    link: async ({ key }) => pathToFileURL(fileOf(key)).href,
    delete: (key) =>
      explained(key, async () => {
        const file = fileOf(key);
        await mkdirs(own);
        await withLock(lockOf(key), async () => {
          const bytes = await ifPresent(readFile(file));
          if (bytes === null) return;
          await rm(file);
          await rm(aboutOf(key, sha256(bytes)), { force: true });
        });
      }),
  };
};
