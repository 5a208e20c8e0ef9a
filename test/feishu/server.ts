import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Seen = {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: string;
};
/** What to answer: JSON, or bytes as they are, or a function that misbehaves on its own. */
export type Answer =
  | { status?: number; headers?: Record<string, string>; json: unknown }
  | { status?: number; headers?: Record<string, string>; raw: string | Buffer }
  | ((response: ServerResponse) => void);

/** A server on loopback that answers its n-th request (from 0) by a script; the last line is repeated. */
export const startServer = async (script: readonly Answer[] | ((seen: Seen) => Answer)) => {
  const seen: Seen[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { headers, method = '' } = request;
    const one: Seen = { method, path: url.pathname, query: Object.fromEntries(url.searchParams), headers, body };
    seen.push(one);
    const answer = typeof script === 'function' ? script(one) : (script[seen.length - 1] ?? script.at(-1));
    if (answer === undefined) throw new Error('the script is empty');
    if (typeof answer === 'function') return answer(response);
    const text = 'json' in answer ? JSON.stringify(answer.json) : answer.raw;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(text);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** An answer of success. */
export const success = (data: object): Answer => ({ json: { code: 0, msg: 'success', data } });
/** An answer of failure, with a text of Feishu's that names a person. */
export const failure = (status: number, code: number, headers: Record<string, string> = {}): Answer => ({
  status,
  headers,
  json: { code, msg: 'canary-person may not' },
});
