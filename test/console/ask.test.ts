import { describe, expect, it } from 'vitest';
import { createFiling } from '../../src/ask.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { jobStore } from '../../src/store/jobs.ts';
import { requestStore } from '../../src/store/requests.ts';
import { meeting, minute } from '../make.ts';
import { memoryObjects } from '../memory-store.ts';
import { fakeConsole, now } from './fake.ts';

const weekly = meeting();
const again = meeting({ instanceId: '6911188411934433029', startsAt: minute(-1440), endsAt: minute(-1380) });
const range = { no: '235 812-466', from: '2026-11-15', to: '2026-11-16' };

/** The console on a bucket, with a Feishu that knows these meetings. */
const console = (found: readonly Meeting[] = [weekly, again]) => {
  const objects = memoryObjects();
  const asked: unknown[] = [];
  const { file } = createFiling({
    requests: requestStore(objects),
    jobs: jobStore(objects),
    watchDays: async () => {},
    timeZone: 'Asia/Shanghai',
    now: () => now,
  });
  const fake = fakeConsole(
    {
      ask: {
        find: async (query) => {
          asked.push(query);
          return found;
        },
        file: (meetings, { openId, name }) => file(meetings, { requestedBy: `${name} (${openId})` }),
      },
    },
    'viewer',
  );
  return {
    ...fake,
    asked,
    filed: () => [...objects.stored.keys()].filter((key) => key.startsWith('requests/')).sort(),
  };
};

describe('asking for reports', () => {
  it.each([
    '235812466',
    '235 812 466',
    '235-812-466',
    '235–812—466',
    '２３５８１２４６６',
    ' 235 812 466 ',
    '235\u00a0812\u3000466',
  ])('understands the number %j', async (no) => {
    const { get, asked } = console();
    expect((await get(`/ask?${new URLSearchParams({ ...range, no })}`)).status).toBe(200);
    expect(asked).toEqual([
      { meetingNo: '235812466', from: Date.UTC(2026, 10, 14, 16) / 1000, to: Date.UTC(2026, 10, 16, 16) / 1000 - 1 },
    ]);
  });

  it.each([
    ['no', { no: '12345678' }],
    ['no', { no: '1234567890' }],
    ['no', { no: '-12345678' }],
    ['no', { no: '12345678a' }],
    ['no', { no: '' }],
    ['from', { from: '2026-02-30' }],
    ['from', { from: '' }],
    ['to', { to: '2026-11-14' }],
    ['to', { to: '2027-12-31' }],
  ])('says beside %s what is wrong with %j, by both ways of asking, and asks Feishu nothing', async (name, wrong) => {
    const { get, post, asked, acts } = console();
    const answers = [
      await get(`/ask?${new URLSearchParams({ ...range, ...wrong })}`),
      await post('/ask', { ...range, ...wrong }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(422);
      const text = await answer.text();
      expect(text).toMatch(
        new RegExp(`<input[^>]* id="${name}"[^>]*aria-describedby="[^"]*${name}-error"[^>]*aria-invalid="true"`),
      );
      expect(text).toContain(`id="${name}-error"`);
    }
    expect([...asked, ...acts]).toEqual([]);
  });

  it('files what was picked, for whom, and shows it', async () => {
    const { post, filed, acts, session } = console();
    const answer = await post('/ask', { ...range, instance: weekly.instanceId });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      '/?q=235812466&from=2026-11-15&to=2026-11-16',
    ]);
    expect(filed()).toEqual([`requests/2026-11-16/${weekly.instanceId}.0.json`]);
    const { openId, name } = session;
    expect(acts).toEqual([{ who: { openId, name }, act: { what: 'asked', instanceIds: [weekly.instanceId] } }]);
  });

  it('C5 files nothing that Feishu did not find, whatever the form says', async () => {
    const { post, filed, acts } = console();
    for (const instance of ['../../state/x', 'constructor', '6911188411934433030', ''])
      expect((await post('/ask', { ...range, instance })).status).toBe(422);
    expect([...filed(), ...acts]).toEqual([]);
  });

  it('C7 files one job for a double click and for a hundred forms at once', async () => {
    const { post, filed } = console();
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => post('/ask', { ...range, instance: weekly.instanceId })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(filed()).toEqual([`requests/2026-11-16/${weekly.instanceId}.0.json`]);
  });

  it('C7 files each once when one is picked and then all are', async () => {
    const { post, filed } = console();
    const picks = [{ instance: again.instanceId }, { all: '1' }, { all: '1' }, { instance: weekly.instanceId }];
    for (const pick of picks) expect((await post('/ask', { ...range, ...pick })).status).toBe(303);
    expect(filed()).toEqual([
      `requests/2026-11-15/${again.instanceId}.0.json`,
      `requests/2026-11-16/${weekly.instanceId}.0.json`,
    ]);
  });

  it('C7 takes a form that is old for what it picks, not for what the meeting was', async () => {
    const { post, filed } = console([again]);
    expect((await post('/ask', { ...range, instance: weekly.instanceId })).status).toBe(422);
    expect(filed()).toEqual([]);
  });

  it('files nothing when no trace can be left of who asked', async () => {
    const { post, filed, errors } = (() => {
      const objects = memoryObjects();
      const fake = fakeConsole({
        audit: () => Promise.reject(new Error('the bucket is away')),
        ask: {
          find: async () => [weekly],
          file: async () => {
            objects.stored.set('requests/x', {} as never);
            return [];
          },
        },
      });
      return { ...fake, filed: () => [...objects.stored.keys()] };
    })();
    expect((await post('/ask', { ...range, all: '1' })).status).toBe(500);
    expect(filed()).toEqual([]);
    expect(errors).toHaveLength(1);
  });

  it('tells what Feishu said instead', async () => {
    const remedy = { zh: '请授予权限', en: 'Grant the permission' };
    const { get, post } = fakeConsole({ ask: { find: async () => ({ remedy }) } });
    for (const answer of [
      await get(`/ask?${new URLSearchParams(range)}`),
      await post('/ask', { ...range, all: '1' }),
    ]) {
      expect(answer.status).toBe(502);
      expect(await answer.text()).toContain('Grant the permission');
    }
  });
});
