import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const maxBodyBytes = 6 * 1024 * 1024;

/** Stands in for the HTTP API: turns requests on loopback into payload 2.0 events. */
export const startWeb = async ({ port, webhook }: { port: number; webhook: HttpHandler }) => {
  const server = createServer(async (request, response) => {
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      if (request.method !== 'POST' || url.pathname !== '/feishu/webhook') {
        response.writeHead(404).end();
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of request) {
        size += (chunk as Buffer).length;
        if (size > maxBodyBytes) {
          response.writeHead(413).end();
          return;
        }
        chunks.push(chunk as Buffer);
      }
      const event = {
        version: '2.0',
        rawPath: url.pathname,
        rawQueryString: url.search.slice(1),
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        requestContext: { http: { method: request.method, path: url.pathname, sourceIp: '127.0.0.1' } },
        body: Buffer.concat(chunks).toString('base64'),
        isBase64Encoded: true,
      } as APIGatewayProxyEventV2;
      const answer = await webhook(event);
      const headers = Object.entries(answer.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
      response.writeHead(answer.statusCode ?? 200, Object.fromEntries(headers)).end(answer.body);
    } catch {
      response.writeHead(500).end();
    }
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
