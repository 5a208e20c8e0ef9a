import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { body, credentials, headers, tellEach } from './push.ts';

const { encryptKey } = credentials;

await tellEach(() => {
  const prefix = `${headers['x-lark-request-timestamp']}${headers['x-lark-request-nonce']}${encryptKey}`;
  const digest = createHash('sha256').update(prefix).update(body).digest();
  if (!timingSafeEqual(digest, Buffer.from(headers['x-lark-signature'] ?? '', 'hex'))) throw new Error('forged');
  const sealed = Buffer.from((JSON.parse(body.toString()) as { encrypt: string }).encrypt, 'base64');
  const key = createHash('sha256').update(encryptKey).digest();
  const decipher = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]);
  return JSON.parse(plain.toString());
});
