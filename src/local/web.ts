import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

type HttpEvent = Pick<
  APIGatewayProxyEventV2,
  'version' | 'routeKey' | 'rawPath' | 'rawQueryString' | 'cookies' | 'headers' | 'body' | 'isBase64Encoded'
> & { requestContext: APIGatewayProxyEventV2['requestContext'] };
type HttpHandler = (event: HttpEvent) => Promise<APIGatewayProxyStructuredResultV2>;
