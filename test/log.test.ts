import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLog, type LogFields } from '../src/log.ts';

/** One line, and what it says. */
const line = (fields: object, around: object = {}): Record<string, unknown> => {
  const written: string[] = [];
  jsonLog(
    (each) => written.push(each),
    () => around,
  )('work.done', fields as LogFields);
  expect(written).toHaveLength(1);
  expect(written[0]?.indexOf('\n')).toBe((written[0]?.length ?? 0) - 1);
  return JSON.parse(written[0] ?? '') as Record<string, unknown>;
};

const jobId = '2026-11-22/6911188411934433028.0';

describe('a log line', () => {
  it('tells ids, codes and counts', () => {
    const fields = {
      jobId,
      code: 'RATE_LIMITED',
      rows: 12,
      complete: true,
      eventId: 'f7984f25108f8137722bb63cee927e66',
    };
    expect(line(fields, { requestId: 'r' })).toEqual({ event: 'work.done', ...fields, requestId: 'r' });
  });

  it.each([
    ['a name', { outcome: '陈静' }],
    ['a name in Latin letters', { outcome: 'Jing Chen' }],
    ['an e-mail address', { code: 'chen.jing@example.com' }],
    ['a telephone number', { cause: '+8613800000000' }],
    ['a telephone number where a text belongs', { status: 13_800_000_000 }],
    ['a token', { because: 'u-7f1bcd13fc57d46bac21793a18e560' }],
    ['an IP address', { error: '203.0.113.7' }],
    ['a topic in a key', { key: 'jobs/2026-11-22/周会.0.json' }],
    ['another job’s words', { jobId: `${jobId} Weekly` }],
    ['an object where a count belongs', { rows: { name: '陈静' } }],
    ['an answer of Feishu', { fields: '{"name":"陈静"}' }],
    ['an error’s text', { error: 'TypeError: cannot read 陈静' }],
  ])('O1 withholds %s', (_, fields) => {
    const [name = ''] = Object.keys(fields);
    expect(line(fields)[name]).toBe('[withheld]');
  });

  it('O1 withholds the value of every field that is not on the list', () => {
    expect(line({ topic: 'Weekly', name: '陈静', email: 'a@b.c', openId: 'ou_1' })).toEqual({
      event: 'work.done',
      topic: '[withheld]',
      name: '[withheld]',
      email: '[withheld]',
      openId: '[withheld]',
    });
  });

  it.each(['\r\n{"event":"forged"}', '\u001b[2J', '\u009b2J', 'filed\n', 'filed\u2028'])(
    'O2 withholds what could forge a line or command a terminal: %j',
    (hostile) => {
      const names = ['outcome', 'code', 'jobId', 'eventId', 'eventType', 'key', 'error', 'fields', 'notListed'];
      for (const name of names) expect(line({ [name]: hostile })[name]).toBe('[withheld]');
    },
  );

  it('O2 is one line of JSON, whatever it is given', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (fields) => {
        for (const value of Object.values(line(fields)))
          expect(['string', 'number', 'boolean', 'object']).toContain(typeof value);
      }),
    );
  });
});
