import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { StoredObject } from '../store/objects.ts';

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

/** How long a link to a file of the bucket works, as a presigned one would. */
const linkMs = 60_000;

/**
 * Stands in for presigned links: a redirect to a `file:` address, which no browser follows, becomes one to an address of
 * this machine that gives the file for a minute.
 */
const createLinks = (read: (path: string) => Promise<StoredObject | null>) => {
  const files = new Map<string, { path: string; until: number }>();
  return {
    signed: (answer: APIGatewayProxyStructuredResultV2): APIGatewayProxyStructuredResultV2 => {
      const location = String(answer.headers?.location ?? '');
      if (!location.startsWith('file:')) return answer;
      const address = `/signed/${randomUUID()}`;
      files.set(address, { path: fileURLToPath(location), until: Date.now() + linkMs });
      return { ...answer, headers: { ...answer.headers, location: address } };
    },
    /** null for an address that is none of these. */
    file: async (pathname: string): Promise<APIGatewayProxyStructuredResultV2 | null> => {
      if (!pathname.startsWith('/signed/')) return null;
      const file = files.get(pathname);
      const object = file && Date.now() < file.until ? await read(file.path) : null;
      if (object === null) return { statusCode: 403, body: 'The link has expired.' };
      return {
        statusCode: 200,
        headers: { 'content-type': object.contentType, 'content-disposition': object.contentDisposition },
        body: Buffer.from(object.bytes).toString('base64'),
        isBase64Encoded: true,
      };
    },
  };
};

/**
 * Stands in for the HTTP API: turns requests on loopback into payload 2.0 events. As the HTTP API serves no domain but
 * its own, the console answers to this machine's names only; a webhook may come through a tunnel under any name.
 */
export const startWeb = async ({
  port,
  webhook,
  console,
  readFile = async () => null,
}: {
  port: number;
  webhook: HttpHandler;
  console: HttpHandler;
  /** A file of the directory that is the bucket, by its whole path. */
  readFile?: (path: string) => Promise<StoredObject | null>;
}) => {
  const links = createLinks(readFile);

  const answer = async (request: IncomingMessage): Promise<APIGatewayProxyStructuredResultV2> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const isWebhook = request.method === 'POST' && url.pathname === '/feishu/webhook';
    const host = request.headers.host ?? '';
    const { port: ownPort } = server.address() as AddressInfo;
    if (!isWebhook && host !== `localhost:${ownPort}` && host !== `127.0.0.1:${ownPort}`) return { statusCode: 404 };
    const body = await readBody(request);
    if (body === null) return { statusCode: 413 };
    const event = eventOf(request, url, host, body);
    return isWebhook ? webhook(event) : ((await links.file(url.pathname)) ?? links.signed(await console(event)));
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
