import * as z from 'zod';
import { type ObjectStore, StoreError } from './objects.ts';

const seconds = z.number().nonnegative();

/** The causes, in our words for Feishu's, that only a new authorisation cures. */
export const lostCauses = ['AUTHORISE_AGAIN', 'REFRESH_NOT_ENABLED', 'USER_GONE', 'USER_NOT_ALLOWED'] as const;

const schema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('connected'),
    /** When the person authorised. */
    since: seconds,
    lastRefreshAt: seconds,
    openId: z.string(),
    name: z.string(),
  }),
  z.object({
    state: z.literal('authorise-again'),
    cause: z.enum(lostCauses),
    feishuCode: z.number().nullable(),
    since: seconds,
    /** The version of the secret that Feishu refused: another one is worth a try. */
    versionId: z.string(),
  }),
]);

/** What is known of the authorised user's connection, without any token. Times are Unix seconds. */
export type Connection = z.infer<typeof schema>;

/** The object `state/connection.json`: what people are shown, and what stops a refused pair from being tried for ever. */
export type ConnectionStore = {
  /** null before anybody connected. */
  get: () => Promise<Connection | null>;
  put: (connection: Connection) => Promise<void>;
};

const key = 'state/connection.json';

export const connectionStore = (objects: Pick<ObjectStore, 'get' | 'put'>): ConnectionStore => ({
  get: async () => {
    const found = await objects.get(key);
    if (found === null) return null;
    try {
      return schema.parse(JSON.parse(new TextDecoder().decode(found.bytes)));
    } catch {
      throw new StoreError('CORRUPT', `${key} is not as written by Rollcall; delete it`);
    }
  },
  put: async (connection) => {
    const bytes = new TextEncoder().encode(JSON.stringify(connection));
    await objects.put(key, bytes, { contentType: 'application/json', when: 'any' });
  },
});
