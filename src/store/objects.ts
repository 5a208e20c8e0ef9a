/** One small object store: the five things this project asks of a bucket. Implemented by s3.ts and directory.ts. */
export type ObjectStore = {
  /** null when there is no such object. Throws when that cannot be known (no permission, time-out). */
  get: (key: string) => Promise<StoredObject | null>;
  /**
   * Writes one object whole or not at all. A retried write of the same bytes that finds its own first try counts as written.
   * @throws {StoreError} `UNAVAILABLE` when, after retries, nobody knows whether it was written: call again with the same key and bytes.
   */
  put: (key: string, bytes: Uint8Array, options: PutOptions) => Promise<PutOutcome>;
  /** Keys under a prefix in byte order, at most `limit` (default 1000), after `after`. */
  list: (options: { prefix: string; after?: string; limit?: number }) => Promise<{ keys: string[]; more: boolean }>;
  /** A link that downloads the object for a short time. */
  link: (options: { key: string; expiresInSeconds: number }) => Promise<string>;
  delete: (key: string) => Promise<void>;
};

export type StoredObject = { bytes: Uint8Array; etag: string; contentType: string; contentDisposition: string };

export type PutOptions = {
  contentType: string;
  contentDisposition?: string;
  /** `absent`: only if there is no such object; `{ etag }`: only over exactly that version; `any`: always. */
  when: 'absent' | { etag: string } | 'any';
};

/** `refused`: the condition did not hold, nothing was written. */
export type PutOutcome = { kind: 'written'; etag: string } | { kind: 'refused' };

/** What callers branch on when the store does not answer as asked. */
export class StoreError extends Error {
  readonly code: 'UNAVAILABLE' | 'FORBIDDEN' | 'CORRUPT';
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}
