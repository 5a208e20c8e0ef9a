import type { DecidedVerdict } from './decisions.ts';

/** Somebody who is signed in. */
export type Person = { openId: string; name: string };

/** What a person did that others may have to answer for. */
export type Act =
  | { what: 'signed-in' }
  | { what: 'connected' }
  | { what: 'asked'; instanceIds: readonly string[] }
  | { what: 'downloaded'; jobId: string }
  | { what: 'decided'; jobId: string; person: string; verdict: DecidedVerdict | null }
  | { what: 're-judged'; jobIds: readonly string[]; policySha256: string }
  | { what: 'policy-saved'; policySha256: string };

/** One line of the audit trail; `at` is Unix seconds. */
export type AuditEntry = { at: number; who: Person } & Act;
