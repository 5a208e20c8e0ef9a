/** Why an answer from Feishu cannot be the answer to what this browser asked. */
export type Stale = 'no-attempt' | 'other-state' | 'expired' | 'used' | 'code-refused';

/** How an authorisation ended. Nothing is stored unless it is `connected`. A remedy of null: try again later. */
export type Outcome =
  | { kind: 'connected'; name: string; openId: string; until: number; mayManageMeetings: boolean }
  | { kind: 'cancelled' }
  | { kind: 'stale'; because: Stale }
  | { kind: 'missing-scopes'; scopes: readonly string[] }
  | { kind: 'refused'; openId: string }
  | { kind: 'feishu-failed'; code: string; remedy: { zh: string; en: string } | null };

/** The HTTP status that goes with each page. */
export const statusOf = {
  connected: 200,
  cancelled: 200,
  stale: 400,
  'missing-scopes': 403,
  refused: 403,
  'feishu-failed': 502,
} as const satisfies Record<Outcome['kind'], number>;
