import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { defaultPolicy } from '../../src/domain/policy.ts';
import type { ObjectStore, PutOptions } from '../../src/store/objects.ts';
import { StoreError } from '../../src/store/objects.ts';
import { PolicyError, parsePolicy, policyStore, versionOf } from '../../src/store/policies.ts';
import { memoryObjects } from '../memory-store.ts';

const CURRENT = 'policies/current.json';

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A bucket in memory that remembers how each object was put. */
const bucket = (objects: Record<string, Uint8Array> = {}) => {
  const puts: { key: string; options: PutOptions }[] = [];
  const unused = () => Promise.reject(new Error('not part of a policy store'));
  const store: ObjectStore = {
    get: async (key) => {
      const bytes = objects[key];
      return bytes ? { bytes, etag: '', contentType: '', contentDisposition: '' } : null;
    },
    put: async (key, content, options) => {
      puts.push({ key, options });
      if (objects[key]) return { kind: 'refused' };
      objects[key] = content as Uint8Array;
      return { kind: 'written', etag: '' };
    },
    list: unused,
    link: unused,
    delete: unused,
  };
  return { store, objects, puts };
};

const allHands = {
  schemaVersion: 1,
  name: 'All-hands',
  minimum: { percent: 75, minutes: 30, combine: 'both' },
  partial: { percent: 50 },
  expectations: {
    accepted: 'required',
    tentative: 'optional',
    noResponse: 'optional',
    declined: 'excused',
    unknown: 'optional',
  },
  late: { graceMinutes: 5, countsAs: 'flag' },
  leftEarly: { graceMinutes: 5, countsAs: 'flag' },
  externals: 'optional',
  overrides: [{ match: { meetingNo: '123456789' }, set: { minimum: { percent: 90 } } }],
};

