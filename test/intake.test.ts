import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createIntake, type IntakeOptions } from '../src/intake.ts';
import { StoreError } from '../src/store/objects.ts';
import { quarantineStore, requestStore } from '../src/store/requests.ts';
import { extend } from './feishu/forgery.ts';
import {
  bytesOf,
  credentials,
  encrypt,
  endedEvent,
  pushedAt,
  sealed,
  signedHeaders,
  signedPush,
  urlVerification,
} from './feishu/push.ts';
import { memoryObjects } from './memory-store.ts';

const setUp = (over: Partial<IntakeOptions> = {}, objects = memoryObjects()) => {
  const logged: { event: string; [field: string]: unknown }[] = [];
  const intake = createIntake({
    credentials: async () => credentials,
    fileRequest: requestStore(objects).file,
    quarantine: quarantineStore(objects),
    timeZone: 'Asia/Shanghai',
    nowSeconds: () => pushedAt,
    log: (event, fields) => logged.push({ event, ...fields }),
    ...over,
  });
  const contents = () =>
    [...objects.stored].map(([key, { bytes }]): [string, string] => [key, Buffer.from(bytes).toString()]);
  return { intake, objects, logged, contents };
};

const ordinary = () => signedPush(sealed(endedEvent()));
const ordinaryKey = 'requests/2026-11-16/6911188411934433028.0.json';
const done = { status: 200, body: '{}' };
const unauthorized = { status: 401, body: '{"error":"unauthorized"}' };

