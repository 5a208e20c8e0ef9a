import { expect } from 'vitest';
import { type Attempt, newAttempt } from '../../src/console/attempt.ts';
import type { ConnectionState, Revision } from '../../src/console/deps.ts';
import type { Outcome, SignedIn } from '../../src/console/outcome.ts';
import { createSeal } from '../../src/console/seal.ts';
import { formToken, newSession, type Session } from '../../src/console/session.ts';
import type { Role } from '../../src/console/visitor.ts';
import type { AuditEntry } from '../../src/domain/audit.ts';
import { type Decision, personKey } from '../../src/domain/decisions.ts';
import type { Job, JobStatus } from '../../src/domain/job.ts';
import { defaultPolicy, type Policy } from '../../src/domain/policy.ts';
import { toReport } from '../../src/domain/report.ts';
import { PolicyError, parsePolicy, versionOf } from '../../src/store/policies.ts';
import type { Locale } from '../../src/words/locale.ts';
import { absentee, meeting, minute, participant, provenance, roomRow, snapshot } from '../make.ts';
import { appSecret, fakeConsole, now, origin } from './fake.ts';

const jsonOf = (policy: Policy) => JSON.stringify(policy);
const jobId = '2026-11-16/6911188411934433028.0';

/** Every page that the console has, by what leads to it, in a world that says this text wherever it says anything. */
export const everyPage = async (text: string, language: Locale = 'en'): Promise<Map<string, string>> => {
  const policy = { ...defaultPolicy, name: text, overrides: [{ match: { topicContains: text }, set: {} }] } as Policy;
  const version = versionOf(parsePolicy(policy));
  const one = meeting({ topic: text, ownerOpenId: text });
  const said = { name: text, department: text, employeeId: text, email: text };
  const rows = [
    participant({ ...said, leaveReason: text, device: text, networkType: text, protocol: text, appVersion: text }),
    absentee({ ...said, userId: 'ou_2' }),
    participant({ ...said, userId: 'ou_3', leftAt: null, unreadable: { leaveTime: text } }),
    participant({ ...said, userId: '', external: true }),
    roomRow({ name: text, meetingRoomId: text }),
  ];
  const by = { openId: text, name: text };
  const plain = toReport({
    meeting: one,
    snapshot: snapshot({ participants: rows }),
    policy: version,
    provenance: provenance(),
  });
  const decisions: Decision[] = plain.judged.map((person) => ({
    person: personKey(person),
    verdict: 'excused',
    reason: text,
    by,
    at: minute(90),
  }));
  const report = toReport({
    meeting: one,
    snapshot: snapshot({ participants: rows }),
    policy: version,
    provenance: provenance({ requestedBy: text, sourceEventId: text }),
    decisions,
  });
  const jobIn = (status: JobStatus, n = 0): Job => ({
    jobId: `2026-11-16/69111884119344330${n}.0`,
    meeting: one,
    attempts: 1,
    updatedAt: minute(70),
    ...status,
  });
  const done = { status: 'done', reportKey: 'x', summary: report.summary, policySha256: version.sha256 } as const;
  const jobs: Job[] = [
    { ...jobIn(done), jobId },
    jobIn({ status: 'waiting', until: minute(200), reason: text, code: text, remedy: text }, 1),
    jobIn({ status: 'failed', reason: text, code: text, remedy: text }, 2),
    jobIn({ status: 'skipped', reason: text }, 3),
    jobIn({ status: 'running', pages: 1, rows: 2 }, 4),
    jobIn({ status: 'queued' }, 5),
    jobIn({ ...done, complete: false, ...(report.decided && { decided: report.decided }) }, 6),
  ];
  const revisionOf = (job: Job | null): Revision => ({
    jobId: job?.jobId ?? jobId,
    revision: 0,
    reason: 'on-demand',
    requestedBy: text,
    requestedAt: minute(60),
    job,
  });
  const revision = revisionOf(jobs[0] ?? null);
  const unreadable = '2026-11-16/691118841193443309.0';
  const entries: AuditEntry[] = [
    { at: minute(1), who: by, what: 'signed-in' },
    { at: minute(1), who: by, what: 'asked', instanceIds: [text, text] },
    { at: minute(1), who: by, what: 'downloaded', jobId: text },
    { at: minute(1), who: by, what: 'decided', jobId: text, person: text, verdict: 'absent' },
    { at: minute(1), who: by, what: 're-judged', jobIds: [text], policySha256: text },
    { at: minute(1), who: by, what: 'policy-saved', policySha256: text },
  ];
  const states: ConnectionState[] = [
    { state: 'app' },
    { state: 'never' },
    { state: 'connected', person: by, since: minute(0), until: minute(1_000_000), lastRefreshAt: minute(1) },
    { state: 'broken', cause: text, since: minute(0) },
  ];
  const connection = { state: states[3] as ConnectionState };
  const fake = fakeConsole({
    meetings: {
      browse: async () => ({
        lines: [...jobs.map((job) => ({ jobId: job.jobId, job })), { jobId, job: null }],
        next: null,
      }),
    },
    ask: { find: async ({ meetingNo }) => (meetingNo === '000000000' ? { remedy: { zh: text, en: text } } : [one]) },
    review: {
      open: async (id) => {
        if (id === jobId) return { revision, newest: 1, report };
        const job = jobs.find((each) => each.jobId === id) ?? null;
        return job || id === unreadable ? { revision: revisionOf(job), newest: 0, report: null } : null;
      },
      history: async () => [...jobs, null].map(revisionOf),
      tryPolicy: async () => ({ before: report, after: report }),
      rejudge: async () => ({ kind: 'superseded', jobId }),
    },
    policy: {
      read: async () => ({ version, etag: 'e' }),
      parse: (value) => {
        try {
          return versionOf(parsePolicy(value));
        } catch (error) {
          if (error instanceof PolicyError) return { problems: error.problems };
          throw error;
        }
      },
      saved: async () => [{ sha256: version.sha256, name: text, by, at: minute(2) }],
      byHash: async () => version,
      save: async () => false,
    },
    connection: {
      connection: async () => connection.state,
      examine: async () => [{ check: text, problem: text, remedy: { zh: text, en: text } }],
    },
    trail: {
      auditOf: async () => ({
        entries: [...entries.map((entry, n) => ({ key: `audit/${n}`, entry })), { key: text, entry: null }],
        more: true,
      }),
    },
  });
  const session = newSession({ openId: text, name: text }, now);
  fake.open.add(session.id);
  fake.roles.set(text, 'admin');
  const cookie = `__Host-session=${createSeal<Session>(appSecret, 'console session').seal(session)}`;
  const token = formToken(session, appSecret);
  const q = encodeURIComponent(text);

  const pages = new Map<string, string>();
  const keep = async (name: string, answer: Response | Promise<Response>) => {
    expect(pages.has(name), name).toBe(false);
    pages.set(name, await (await answer).text());
  };
  const headers = { cookie, origin, 'sec-fetch-site': 'same-origin', 'accept-language': language };
  const get = (address: string) => fake.app.request(`${origin}${address}`, { headers });
  const post = (address: string, fields: Record<string, string>) =>
    fake.app.request(`${origin}${address}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ token, ...fields }),
    });

  const addresses = [
    `/?q=${q}`,
    `/?q=&from=${q}&to=${q}&status=${q}&after=${q}`,
    '/?after=2026-11-16~~2',
    '/ask',
    `/ask?no=${q}&from=${q}&to=${q}&lang=${q}`,
    '/ask?no=123456789',
    '/ask?no=000000000',
    '/audit',
    `/audit?day=${q}`,
    `/audit?before=${q}`,
    ...[...jobs.map((job) => job.jobId), unreadable].map((id) => `/meetings/${id}`),
    `/meetings/${jobId}?text=${q}&department=${q}&verdict=${q}&flag=${q}&check=${q}&sort=${q}&order=${q}&page=${q}`,
    `/meetings/${jobId}?page=1`,
    ...report.judged.map((_, index) => `/meetings/${jobId}/people/${index}`),
    '/policy',
    `/policy?saved=${version.sha256}`,
    '/policy/edit',
    '/policy/edit?as=json',
    `/policy/versions/${version.sha256}`,
    '/policy/rejudge',
    `/policy/rejudge?from=${q}&to=${q}`,
    `/nowhere?x=${q}`,
    `/sign-in?next=${q}`,
    '/connect',
    `/connect/callback?code=${q}&state=${q}&error=${q}`,
  ];
  for (const address of addresses) await keep(`GET ${address}`, get(address));

  const forms: [string, Record<string, string>][] = [
    ['/ask', { no: text, from: text, to: text }],
    ['/ask', { no: '123456789', from: '2026-11-16', to: '2026-11-16' }],
    ['/connection', {}],
    [`/meetings/${jobId}/people/0/decision`, { verdict: text, reason: text }],
    [`/meetings/${jobId}/rejudge`, {}],
    ['/policy/edit', { as: 'json', json: text, do: 'check' }],
    ['/policy/edit', { as: 'json', json: JSON.stringify({ name: text, [text]: text }), do: 'save', etag: text }],
    ['/policy/edit', { as: 'form', name: text, do: 'check' }],
    ['/policy/edit', { as: 'json', json: jsonOf(policy), do: 'try', job: jobId }],
    ['/policy/edit', { as: 'json', json: jsonOf(policy), do: 'try', job: text, jobId: text }],
    ['/policy/edit', { as: 'json', json: jsonOf({ ...policy, name: `${text}x` }), do: 'save', etag: 'other' }],
    ['/policy/edit', { as: 'json', json: jsonOf(policy), do: 'as-form' }],
    ['/policy/edit', { as: 'json', json: jsonOf(policy), do: 'save', etag: 'e' }],
    ['/policy/rejudge', { from: text, to: text }],
    ['/policy/rejudge', { job: text }],
    ['/policy/rejudge', { job: jobId }],
    ['/policy/edit', { token: 'of another page' }],
    ['/ask', { no: text, more: 'x'.repeat(300_000) }],
  ];
  for (const [n, [address, fields]] of forms.entries()) await keep(`POST ${address} ${n}`, post(address, fields));

  for (const state of states) {
    connection.state = state;
    await keep(`GET /connection, ${state.state}`, get('/connection'));
  }

  fake.roles.set(text, 'viewer' satisfies Role);
  const seen = ['/', '/audit', '/connection', `/meetings/${jobId}`, `/meetings/${jobId}/people/0`, '/policy'];
  for (const address of seen) await keep(`GET ${address} as a viewer`, get(address));
  fake.roles.set(text, null);
  await keep('GET / off the list', get('/'));
  await keep('POST /sign-out after the session', post('/sign-out', {}));
  expect(fake.errors).toEqual([]);

  const failed = [
    { kind: 'cancelled' },
    { kind: 'stale', because: 'expired' },
    { kind: 'refused', openId: text },
    { kind: 'feishu-failed', code: text, remedy: { zh: text, en: text } },
    { kind: 'feishu-failed', code: text, remedy: null },
  ] as const satisfies (Outcome & SignedIn)[];
  const connected = { kind: 'connected', name: text, openId: text, until: minute(0) } as const;
  const outcomes: [Attempt['purpose'], Outcome][] = [
    ...failed.map((outcome): [Attempt['purpose'], Outcome] => ['connect', outcome]),
    ...failed.map((outcome): [Attempt['purpose'], Outcome] => ['sign-in', outcome]),
    ['connect', { kind: 'stale', because: 'no-attempt' }],
    ['connect', { kind: 'missing-scopes', scopes: ['vc:rooms.room.detailinfo:read', 'offline_access'] }],
    ['connect', { ...connected, mayManageMeetings: true }],
    ['connect', { ...connected, mayManageMeetings: false }],
  ];
  const back = (purpose: Attempt['purpose'], finish: () => Promise<Outcome>) => {
    const authorizeUrl = () => new URL(origin);
    const trip = { authorizeUrl, finish } as never;
    const { app } = fakeConsole({ connect: trip, signIn: trip, nobodyMayConnect: true });
    const attempt = newAttempt({ purpose, locale: language }, now);
    const sealed = createSeal<Attempt>(appSecret, 'connect attempt').seal(attempt);
    const kept = { cookie: `__Host-connect=${sealed}`, 'accept-language': language };
    return { app, come: () => app.request(`${origin}/connect/callback?code=c&state=s`, { headers: kept }) };
  };
  for (const [n, [purpose, outcome]] of outcomes.entries())
    await keep(`${purpose} ${outcome.kind} ${n}`, back(purpose, async () => outcome).come());
  const broken = back('sign-in', () => Promise.reject(new Error(text)));
  await keep('sign-in broken', broken.come());
  await keep('connect with an empty list', broken.app.request(`${origin}/connect?lang=${language}`));

  const none = fakeConsole({ review: { open: async () => null } }, 'admin');
  const empty = ['/', '/audit', '/policy', '/policy/rejudge'];
  for (const address of empty)
    await keep(`GET ${address} of nothing`, none.get(address, { 'accept-language': language }));
  const asked = fakeConsole({ ask: { find: async () => [] } });
  await keep('GET /ask of nothing', asked.get('/ask?no=123456789', { 'accept-language': language }));
  return pages;
};
