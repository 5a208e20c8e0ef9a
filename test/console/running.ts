import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { vi } from 'vitest';
import { startFeishuStandIn } from '../../src/local/feishu.ts';
import { startWeb } from '../../src/local/web.ts';

const credentials = {
  appId: 'cli_a',
  appSecret: 'canary-app-secret',
  encryptKey: 'canary-encrypt-key',
  verificationToken: 'canary-verification-token',
};

/** The console's handler as deployed, wired by the environment alone, on a directory and a stand-in Feishu. */
export const startConsole = async (env: { CONSOLE_ADMINS: string }) => {
  const root = await mkdtemp(join(tmpdir(), 'rollcall-console-'));
  const secretFile = join(root, 'secret.json');
  const tokensFile = join(root, 'tokens.json');
  await writeFile(secretFile, JSON.stringify(credentials), { mode: 0o600 });
  const feishu = await startFeishuStandIn({
    credentials,
    meetings: () => [],
    now: Date.now,
    sleep: () => Promise.reject(new Error('nothing is pushed here')),
  });
  vi.stubEnv('REPORT_BUCKET', pathToFileURL(join(root, 'bucket')).href);
  vi.stubEnv('FEISHU_SECRET_ID', pathToFileURL(secretFile).href);
  vi.stubEnv('FEISHU_USER_TOKEN_SECRET_ID', pathToFileURL(tokensFile).href);
  vi.stubEnv('FEISHU_BASE_URL', feishu.url);
  vi.stubEnv('FEISHU_ACCOUNTS_URL', feishu.url);
  vi.stubEnv('CONSOLE_ADMINS', env.CONSOLE_ADMINS);
  const logged: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  vi.resetModules();
  const { handler } = await import('../../handlers/console.ts');
  const web = await startWeb({
    port: 0,
    webhook: () => Promise.reject(new Error('no webhook here')),
    console: handler,
  });
  return {
    handler,
    url: web.url,
    feishu,
    logged,
    /** What is stored of the authorisation, or null. */
    stored: async (): Promise<Record<string, unknown> | null> => {
      const text = await readFile(tokensFile, 'utf8').catch(() => null);
      return text === null ? null : JSON.parse(text);
    },
    forget: () => rm(tokensFile, { force: true }),
    close: async () => {
      output.mockRestore();
      vi.unstubAllEnvs();
      await Promise.all([web.close(), feishu.close()]);
      await rm(root, { recursive: true });
    },
  };
};
