import { get, type IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConsole } from './running.ts';

let running: Awaited<ReturnType<typeof startConsole>>;

beforeEach(async () => {
  running = await startConsole({ CONSOLE_ADMINS: '' });
});
afterEach(() => running.close());

const event = (rawPath: string, headers: Record<string, string> = {}): APIGatewayProxyEventV2 =>
  ({
    version: '2.0',
    rawPath,
    rawQueryString: '',
    headers,
    requestContext: { domainName: 'console.example.com', http: { method: 'GET', path: rawPath } },
    isBase64Encoded: false,
  }) as APIGatewayProxyEventV2;

describe('the console’s handler', () => {
  it.each([
    {},
    { host: 'evil.test' },
    { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'http', forwarded: 'host=evil.test' },
  ])('C3 has Feishu answer to the API’s own domain, whatever the headers %j say', async (headers) => {
    const { statusCode, headers: answered } = await running.handler(event('/connect/start', headers));
    expect(statusCode).toBe(302);
    const location = new URL(String(answered?.location));
    expect(location.origin).toBe(running.feishu.url);
    expect(location.searchParams.get('redirect_uri')).toBe('https://console.example.com/connect/callback');
  });

  it('C3 is not led astray by a path that looks like a host', async () => {
    for (const path of ['//evil.test/connect/start', '/@evil.test/connect/start', '/\\evil.test']) {
      const { statusCode, headers } = await running.handler(event(path));
      expect([statusCode, String(headers?.location)]).toEqual([302, expect.stringMatching(/^\/sign-in\?next=%2F/)]);
    }
  });

  it('hands its cookie to the API apart from the headers', async () => {
    const answer = await running.handler(event('/connect/start'));
    expect(answer.cookies).toEqual([expect.stringMatching(/^__Host-connect=/)]);
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it('says at its start that an empty CONSOLE_ADMINS lets nobody connect', () => {
    expect(running.logged.join('')).toContain('"event":"console.nobody-may-connect"');
  });

  it.each([
    ['localhost', 200],
    ['127.0.0.1', 200],
    ['evil.test', 404],
    ['localhost.evil.test', 404],
  ])('is served on a laptop under its own names only: %s', async (name, status) => {
    const { port } = new URL(running.url);
    const answered = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${running.url}/connect`, { headers: { host: `${name}:${port}` } }, resolve).on('error', reject);
    });
    answered.resume();
    expect(answered.statusCode).toBe(status);
  });
});
