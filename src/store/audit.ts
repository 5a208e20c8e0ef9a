import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Act, AuditEntry, Person } from '../domain/audit.ts';
import { decidable } from '../domain/decisions.ts';
import { wallClock } from '../domain/zone.ts';
import { allKeys, type ObjectStore } from './objects.ts';

const ids = z.array(z.string());
const facts = z.object({ at: z.int(), who: z.object({ openId: z.string(), name: z.string() }) });
const act = z.discriminatedUnion('what', [
  z.object({ what: z.literal('signed-in') }),
  z.object({ what: z.literal('connected') }),
  z.object({ what: z.literal('asked'), instanceIds: ids }),
  z.object({ what: z.literal('downloaded'), jobId: z.string() }),
  z.object({
    what: z.literal('decided'),
    jobId: z.string(),
    person: z.string(),
    verdict: z.enum(decidable).nullable(),
  }),
  z.object({ what: z.literal('re-judged'), jobIds: ids, policySha256: z.string() }),
  z.object({ what: z.literal('policy-saved'), policySha256: z.string() }),
  z.object({ what: z.literal('erased'), objects: z.int().nonnegative().nullable() }),
]);
const schema: z.ZodType<AuditEntry> = z.intersection(facts, act);

/** The `audit/` prefix of the bucket: `audit/<yyyy-mm-dd>/<hh-mm-ss>-<random>.json`, one object per act, written once and never again. */
export type AuditStore = {
  /** Call it before the act takes effect, so that nothing is done of which there is no trace. */
  write: (who: Person, act: Act) => Promise<void>;
  /** The entries of one day in the report's zone, newest first, at most `limit` before a key; null for one that cannot be read. */
  list: (options: {
    day: string;
    before?: string;
    limit: number;
  }) => Promise<{ entries: { key: string; entry: AuditEntry | null }[]; more: boolean }>;
};

/** @param now Unix milliseconds. */
export const auditStore = (
  objects: ObjectStore,
  { timeZone, now }: { timeZone: string; now: () => number },
): AuditStore => ({
  write: async (who, what) => {
    const at = Math.floor(now() / 1000);
    const [day = '', time = ''] = wallClock(timeZone, at).split(' ');
    const key = `audit/${day}/${time.replaceAll(':', '-')}-${randomUUID()}.json`;
    const bytes = new TextEncoder().encode(JSON.stringify({ at, who, ...what } satisfies AuditEntry));
    await objects.put(key, bytes, { contentType: 'application/json', when: 'absent' });
  },
  list: async ({ day, before, limit }) => {
    const keys = await allKeys(objects, `audit/${day}/`);
    const older = before === undefined ? keys : keys.filter((key) => key < before);
    const entries = await Promise.all(
      older
        .slice(-limit)
        .reverse()
        .map(async (key) => ({ key, entry: parse((await objects.get(key))?.bytes) })),
    );
    return { entries, more: older.length > limit };
  },
});

const parse = (bytes: Uint8Array | undefined): AuditEntry | null => {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
};
