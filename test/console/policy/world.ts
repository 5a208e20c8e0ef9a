import { policyDesk } from '../../../handlers/deps/console.ts';
import type { ConsoleDeps, Line, PolicyDeps } from '../../../src/console/deps.ts';
import type { Role } from '../../../src/console/visitor.ts';
import type { Decision } from '../../../src/domain/decisions.ts';
import type { Job } from '../../../src/domain/job.ts';
import type { Policy, PolicyVersion } from '../../../src/domain/policy.ts';
import { toReport } from '../../../src/domain/report.ts';
import { dayOf } from '../../../src/domain/zone.ts';
import { parsePolicy, policyStore, versionOf } from '../../../src/store/policies.ts';
import { absentee, meeting, minute, participant, provenance, snapshot } from '../../make.ts';
import { memoryObjects } from '../../memory-store.ts';
import { fakeConsole, now } from '../fake.ts';

export const jobId = '2026-11-16/6911188411934433028.0';
const currentKey = 'policies/current.json';

export const version = (value: unknown): PolicyVersion => versionOf(parsePolicy(value));

/** One who stayed, one who was there for 40 of 60 minutes, one who came late, one who never came. */
export const people = [
  participant(),
  participant({ userId: 'ou_2', name: 'Person 2', leftAt: minute(40), connectedSeconds: 2400 }),
  participant({ userId: 'ou_3', name: 'Person 3', joinedAt: minute(10), connectedSeconds: 3000 }),
  absentee({ userId: 'ou_4', name: 'Person 4' }),
];

export const doneJob = (over: Partial<Job> = {}): Job =>
  ({
    jobId,
    meeting: meeting(),
    attempts: 1,
    updatedAt: minute(70),
    status: 'done',
    reportKey: 'reports/x.xlsx',
    policySha256: 'a'.repeat(64),
    complete: true,
    ...over,
  }) as Job;

type World = {
  role?: Role;
  lines?: Line[];
  rows?: typeof people;
  decisions?: readonly Decision[];
  desk?: PolicyDeps;
  audit?: ConsoleDeps['audit'];
};

/** The console on the real store of policies, with one meeting that is done. */
export const policyWorld = ({
  role = 'admin',
  lines = [{ jobId, job: doneJob() }],
  rows = people,
  decisions = [],
  ...given
}: World = {}) => {
  const objects = memoryObjects();
  const desk = given.desk ?? policyDesk(policyStore(objects, currentKey));
  const rejudged: string[] = [];
  const tried: string[] = [];
  const judge = (policy: PolicyVersion) =>
    toReport({
      meeting: meeting(),
      snapshot: snapshot({ participants: rows }),
      policy,
      provenance: provenance(),
      decisions,
    });
  const console = fakeConsole(
    {
      ...(given.audit && { audit: given.audit }),
      policy: desk,
      meetings: {
        browse: async (day) => ({
          lines: lines.filter(({ job }) => job && dayOf('Asia/Shanghai', job.meeting.startsAt) === day),
          next: null,
        }),
      },
      review: {
        tryPolicy: async (id, policy) => {
          tried.push(id);
          return id === jobId ? { before: judge(version({})), after: judge(versionOf(policy)) } : null;
        },
        rejudge: async (id) => {
          rejudged.push(id);
          if (id.endsWith('.9')) throw new Error('canary-store');
          if (id.endsWith('.8')) return { kind: 'superseded', jobId: id.replace('.8', '.12') };
          return id === jobId ? { kind: 'filed', jobId: id.replace('.0', '.1') } : null;
        },
      },
    },
    role,
  );
  const by = { openId: 'ou_hr', name: '李雷' };
  return {
    ...console,
    objects,
    desk,
    rejudged,
    tried,
    by,
    /** Puts a policy in force behind the page's back. */
    put: async (value: unknown): Promise<PolicyVersion> => {
      const wanted = version(value);
      const { etag } = await desk.read();
      await desk.save(wanted, { etag, by });
      return wanted;
    },
    /** Puts any text where the policy in force is. */
    spoil: (text: string) =>
      void objects.stored.set(currentKey, {
        bytes: new TextEncoder().encode(text),
        etag: `etag of ${text}`,
        contentType: 'application/json',
        contentDisposition: '',
      }),
    current: async (): Promise<Policy | null> => {
      const found = await desk.read();
      return 'version' in found ? found.version.policy : null;
    },
    page: async (path: string): Promise<string> =>
      (await console.get(`${path}${path.includes('?') ? '&' : '?'}lang=en`)).text(),
    now,
  };
};