describe('reading a policy', () => {
  it('takes the policy of the rules as it stands, and adds what it leaves out', () => {
    expect(parsePolicy(allHands)).toEqual({
      ...allHands,
      partial: { percent: 50, combine: 'both' },
      overrides: [{ match: { meetingNo: '123456789' }, set: { minimum: { percent: 90, combine: 'both' } } }],
    });
  });

  it('takes an empty object for the default policy', () => {
    expect(parsePolicy({})).toEqual(defaultPolicy);
  });

  it.each<[string, unknown, unknown]>([
    [
      'expectations',
      { expectations: { declined: 'required' } },
      { expectations: { ...defaultPolicy.expectations, declined: 'required' } },
    ],
    ['late', { late: { graceMinutes: 0 } }, { late: { graceMinutes: 0, countsAs: 'flag' } }],
    [
      'leftEarly',
      { leftEarly: { countsAs: 'insufficient' } },
      { leftEarly: { graceMinutes: 5, countsAs: 'insufficient' } },
    ],
    ['restarts', { restarts: {} }, { restarts: { withinMinutes: 15 } }],
    ['minimum, as a whole', { minimum: { minutes: 30 } }, { minimum: { minutes: 30, combine: 'both' } }],
  ])('fills in defaults key by key: %s', (_, given, expected) => {
    expect(parsePolicy(given)).toEqual({ ...defaultPolicy, ...(expected as object) });
  });

  it('fills in defaults inside an override, not the values of the base', () => {
    const { overrides } = parsePolicy({
      expectations: { tentative: 'required' },
      late: { graceMinutes: 1, countsAs: 'insufficient' },
      overrides: [
        { match: { topicContains: 'x' }, set: { expectations: { unknown: 'required' }, late: { graceMinutes: 2 } } },
        { match: { ownerOpenId: 'ou_1' }, set: { partial: null } },
      ],
    });
    expect(overrides.map(({ set }) => set)).toEqual([
      {
        expectations: { ...defaultPolicy.expectations, unknown: 'required' },
        late: { graceMinutes: 2, countsAs: 'flag' },
      },
      { partial: null },
    ]);
  });

  it.each<[string, unknown]>([
    ['0 percent', { minimum: { percent: 0 } }],
    ['100 percent', { minimum: { percent: 100 } }],
    ['0 minutes', { minimum: { minutes: 0 } }],
    ['a scope without a condition', { scope: {} }],
    ['a scope of half a minute', { scope: { minMinutes: 0.5, minPeople: 0 } }],
    ['every source', { scope: { sources: ['calendar', 'instant', 'interview', 'openPlatform', 'other'] } }],
    ['restarts that never count', { restarts: { withinMinutes: 0 } }],
    ['restarts within two hours', { restarts: { withinMinutes: 120 } }],
    ['numbers and words', { scope: { meetingNos: ['123456789'], topicWords: ['周会'] } }],
    ['a partial equal to the minimum', { minimum: { percent: 75 }, partial: { percent: 75 } }],
    ['a partial in another unit', { minimum: { percent: 10 }, partial: { minutes: 50 } }],
    [
      'an override that lowers minimum and partial',
      {
        partial: { percent: 50 },
        overrides: [{ match: { meetingNo: '1' }, set: { minimum: { percent: 20 }, partial: { percent: 10 } } }],
      },
    ],
  ])('allows %s', (_, value) => {
    expect(parsePolicy(value)).toMatchObject({ schemaVersion: 1 });
  });

  const overriding = (match: unknown, set: unknown) => ({ overrides: [{ match, set }] });
  const anyMatch = { meetingNo: '123456789' };

  it.each<[string, unknown]>([
    ['policy: must be an object', null],
    ['policy: must be an object', []],
    ['policy: must be an object', 'policy'],
    ['minimun: unknown key', { minimun: {} }],
    ['__proto__: unknown key', JSON.parse('{"__proto__":{"name":"x"}}')],
    ['expectations.acepted: unknown key', { expectations: { acepted: 'required' } }],
    ['late.grace: unknown key', { late: { grace: 1 } }],
    ['minimum.seconds: unknown key', { minimum: { percent: 1, seconds: 1 } }],
    ['overrides[0].match.topic: unknown key', overriding({ ...anyMatch, topic: 'x' }, {})],
    ['overrides[0].set.name: unknown key', overriding(anyMatch, { name: 'x' })],
    ['overrides[0].set.late.grace: unknown key', overriding(anyMatch, { late: { grace: 1 } })],
    ['overrides[0].when: unknown key', { overrides: [{ match: anyMatch, set: {}, when: 1 }] }],
    ['restarts.within: unknown key', { restarts: { within: 1 } }],
    ['restarts.withinMinutes: must not be negative', { restarts: { withinMinutes: -1 } }],
    ['restarts.withinMinutes: must be at most 120', { restarts: { withinMinutes: 121 } }],
    ['restarts.withinMinutes: must be a number', { restarts: { withinMinutes: '15' } }],
    ['schemaVersion: must be 1', { schemaVersion: 2 }],
    ['schemaVersion: must be 1', { schemaVersion: '1' }],
    ['name: must not be empty', { name: ' ' }],
    ['name: must be a text', { name: null }],
    ['name: must be well-formed Unicode', { name: '\ud800' }],
    ['minimum: must be an object', { minimum: 75 }],
    ['minimum: must be an object', { minimum: null }],
    ['minimum: needs percent, minutes or both', { minimum: {} }],
    ['partial: needs percent, minutes or both', { partial: { combine: 'either' } }],
    ['minimum.percent: must be between 0 and 100', { minimum: { percent: -0.1 } }],
    ['minimum.percent: must be between 0 and 100', { minimum: { percent: 100.1 } }],
    ['minimum.percent: must be a number', { minimum: { percent: '75' } }],
    ['minimum.percent: must be a number', { minimum: { percent: Number.NaN } }],
    ['minimum.minutes: must not be negative', { minimum: { minutes: -1 } }],
    ['minimum.minutes: must be a number', { minimum: { minutes: Number.POSITIVE_INFINITY } }],
    ['minimum.combine: must be "both" or "either"', { minimum: { percent: 1, combine: 'any' } }],
    ['expectations.declined: must be "required" or "optional" or "excused"', { expectations: { declined: 'maybe' } }],
    ['late.graceMinutes: must not be negative', { late: { graceMinutes: -1 } }],
    ['leftEarly.countsAs: must be "flag" or "insufficient"', { leftEarly: { countsAs: 'absent' } }],
    ['externals: must be "optional" or "same"', { externals: 'required' }],
    ['overrides: must be a list', { overrides: {} }],
    ['overrides[0].match: needs meetingNo, topicContains or ownerOpenId', overriding({}, {})],
    ['overrides[0].match.topicContains: must not be empty', overriding({ topicContains: '' }, {})],
    ['overrides[0].match.meetingNo: must be a text', overriding({ meetingNo: 123456789 }, {})],
    ['overrides[0].set: must be an object', { overrides: [{ match: anyMatch }] }],
    ['scope: must be an object', { scope: null }],
    ['scope.minutes: unknown key', { scope: { minutes: 5 } }],
    ['scope.minMinutes: must not be negative', { scope: { minMinutes: -1 } }],
    ['scope.minPeople: must be a whole number', { scope: { minPeople: 1.5 } }],
    ['scope.minPeople: must not be negative', { scope: { minPeople: -1 } }],
    ['scope.sources: must not be empty', { scope: { sources: [] } }],
    [
      'scope.sources[0]: must be "calendar" or "instant" or "interview" or "openPlatform" or "other"',
      { scope: { sources: ['phone'] } },
    ],
    ['scope.meetingNos: must be a list', { scope: { meetingNos: '123456789' } }],
    ['scope.meetingNos[0]: must be nine digits', { scope: { meetingNos: ['12345678'] } }],
    ['scope.topicWords: must not be empty', { scope: { topicWords: [] } }],
    ['scope.topicWords[0]: must not be empty', { scope: { topicWords: [' '] } }],
    ['partial: partial.percent is above minimum.percent', { minimum: { percent: 75 }, partial: { percent: 75.1 } }],
    ['partial: partial.percent is above minimum.percent', { partial: { percent: 76 } }],
    ['partial: partial.minutes is above minimum.minutes', { minimum: { minutes: 30 }, partial: { minutes: 31 } }],
    [
      'overrides[0].set: partial.percent is above minimum.percent',
      { partial: { percent: 50 }, ...overriding(anyMatch, { minimum: { percent: 49 } }) },
    ],
    ['overrides[0].set: partial.percent is above minimum.percent', overriding(anyMatch, { partial: { percent: 76 } })],
  ])('refuses with "%s"', (message, value) => {
    expect(() => parsePolicy(value)).toThrow(expect.objectContaining({ name: 'PolicyError', message: message }));
  });

  it('names every problem at once', () => {
    expect(() => parsePolicy({ minimum: { percent: 101 }, a: 1, b: 2 })).toThrow(
      expect.objectContaining({
        name: 'PolicyError',
        message: 'minimum.percent: must be between 0 and 100; a: unknown key; b: unknown key',
      }),
    );
  });
});

