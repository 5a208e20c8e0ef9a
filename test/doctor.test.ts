import { describe, expect, it } from 'vitest';
import { ConfigError } from '../src/config.ts';
import { type CheckName, checksOf, type DoctorDeps, diagnose } from '../src/doctor.ts';
import { FeishuError } from '../src/feishu/error.ts';
import { StoreError } from '../src/store/objects.ts';
import { memoryObjects } from './memory-store.ts';

const healthy = (): DoctorDeps => ({
  credentials: async () => ({}),
  objects: memoryObjects(),
  queue: async () => 'arn:aws:sqs:eu-west-1:1:jobs',
  feishuTime: async () => 1_000_000,
  tokens: { get: async () => 'token', invalidate: () => {} },
  grantedScopes: async () => ['vc:rooms.room.detailinfo:read', 'offline_access'],
  neededScopes: ['vc:rooms.room.detailinfo:read', 'offline_access'],
  mayManageMeetings: async () => true,
  now: () => 1_000_000,
});

const problems = async (over: Partial<DoctorDeps>) =>
  (await diagnose(checksOf({ ...healthy(), ...over }))).filter(({ outcome }) => outcome === 'problem');

describe('the doctor', () => {
  it('finds a healthy installation in order, and leaves nothing behind', async () => {
    const deps = healthy();
    const findings = await diagnose(checksOf(deps));
    expect(findings).toHaveLength(8);
    expect(findings.every(({ outcome }) => outcome === 'ok')).toBe(true);
    expect((deps.objects as ReturnType<typeof memoryObjects>).stored.size).toBe(0);
  });

  const refused = (error: Error) => () => Promise.reject(error);
  it.each<[CheckName, string, Partial<DoctorDeps>, RegExp]>([
    [
      'app-secret',
      'a secret of another shape',
      { credentials: refused(new StoreError('CORRUPT', 'Secret s: appId is missing')) },
      /appId/,
    ],
    [
      'bucket',
      'a bucket out of reach',
      { objects: { ...memoryObjects(), put: refused(new StoreError('FORBIDDEN', 'state/doctor.json: 403')) } },
      /403/,
    ],
    ['queue', 'a bucket that tells no queue', { queue: async () => null }, /requests\//],
    ['clock', 'a clock an hour ahead', { now: () => 4_600_000 }, /3600 s/],
    [
      'token',
      'a token refused',
      { tokens: { get: refused(new FeishuError('AUTHORISE_AGAIN', 'refused')), invalidate: () => {} } },
      /refused/,
    ],
    ['scopes', 'a scope that was not granted', { grantedScopes: async () => ['offline_access'] }, /vc:rooms/],
    ['admin-right', '121005', { mayManageMeetings: async () => false }, /does not show/],
  ])('names %s for %s, with a remedy in both languages, and goes on', async (check, _, over, problem) => {
    const found = await problems(over);
    expect(found).toEqual([
      {
        check,
        outcome: 'problem',
        problem: expect.stringMatching(problem),
        remedy: { en: expect.stringMatching(/\w{4}/), zh: expect.stringMatching(/\p{Script=Han}{4}/u) },
      },
    ]);
  });

  it('tolerates a minute of skew, and no more', async () => {
    expect(await problems({ now: () => 1_060_000 })).toEqual([]);
    expect(await problems({ now: () => 1_060_001 })).toHaveLength(1);
  });

  it('needs no granted scopes with a tenant token', async () => {
    expect(await problems({ grantedScopes: null })).toEqual([]);
  });

  it('tells the variable of an environment that cannot be read', async () => {
    const [finding] = await diagnose([
      { name: 'configuration', look: refused(new ConfigError('Environment: REPORT_BUCKET is missing')) },
    ]);
    expect(finding).toMatchObject({ outcome: 'problem', problem: expect.stringContaining('REPORT_BUCKET') });
  });

  it('O1 repeats no text of an error it does not know', async () => {
    const [finding] = await problems({ mayManageMeetings: refused(new TypeError('canary-token in a URL')) });
    expect(JSON.stringify(finding)).not.toContain('canary');
  });
});
