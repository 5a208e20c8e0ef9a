import type { Act, AuditEntry, Person } from '../domain/audit.ts';
import type { DecidedVerdict } from '../domain/decisions.ts';
import type { InBoth } from '../domain/in-both.ts';
import type { Job } from '../domain/job.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Policy, PolicyVersion } from '../domain/policy.ts';
import type { Report } from '../domain/report.ts';
import type { Locale } from '../words/locale.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome, SignedIn } from './outcome.ts';
import type { Role } from './visitor.ts';

/** A trip to Feishu and back. */
type Trip<Result> = {
  /** Where the browser goes to be asked. */
  authorizeUrl: (attempt: Attempt, redirectUri: string) => URL;
  /** Judges what it comes back with. */
  finish: (
    attempt: Attempt | null,
    answer: { state?: string | undefined; code?: string | undefined; error?: string | undefined },
    redirectUri: string,
  ) => Promise<Result>;
};

/** The newest revision of one instance's report; a job of null cannot be read. */
export type Line = { jobId: string; job: Job | null };

/** One revision of a meeting's report. Times are Unix seconds. */
export type Revision = {
  jobId: string;
  revision: number;
  reason: 'meeting-ended' | 'on-demand' | 'reconcile' | 're-judged' | 'decided';
  requestedBy: string;
  requestedAt: number;
  job: Job | null;
};

/** `filed`: under this job. `superseded`: nothing was done, for this newer revision has come since. */
export type Filed = { kind: 'filed' | 'superseded'; jobId: string };

export type MeetingsDeps = {
  /** The meetings of a day (`yyyy-mm-dd`), latest first; `next` continues a day of very many. */
  browse: (day: string, after?: string) => Promise<{ lines: Line[]; next: string | null }>;
};

export type AskDeps = {
  /** The ended instances of a nine-digit number that began within [from, to] (Unix seconds), or what Feishu said instead. */
  find: (query: { meetingNo: string; from: number; to: number }) => Promise<readonly Meeting[] | { remedy: InBoth }>;
  /** Files a report for each, once. */
  file: (meetings: readonly Meeting[], by: Person) => Promise<Job[]>;
};

/** What is known of a job; the report is null unless it is done and its rows are still kept. */
export type Opened = { revision: Revision; newest: number; report: Report | null };

export type ReviewDeps = {
  /** null when there is no such job. */
  open: (jobId: string) => Promise<Opened | null>;
  /** Every revision, newest first. */
  history: (jobId: string) => Promise<Revision[]>;
  /** Fetches the rows anew for a new revision, or tries again what failed or waits. */
  again: (jobId: string, by: Person) => Promise<Filed | null>;
  decide: (
    jobId: string,
    said: { person: string; verdict: DecidedVerdict | null; reason: string },
    by: Person,
  ) => Promise<Filed | null>;
  /** Judges by the policy in force, from the same rows. */
  rejudge: (jobId: string, by: Person) => Promise<Filed | null>;
  tryPolicy: (jobId: string, policy: Policy) => Promise<{ before: Report; after: Report } | null>;
  /** A link that downloads the workbook for at most a minute. */
  link: (jobId: string) => Promise<string>;
};

/** One key of a policy that is wrong, such as `minimum.percent`, and how, in English. */
export type PolicyProblem = { path: string; problem: string };

/** Who put which version in force, and when (Unix seconds). */
export type SavedPolicy = { sha256: string; name: string; by: Person; at: number };

export type PolicyDeps = {
  /** The policy in force, or what is wrong with its object; `etag` says which version of the object was read. */
  read: () => Promise<{ version: PolicyVersion; etag: string } | { problem: string; etag: string }>;
  /** A policy of every key filled in, or its problems; the whole is named by the path ''. */
  parse: (value: unknown) => PolicyVersion | { problems: readonly PolicyProblem[] };
  /** False when somebody else saved another since. */
  save: (version: PolicyVersion, options: { etag: string; by: Person }) => Promise<boolean>;
  /** Newest first. */
  saved: () => Promise<SavedPolicy[]>;
  /** null when there is none of this hash. */
  byHash: (sha256: string) => Promise<PolicyVersion | null>;
};

/** How the company's Feishu is connected. Times are Unix seconds. */
export type ConnectionState =
  | { state: 'app' }
  | { state: 'never' }
  | { state: 'connected'; person: Person; since: number; until: number; lastRefreshAt: number }
  | { state: 'broken'; cause: string; since: number };

/** One thing the doctor looked at. */
export type Finding = { check: string; problem: string | null; remedy: InBoth | null };

export type ConnectionDeps = {
  connection: () => Promise<ConnectionState>;
  /** Takes some seconds: it asks Feishu and the bucket. */
  examine: () => Promise<Finding[]>;
};

export type AuditDeps = {
  /** Of one day (`yyyy-mm-dd`), newest first; null for an entry that cannot be read. */
  auditOf: (
    day: string,
    before?: string,
  ) => Promise<{ entries: { key: string; entry: AuditEntry | null }[]; more: boolean }>;
};

/** Everything the console asks of the world. */
export type ConsoleDeps = {
  /** Unix milliseconds. */
  now: () => number;
  /** Seals what the browser keeps between two pages. */
  appSecret: string;
  /** For a browser that prefers neither language. */
  locale: Locale;
  /** IANA zone of the reports. */
  timeZone: string;
  nobodyMayConnect: boolean;
  connect: Trip<Outcome>;
  signIn: Trip<SignedIn>;
  /** What somebody may do now, asked at every request; null is nothing. */
  roleOf: (openId: string) => Role | null;
  sessions: {
    begin: (id: string) => Promise<void>;
    isOpen: (id: string) => Promise<boolean>;
    end: (id: string) => Promise<void>;
  };
  /** Called before the act takes effect, so that nothing is done without a trace. */
  audit: (who: Person, act: Act) => Promise<void>;
  meetings: MeetingsDeps;
  ask: AskDeps;
  review: ReviewDeps;
  policy: PolicyDeps;
  connection: ConnectionDeps;
  trail: AuditDeps;
  /** Told of an error that no page explains. */
  onError: (error: Error) => void;
};
