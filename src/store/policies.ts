import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod';
import type { Person } from '../domain/audit.ts';
import {
  defaultPolicy,
  defaultRestarts,
  type Policy,
  type PolicyVersion,
  type Punctuality,
  type Rules,
} from '../domain/policy.ts';
import { type Source, sources } from '../domain/scope.ts';
import { allKeys, type ObjectStore, StoreError } from './objects.ts';

/** One key of a policy that is wrong, such as `minimum.percent`, and how; the whole policy when the path is ''. */
export type PolicyProblem = { path: string; problem: string };

/** Says which keys of a policy are wrong, and how, in English. */
export class PolicyError extends Error {
  /** Each by itself; none when the whole is no JSON. */
  readonly problems: readonly PolicyProblem[];
  constructor(message: string, options: ErrorOptions & { problems?: readonly PolicyProblem[] } = {}) {
    super(message, options);
    this.name = 'PolicyError';
    this.problems = options.problems ?? [];
  }
}

const choice = <const Words extends readonly string[]>(...words: Words) =>
  z.enum(words, `must be ${words.map((word) => `"${word}"`).join(' or ')}`);

const text = z
  .string('must be a text')
  .regex(/\S/, 'must not be empty')
  .refine((value) => value.isWellFormed(), 'must be well-formed Unicode');

const percent = z.number('must be a number').min(0, 'must be between 0 and 100').max(100, 'must be between 0 and 100');

const minutes = z.number('must be a number').min(0, 'must not be negative');

const object = <Shape extends z.core.$ZodLooseShape>(shape: Shape) => z.strictObject(shape, 'must be an object');

const threshold = object({
  percent: percent.exactOptional(),
  minutes: minutes.exactOptional(),
  combine: choice('both', 'either').default('both'),
}).refine((value) => value.percent !== undefined || value.minutes !== undefined, 'needs percent, minutes or both');

const expectation = choice('required', 'optional', 'excused');

const expectations = object({
  accepted: expectation.default(defaultPolicy.expectations.accepted),
  tentative: expectation.default(defaultPolicy.expectations.tentative),
  noResponse: expectation.default(defaultPolicy.expectations.noResponse),
  declined: expectation.default(defaultPolicy.expectations.declined),
  unknown: expectation.default(defaultPolicy.expectations.unknown),
});

const punctuality = ({ graceMinutes, countsAs }: Punctuality) =>
  object({
    graceMinutes: minutes.default(graceMinutes),
    countsAs: choice('flag', 'insufficient').default(countsAs),
  });

const rules = {
  minimum: threshold,
  partial: threshold.nullable(),
  expectations,
  late: punctuality(defaultPolicy.late),
  leftEarly: punctuality(defaultPolicy.leftEarly),
  externals: choice('optional', 'same'),
};

const override = object({
  match: object({
    meetingNo: text.exactOptional(),
    topicContains: text.exactOptional(),
    ownerOpenId: text.exactOptional(),
  }).refine((match) => Object.keys(match).length > 0, 'needs meetingNo, topicContains or ownerOpenId'),
  set: object({
    minimum: rules.minimum.exactOptional(),
    partial: rules.partial.exactOptional(),
    expectations: rules.expectations.exactOptional(),
    late: rules.late.exactOptional(),
    leftEarly: rules.leftEarly.exactOptional(),
    externals: rules.externals.exactOptional(),
  }),
});

const some = <Item extends z.ZodType>(item: Item) => z.array(item, 'must be a list').min(1, 'must not be empty');

const scope = object({
  minMinutes: minutes.exactOptional(),
  minPeople: z.int('must be a whole number').min(0, 'must not be negative').exactOptional(),
  sources: some(choice(...(Object.keys(sources) as Source[]))).exactOptional(),
  meetingNos: some(z.string('must be a text').regex(/^\d{9}$/, 'must be nine digits')).exactOptional(),
  topicWords: some(text).exactOptional(),
});

/** Past two hours the next day's meeting could be taken for a restart of a late one. */
const restarts = object({
  withinMinutes: minutes.max(120, 'must be at most 120').default(defaultRestarts.withinMinutes),
});

