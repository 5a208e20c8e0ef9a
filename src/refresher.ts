import type { Clock } from './feishu/clock.ts';
import { FeishuError } from './feishu/error.ts';
import type { OAuth } from './feishu/oauth.ts';
import type { Log } from './log.ts';
import type { AuthorisationStore, StoredTokens, UserTokens } from './store/authorisation.ts';
import { type ConnectionStore, lostCauses } from './store/connection.ts';
import type { Lease, LeaseStore } from './store/lease.ts';
import { StoreError } from './store/objects.ts';

export type RefresherDeps = {
  oauth: Pick<OAuth, 'refresh'>;
  store: AuthorisationStore;
  leases: LeaseStore;
  connections: ConnectionStore;
  clock: Clock;
  log: Log;
  /** How long to wait for another who holds the lease; by default until a dead holder's has ended. */
  patienceMs?: number | undefined;
};

/** @throws {FeishuError} of kind `person` when somebody must authorise, of kind `retry` when a store cannot be reached. */
export type Refresher = {
  /** Tokens that are good: as stored, by whomever, or refreshed now. */
  renew: (isGood: (tokens: UserTokens) => boolean) => Promise<StoredTokens>;
  /** Stores what a person has just granted. */
  replace: (tokens: UserTokens) => Promise<StoredTokens>;
};

/** A lease outlives the longest work done under it: a call of 10 s and what is read and written around it. */
const leaseMs = 60_000;
/** What must be left of it when the refresh token is spent: the call's deadline, and time to store the answer. */
const spendMs = 35_000;
/** What must be left of it when a write of the secret begins: its three tries of 3 s. */
const saveMs = 12_000;
const saveTries = 4;
/** A dead holder's lease ends within this time. */
const longPatienceMs = 90_000;
/** How often the secret is read again when it does not show what it must: about six seconds in all. */
const reads = 6;

const isLost = (code: string): code is (typeof lostCauses)[number] => lostCauses.some((cause) => cause === code);

/** Feishu's codes for a refresh token that was revoked or used: perhaps because another refresher has won. */
const spentCodes: readonly (number | null)[] = [20064, 20073];

/** A store that fails is no reason for a job to fail: nothing is refreshed without it, and the work is tried again later. */
const asFeishuError = (error: unknown): unknown =>
  error instanceof StoreError ? new FeishuError('UNREACHABLE', `the user token: ${error.message}`) : error;

/**
 * Refreshes the one user's tokens for all Lambdas. A refresh token works once, and the old pair dies with it, so:
 * - One refresher at a time: whoever holds the lease. Without the lease nobody refreshes, also when the bucket is down.
 * - Under the lease the secret is read again. The lease names the version that its last holder stored; an older one is a
 *   read that lags behind, and is repeated.
 * - The answer is stored before it is used. An answer that could not be stored, or came when the lease had run out, is
 *   kept and stored in a later turn if the secret is still the one it replaces: then it is the only pair that lives.
 *   Otherwise a person has connected meanwhile, and theirs stays.
 * - Nothing but a new pair is ever written over a pair. A refusal is noted in the connection, with the version refused;
 *   that version is not sent again, and the next one, stored by `connect`, ends the waiting without another word.
 * What no order of steps can save: a process that dies between Feishu's answer and the store. Then a person must act.
 */
