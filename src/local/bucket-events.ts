import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const pollMs = 100;

/** The S3 notification for one written object: keys arrive form-encoded, as from the real bucket. */
export const notificationOf = (key: string): string =>
  JSON.stringify({
    Records: [
      {
        eventSource: 'aws:s3',
        eventName: 'ObjectCreated:Put',
        s3: {
          bucket: { name: 'local' },
          object: { key: key.split('/').map(encodeURIComponent).join('/').replaceAll('%20', '+') },
        },
      },
    ],
  });

/**
 * Stands in for the bucket's events: tells of every object written under `requests/` of a directory, also of one that
 * was there before the start and of one written again with the same bytes.
 * @returns A function that stops it.
 */
export const watchRequests = (root: string, tell: (notification: string) => void): (() => void) => {
  const seen = new Map<string, number>();
  let stopped = false;
  const look = async (): Promise<void> => {
    const entries = await readdir(join(root, 'requests'), { recursive: true }).catch(() => []);
    for (const entry of entries.filter((name) => name.endsWith('.json')).sort()) {
      const written = await stat(join(root, 'requests', entry)).catch(() => null);
      if (written === null || seen.get(entry) === written.mtimeMs) continue;
      seen.set(entry, written.mtimeMs);
      tell(notificationOf(`requests/${entry}`));
    }
    if (!stopped) setTimeout(() => void look(), pollMs);
  };
  void look();
  return () => {
    stopped = true;
  };
};