describe('an event', () => {
  it('is filed with what the event says and answered', async () => {
    const { intake, objects, logged } = setUp();
    expect(await intake(ordinary())).toEqual(done);
    expect(JSON.parse(Buffer.from(objects.stored.get(ordinaryKey)?.bytes ?? []).toString())).toEqual({
      schemaVersion: 1,
      jobId: '2026-11-16/6911188411934433028.0',
      meeting: {
        instanceId: '6911188411934433028',
        meetingNo: '235812466',
        topic: 'Quarterly numbers',
        startsAt: 1_794_819_600,
        endsAt: 1_794_823_200,
        ownerOpenId: 'ou_owner',
      },
      reason: 'meeting-ended',
      sourceEventId: '5e3702a84e847582be8db7fb73283c02',
      requestedBy: '',
      revision: 0,
      requestedAt: 1_794_823_203,
      source: 1,
    });
    expect(logged).toEqual([
      {
        event: 'push.kept',
        eventId: '5e3702a84e847582be8db7fb73283c02',
        eventType: 'vc.meeting.all_meeting_ended_v1',
        jobId: '2026-11-16/6911188411934433028.0',
        outcome: 'filed',
      },
    ]);
  });

  it('is accepted in plain text when signed', async () => {
    const { intake, objects } = setUp();
    expect(await intake(signedPush(bytesOf(endedEvent())))).toEqual(done);
    expect(objects.stored.size).toBe(1);
  });

  it('W1 pushed 100 times at once makes one request, and every push is answered 200', async () => {
    const { intake, objects, logged } = setUp();
    const answers = await Promise.all(Array.from({ length: 100 }, () => intake(ordinary())));
    expect(new Set(answers)).toEqual(new Set([done]));
    expect(objects.stored.size).toBe(1);
    expect(logged.filter(({ outcome }) => outcome === 'filed')).toHaveLength(1);
  });

  it('W1 of both subscriptions makes one request', async () => {
    const { intake, objects } = setUp();
    await intake(ordinary());
    const other = endedEvent({ header: { event_id: 'other', event_type: 'vc.meeting.meeting_ended_v1' } });
    expect(await intake(signedPush(sealed(other)))).toEqual(done);
    expect(objects.stored.size).toBe(1);
  });

  it('W2 pushed again over eight hours rewrites nothing', async () => {
    let now = pushedAt;
    const { intake, contents } = setUp({ nowSeconds: () => now });
    await intake(ordinary());
    const first = contents();
    expect(first).toHaveLength(1);
    for (const wait of [15, 5 * 60, 60 * 60, 6 * 60 * 60]) {
      now += wait;
      expect(await intake(ordinary())).toEqual(done);
      expect(await intake(signedPush(sealed(endedEvent()), { timestamp: `${now}` }))).toEqual(done);
    }
    expect(contents()).toEqual(first);
  });

  it('W3 leads to the same requests in whatever order events come', async () => {
    const events = Array.from({ length: 5 }, (_, n) =>
      endedEvent({
        header: { event_id: `event-${n}`, create_time: `${1_794_823_203_000 - n * 3_600_000}` },
        meeting: { id: `instance-${n}`, start_time: `${1_794_819_600 - n * 3600}` },
      }),
    );
    const filed = async (order: typeof events) => {
      const { intake, contents } = setUp();
      for (const event of order) await intake(signedPush(sealed(event)));
      return new Map(contents());
    };
    const expected = await filed(events);
    expect(expected.size).toBe(5);
    const shuffled = fc.shuffledSubarray(events, { minLength: 5 });
    await fc.assert(
      fc.asyncProperty(shuffled, async (order) => {
        expect(await filed(order)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('W6 keeps its words through every way of writing the bytes', async () => {
    const word = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('周会', '👩‍💻', '\u2028', 'a\r\nb', '\\"'));
    const topics = fc.array(word).map((words) => words.join(''));
    await fc.assert(
      fc.asyncProperty(topics, fc.nat(4), fc.boolean(), fc.boolean(), async (topic, indent, crlf, encrypted) => {
        const { intake, objects } = setUp();
        const json = JSON.stringify(endedEvent({ meeting: { topic } }), null, indent);
        const text = crlf ? json.replaceAll('\n', '\r\n') : json;
        expect(await intake(signedPush(encrypted ? sealed(text) : bytesOf(text)))).toEqual(done);
        const request = await requestStore(objects).get('2026-11-16/6911188411934433028.0');
        expect(request?.meeting.topic).toBe(topic.trim());
      }),
    );
  });

  it.each([
    ['old', 'old key', done],
    ['new', credentials.encryptKey, done],
    ['never configured', 'other key', unauthorized],
  ])('W10 while keys rotate: the %s one', async (_, key, answer) => {
    const { intake } = setUp({ credentials: async () => ({ ...credentials, previousEncryptKey: 'old key' }) });
    expect(await intake(signedPush(sealed(endedEvent(), key), { key }))).toEqual(answer);
  });
});

describe('an event that asks for no report', () => {
  it('W11 is counted by type and answered', async () => {
    const { intake, objects, logged } = setUp();
    const event = endedEvent({ header: { event_type: 'vc.room.created_v1' } });
    expect(await intake(signedPush(sealed(event)))).toEqual(done);
    expect(logged).toEqual([{ event: 'push.ignored', eventType: 'vc.room.created_v1' }]);
    expect(objects.stored.size).toBe(0);
  });

  it('W11 W16 is quarantined in plain text when it should have, once, and told apart in the log', async () => {
    const { intake, contents, logged } = setUp();
    const text = JSON.stringify(endedEvent()).replace('"6911188411934433028"', '6911188411934433028');
    expect(await intake(signedPush(sealed(text)))).toEqual(done);
    expect(await intake(signedPush(bytesOf(text)))).toEqual(done);
    expect(contents()).toEqual([[expect.stringMatching(/^quarantine\/[0-9a-f]{64}\.json$/), text]]);
    expect(logged).toEqual([
      { event: 'push.malformed', fields: 'event.meeting.id' },
      { event: 'push.kept', outcome: 'quarantined' },
      { event: 'push.malformed', fields: 'event.meeting.id' },
      { event: 'push.kept', outcome: 'already-quarantined' },
    ]);
  });
});

describe('url_verification', () => {
  it.each([
    [
      'encrypted with the right token',
      sealed(urlVerification()),
      { status: 200, body: '{"challenge":"ajls384kdjx98XX"}' },
    ],
    ['encrypted with a wrong token', sealed(urlVerification({ token: 'other' })), unauthorized],
    ['an unsigned event instead', sealed(endedEvent()), unauthorized],
    ['in plain text', bytesOf(urlVerification()), unauthorized],
  ])('W8 %s', async (_, body, answer) => {
    expect(await setUp().intake({ headers: {}, body })).toEqual(answer);
  });
});

describe('a forgery', () => {
  /** Sends every push to one intake and says which different answers came, and whether the bucket was ever asked. */
  const answersTo = async (pushes: Iterable<{ headers: object; body: Uint8Array }>) => {
    const refuse = vi.fn(() => Promise.reject(new Error('must not be asked')));
    const { intake } = setUp({ fileRequest: refuse, quarantine: refuse });
    const answers = new Set<string>();
    for (const { headers, body } of pushes)
      answers.add(JSON.stringify(await intake({ headers: { ...headers }, body })));
    expect(refuse).not.toHaveBeenCalled();
    return [...answers].map((answer) => JSON.parse(answer));
  };

  it('W4 by 100,000 mutations of headers and body always gets the one 401', async () => {
    const { headers, body } = ordinary();
    const signature = headers['x-lark-signature'];
    const random = randomFrom(20_261_116);
    const below = (limit: number): number => Math.floor(random() * limit);
    const replaced = (text: string, at: number, by: string): string => text.slice(0, at) + by + text.slice(at + 1);
    const signed = (value: unknown) => ({ headers: { ...headers, 'x-lark-signature': value }, body });
    const mutations = [
      () => signed(undefined),
      () => signed(signature.toUpperCase()),
      () => signed(signature.slice(0, below(64))),
      () => signed(signature + signature.slice(below(64))),
      () => signed([signature]),
      () => signed(replaced(signature, below(64), String.fromCodePoint(0x80 + below(0xd000)))),
      () => {
        const at = below(64);
        return signed(
          replaced(signature, at, ((Number.parseInt(signature.charAt(at), 16) + 1 + below(15)) % 16).toString(16)),
        );
      },
      () => ({ headers: { ...headers, 'x-lark-request-timestamp': `${pushedAt + 1 + below(9999)}` }, body }),
      () => ({ headers: { ...headers, 'x-lark-request-nonce': `${below(2 ** 31)}` }, body }),
      () => {
        const changed = Buffer.from(body);
        const at = below(body.length);
        changed[at] = (changed[at] ?? 0) ^ (1 << below(8));
        return { headers, body: changed };
      },
      () => ({ headers, body: body.subarray(0, below(body.length)) }),
    ];
    const pushes = function* () {
      for (let n = 0; n < 100_000; n += 1) yield mutations[n % mutations.length]?.() ?? signed(undefined);
    };
    expect(await answersTo(pushes())).toEqual([unauthorized]);
  });

  it('W5 with a body extended without the key gets 401, though its signature holds', async () => {
    const body = bytesOf(endedEvent());
    const headers = signedHeaders(body);
    const secretBytes = `${pushedAt}4711081523${credentials.encryptKey}`.length;
    const suffixes = ['', '}', JSON.stringify(endedEvent({ meeting: { id: 'forged' } })), '\0'];
    const pushes = suffixes.map((suffix) => {
      const forged = extend({ signature: headers['x-lark-signature'], body, secretBytes }, bytesOf(suffix));
      return { headers: { ...headers, 'x-lark-signature': forged.signature }, body: forged.body };
    });
    expect(await answersTo(pushes)).toEqual([unauthorized]);
  });

  it('W5 by moving digits from the nonce to the timestamp files nothing new', async () => {
    const { intake, objects } = setUp();
    const { headers, body } = ordinary();
    await intake({ headers, body });
    for (let moved = -10; moved <= 10; moved += 1) {
      const digits = `${pushedAt}4711081523`;
      const timestamp = digits.slice(0, 10 + moved);
      const nonce = digits.slice(10 + moved);
      const shifted = { ...headers, 'x-lark-request-timestamp': timestamp, 'x-lark-request-nonce': nonce };
      expect(await intake({ headers: shifted, body })).toEqual([0, 3].includes(moved) ? done : unauthorized);
    }
    expect([...objects.stored.keys()]).toEqual([ordinaryKey]);
  });

  it('W5 W16 with a signed body that is not exactly one JSON text gets 401', async () => {
    const text = JSON.stringify(endedEvent());
    const bodies = [`${text}${text}`, `\uFEFF${text}`, `${text}\0`, '['.repeat(100_000), ''].map(bytesOf);
    expect(await answersTo(bodies.map((body) => signedPush(body)))).toEqual([unauthorized]);
  });

  it('W7 by any broken ciphertext, signed or not, gets the one 401', async () => {
    const texts = [
      ...Array.from({ length: 49 }, (_, length) => Buffer.alloc(length, 3).toString('base64')),
      '%%%',
      encrypt(bytesOf(urlVerification())).replace(/.$/, '!'),
      encrypt(bytesOf(urlVerification()), { key: 'other key' }),
      encrypt(bytesOf('no JSON')),
      encrypt(Buffer.of(0xff, 0xfe)),
      encrypt(bytesOf('null')),
      encrypt(Buffer.alloc(32, 0x20), { padding: false }),
      encrypt(bytesOf(urlVerification({ token: 'other' }))),
    ];
    const bodies = [...texts.map((text) => bytesOf({ encrypt: text })), bytesOf({ encrypt: 7 }), bytesOf({})];
    const pushes = bodies.flatMap((body) => [{ headers: {}, body }, signedPush(body)]);
    expect(await answersTo(pushes)).toEqual([unauthorized]);
  });

  it('W12 of another app or with another token gets 401 and is told in the log', async () => {
    const { intake, logged } = setUp();
    expect(await intake(signedPush(sealed(endedEvent({ header: { app_id: 'cli_other' } }))))).toEqual(unauthorized);
    expect(await intake(signedPush(sealed(endedEvent({ header: { token: 'other' } }))))).toEqual(unauthorized);
    expect(logged.map(({ because }) => because)).toEqual(['app', 'token']);
  });
});

describe('a bucket in trouble', () => {
  const trouble = new StoreError('UNAVAILABLE', 'no answer');

  it.each([
    ['down', trouble, 'UNAVAILABLE'],
    ['forbidden', new StoreError('FORBIDDEN', 'no right'), 'FORBIDDEN'],
    ['failing in a way nobody thought of', new TypeError('Quarterly numbers'), 'TypeError'],
  ])('W13 W14 that is %s makes Feishu push again, and the next push files it', async (_, error, code) => {
    const objects = memoryObjects();
    const file = vi.fn(requestStore(objects).file).mockRejectedValueOnce(error);
    const { intake, logged } = setUp({ fileRequest: file }, objects);
    expect(await intake(ordinary())).toEqual({ status: 500, body: '{"error":"not filed, push again"}' });
    expect(logged).toMatchObject([{ event: 'push.lost', jobId: '2026-11-16/6911188411934433028.0', code }]);
    expect(objects.stored.size).toBe(0);
    expect(await intake(ordinary())).toEqual(done);
    expect(objects.stored.size).toBe(1);
  });

  it('W13 that wrote and then fell silent ends with one request, answered 200 at last', async () => {
    const objects = memoryObjects();
    const requests = requestStore(objects);
    const file = vi.fn(requests.file).mockImplementationOnce(async (request) => {
      await requests.file(request);
      throw trouble;
    });
    const { intake, contents } = setUp({ fileRequest: file }, objects);
    expect(await intake(ordinary())).toMatchObject({ status: 500 });
    const written = contents();
    expect(await intake(ordinary())).toEqual(done);
    expect(contents()).toEqual(written);
    expect(written).toHaveLength(1);
  });

  it('W13 that cannot quarantine makes Feishu push again as well', async () => {
    const { intake } = setUp({ quarantine: () => Promise.reject(trouble) });
    expect(await intake(signedPush(sealed(endedEvent({ meeting: { id: 7 } }))))).toMatchObject({ status: 500 });
  });

  it('W9 without its credentials is not answered at all', async () => {
    const { intake } = setUp({ credentials: () => Promise.reject(trouble) });
    await expect(intake(ordinary())).rejects.toBe(trouble);
  });
});

describe('a body', () => {
  it.each([
    [256 * 1024, done],
    [256 * 1024 + 1, { status: 413, body: '{"error":"too large"}' }],
    [10 * 1024 * 1024, { status: 413, body: '{"error":"too large"}' }],
  ])('W16 of %i bytes', async (bytes, answer) => {
    const known = vi.fn(async () => credentials);
    const { intake } = setUp({ credentials: known });
    const padded = Buffer.alloc(bytes, ' ');
    padded.set(sealed(endedEvent()));
    expect(await intake(signedPush(padded))).toEqual(answer);
    expect(known).toHaveBeenCalledTimes(answer === done ? 1 : 0); // Refused before anything else is done.
  });

  it('W19 over 64 KiB is not decrypted for a stranger', async () => {
    const { intake, logged } = setUp();
    const body = Buffer.alloc(64 * 1024 + 1, ' ');
    body.set(sealed(urlVerification()));
    expect(await intake({ headers: {}, body })).toEqual(unauthorized);
    expect(logged).toEqual([{ event: 'push.rejected', because: 'unsigned' }]);
  });
});

describe('our clock', () => {
  const minutes = 60;
  const hours = 60 * minutes;
  it.each([
    [10 * minutes, done, []],
    [10 * minutes + 1, done, [{ event: 'push.clock-skew', seconds: 601 }]],
    [-10 * minutes - 1, done, [{ event: 'push.clock-skew', seconds: -601 }]],
    [24 * hours, done, [{ event: 'push.clock-skew', seconds: 86_400 }]],
    [24 * hours + 1, unauthorized, [{ event: 'push.clock-skew', seconds: 86_401 }]],
    [-24 * hours - 1, unauthorized, [{ event: 'push.clock-skew', seconds: -86_401 }]],
  ])('W18 may be %i s off', async (skew, answer, expected) => {
    const { intake, logged } = setUp({ nowSeconds: () => pushedAt + skew });
    expect(await intake(ordinary())).toEqual(answer);
    expect(logged.filter(({ event }) => event === 'push.clock-skew')).toEqual(expected);
  });
});

describe('the log', () => {
  it('O1 holds neither secrets nor anything that people wrote', async () => {
    const { intake, logged } = setUp();
    const troubled = setUp({ fileRequest: () => Promise.reject(new Error('Quarterly numbers')) });
    const pushes = [
      endedEvent(),
      endedEvent({ meeting: { id: 'Quarterly numbers' } }),
      endedEvent({ header: { app_id: 'cli_other' } }),
      endedEvent({ header: { event_type: 'other' } }),
      urlVerification(),
    ];
    for (const push of pushes) {
      await intake(signedPush(sealed(push)));
      await troubled.intake(signedPush(sealed(push)));
    }
    const lines = JSON.stringify([...logged, ...troubled.logged]);
    expect(logged.length).toBeGreaterThan(3);
    for (const canary of ['Quarterly', 'ou_owner', 'e33ggbyz', ...Object.values(credentials), 'ajls384kdjx98XX']) {
      expect(lines).not.toContain(canary);
    }
  });
});

/** The same numbers in [0, 1) for the same seed (a 32-bit linear congruential generator). */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