export const createRefresher = (deps: RefresherDeps): Refresher => {
  const { oauth, store, leases, connections, clock, log, patienceMs = longPatienceMs } = deps;
  /** An answer not yet stored, and the version of the secret it replaces. */
  let unsaved: { tokens: UserTokens; replaces: string } | null = null;

  const seconds = (): number => Math.floor(clock.now() / 1000);

  /** For what matters less than the tokens: it is tried, and its failure told. */
  const quietly = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      log('authorisation.not-noted', { code: error.code });
    }
  };

  const read = async (): Promise<StoredTokens> => {
    try {
      return await store.get();
    } catch (error) {
      const unusable = error instanceof StoreError && (error.code === 'MISSING' || error.code === 'CORRUPT');
      throw unusable ? new FeishuError('AUTHORISE_AGAIN', `nobody is connected: ${error.message}`) : error;
    }
  };

  /** The secret as it is hoped for, or as it still is after some seconds. */
  const readUntil = async (isHoped: (stored: StoredTokens) => boolean): Promise<StoredTokens> => {
    for (let n = 1; ; n += 1) {
      const stored = await read();
      if (n === reads || isHoped(stored)) return stored;
      await clock.sleep(100 * 2 ** n);
    }
  };

  /** A new pair for an old one, or null when another refresher was faster. */
  const ask = async ({ tokens, versionId }: StoredTokens): Promise<UserTokens | null> => {
    const refreshedAt = seconds();
    try {
      const grant = await oauth.refresh(tokens.refreshToken);
      return { ...tokens, ...grant, scope: grant.scope || tokens.scope, refreshedAt };
    } catch (error) {
      if (!(error instanceof FeishuError) || !isLost(error.code)) throw error;
      const { code: cause, feishuCode } = error;
      if (spentCodes.includes(feishuCode)) {
        const after = await readUntil((stored) => stored.versionId !== versionId);
        if (after.versionId !== versionId) return null;
      }
      await quietly(connections.put({ state: 'authorise-again', cause, feishuCode, since: seconds(), versionId }));
      log('authorisation.lost', { cause, feishuCode: feishuCode ?? 0 });
      throw error;
    }
  };

  /** Stores a pair and tells that it lives; null when the lease would not last for it. */
  const save = async (tokens: UserTokens, lease: Lease): Promise<StoredTokens | null> => {
    for (let tries = 1; lease.expiresAt - clock.now() >= saveMs; tries += 1) {
      try {
        const { versionId } = await store.put(tokens);
        const { authorizedAt: since, refreshedAt: lastRefreshAt, openId, name } = tokens;
        await quietly(connections.put({ state: 'connected', since, lastRefreshAt, openId, name }));
        return { tokens, versionId };
      } catch (error) {
        if (tries === saveTries) throw error;
        await clock.sleep(250 * 2 ** tries);
      }
    }
    return null;
  };

  /** One turn with the lease: null to look again. */
  const refresh = async (lease: Lease, isGood: (tokens: UserTokens) => boolean): Promise<StoredTokens | null> => {
    const before = await readUntil(({ versionId }) => lease.versionId === null || versionId === lease.versionId);
    if (isGood(before.tokens)) return before;
    if (unsaved?.replaces !== before.versionId) {
      const known = await connections.get();
      if (known?.state === 'authorise-again' && known.versionId === before.versionId)
        throw new FeishuError(known.cause, 'the stored authorisation was refused before', feishuCodeOf(known));
      if (lease.expiresAt - clock.now() < spendMs) return null;
      const tokens = await ask(before);
      if (tokens === null) return null;
      unsaved = { tokens, replaces: before.versionId };
    }
    const saved = await save(unsaved.tokens, lease);
    if (saved === null) return null;
    unsaved = null;
    log('authorisation.refreshed', {});
    return saved;
  };

  /** Works under the lease, if it is free, and leaves word of the version that was stored. */
  const underLease = async (work: (lease: Lease) => Promise<StoredTokens | null>): Promise<StoredTokens | null> => {
    const lease = await leases.acquire({ now: clock.now(), forMs: leaseMs });
    if (lease === null) return null;
    let stored: StoredTokens | null = null;
    try {
      stored = await work(lease);
      return stored;
    } finally {
      await quietly(leases.release(lease, stored?.versionId ?? lease.versionId));
    }
  };

  /** Tries until there is an outcome, or patience ends. */
  const persist = async (attempt: () => Promise<StoredTokens | null>): Promise<StoredTokens> => {
    const until = clock.now() + patienceMs;
    try {
      for (;;) {
        const stored = await attempt();
        if (stored !== null) return stored;
        if (clock.now() >= until) throw new FeishuError('DEADLINE', 'the user token: others kept refreshing it');
        await clock.sleep(250 + clock.random() * 500);
      }
    } catch (error) {
      throw asFeishuError(error);
    }
  };

  return {
    renew: (isGood) =>
      persist(async () => {
        const seen = await read();
        return isGood(seen.tokens) ? seen : underLease((lease) => refresh(lease, isGood));
      }),
    replace: (tokens) => persist(() => underLease((lease) => save(tokens, lease))),
  };
};

const feishuCodeOf = ({ feishuCode }: { feishuCode: number | null }) => (feishuCode === null ? {} : { feishuCode });
