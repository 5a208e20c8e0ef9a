import { handle } from 'hono/aws-lambda';
import { createApp } from '../src/console/app.tsx';
import { consoleDeps } from './deps.ts';

/** The console's pages, behind an HTTP API (payload 2.0) or a function URL. */
export const handler = handle(createApp(await consoleDeps()));