describe('V6 the version of a policy', () => {
  it('does not depend on the order of keys or on writing defaults out', () => {
    const { percent } = { percent: 75 };
    const versions = [{}, defaultPolicy, { externals: 'optional', minimum: { combine: 'both', percent } }].map(
      (value) => versionOf(parsePolicy(value)),
    );
    expect(new Set(versions.map(({ sha256 }) => sha256)).size).toBe(1);
  });

  it('is the SHA-256 of the canonical JSON', () => {
    const canonical =
      '{"expectations":{"accepted":"required","declined":"excused","noResponse":"optional","tentative":"optional","unknown":"optional"},' +
      '"externals":"optional","late":{"countsAs":"flag","graceMinutes":5},"leftEarly":{"countsAs":"flag","graceMinutes":5},' +
      '"minimum":{"combine":"both","percent":75},"name":"Default","overrides":[],"partial":null,"schemaVersion":1}';
    expect(versionOf(defaultPolicy)).toEqual({
      policy: defaultPolicy,
      sha256: sha256Of(new TextEncoder().encode(canonical)),
    });
  });

  it('changes with any rule', () => {
    const changed = [{ late: { graceMinutes: 6 } }, { scope: { minMinutes: 5 } }].map(parsePolicy);
    for (const policy of changed) expect(versionOf(policy).sha256).not.toBe(versionOf(defaultPolicy).sha256);
  });
});

describe('the policy in force', () => {
  it('is the built-in default when there is no object', async () => {
    expect(await policyStore(bucket().store, CURRENT).current()).toEqual(versionOf(defaultPolicy));
  });

  it('is the one under the given key', async () => {
    const { store } = bucket({ 'policies/hr.json': bytesOf(allHands) });
    expect(await policyStore(store, 'policies/hr.json').current()).toEqual(versionOf(parsePolicy(allHands)));
  });

  it('may start with a byte order mark', async () => {
    const { store } = bucket({ [CURRENT]: new TextEncoder().encode('\ufeff{"name":"全员"}') });
    expect((await policyStore(store, CURRENT).current()).policy.name).toBe('全员');
  });

  it.each<[string, Uint8Array, string]>([
    ['a wrong key', bytesOf({ minimum: { percent: 101 } }), 'minimum.percent: must be between 0 and 100'],
    ['no JSON', new TextEncoder().encode('{'), 'is not JSON in UTF-8'],
    ['nothing', new Uint8Array(), 'is not JSON in UTF-8'],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'is not JSON in UTF-8'],
  ])('is refused by name when it holds %s', async (_, bytes, problem) => {
    await expect(policyStore(bucket({ [CURRENT]: bytes }).store, CURRENT).current()).rejects.toThrow(
      expect.objectContaining({ name: 'PolicyError', message: `${CURRENT}: ${problem}` }),
    );
  });

  it('stays unknown when the store cannot say, rather than becoming the default', async () => {
    const failure = new StoreError('FORBIDDEN', 'no access');
    const store: ObjectStore = { ...bucket().store, get: () => Promise.reject(failure) };
    await expect(policyStore(store, CURRENT).current()).rejects.toBe(failure);
  });
});

