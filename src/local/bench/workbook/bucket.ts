import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { s3Client, s3Objects } from '../../../store/s3.ts';

/** Takes whatever is sent to it, as S3 would. */
const SERVER = `
  require('node:http')
    .createServer((request, response) => request.resume().on('end', () => response.setHeader('ETag', '"1"').end()))
    .listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;

/** Our bucket over the real SDK, on a server in a process of its own, so that its memory is not counted as ours. */
export const startBucket = async () => {
  const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(server.stdout, 'data');
  const client = s3Client({
    endpoint: `http://127.0.0.1:${Number(port)}`,
    forcePathStyle: true,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const stop = () => {
    client.destroy();
    server.kill();
  };
  return { objects: s3Objects({ bucket: 'bench', client }), stop };
};
