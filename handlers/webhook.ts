import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createIntake } from '../src/intake.ts';
import { observed } from './deps/log.ts';
import { webhookDeps } from './deps/webhook.ts';

const intake = createIntake(await webhookDeps());

/** Feishu's request URL, behind an HTTP API (payload 2.0) or a function URL. */
export const handler = observed(async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const answer = await intake({ headers: event.headers, body });
  return {
    statusCode: answer.status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: answer.body,
  };
});
