import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sealPush } from '../../feishu.ts';
import { credentials } from '../event/push.ts';
import { tellStarts } from './spawned.ts';

const { verificationToken, encryptKey } = credentials;
const verification = { type: 'url_verification', challenge: 'ajls384kdjx98XX', token: verificationToken };

await tellStarts(async (folder) => {
  const build = `import { bundle } from './.build/bundle.ts'; await bundle('webhook', process.argv[1]);`;
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', build, folder]);
  const secret = join(folder, 'secret.json');
  await writeFile(secret, JSON.stringify({ ...credentials, appSecret: 's' }), { mode: 0o600 });
  const event = { version: '2.0', headers: {}, body: sealPush(verification, encryptKey, Date.now()).body };
  return {
    code: `import { handler } from './webhook/index.mjs';
      const { statusCode, body } = await handler(${JSON.stringify(event)});
      if (statusCode !== 200 || !body.includes('ajls384kdjx98XX')) throw new Error(body);`,
    env: {
      AWS_REGION: 'eu-west-1',
      REPORT_BUCKET: 'a-bucket',
      FEISHU_SECRET_ID: pathToFileURL(secret).href,
      NODE_NO_WARNINGS: '1',
    },
  };
});
