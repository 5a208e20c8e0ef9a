import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { people } from '../../src/local/feishu-oauth.ts';

type Console = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

const host = 'console.test';

/** A browser on the console behind an HTTP API: it keeps cookies, and consents at a stand-in Feishu as the administrator. */
export const browserOf = (handler: Console, feishuUrl: string) => {
  const jar = new Map<string, string>();
  /** What the forms of the last page carry. */
  let token = '';

  const request = async (method: string, path: string, form?: Record<string, string>) => {
    const url = new URL(path, `https://${host}`);
    const answer = await handler({
      version: '2.0',
      rawPath: url.pathname,
      rawQueryString: url.search.slice(1),
      cookies: [...jar].map(([name, value]) => `${name}=${value}`),
      headers: {
        host,
        origin: url.origin,
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      requestContext: { domainName: host, http: { method, path: url.pathname, sourceIp: '127.0.0.1' } },
      ...(form && { body: String(new URLSearchParams(form)) }),
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2);
    for (const cookie of answer.cookies ?? []) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    token = /name="token" value="([^"]+)"/.exec(answer.body ?? '')?.[1] ?? token;
    return answer;
  };

  return {
    get: (path: string) => request('GET', path),
    post: (path: string, form: Record<string, string>) => request('POST', path, { ...form, token }),
    /** From a page that leaves for Feishu, through its consent, to the page that Feishu sends the browser back to. */
    consent: async (path: string) => {
      const left = await request('GET', path);
      const asking = new URL(String(left.headers?.location ?? left.headers?.Location));
      const choice = new URLSearchParams({ person: people.admin.openId, decision: 'accept' });
      for (const scope of (asking.searchParams.get('scope') ?? '').split(' ')) choice.append('scope', scope);
      const address = `${feishuUrl}${asking.pathname}${asking.search}`;
      const agreed = await fetch(address, { method: 'POST', body: choice, redirect: 'manual' });
      const back = new URL(agreed.headers.get('location') ?? '');
      return request('GET', back.pathname + back.search);
    },
  };
};
