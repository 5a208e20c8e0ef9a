import * as z from 'zod';
import { StoreError } from './objects.ts';
import { parseSecret, type SecretStore } from './secrets.ts';

/** Feishu lets one authorisation be refreshed for 365 days; then a person must authorise again. */
export const authorisedSeconds = 365 * 86_400;

const token = z.string().min(1);
const seconds = z.number().nonnegative();

const schema = z.object({
  accessToken: token,
  accessTokenExpiresAt: seconds,
  refreshToken: token,
  refreshTokenExpiresAt: seconds,
  /** When a person authorised. */
  authorizedAt: seconds,
  /** When this pair was asked for; 0 when whoever wrote the secret did not say. */
  refreshedAt: seconds.default(0),
  openId: z.string(),
  name: z.string(),
  scope: z.string(),
});

/** The authorised user and the pair of tokens that acts for them. Times are Unix seconds. */
export type UserTokens = z.infer<typeof schema>;
/** @property versionId Another one means another pair. */
export type StoredTokens = { tokens: UserTokens; versionId: string };

/** The one secret that this project writes. */
export type AuthorisationStore = {
  /** @throws {StoreError} `MISSING` before anybody connected, `CORRUPT` naming the secret and each bad field, never a value. */
  get: () => Promise<StoredTokens>;
  put: (tokens: UserTokens) => Promise<{ versionId: string }>;
};

export const authorisationStore = (
  secrets: Pick<SecretStore, 'get' | 'put'>,
  secretId: string,
): AuthorisationStore => ({
  get: async () => {
    const { value, versionId } = await secrets.get(secretId);
    const parsed = schema.safeParse(parseSecret(value));
    if (parsed.success) return { tokens: parsed.data, versionId };
    const problems = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole');
    throw new StoreError('CORRUPT', `Secret ${secretId}: not as written by Rollcall: ${problems.join(', ')}`);
  },
  put: (tokens) => secrets.put(secretId, JSON.stringify(tokens)),
});
