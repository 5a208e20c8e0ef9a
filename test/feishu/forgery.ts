/**
 * SHA-256 continued from its own result: with a signature, its body and the length of the key, but not the key,
 * anyone can sign a longer body. FIPS 180-4 is all there is to it.
 */
export const extend = (
  genuine: { signature: string; body: Uint8Array; secretBytes: number },
  suffix: Uint8Array,
): { signature: string; body: Buffer } => {
  const hashed = genuine.secretBytes + genuine.body.length;
  const glue = padding(hashed);
  const total = hashed + glue.length + suffix.length;
  let state = Array.from({ length: 8 }, (_, i) => Buffer.from(genuine.signature, 'hex').readUInt32BE(i * 4));
  const rest = Buffer.concat([suffix, padding(total)]);
  for (let at = 0; at < rest.length; at += 64) state = compress(state, rest.subarray(at, at + 64));
  const signature = Buffer.alloc(32);
  state.forEach((word, i) => {
    signature.writeUInt32BE(word, i * 4);
  });
  return { signature: signature.toString('hex'), body: Buffer.concat([genuine.body, glue, suffix]) };
};

/** 0x80, zeros, and the length in bits, up to a multiple of 64 bytes. */
const padding = (length: number): Buffer => {
  const bytes = Buffer.alloc(((119 - (length % 64)) % 64) + 9);
  bytes[0] = 0x80;
  bytes.writeBigUInt64BE(BigInt(length) * 8n, bytes.length - 8);
  return bytes;
};

const primes = (count: number): number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
};

/** The first 32 bits of the fractional part of each cube root. */
const roundConstants = primes(64).map((p) => Math.floor((Math.cbrt(p) % 1) * 2 ** 32));

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const compress = (state: readonly number[], block: Buffer): number[] => {
  const w = Array.from({ length: 16 }, (_, i) => block.readUInt32BE(i * 4));
  const word = (i: number): number => w[i] ?? 0;
  for (let i = 16; i < 64; i += 1) {
    const s0 = rotate(word(i - 15), 7) ^ rotate(word(i - 15), 18) ^ (word(i - 15) >>> 3);
    const s1 = rotate(word(i - 2), 17) ^ rotate(word(i - 2), 19) ^ (word(i - 2) >>> 10);
    w.push((word(i - 16) + s0 + word(i - 7) + s1) >>> 0);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (const [i, k] of roundConstants.entries()) {
    const one = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k + word(i);
    const two = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [a, b, c, d, e, f, g, h] = [(one + two) >>> 0, a, b, c, (d + one) >>> 0, e, f, g];
  }
  return [a, b, c, d, e, f, g, h].map((value, i) => (value + (state[i] ?? 0)) >>> 0);
};