describe('V6 every policy ever used', () => {
  const version = versionOf(parsePolicy(allHands));
  const key = `policies/${version.sha256}.json`;

  it('is kept once, in an object that hashes to its own name, and read back the same', async () => {
    const { store, objects, puts } = bucket();
    const policies = policyStore(store, CURRENT);
    await policies.keep(version);
    await policies.keep(version);
    expect(puts).toEqual(Array(2).fill({ key, options: { contentType: 'application/json', when: 'absent' } }));
    expect(sha256Of(objects[key] ?? new Uint8Array())).toBe(version.sha256);
    expect(await policies.byHash(version.sha256)).toEqual(version);
  });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['missing', {}, 'is missing'],
    ['changed', { [key]: bytesOf(allHands) }, 'does not hash to its name'],
  ])('is refused when %s', async (_, objects, problem) => {
    await expect(policyStore(bucket(objects).store, CURRENT).byHash(version.sha256)).rejects.toThrow(
      new StoreError('CORRUPT', `${key} ${problem}`),
    );
  });
});

describe('what is wrong with a policy', () => {
  const problemsOf = (value: unknown) => {
    try {
      parsePolicy(value);
    } catch (error) {
      return error instanceof PolicyError ? error.problems.map(({ path, problem }) => `${path}: ${problem}`) : error;
    }
    return [];
  };

  it.each<[string, unknown, string[]]>([
    [
      'each key by itself',
      { minimum: { percent: 101 }, late: { graceMinutes: -1 } },
      ['minimum.percent: must be between 0 and 100', 'late.graceMinutes: must not be negative'],
    ],
    [
      'each unknown key',
      { minimun: {}, expectations: { sick: 'excused', away: 'excused' } },
      ['expectations.sick: unknown key', 'expectations.away: unknown key', 'minimun: unknown key'],
    ],
    [
      'a key inside a list',
      { overrides: [{ match: {}, set: {} }] },
      ['overrides[0].match: needs meetingNo, topicContains or ownerOpenId'],
    ],
    ['the whole by an empty path', [], [': must be an object']],
    ['nothing where nothing is', {}, []],
  ])('names %s', (_, value, problems) => {
    expect(problemsOf(value)).toEqual(problems);
  });

  it('is told of the object in force too, as one line and key by key', async () => {
    const { store } = bucket({ [CURRENT]: bytesOf({ minimum: { percent: 101 } }) });
    const { problem } = (await policyStore(store, CURRENT).read()) as { problem: PolicyError };
    expect(problem.message).toBe(`${CURRENT}: minimum.percent: must be between 0 and 100`);
    expect(problem.problems).toEqual([{ path: 'minimum.percent', problem: 'must be between 0 and 100' }]);
  });
});

