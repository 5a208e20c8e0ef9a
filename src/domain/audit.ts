import type { DecidedVerdict } from './decisions.ts';

/** Somebody who is signed in. */
export type Person = { openId: string; name: string };

/** What was done that others may have to answer for. */
export type Act =
  | { what: 'signed-in' }
  | { what: 'connected' }
  | { what: 'asked'; instanceIds: readonly string[] }
  | { what: 'downloaded'; jobId: string }
  | { what: 'decided'; jobId: string; person: string; verdict: DecidedVerdict | null }
  | { what: 're-judged'; jobIds: readonly string[]; policySha256: string }
  | { what: 'policy-saved'; policySha256: string }
  /** A person was taken out of what is kept, of whom nothing is said: `objects` is null when it begins, and how many were changed when it ends. */
  | { what: 'erased'; objects: number | null };

/** One line of the audit trail; `at` is Unix seconds. Who runs a command on the bucket has no name here: both are ''. */
export type AuditEntry = { at: number; who: Person } & Act;
