import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** One file of the archive; its chunks are asked for only when their turn comes. */
export type Part = { path: string; chunks: Iterable<string | Uint8Array> };

/** Level 6 makes the file a fifth smaller and the whole report a third slower. */
const COMPRESSION_LEVEL = 1;

/** Local time without a zone, as zip stores it: the same bytes wherever this runs. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Zips parts in their order, holding only the compressed bytes. Same parts, same bytes. */
export const zipped = (parts: Iterable<Part>): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const zip = new ZipFile();
    zip.on('error', reject);
    for (const { path, chunks } of parts) {
      const source = Readable.from(chunks);
      source.on('error', reject);
      zip.addReadStream(source, path, {
        mtime: FIXED_TIME,
        mode: 0o100644,
        forceDosTimestamp: true,
        compressionLevel: COMPRESSION_LEVEL,
      });
    }
    zip.end();
    buffer(zip.outputStream).then(resolve, reject);
  });