const policySchema: z.ZodType<Policy> = object({
  schemaVersion: z.literal(1, 'must be 1').default(1),
  name: text.default(defaultPolicy.name),
  minimum: rules.minimum.default(defaultPolicy.minimum),
  partial: rules.partial.default(defaultPolicy.partial),
  expectations: rules.expectations.default(defaultPolicy.expectations),
  late: rules.late.default(defaultPolicy.late),
  leftEarly: rules.leftEarly.default(defaultPolicy.leftEarly),
  externals: rules.externals.default(defaultPolicy.externals),
  overrides: z.array(override, 'must be a list').default([]),
  scope: scope.exactOptional(),
  restarts: restarts.exactOptional(),
}).check(({ value, issues }) => {
  const complain = (path: (string | number)[], effective: Rules) => {
    for (const unit of unitsAboveMinimum(effective))
      issues.push({ code: 'custom', input: value, path, message: `partial.${unit} is above minimum.${unit}` });
  };
  complain(['partial'], value);
  for (const [index, { set }] of value.overrides.entries())
    if (set.minimum || set.partial) complain(['overrides', index, 'set'], { ...value, ...set });
});

const unitsAboveMinimum = ({ minimum, partial }: Rules) =>
  (['percent', 'minutes'] as const).filter(
    (unit) => (partial?.[unit] ?? Number.NEGATIVE_INFINITY) > (minimum[unit] ?? Number.POSITIVE_INFINITY),
  );

/**
 * HR's policy with every default filled in, also inside the `set` of an override.
 * @param value What JSON.parse made of the policy file.
 * @throws {PolicyError} that lists every wrong key with its path, such as `minimum.percent: must be between 0 and 100`.
 */
export const parsePolicy = (value: unknown): Policy => {
  const result = policySchema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap(problemsOf);
  const told = problems.map(({ path, problem }) => `${path || 'policy'}: ${problem}`).join('; ');
  throw new PolicyError(told, { problems });
};

const problemsOf = (issue: z.core.$ZodIssue): PolicyProblem[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ path: pathText([...issue.path, key]), problem: 'unknown key' }))
    : [{ path: pathText(issue.path), problem: issue.message }];

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

/** The policy as RFC 8785 canonical JSON in UTF-8: equal policies give equal bytes. */
const canonicalBytes = (policy: Policy): Uint8Array => new TextEncoder().encode(canonicalize(policy));

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const versionOf = (policy: Policy): PolicyVersion => ({ policy, sha256: sha256Of(canonicalBytes(policy)) });

/** Who put which version in force, and when (Unix seconds). */
export type SavedPolicy = { sha256: string; name: string; by: Person; at: number };

export type PolicyStore = {
  /**
   * The policy in force; the built-in default when there is no object.
   * @throws {PolicyError} that names the object and its wrong keys.
   */
  current: () => Promise<PolicyVersion>;
  /** The policy in force as its object says, with the version of the object: '' when there is none. */
  read: () => Promise<{ version: PolicyVersion; etag: string } | { problem: PolicyError; etag: string }>;
  /**
   * Puts a version in force and notes who did so and when.
   * @param options.etag What `read` gave: false is answered when somebody saved another version since.
   */
  save: (version: PolicyVersion, options: { etag: string; by: Person; at: number }) => Promise<boolean>;
  /** The versions that were saved here, newest first, at most 100. */
  saved: () => Promise<SavedPolicy[]>;
  /** Keeps a version under its own hash, so that every policy ever used can be shown. */
  keep: (version: PolicyVersion) => Promise<void>;
  /** @throws {StoreError} `CORRUPT` when the version was never kept or does not hash to its name. */
  byHash: (sha256: string) => Promise<PolicyVersion>;
};