describe('saving a policy', () => {
  const by = { openId: 'ou_hr', name: '李娜' };
  const version = (name: string) => versionOf(parsePolicy({ name }));

  it('puts it in force, keeps it under its hash, and notes who did so and when', async () => {
    const objects = memoryObjects();
    const policies = policyStore(objects, CURRENT);
    expect(await policies.read()).toEqual({ version: versionOf(defaultPolicy), etag: '' });
    expect(await policies.save(version('one'), { etag: '', by, at: 1_700_000_000 })).toBe(true);
    const { etag } = await policies.read();
    expect(await policies.read()).toEqual({ version: version('one'), etag });
    expect(await policies.current()).toEqual(version('one'));
    expect(await policies.byHash(version('one').sha256)).toEqual(version('one'));
    expect(await policies.save(version('two'), { etag, by, at: 1_700_000_001 })).toBe(true);
    expect(await policies.saved()).toEqual([
      { sha256: version('two').sha256, name: 'two', by, at: 1_700_000_001 },
      { sha256: version('one').sha256, name: 'one', by, at: 1_700_000_000 },
    ]);
    expect(await policies.byHash(version('one').sha256)).toEqual(version('one'));
  });

  it.each([2, 20])(
    'C7 of %i people who edit the same version at once one saves, and the others are told',
    async (count) => {
      const objects = memoryObjects();
      const policies = policyStore(objects, CURRENT);
      for (const begun of ['', 'before']) {
        if (begun) await policies.save(version(begun), { etag: (await policies.read()).etag, by, at: 1 });
        const { etag } = await policies.read();
        const notes = (await policies.saved()).length;
        const people = Array.from({ length: count }, (_, n) => version(`${begun} ${n}`));
        const saved = await Promise.all(people.map((each) => policies.save(each, { etag, by, at: 2 })));
        expect(saved.filter(Boolean)).toHaveLength(1);
        expect(await policies.current()).toEqual(people[saved.indexOf(true)]);
        expect(await policies.saved()).toHaveLength(notes + 1);
      }
    },
  );

  it('mends a policy that cannot be read, and nothing that was mended meanwhile', async () => {
    const objects = memoryObjects();
    const policies = policyStore(objects, CURRENT);
    await objects.put(CURRENT, bytesOf({ minimun: {} }), { contentType: 'application/json', when: 'any' });
    const { etag } = await policies.read();
    expect(etag).not.toBe('');
    expect(await policies.save(version('none'), { etag: '', by, at: 1 })).toBe(false);
    expect(await policies.save(version('mended'), { etag, by, at: 1 })).toBe(true);
    expect(await policies.save(version('late'), { etag, by, at: 1 })).toBe(false);
    expect(await policies.current()).toEqual(version('mended'));
  });

  it('X7 that dies leaves the old policy or the new one in force, each of them kept, and the one in force with its line', async () => {
    for (let last = 0; last <= 4; last += 1) {
      const objects = memoryObjects();
      let puts = 0;
      const dying: ObjectStore = {
        ...objects,
        put: (...given) => (puts++ < last ? objects.put(...given) : Promise.reject(new Error('killed'))),
      };
      const saving = policyStore(dying, CURRENT).save(version('new'), { etag: '', by, at: 1 });
      await (last < 4 ? expect(saving).rejects.toThrow('killed') : saving);
      const policies = policyStore(objects, CURRENT);
      expect(await policies.current()).toEqual(last < 3 ? versionOf(defaultPolicy) : version('new'));
      if (last >= 3) expect(await policies.byHash(version('new').sha256)).toEqual(version('new'));
      const line = { sha256: version('new').sha256, name: 'new', by, at: 1 };
      expect(await policies.saved()).toEqual(last < 3 ? [] : [line]);
      const next = { etag: (await policies.read()).etag, by, at: 2 };
      expect(await policies.save(version('next'), next)).toBe(true);
      const after = { sha256: version('next').sha256, name: 'next', by, at: 2 };
      expect(await policies.saved()).toEqual(last < 3 ? [after] : [after, line]);
    }
  });

  it('says nothing of a save that was begun and came too late, nor of a version put there by hand', async () => {
    const objects = memoryObjects();
    const policies = policyStore(objects, CURRENT);
    const names = async () => (await policies.saved()).map(({ name }) => name);
    await policies.save(version('one'), { etag: '', by, at: 1 });
    expect(await policies.save(version('late'), { etag: '', by, at: 2 })).toBe(false);
    expect(await names()).toEqual(['one']);
    await policies.save(version('two'), { etag: (await policies.read()).etag, by, at: 3 });
    const one = (await objects.get(`policies/${version('one').sha256}.json`))?.bytes ?? new Uint8Array();
    for (const bytes of [one, bytesOf({ name: 'by hand' })]) {
      await objects.put(CURRENT, bytes, { contentType: 'application/json', when: 'any' });
      expect(await names()).toEqual(['two', 'one']);
    }
  });

  it('J4 tells the newest hundred, past what one list shows, without the notes that cannot be read', async () => {
    const memory = memoryObjects();
    const policies = policyStore({ ...memory, list: (options) => memory.list({ ...options, limit: 7 }) }, CURRENT);
    for (let n = 0; n < 120; n += 1) {
      const { etag } = await policies.read();
      await policies.save(version(`${n}`), { etag, by, at: 1_700_000_000 + n });
    }
    for (const name of ['1700000110-x', '1700000119-zz'])
      await memory.put(`policies/saved/${name}.json`, bytesOf({ sha256: 1 }), { contentType: '', when: 'any' });
    const names = (await policies.saved()).map(({ name }) => Number(name));
    expect(names).toEqual(Array.from({ length: 98 }, (_, n) => 119 - n));
  });
});
