import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decrypt, type PushHeaders, verifySignature } from '../../src/feishu/signature.ts';
import { extend } from './forgery.ts';
import { bytesOf, credentials, encrypt, endedEvent, pushedAt, signedHeaders } from './push.ts';

const body = bytesOf(endedEvent());
const key = credentials.encryptKey;
const verify = (headers: PushHeaders, over: { body?: Uint8Array; keys?: string[]; nowSeconds?: number } = {}) =>
  verifySignature({ headers, body, keys: [key], nowSeconds: pushedAt, ...over });
const unsigned = { kind: 'unsigned' };

describe('a signature', () => {
  it('holds over the raw bytes', () => {
    expect(verify(signedHeaders(body))).toEqual({ kind: 'signed', skewSeconds: 0 });
  });

  it('is the SHA-256 of timestamp, nonce, key and body in this order', () => {
    const signature = createHash('sha256').update('1794823205ntest key{}').digest('hex');
    const headers = {
      'X-Lark-Request-Timestamp': '1794823205',
      'X-Lark-Request-Nonce': 'n',
      'X-Lark-Signature': signature,
    };
    expect(verify(headers, { body: bytesOf('{}'), keys: ['test key'] })).toMatchObject({ kind: 'signed' });
  });

  it('breaks with one byte of the body, even a space', () => {
    expect(verify(signedHeaders(body), { body: Buffer.concat([body, bytesOf(' ')]) })).toEqual(unsigned);
  });

  const genuine = signedHeaders(body);
  const signature = genuine['x-lark-signature'];
  it.each<[string, PushHeaders]>([
    ['missing', { 'x-lark-signature': undefined }],
    ['empty', { 'x-lark-signature': '' }],
    ['in upper case', { 'x-lark-signature': signature.toUpperCase() }],
    ['one digit short', { 'x-lark-signature': signature.slice(1) }],
    ['one digit long', { 'x-lark-signature': `${signature}0` }],
    ['followed by a line feed', { 'x-lark-signature': `${signature}\n` }],
    ['of full-width digits', { 'x-lark-signature': '０'.repeat(64) }],
    ['an array', { 'x-lark-signature': [signature] }],
    ['given twice', { 'X-Lark-Signature': signature }],
    ['joined by a proxy', { 'x-lark-signature': `${signature},${signature}` }],
    ['without its timestamp', { 'x-lark-request-timestamp': undefined }],
    ['without its nonce', { 'x-lark-request-nonce': undefined }],
    ['with an array of nonces', { 'x-lark-request-nonce': ['4711081523'] }],
    ['with another timestamp', { 'x-lark-request-timestamp': `${pushedAt + 1}` }],
  ])('W4 is refused when %s', (_, headers) => {
    expect(verify({ ...genuine, ...headers })).toEqual(unsigned);
  });

  it('W4 is refused with a nonce that is not ASCII, though its digest is right', () => {
    expect(verify(signedHeaders(body, { nonce: '随机' }))).toEqual(unsigned);
  });

  it('W5 can be made for a longer body without the key, so the reader must refuse such a body', () => {
    const secretBytes = `${pushedAt}4711081523${key}`.length;
    const forged = extend({ signature, body, secretBytes }, bytesOf('{"any":"thing"}'));
    expect(verify({ ...genuine, 'x-lark-signature': forged.signature }, { body: forged.body })).toMatchObject({
      kind: 'signed',
    });
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(forged.body)).toThrow(TypeError);
  });

  it.each([-9, -4, -3, -1, 1, 2, 4, 9])(
    'W5 is refused when %i digits moved from the nonce to the timestamp',
    (moved) => {
      const digits = `${pushedAt}4711081523`;
      const shifted = {
        ...genuine,
        'x-lark-request-timestamp': digits.slice(0, 10 + moved),
        'x-lark-request-nonce': digits.slice(10 + moved),
      };
      expect(verify(shifted)).toEqual(unsigned);
    },
  );

  it('W5 gains nothing from the one shift that makes milliseconds: the moment stays the same', () => {
    const shifted = { ...genuine, 'x-lark-request-timestamp': `${pushedAt}471`, 'x-lark-request-nonce': '1081523' };
    expect(verify(shifted)).toEqual({ kind: 'signed', skewSeconds: 0 });
  });

  it.each([
    ['old', 'old key', true],
    ['new', key, true],
    ['never configured', 'other key', false],
  ])('W10 with two live keys: the %s one', (_, used, accepted) => {
    const outcome = verify(signedHeaders(body, { key: used }), { keys: [key, 'old key'] });
    expect(outcome.kind === 'signed').toBe(accepted);
  });

  it('proves nothing without a key', () => {
    expect(verify(signedHeaders(body, { key: '' }), { keys: [] })).toEqual(unsigned);
  });

  it.each([
    [86_400, 'signed'],
    [86_401, 'stale'],
    [-86_400, 'signed'],
    [-86_401, 'stale'],
  ])('W18 with our clock %i s off is %s', (skewSeconds, kind) => {
    expect(verify(genuine, { nowSeconds: pushedAt + skewSeconds })).toEqual({ kind, skewSeconds });
  });
});

describe('decryption', () => {
  it('opens the platform’s own example', () => {
    const opened = decrypt('test key', 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=');
    expect(opened && Buffer.from(opened).toString()).toBe('hello world');
  });

  it.each([0, 1, 15, 16, 17, 31, 32, 1000])('opens what was sealed, %i bytes', (length) => {
    const plaintext = Buffer.alloc(length, 'é');
    expect(Buffer.from(decrypt(key, encrypt(plaintext)) ?? 'nothing')).toEqual(plaintext);
  });

  it.each(Array.from({ length: 34 }, (_, length) => length))(
    'W7 answers null for %i bytes that are no ciphertext',
    (length) => {
      expect(decrypt(key, Buffer.alloc(length, 1).toString('base64'))).toBeNull();
    },
  );

  const good = encrypt(bytesOf('hello'));
  it.each([
    ['without its base64 padding', good.replace(/=+$/, '')],
    ['in URL-safe base64', encrypt(Buffer.alloc(99, 255)).replaceAll('+', '-').replaceAll('/', '_')],
    ['with a space in it', `${good.slice(0, 8)} ${good.slice(8)}`],
    ['with something after it', `${good}!`],
    ['with padding that AES does not know', encrypt(Buffer.alloc(16, 255), { padding: false })],
    ['under another key', encrypt(bytesOf('hello'), { key: 'other key' })],
  ])('W7 answers null for a text %s', (_, text) => {
    expect(decrypt(key, text)).toBeNull();
  });
});
