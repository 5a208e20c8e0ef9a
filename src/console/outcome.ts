import type { InBoth } from '../domain/in-both.ts';

/** Why an answer from Feishu cannot be the answer to what this browser asked. */
export type Stale = 'no-attempt' | 'other-state' | 'expired' | 'used' | 'code-refused';

/** A trip to Feishu that came to nothing. A remedy of null: try again later. */
export type Failed =
  | { kind: 'cancelled' }
  | { kind: 'stale'; because: Stale }
  | { kind: 'feishu-failed'; code: string; remedy: InBoth | null };

/** How an authorisation ended. Nothing is stored unless it is `connected`. */
export type Outcome =
  | Failed
  | { kind: 'connected'; name: string; openId: string; until: number; mayManageMeetings: boolean }
  | { kind: 'missing-scopes'; scopes: readonly string[] }
  | { kind: 'refused'; openId: string };

/** How signing in ended. */
export type SignedIn =
  | Failed
  | { kind: 'signed-in'; openId: string; name: string }
  | { kind: 'refused'; openId: string };

/** The HTTP status that goes with each page. */
export const statusOf = {
  connected: 200,
  cancelled: 200,
  stale: 400,
  'missing-scopes': 403,
  refused: 403,
  'feishu-failed': 502,
} as const satisfies Record<Exclude<(Outcome | SignedIn)['kind'], 'signed-in'>, number>;
