import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bytesOf, credentials, endedEvent, sealed, signedHeaders, urlVerification } from '../feishu/push.ts';

let directory: string;
const bucket = () => join(directory, 'bucket');
const request = () => readFile(join(bucket(), 'requests/2026-11-16/6911188411934433028.0.json'), 'utf8');

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'webhook-'));
  const secret = join(directory, 'feishu.json');
  await writeFile(secret, JSON.stringify({ ...credentials, appSecret: 'app-secret' }), { mode: 0o600 });
  vi.stubEnv('REPORT_BUCKET', pathToFileURL(bucket()).href);
  vi.stubEnv('FEISHU_SECRET_ID', pathToFileURL(secret).href);
  vi.stubEnv('REPORT_TIME_ZONE', 'Asia/Shanghai');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

/** A cold start, with whatever the environment says now. */
const coldStart = async () => {
  vi.resetModules();
  return (await import('../../handlers/webhook.ts')).handler;
};

const httpEvent = (headers: Record<string, string>, body: string, isBase64Encoded: boolean): APIGatewayProxyEventV2 =>
  ({ version: '2.0', headers, body, isBase64Encoded }) as APIGatewayProxyEventV2;

const signedNow = (body: Buffer) => signedHeaders(body, { timestamp: `${Math.floor(Date.now() / 1000)}` });
const json = { 'content-type': 'application/json; charset=utf-8' };

describe('the webhook', () => {
  const body = bytesOf(`${JSON.stringify(endedEvent({ meeting: { topic: '周会 👋\u2028' } }), null, 2)}\r\n`);

  it.each([
    ['plain', body.toString(), false],
    ['base64', body.toString('base64'), true],
  ])('W6 checks and files a push delivered %s', async (_, text, isBase64Encoded) => {
    const handler = await coldStart();
    const answer = await handler(httpEvent(signedNow(body), text, isBase64Encoded));
    expect(answer).toEqual({ statusCode: 200, headers: json, body: '{}' });
    expect(JSON.parse(await request())).toMatchObject({ reason: 'meeting-ended', meeting: { topic: '周会 👋' } });
  });

  it('W8 echoes the challenge that proves the URL right after a cold start', async () => {
    const handler = await coldStart();
    const answer = await handler(httpEvent({}, sealed(urlVerification()).toString(), false));
    expect(answer).toEqual({ statusCode: 200, headers: json, body: '{"challenge":"ajls384kdjx98XX"}' });
  });

  it('W4 answers a stranger 401, with or without a body, and touches nothing', async () => {
    const handler = await coldStart();
    const { body: _, ...bodiless } = httpEvent({}, '', false);
    const answers = [await handler(httpEvent({}, body.toString(), false)), await handler(bodiless)];
    const unauthorized = { statusCode: 401, headers: json, body: '{"error":"unauthorized"}' };
    expect(answers).toEqual([unauthorized, unauthorized]);
    await expect(readdir(bucket())).rejects.toThrow('ENOENT');
  });

  it.each(['REPORT_BUCKET', 'FEISHU_SECRET_ID'])('W9 does not start without %s', async (name) => {
    vi.stubEnv(name, undefined);
    await expect(coldStart()).rejects.toThrow(name);
  });

  it('W9 does not start without a verification token', async () => {
    const secret = join(directory, 'feishu.json');
    await writeFile(secret, JSON.stringify({ appId: 'cli_1', appSecret: 'app-secret' }), { mode: 0o600 });
    await expect(coldStart()).rejects.toThrow('verificationToken');
  });
});