/** @param currentKey Object key of the policy in force. */
export const policyStore = (objects: ObjectStore, currentKey: string): PolicyStore => {
  const note = async (key: string, saved: SavedPolicy, when: 'absent' | 'any'): Promise<void> => {
    const bytes = new TextEncoder().encode(JSON.stringify(saved));
    await objects.put(key, bytes, { contentType: 'application/json', when });
  };
  const noteAt = async (key: string): Promise<SavedPolicy | null> => noteOf((await objects.get(key))?.bytes);

  const notes = async (): Promise<SavedPolicy[]> => {
    const keys = await allKeys(objects, savedPrefix);
    const found = await Promise.all(keys.slice(-savedShown).map(noteAt));
    return found.filter((each) => each !== null).reverse();
  };

  /** Who put the version in force, when they died before they could note it; null when it is noted, or came by no save. */
  const unnoted = async (newest: SavedPolicy | undefined): Promise<SavedPolicy | null> => {
    const bytes = (await objects.get(currentKey))?.bytes;
    const inForce = bytes && sha256Of(bytes);
    if (inForce === undefined || inForce === newest?.sha256) return null;
    const saving = await noteAt(savingKey(inForce));
    return saving && saving.at >= (newest?.at ?? 0) ? saving : null;
  };

  return {
    current: async () => {
      const stored = await objects.get(currentKey);
      return versionOf(stored ? read(currentKey, stored.bytes) : defaultPolicy);
    },
    read: async () => {
      const stored = await objects.get(currentKey);
      if (stored === null) return { version: versionOf(defaultPolicy), etag: '' };
      const { bytes, etag } = stored;
      try {
        return { version: versionOf(read(currentKey, bytes)), etag };
      } catch (problem) {
        if (!(problem instanceof PolicyError)) throw problem;
        return { problem, etag };
      }
    },
    save: async ({ policy, sha256 }, { etag, by, at }) => {
      const contentType = 'application/json';
      const bytes = canonicalBytes(policy);
      await objects.put(keyOf(sha256), bytes, { contentType, when: 'absent' });
      const [newest] = await notes();
      const lost = await unnoted(newest);
      if (lost) await note(savedKey(lost), lost, 'absent');
      const saving: SavedPolicy = { sha256, name: policy.name, by, at };
      // First who is about to, so that the version in force has its line whenever this dies.
      await note(savingKey(sha256), saving, 'any');
      const when = etag === '' ? 'absent' : { etag };
      if ((await objects.put(currentKey, bytes, { contentType, when })).kind === 'refused') return false;
      await note(savedKey(saving), saving, 'absent');
      return true;
    },
    saved: async () => {
      const found = await notes();
      const lost = await unnoted(found[0]);
      return (lost ? [lost, ...found] : found).slice(0, savedShown);
    },
    keep: async ({ policy, sha256 }) => {
      await objects.put(keyOf(sha256), canonicalBytes(policy), { contentType: 'application/json', when: 'absent' });
    },
    byHash: async (sha256) => {
      const key = keyOf(sha256);
      const stored = await objects.get(key);
      if (!stored) throw new StoreError('CORRUPT', `${key} is missing`);
      if (sha256Of(stored.bytes) !== sha256) throw new StoreError('CORRUPT', `${key} does not hash to its name`);
      return { policy: read(key, stored.bytes), sha256 };
    },
  };
};

const savedPrefix = 'policies/saved/';
/** In the order of the saves, and the same however often one save is noted. */
const savedKey = ({ at, sha256 }: SavedPolicy): string => `${savedPrefix}${at}-${sha256}.json`;
const savingPrefix = 'policies/saving/';
const savingKey = (sha256: string): string => `${savingPrefix}${sha256}.json`;
const savedShown = 100;

const savedSchema: z.ZodType<SavedPolicy> = z.object({
  sha256: z.string(),
  name: z.string(),
  by: z.object({ openId: z.string(), name: z.string() }),
  at: z.int(),
});

const noteOf = (bytes: Uint8Array | undefined): SavedPolicy | null => {
  try {
    return savedSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
};

const keyOf = (sha256: string): string => `policies/${sha256}.json`;

const read = (key: string, bytes: Uint8Array): Policy => {
  try {
    return parsePolicy(parseJson(bytes));
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    throw new PolicyError(`${key}: ${error.message}`, { cause: error, problems: error.problems });
  }
};

/** Strict UTF-8; a byte order mark, as some editors write it, is skipped. */
const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PolicyError('is not JSON in UTF-8', { cause });
  }
};
