import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PushCredentials, readPush } from '../../src/feishu/event.ts';
import { decrypt } from '../../src/feishu/signature.ts';
import { bytesOf, credentials, endedEvent, sealed, urlVerification } from './push.ts';

const tokenOnly: PushCredentials = { appId: credentials.appId, verificationToken: credentials.verificationToken };
const read = (body: Uint8Array, over: { signed?: boolean; credentials?: PushCredentials } = {}) =>
  readPush({ body, signed: true, credentials, ...over });
const ended = (meeting: object) => read(bytesOf(endedEvent({ meeting })));
const rejected = (because: string) => ({ kind: 'rejected', because });

describe('a meeting that ended', () => {
  it('is read into our words', () => {
    expect(read(sealed(endedEvent()))).toEqual({
      kind: 'meeting-ended',
      eventId: '5e3702a84e847582be8db7fb73283c02',
      eventType: 'vc.meeting.all_meeting_ended_v1',
      createdAt: 1_794_823_203,
      meeting: {
        instanceId: '6911188411934433028',
        meetingNo: '235812466',
        topic: 'Quarterly numbers',
        startsAt: 1_794_819_600,
        endsAt: 1_794_823_200,
        ownerOpenId: 'ou_owner',
      },
      source: 1,
    });
  });

  it('may also be one reserved through the open API', () => {
    const body = bytesOf(endedEvent({ header: { event_type: 'vc.meeting.meeting_ended_v1' } }));
    expect(read(body)).toMatchObject({ kind: 'meeting-ended', eventType: 'vc.meeting.meeting_ended_v1' });
  });

  it.each<[string, object, object]>([
    ['no owner', { owner: undefined }, { meeting: { ownerOpenId: '' } }],
    ['an owner without ids', { owner: { id: null } }, { meeting: { ownerOpenId: '' } }],
    ['no host', { host_user: undefined }, {}],
    ['an empty topic', { topic: '' }, { meeting: { topic: '' } }],
    ['no topic', { topic: undefined }, { meeting: { topic: '' } }],
    ['spaces around its topic', { topic: ' 周会 ' }, { meeting: { topic: '周会' } }],
    ['no source', { meeting_source: undefined }, { source: null }],
    ['a new source', { meeting_source: 7 }, { source: 7 }],
    ['length zero', { end_time: '1794819600' }, { meeting: { endsAt: 1_794_819_600 } }],
    ['fields nobody knew of', { meeting_weather: { sky: 'blue' } }, {}],
    ['an id of 64 characters', { id: 'a'.repeat(64) }, { meeting: { instanceId: 'a'.repeat(64) } }],
  ])('W11 may have %s', (_, meeting, expected) => {
    expect(ended(meeting)).toMatchObject({ kind: 'meeting-ended', ...expected });
  });

  it.each<[string, object, string]>([
    ['no id', { id: undefined }, 'event.meeting.id'],
    ['an empty id', { id: '' }, 'event.meeting.id'],
    ['an id that climbs out of its prefix', { id: '../policies/current' }, 'event.meeting.id'],
    ['an id with a dot', { id: '1.0' }, 'event.meeting.id'],
    ['an id of 65 characters', { id: 'a'.repeat(65) }, 'event.meeting.id'],
    ['a number of 8 digits', { meeting_no: '23581246' }, 'event.meeting.meeting_no'],
    ['a number in full-width digits', { meeting_no: '２３５８１２４６６' }, 'event.meeting.meeting_no'],
    [
      'times in milliseconds',
      { start_time: '1794819600000', end_time: '1794823200000' },
      'event.meeting.start_time event.meeting.end_time',
    ],
    ['a start of 0', { start_time: '0' }, 'event.meeting.start_time'],
    ['an end before its start', { end_time: '1794819599' }, 'event.meeting.end_time'],
    ['a topic that is no text', { topic: 7 }, 'event.meeting.topic'],
    ['two faults', { id: 7, start_time: 7 }, 'event.meeting.id event.meeting.start_time'],
  ])('W11 is malformed with %s', (_, meeting, fields) => {
    expect(ended(meeting)).toEqual({ kind: 'malformed', fields, plaintext: JSON.stringify(endedEvent({ meeting })) });
  });

  it('W16 is malformed with a number for an id, which would have lost digits', () => {
    const body = JSON.stringify(endedEvent()).replace('"6911188411934433028"', '6911188411934433028');
    expect(read(bytesOf(body))).toMatchObject({ kind: 'malformed', fields: 'event.meeting.id' });
  });

  it.each([
    ['event_id', undefined],
    ['event_type', 7],
    ['event_type', undefined],
    ['create_time', 'yesterday'],
  ])('W11 is malformed with %s: %s in its header', (name, value) => {
    const body = bytesOf(endedEvent({ header: { [name]: value } }));
    expect(read(body)).toMatchObject({ kind: 'malformed', fields: `header.${name}` });
  });
});

