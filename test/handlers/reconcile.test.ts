import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startFeishuStandIn } from '../../src/local/feishu.ts';
import { tellStory } from '../../src/local/story.ts';

it('R1 the reconciler as deployed files every meeting of a stand-in Feishu whose events were all lost, webinars too', async () => {
  const root = await mkdtemp(join(tmpdir(), 'rollcall-reconcile-'));
  const credentials = { appId: 'cli_a', appSecret: 'canary-app-secret', verificationToken: 'canary-token' };
  await writeFile(join(root, 'secret.json'), JSON.stringify(credentials), { mode: 0o600 });
  const anHourAgo = Math.floor(Date.now() / 1000) - 3600;
  const meetings = tellStory(anHourAgo);
  const feishu = await startFeishuStandIn({
    credentials,
    meetings: () => meetings,
    now: Date.now,
    sleep: async () => {},
  });
  const logged: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((line) => logged.push(String(line)) > 0);
  onTestFinished(async () => {
    output.mockRestore();
    vi.unstubAllEnvs();
    await feishu.close();
    await rm(root, { recursive: true });
  });
  vi.stubEnv('REPORT_BUCKET', pathToFileURL(join(root, 'bucket')).href);
  vi.stubEnv('FEISHU_SECRET_ID', pathToFileURL(join(root, 'secret.json')).href);
  vi.stubEnv('FEISHU_BASE_URL', feishu.url);
  vi.stubEnv('FEISHU_TOKEN_KIND', 'tenant');

  const { handler } = await import('../../handlers/reconcile.ts');
  const nothing = { redriven: 0, revised: 0, unreadable: 0, notListed: null };
  expect(await handler()).toEqual({ listed: meetings.length, filed: meetings.length, ...nothing });
  expect(await handler()).toMatchObject({ filed: 0, notListed: null });
  const files = await readdir(join(root, 'bucket', 'requests'), { recursive: true });
  expect(files.filter((name) => name.endsWith('.0.json'))).toHaveLength(meetings.length);
  expect(logged.join('')).not.toMatch(new RegExp([...meetings.map(({ topic }) => topic), 'canary'].join('|')));
});
