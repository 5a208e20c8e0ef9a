import { encryptKeys, readPush } from '../../../feishu/event.ts';
import { verifySignature } from '../../../feishu/signature.ts';
import { body, credentials, headers, tellEach } from './push.ts';

const keys = encryptKeys(credentials);

await tellEach(() => {
  const signature = verifySignature({ headers, body, keys, nowSeconds: Math.floor(Date.now() / 1000) });
  const push = readPush({ body, signed: signature.kind === 'signed', credentials });
  if (push.kind !== 'meeting-ended') throw new Error(push.kind);
});
