import { createApp } from '../../src/console/app.tsx';
import type { ConsoleDeps } from '../../src/console/deps.ts';
import { createSeal } from '../../src/console/seal.ts';
import { formToken, newSession, type Session } from '../../src/console/session.ts';
import type { Role } from '../../src/console/visitor.ts';
import type { Act, Person } from '../../src/domain/audit.ts';
import { defaultPolicy } from '../../src/domain/policy.ts';
import { minute } from '../make.ts';

export const origin = 'https://console.test';
export const appSecret = 'app-secret';
/** Two hours after the ordinary meeting began; Unix milliseconds. */
export const now = minute(120) * 1000;

const unused = (name: string) => (): never => {
  throw new Error(`${name} is not part of this test`);
};

type Replaced = { [Key in keyof ConsoleDeps]?: Partial<ConsoleDeps[Key]> | ConsoleDeps[Key] };

/**
 * The console on made-up deps: what a test does not replace fails when it is called. `get` and `post` are those of somebody
 * who is signed in with the given role; `acts` is the audit trail.
 */
export const fakeConsole = (replaced: Replaced = {}, role: Role = 'admin') => {
  const acts: { who: Person; act: Act }[] = [];
  const errors: Error[] = [];
  const open = new Set<string>();
  const roles = new Map<string, Role | null>([['ou_me', role]]);
  const time = { now };
  const base: ConsoleDeps = {
    now: () => time.now,
    appSecret,
    locale: 'en',
    timeZone: 'Asia/Shanghai',
    nobodyMayConnect: false,
    connect: { authorizeUrl: () => new URL('https://accounts.test/'), finish: async () => ({ kind: 'cancelled' }) },
    signIn: { authorizeUrl: () => new URL('https://accounts.test/'), finish: async () => ({ kind: 'cancelled' }) },
    roleOf: (openId) => roles.get(openId) ?? null,
    sessions: {
      begin: async (id) => void open.add(id),
      isOpen: async (id) => open.has(id),
      end: async (id) => void open.delete(id),
    },
    audit: async (who, act) => void acts.push({ who, act }),
    meetings: { browse: async () => ({ lines: [], next: null }) },
    ask: { find: unused('ask.find'), file: unused('ask.file') },
    review: {
      open: async () => null,
      history: async () => [],
      again: unused('review.again'),
      decide: unused('review.decide'),
      rejudge: unused('review.rejudge'),
      tryPolicy: unused('review.tryPolicy'),
      link: unused('review.link'),
    },
    policy: {
      read: async () => ({ version: { policy: defaultPolicy, sha256: '0'.repeat(64) }, etag: '' }),
      parse: unused('policy.parse'),
      save: unused('policy.save'),
      saved: async () => [],
      byHash: async () => null,
    },
    connection: { connection: async () => ({ state: 'app' }), examine: unused('connection.examine') },
    trail: { auditOf: async () => ({ entries: [], more: false }) },
    onError: (error) => errors.push(error),
  };
  const deps = Object.fromEntries(
    Object.entries(base).map(([key, value]) => {
      const other = replaced[key as keyof ConsoleDeps];
      if (other === undefined) return [key, value];
      const isGroup = typeof value === 'object' && typeof other === 'object';
      return [key, isGroup ? { ...value, ...other } : other];
    }),
  ) as ConsoleDeps;
  const app = createApp(deps);
  const session: Session = newSession({ openId: 'ou_me', name: '王芳' }, now);
  open.add(session.id);
  const cookie = `__Host-session=${createSeal<Session>(appSecret, 'console session').seal(session)}`;
  const token = formToken(session, appSecret);
  return {
    app,
    acts,
    errors,
    open,
    roles,
    time,
    session,
    cookie,
    token,
    get: (path: string, headers: Record<string, string> = {}) =>
      app.request(`${origin}${path}`, { headers: { cookie, ...headers } }),
    post: (path: string, fields: Record<string, string> | [string, string][], headers: Record<string, string> = {}) =>
      app.request(`${origin}${path}`, {
        method: 'POST',
        headers: { cookie, origin, 'sec-fetch-site': 'same-origin', ...headers },
        body: new URLSearchParams([['token', token], ...(Array.isArray(fields) ? fields : Object.entries(fields))]),
      }),
  };
};
