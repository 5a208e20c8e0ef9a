import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const maxBodyBytes = 6 * 1024 * 1024;

/** null when the body is too large. */
const readBody = async (request: IncomingMessage): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > maxBodyBytes) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};

/** The request as an HTTP API hands it on: cookies stand apart from the other headers. */
const eventOf = (request: IncomingMessage, url: URL, domainName: string, body: Buffer): APIGatewayProxyEventV2 => {
  const { cookie, ...headers } = request.headers;
  return {
    version: '2.0',
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split('; ') }),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    requestContext: { domainName, http: { method: request.method, path: url.pathname, sourceIp: '127.0.0.1' } },
    body: body.toString('base64'),
    isBase64Encoded: true,
  } as APIGatewayProxyEventV2;
};

/**
 * Stands in for the HTTP API: turns requests on loopback into payload 2.0 events. As the HTTP API serves no domain but
 * its own, the console answers to this machine's names only; a webhook may come through a tunnel under any name.
 */
export const startWeb = async ({
  port,
  webhook,
  console,
}: {
  port: number;
  webhook: HttpHandler;
  console: HttpHandler;
}) => {
  const answer = async (request: IncomingMessage): Promise<APIGatewayProxyStructuredResultV2> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const isWebhook = request.method === 'POST' && url.pathname === '/feishu/webhook';
    const host = request.headers.host ?? '';
    const { port: ownPort } = server.address() as AddressInfo;
    if (!isWebhook && host !== `localhost:${ownPort}` && host !== `127.0.0.1:${ownPort}`) return { statusCode: 404 };
    const body = await readBody(request);
    if (body === null) return { statusCode: 413 };
    return (isWebhook ? webhook : console)(eventOf(request, url, host, body));
  };

  const server = createServer((request, response) => {
    const send = ({ statusCode, headers, cookies, body, isBase64Encoded }: APIGatewayProxyStructuredResultV2) => {
      for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, String(value));
      if (cookies) response.setHeader('set-cookie', cookies);
      response.writeHead(statusCode ?? 200).end(Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'));
    };
    answer(request)
      .then(send)
      .catch(() => response.writeHead(500).end());
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
