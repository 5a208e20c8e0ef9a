import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/console/policy/json.ts';
import { readMeetingNo, readMeetingNos, readNumber, readText, showText } from '../../../src/console/policy/typed.ts';
import { parsePolicy, versionOf } from '../../../src/store/policies.ts';
import { anyPolicy } from './any-policy.ts';
import { filled, formIn } from './form.ts';
import { policyWorld } from './world.ts';

const valid = anyPolicy.filter((value) => {
  try {
    parsePolicy(value);
    return true;
  } catch {
    return false;
  }
});

describe('what people type', () => {
  it.each<[string, number | string]>([
    ['75', 75],
    [' 75 ', 75],
    ['７５', 75],
    ['７５．５％', 75.5],
    ['75%', 75],
    ['75 %', 75],
    ['7,5', 7.5],
    ['7。5', 7.5],
    ['.5', 0.5],
    ['5.', 5],
    ['+5', 5],
    ['-1', -1],
    ['−1', -1],
    ['1e-7', 1e-7],
    ['0', 0],
    ['', ''],
    ['1,000', '1,000'],
    ['1.2.3', '1.2.3'],
    ['7 5', '7 5'],
    ['0x10', '0x10'],
    ['1e999', '1e999'],
    ['Infinity', 'Infinity'],
    ['三十', '三十'],
    ['75 minutes', '75 minutes'],
  ])('%j is %j percent', (typed, number) => {
    expect(readNumber(typed, /%$/)).toBe(number);
  });

  it.each([
    ['123456789', '123456789'],
    [' 123 456 789 ', '123456789'],
    ['123-456-789', '123456789'],
    ['１２３４５６７８９', '123456789'],
    ['12345678', '12345678'],
    ['"123 456 789"', '123 456 789'],
  ])('%j is the meeting number %j', (typed, number) => {
    expect(readMeetingNo(typed)).toBe(number);
  });

  it.each([
    ['123456789\r\n987654321', ['123456789', '987654321']],
    ['123 456 789\n', ['123456789']],
    ['123456789 987654321', ['123456789', '987654321']],
    ['123456789、987654321；111-111-111', ['123456789', '987654321', '111111111']],
    ['12345', ['12345']],
    [' \n ', []],
  ])('%j are the numbers %j', (typed, numbers) => {
    expect(readMeetingNos(typed)).toEqual(numbers);
  });

  it('keeps spaces only in quotes, and takes no other text for quoted', () => {
    expect([' x ', '" x "', '"x', '"a" b', '“x”', '\\n'].map(readText)).toEqual([
      'x',
      ' x ',
      '"x',
      '"a" b',
      '“x”',
      '\\n',
    ]);
  });

  it('shows any text in one line from which it can be read again', () => {
    const anyText = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(anyText, (text) => {
        expect(showText(text)).not.toMatch(/[\r\n\0]/);
        expect(readText(showText(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the form of a policy', () => {
  /** What the console makes of the policy: the page's own fields, sent back, and saved. */
  const sentBack = async (value: unknown, press: string[]): Promise<string> => {
    const world = policyWorld({ lines: [] });
    const { version } = { version: versionOf(parsePolicy(value)) };
    await world.put(value);
    let html = await world.page('/policy/edit');
    for (const action of press) {
      const response = await world.post('/policy/edit?lang=en', filled(formIn(html, '/policy/edit'), { do: action }));
      expect(response.status).toBe(200);
      html = await response.text();
    }
    const renamed = { ...version.policy, name: 'for a difference' };
    await world.put(renamed);
    const found = await world.desk.read();
    const response = await world.post(
      '/policy/edit',
      filled(formIn(html, '/policy/edit'), { do: 'save', etag: found.etag }),
    );
    expect(response.status).toBe(303);
    return versionOf((await world.current()) ?? parsePolicy({})).sha256;
  };

  it('keeps every key of every policy: what the page shows and a browser sends is the same version', async () => {
    await fc.assert(
      fc.asyncProperty(valid, fc.nat(3), fc.boolean(), async (value, open, throughJson) => {
        const count = value.overrides?.length ?? 0;
        const opened = Array.from({ length: Math.min(open + 1, count) }, (_, index) => `open:${index}`);
        const sha256 = await sentBack(value, [...opened, ...(throughJson ? ['as-json', 'as-form'] : [])]);
        expect(sha256).toBe(versionOf(parsePolicy(value)).sha256);
      }),
      { numRuns: 150 },
    );
  });
});

describe('JSON that somebody types', () => {
  it.each([
    ['', 1, 1, null],
    ['{', 1, 2, null],
    ['{\n  "name": "x",\n}', 3, 1, null],
    ['{"a" 1}', 1, 6, null],
    ['{"a":1 "b":2}', 1, 8, null],
    ['[1,]', 1, 4, null],
    ['{"a":1}}', 1, 8, null],
    ['{"a":"b\nc"}', 1, 6, null],
    ['{“a”:1}', 1, 2, null],
    ["{'a':1}", 1, 2, null],
    ['{"a":TRUE}', 1, 6, null],
    ['{"a":01}', 1, 7, null],
    ['{"a":1,\r\n\r\n"a":2}', 3, 1, 'a'],
    ['{"a":1,"\\u0061":2}', 1, 8, 'a'],
    ['{"__proto__":1,"__proto__":2}', 1, 16, '__proto__'],
    ['{"x":{"a":1},"y":[{"a":1},{"b":1,"b":1}]}', 1, 34, 'b'],
  ])('%j is wrong at line %i, column %i', (text, line, column, twice) => {
    expect(parseJson(text)).toEqual({ mistake: { line, column, twice } });
  });

  it('is taken exactly when the engine takes it, with the same value', () => {
    const almost = fc
      .json()
      .chain((json) =>
        fc
          .tuple(fc.nat(json.length), fc.constantFrom('', ',', '}', '"', '0', ' ', '\\', 'e', '\u0001'))
          .map(([at, put]) => json.slice(0, at) + put + json.slice(at + (put === '' ? 1 : 0))),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), almost), (text) => {
        const engine = (() => {
          try {
            return { value: JSON.parse(text) };
          } catch {
            return null;
          }
        })();
        const read = parseJson(text);
        // A key that is there twice may come before what the engine stumbles over.
        if ('value' in read || read.mistake.twice === null) expect('value' in read ? read : null).toEqual(engine);
      }),
      { numRuns: 3000 },
    );
  });

  it('may be as deep as a request is long', () => {
    expect(parseJson('['.repeat(200_000))).toEqual({ mistake: { line: 1, column: 200_001, twice: null } });
  });
});
