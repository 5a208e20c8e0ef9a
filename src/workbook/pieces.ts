/** Bytes to a piece: enough that compressing it outweighs setting up to compress. */
const PIECE = 262_144;
/** Most bytes of one UTF-16 unit in UTF-8. */
const WIDEST = 3;

/** Small strings as pieces of about 256 KB of UTF-8. All share one place in memory: each is good until the next is asked for. */
export function* piecesOf(strings: Iterable<string>): Generator<Uint8Array> {
  let room = Buffer.allocUnsafeSlow(PIECE);
  let used = 0;
  for (const string of strings) {
    const most = string.length * WIDEST;
    if (used > 0 && used + most > room.length) {
      yield room.subarray(0, used);
      used = 0;
    }
    if (most > room.length) room = Buffer.allocUnsafeSlow(most);
    used += room.write(string, used);
  }
  if (used > 0) yield room.subarray(0, used);
}
