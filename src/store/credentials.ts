import * as z from 'zod';
import { StoreError } from './objects.ts';
import { parseSecret, type SecretStore } from './secrets.ts';

const secret = z
  .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'must be a text') })
  .regex(/^\S(.*\S)?$/, 'must not be empty or begin or end with a space');

const schema = z
  .strictObject({
    appId: secret,
    appSecret: secret,
    /** Set in the app's event settings; without it the verification token is the only proof of a push. */
    encryptKey: secret.exactOptional(),
    /** Still accepted while a new key spreads. */
    previousEncryptKey: secret.exactOptional(),
    verificationToken: secret,
  })
  .refine(({ encryptKey, previousEncryptKey }) => encryptKey !== undefined || previousEncryptKey === undefined, {
    path: ['encryptKey'],
    message: 'is missing beside previousEncryptKey',
  });

/** What the Feishu app is known by, and what proves a push to be Feishu's. */
export type AppCredentials = z.infer<typeof schema>;

/** @throws {StoreError} `CORRUPT` naming the secret and each bad field, never a value. */
export const appCredentials = (secretId: string, text: string): AppCredentials => {
  const parsed = schema.safeParse(parseSecret(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `has ${issue.keys.length} unknown field(s)`;
    return issue.path.length === 0 ? 'is not a JSON object' : `${issue.path.join('.')} ${issue.message}`;
  });
  throw new StoreError('CORRUPT', `Secret ${secretId}: ${problems.join('; ')}`);
};

const maxAgeMs = 5 * 60_000;
const retryAfterMs = 30_000;
/** Longest that anybody waits for newer credentials while there are good ones: Feishu gives a push three seconds in all. */
const patienceMs = 400;

/**
 * Credentials read once and again when older than five minutes, so a warm container follows a rotation. When that
 * fails the last good ones serve on and the next try comes 30 seconds later; while it takes long they serve as well.
 * @param now Unix milliseconds.
 * @param onStale Told why a refresh failed; the first read throws instead.
 */
export const cachedCredentials = ({
  secrets,
  secretId,
  now,
  sleep,
  onStale,
}: {
  secrets: Pick<SecretStore, 'get'>;
  secretId: string;
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  onStale: (error: unknown) => void;
}): (() => Promise<AppCredentials>) => {
  let known: AppCredentials | null = null;
  let dueAt = 0;
  let reading: Promise<AppCredentials> | null = null;

  const read = async (): Promise<AppCredentials> => {
    try {
      known = appCredentials(secretId, (await secrets.get(secretId)).value);
      dueAt = now() + maxAgeMs;
    } catch (error) {
      if (known === null) throw error;
      dueAt = now() + retryAfterMs;
      onStale(error);
    }
    return known;
  };

  return async () => {
    if (known !== null && now() < dueAt) return known;
    reading ??= read().finally(() => {
      reading = null;
    });
    if (known === null) return reading;
    const good = known;
    return Promise.race([reading, sleep(patienceMs).then(() => good)]);
  };
};
