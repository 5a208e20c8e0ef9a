/** One small object store: the five things this project asks of a bucket. Implemented by s3.ts and directory.ts. */
export type ObjectStore = {
  /** null when there is no such object. Throws when that cannot be known (no permission, time-out). */
  get: (key: string) => Promise<StoredObject | null>;
  /**
   * Writes one object whole or not at all; content that fails on the way is not written. A retried write of the same bytes that finds its own first try counts as written.
   * @throws {StoreError} `UNAVAILABLE` when, after retries, nobody knows whether it was written: call again with the same key and bytes.
   */
  put: (key: string, content: Content, options: PutOptions) => Promise<PutOutcome>;
  /** Keys under a prefix in byte order of their UTF-8, at most `limit` (1–1000, default 1000), after `after`. */
  list: (options: { prefix: string; after?: string; limit?: number }) => Promise<{ keys: string[]; more: boolean }>;
  /** A link that downloads the object for a short time. */
  link: (options: { key: string; expiresInSeconds: number }) => Promise<string>;
  /** Removes the object; no error when there is none. */
  delete: (key: string) => Promise<void>;
};

/** Bytes, or bytes that come one after another and are gone through once; each piece is good until the next is asked for. */
export type Content = Uint8Array | AsyncIterable<Uint8Array>;

/** @property etag Opaque and without quotes; equal etags mean equal bytes. */
export type StoredObject = { bytes: Uint8Array; etag: string; contentType: string; contentDisposition: string };

export type PutOptions = {
  contentType: string;
  contentDisposition?: string;
  /** `absent`: only if there is no such object; `{ etag }`: only over exactly that version; `any`: always. */
  when: 'absent' | { etag: string } | 'any';
  /** Until then, in Unix milliseconds, a bucket with object lock lets nobody delete this version. */
  lockedUntil?: number;
};

/** `refused`: the condition did not hold, nothing was written. */
export type PutOutcome = { kind: 'written'; etag: string } | { kind: 'refused' };

/**
 * What callers branch on when the store does not answer as asked. `UNAVAILABLE`: try again later · `FORBIDDEN`: a right is
 * missing, and whether the thing exists is unknown · `CORRUPT`: it is there and unreadable · `MISSING`: a secret has no
 * value · `BAD_KEY`: no object can have this key.
 */
export class StoreError extends Error {
  readonly code: 'UNAVAILABLE' | 'FORBIDDEN' | 'CORRUPT' | 'MISSING' | 'BAD_KEY';
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Every key under a prefix in byte order, however many pages of the list that takes. */
export const allKeys = async (objects: Pick<ObjectStore, 'list'>, prefix: string): Promise<string[]> => {
  const keys: string[] = [];
  for (let more = true; more; ) {
    const after = keys.at(-1);
    const page = await objects.list({ prefix, ...(after !== undefined && { after }) });
    keys.push(...page.keys);
    more = page.more;
  }
  return keys;
};

/** What was read, or null when it is there and cannot be read, or no object can have such a key. */
export const unlessUnreadable = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof StoreError && (error.code === 'CORRUPT' || error.code === 'BAD_KEY')) return null;
    throw error;
  }
};

const controlOrBackslash = /[\u0000-\u001f\u007f-\u009f\\]/;
const utf8Bytes = (text: string) => new TextEncoder().encode(text).length;

/**
 * The key itself, if every store can hold it: at most 1024 UTF-8 bytes of parts between slashes, each 1–255 bytes and not
 * beginning with a dot, so that no key climbs out of a directory or reaches the store's own files.
 * @throws {StoreError} `BAD_KEY`
 */
export const checkedKey = (key: string): string => {
  const parts = key.split('/');
  const sound =
    key.isWellFormed() &&
    !controlOrBackslash.test(key) &&
    utf8Bytes(key) <= 1024 &&
    parts.every((part) => part !== '' && !part.startsWith('.') && utf8Bytes(part) <= 255);
  if (!sound) throw new StoreError('BAD_KEY', `Not a usable object key: ${JSON.stringify(key.slice(0, 200))}`);
  return key;
};
