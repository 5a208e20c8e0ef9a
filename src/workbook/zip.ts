import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';

/** One file of the archive; its chunks are asked for only when their turn comes. */
export type Part = { path: string; chunks: Iterable<string | Uint8Array> };

/** Level 6 would make the file a fifth smaller and its making a third slower. */
const COMPRESSION_LEVEL = 1;
/** Method 8 of the zip format. */
const DEFLATE = 8;
/** Local time without a zone, as zip stores it: the same bytes wherever this runs. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Zips parts one after another, holding only the compressed bytes. Same parts, same bytes. */
export const zipped = async (parts: Iterable<Part>): Promise<Uint8Array> => {
  const archive: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    archive.push(bytes);
  });
  for (const part of parts) await addPart(zip, part);
  zip.end();
  return Buffer.concat(archive);
};

const addPart = async (zip: Zip, { path, chunks }: Part): Promise<void> => {
  const file: ZipInputFile = { filename: path, mtime: FIXED_TIME, compression: DEFLATE, size: 0, crc: 0 };
  zip.add(file);
  await pipeline(
    measured(chunks, file),
    createDeflateRaw({ level: COMPRESSION_LEVEL }),
    async (compressed: AsyncIterable<Buffer<ArrayBuffer>>) => {
      for await (const bytes of compressed) file.ondata?.(null, bytes, false);
    },
  );
  file.ondata?.(null, new Uint8Array(), true);
};

/** Passes the chunks on as bytes and enters their size and checksum, which the archive wants at the end of each file. */
function* measured(chunks: Part['chunks'], file: ZipInputFile): Generator<Uint8Array> {
  for (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    file.size += bytes.length;
    file.crc = crc32(bytes, file.crc);
    yield bytes;
  }
}