describe('what is not ours', () => {
  it.each<[string, object, string]>([
    [
      'another type',
      endedEvent({ header: { event_type: 'vc.meeting.join_meeting_v1' } }),
      'vc.meeting.join_meeting_v1',
    ],
    [
      'an event of the old schema',
      { uuid: 'x', token: tokenOnly.verificationToken, event: { type: 'add_bot' } },
      'add_bot',
    ],
    ['an old event of no type', { token: tokenOnly.verificationToken, type: 'event_callback' }, 'unknown'],
  ])('W11 is ignored: %s', (_, event, eventType) => {
    expect(read(bytesOf(event))).toEqual({ kind: 'ignored', eventType });
  });

  it.each<[string, unknown, string]>([
    ['another app', endedEvent({ header: { app_id: 'cli_other' } }), 'app'],
    ['no app', endedEvent({ header: { app_id: undefined } }), 'token'],
    ['another token', endedEvent({ header: { token: 'other' } }), 'token'],
    ['no token', endedEvent({ header: { token: undefined } }), 'token'],
    ['an array of tokens', endedEvent({ header: { token: [tokenOnly.verificationToken] } }), 'token'],
    ['an old event with another token', { token: 'other', event: { type: 'add_bot' } }, 'token'],
    ['a text', 'null', 'token'],
  ])('W12 is rejected: %s', (_, event, because) => {
    expect(read(bytesOf(event))).toEqual(rejected(because));
    expect(read(bytesOf(event), { credentials: tokenOnly })).toEqual(rejected(because));
  });
});

describe('url_verification with an Encrypt Key', () => {
  it.each([
    ['encrypted, right token', sealed(urlVerification()), { kind: 'challenge', challenge: 'ajls384kdjx98XX' }],
    ['encrypted, wrong token', sealed(urlVerification({ token: 'other' })), rejected('token')],
    ['encrypted, but an event', sealed(endedEvent()), rejected('unsigned')],
    ['in plain text', bytesOf(urlVerification()), rejected('unsigned')],
  ])('W8 unsigned: %s', (_, body, expected) => {
    expect(read(body, { signed: false })).toEqual(expected);
  });

  it('W8 stays refused in plain text even when signed', () => {
    expect(read(bytesOf(urlVerification()))).toEqual(rejected('unsigned'));
  });

  it('is rejected without a challenge', () => {
    expect(read(sealed(urlVerification({ challenge: undefined })), { signed: false })).toEqual(rejected('unsigned'));
  });
});

describe('without an Encrypt Key', () => {
  it('the token is the only proof', () => {
    const unsigned = { signed: false, credentials: tokenOnly };
    expect(read(bytesOf(urlVerification()), unsigned)).toMatchObject({ kind: 'challenge' });
    expect(read(bytesOf(endedEvent()), unsigned)).toMatchObject({ kind: 'meeting-ended' });
  });

  it('nothing encrypted can be read', () => {
    expect(read(sealed(endedEvent()), { credentials: tokenOnly })).toEqual(rejected('unreadable'));
  });
});

