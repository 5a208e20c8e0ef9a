import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { handle } from 'hono/aws-lambda';
import { createApp } from '../src/console/app.tsx';
import { consoleDeps } from './deps/console.ts';
import { observed } from './deps/log.ts';

/** Hono types the same events and answers a little differently from AWS. */
type HttpApi = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** The console's pages, behind an HTTP API (payload 2.0) or a function URL. */
export const handler: HttpApi = observed(handle(createApp(await consoleDeps())) as unknown as HttpApi);