describe('while keys rotate', () => {
  it('W10 the old key opens what the new one only seems to open', () => {
    const { encrypt } = JSON.parse(sealed(endedEvent(), 'old key').toString());
    const seeming = Array.from({ length: 5000 }, (_, n) => `key ${n}`).find((key) => decrypt(key, encrypt) !== null);
    expect(seeming).toBeDefined();
    const rotating = { ...credentials, encryptKey: seeming, previousEncryptKey: 'old key' };
    expect(read(bytesOf({ encrypt }), { credentials: rotating })).toMatchObject({ kind: 'meeting-ended' });
  });
});

describe('the bytes', () => {
  const text = JSON.stringify(endedEvent());
  it.each<[string, Uint8Array]>([
    ['two documents', bytesOf(`${text}${text}`)],
    ['a byte order mark', bytesOf(`\uFEFF${text}`)],
    ['a NUL at the end', bytesOf(`${text}\0`)],
    ['a byte that is not UTF-8', Buffer.concat([bytesOf(text), Buffer.of(0x80)])],
    ['a text that is not UTF-8', Buffer.from(text.replace('Quarterly', 'Qu\xe4rterly'), 'latin1')],
    ['a text cut off', bytesOf(text.slice(0, -1))],
    ['nothing', Buffer.alloc(0)],
    ['a nesting of 100,000', bytesOf('['.repeat(100_000))],
  ])('W5 W16 are rejected with %s, plain or encrypted', (_, body) => {
    expect(read(body)).toEqual(rejected('unreadable'));
    expect(read(sealed(body))).toEqual(rejected('unreadable'));
  });

  it('may have space around the one document', () => {
    expect(read(bytesOf(`\r\n ${text}\r\n`))).toMatchObject({ kind: 'meeting-ended' });
  });

  it('W16 nested 100,000 deep in an unknown field do no harm', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(read(bytesOf(text.replace('"meeting_source":1', `"new":${deep}`)))).toMatchObject({ kind: 'meeting-ended' });
  });

  it('W16 cannot reach a prototype', () => {
    const body = bytesOf(
      text.replace('"schema":', '"__proto__":{"polluted":1},"constructor":{"prototype":{}},"schema":'),
    );
    expect(read(body)).toMatchObject({ kind: 'meeting-ended' });
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('W16 count the last of two equal keys', () => {
    const body = bytesOf(text.replace('"topic":', '"topic":"first","topic":'));
    expect(read(body)).toMatchObject({ meeting: { topic: 'Quarterly numbers' } });
  });

  it('W19 are not decrypted beyond 64 KiB unless signed', () => {
    const padded = (bytes: number): Buffer =>
      Buffer.concat([sealed(urlVerification()), Buffer.alloc(bytes, ' ')]).subarray(0, bytes);
    expect(read(padded(65_536), { signed: false })).toMatchObject({ kind: 'challenge' });
    expect(read(padded(65_537), { signed: false })).toEqual(rejected('unsigned'));
    expect(read(padded(65_537), { signed: true })).toMatchObject({ kind: 'challenge' });
  });
});

describe('whatever comes', () => {
  const anyPush = fc.oneof(
    fc.uint8Array(),
    fc.json().map(bytesOf),
    fc.anything().map((value) => bytesOf(`${JSON.stringify({ encrypt: fc.stringify(value) })}`)),
    fc.json().map((text) => sealed(text)),
  );

  it('W11 never throws, and strangers are rejected', () => {
    fc.assert(
      fc.property(anyPush, fc.boolean(), fc.constantFrom(credentials, tokenOnly), (body, signed, known) => {
        expect(read(body, { signed, credentials: known })).toMatchObject({ kind: 'rejected' });
      }),
      { numRuns: 2000 },
    );
  });

  it('W11 an authentic meeting-ended event of any content is kept as malformed', () => {
    const { token, app_id, event_type } = endedEvent().header;
    const header = fc.record({ event_id: fc.jsonValue(), create_time: fc.jsonValue() });
    const event = fc.oneof(fc.jsonValue(), fc.record({ meeting: fc.jsonValue() }));
    fc.assert(
      fc.property(header, event, (header, event) => {
        const push = read(bytesOf({ header: { ...header, token, app_id, event_type }, event }));
        expect(push).toMatchObject({ kind: 'malformed' });
      }),
    );
  });
});
