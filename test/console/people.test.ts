import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, everybody, peopleOf, type Question, questionOf, sorts } from '../../src/console/people.ts';
import { shorten } from '../../src/console/shorten.ts';
import { checksOf } from '../../src/domain/checks.ts';
import type { Decision } from '../../src/domain/decisions.ts';
import type { Participant } from '../../src/domain/meeting.ts';
import { toReport } from '../../src/domain/report.ts';
import { absentee, meeting, minute, participant, policy, provenance, snapshot } from '../make.ts';

const jobId = '2026-11-16/6911188411934433028.0';

const reportOf = (participants: readonly Participant[], decisions: readonly Decision[] = []) =>
  toReport({
    meeting: meeting(),
    snapshot: snapshot({ participants }),
    policy: { policy: policy(), sha256: '0'.repeat(64) },
    provenance: provenance(),
    decisions,
  });

const names = (participants: readonly Participant[], question: Partial<Question>, decisions: Decision[] = []) => {
  const report = reportOf(participants, decisions);
  const asked = { ...everybody, ...question };
  const { lines } = peopleOf(report, checksOf(report), asked, { locale: 'zh', perPage: 50 });
  return lines.map(({ judged }) => judged.name);
};

const person = (number: number, over: Partial<Participant> = {}) =>
  participant({
    name: `P${number}`,
    userId: `ou_${number}`,
    employeeId: `E${number}`,
    email: `p${number}@x.com`,
    ...over,
  });

describe('what an address asks', () => {
  it.each([{}, { lang: 'en' }, { view: 'all' }])('is nothing when it says %j', (query) => {
    expect(questionOf(query as Record<string, string>)).toBeNull();
  });

  it.each([
    ['verdict', 'present'],
    ['verdict', '__proto__'],
    ['expectation', 'toString'],
    ['flag', 'constructor'],
    ['check', 'room'],
    ['check', 'hasOwnProperty'],
    ['sort', 'email'],
    ['order', 'DROP TABLE'],
    ['page', '0'],
    ['page', '-1'],
    ['page', '1e3'],
    ['page', '99999999'],
  ])('is everybody when %s is %s', (key, value) => {
    expect(questionOf({ [key]: value })).toEqual(everybody);
  });

  it('comes back whole from the address that asks it', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 }).map((each) => each.trim());
    const questions = fc.record<Question>({
      verdict: fc.constantFrom('', 'attended', 'undetermined', 'not-required', 'decided'),
      expectation: fc.constantFrom('', 'required', 'optional'),
      department: text,
      flag: fc.constantFrom('', 'late', 'no-times'),
      check: fc.constantFrom('', 'shared-id', 'incomplete-data'),
      text,
      sort: fc.constantFrom(...sorts),
      descending: fc.boolean(),
      page: fc.integer({ min: 1, max: 999_999 }),
    });
    fc.assert(
      fc.property(questions, (question) => {
        const { pathname, searchParams, hash } = new URL(addressOf(jobId, question), 'https://console.test');
        expect([pathname, hash]).toEqual([`/meetings/${jobId}`, '']);
        expect(questionOf(Object.fromEntries(searchParams))).toEqual(question);
      }),
    );
  });

  it('finds a department also by a name too long for an address', () => {
    const department = `${'长'.repeat(99)}😀${'部'.repeat(5000)}`;
    const address = addressOf(jobId, { department });
    expect(address.length).toBeLessThan(250);
    const query = Object.fromEntries(new URL(address, 'https://console.test').searchParams);
    expect(names([person(1), person(2, { department })], questionOf(query) ?? {})).toEqual(['P2']);
  });
});

describe('who answers to a question', () => {
  const people = [
    person(0, { name: 'ＷＡＮＧ Fang', department: '销售部' }),
    absentee({ ...person(1, { name: '李娜', department: '销售部（华东）' }), joinedAt: null, leftAt: null }),
    person(2, { joinedAt: minute(20), connectedSeconds: 2400, department: '' }),
    person(3, { reply: 'declined', email: 'Zhang.Wei@Example.com', department: 'Straße' }),
    person(4, { joinedAt: null, leftAt: null, connectedSeconds: 600, department: '研发' }),
  ].map((row, index) => (index === 1 ? { ...row, connectedSeconds: null } : row));

  it.each<[string, Partial<Question>, string[]]>([
    ['a verdict', { verdict: 'insufficient' }, ['P2']],
    ['an expectation', { expectation: 'excused' }, ['P3']],
    ['a flag', { flag: 'late' }, ['P2']],
    ['something to check', { check: 'no-times' }, ['P4']],
    ['a department by its whole name', { department: '销售部' }, ['ＷＡＮＧ Fang']],
    ['a department by a part of its name', { department: '销售' }, ['李娜', 'ＷＡＮＧ Fang']],
    ['no department', { department: '—' }, ['P2']],
    ['a department in capitals', { department: 'STRASSE' }, ['P3']],
    ['a name in another width and case', { text: 'wang f' }, ['ＷＡＮＧ Fang']],
    ['an employee id in full width', { text: 'Ｅ1' }, ['李娜']],
    ['an email', { text: 'WEI@example' }, ['P3']],
    ['two things at once', { department: '销售', verdict: 'absent' }, ['李娜']],
    ['nothing that anybody has', { text: 'P2E2' }, []],
    ['a pattern', { text: '.*' }, []],
  ])('by %s', (_, question, found) => {
    expect(names(people, question)).toEqual(found);
  });

  it('by a decision in force, and by none that was taken back', () => {
    const decided = (number: number, verdict: Decision['verdict'], at: number): Decision => ({
      person: `u:ou_${number}`,
      verdict,
      reason: 'r',
      by: { openId: 'ou_hr', name: 'HR' },
      at,
    });
    const decisions = [decided(2, 'excused', 1), decided(3, 'attended', 2), decided(3, null, 3)];
    expect(names(people, { verdict: 'decided' }, decisions)).toEqual(['P2']);
    const report = reportOf(people, decisions);
    const { lines } = peopleOf(report, [], everybody, { locale: 'en', perPage: 50 });
    expect(lines.map(({ index, decided }) => [index, decided?.verdict ?? null]).sort()).toEqual([
      [0, null],
      [1, null],
      [2, 'excused'],
      [3, null],
      [4, null],
    ]);
  });
});

describe('the order', () => {
  const people = [
    person(10, { department: 'B', joinedAt: minute(2), connectedSeconds: 3000 }),
    absentee({ ...person(2), joinedAt: null, leftAt: null, connectedSeconds: null, department: 'A' }),
    person(1, { department: 'B', joinedAt: minute(1), connectedSeconds: 600 }),
    person(3, { department: 'A', joinedAt: minute(3), connectedSeconds: 3000 }),
  ];

  it.each<[Question['sort'], boolean, string[]]>([
    ['name', false, ['P1', 'P2', 'P3', 'P10']],
    ['name', true, ['P10', 'P3', 'P2', 'P1']],
    ['department', false, ['P2', 'P3', 'P10', 'P1']],
    ['department', true, ['P10', 'P1', 'P2', 'P3']],
    ['verdict', false, ['P2', 'P1', 'P10', 'P3']],
    ['verdict', true, ['P10', 'P3', 'P1', 'P2']],
    ['joined', false, ['P1', 'P10', 'P3', 'P2']],
    ['joined', true, ['P3', 'P10', 'P1', 'P2']],
    ['certain', false, ['P2', 'P1', 'P10', 'P3']],
    ['certain', true, ['P10', 'P3', 'P1', 'P2']],
  ])('by %s, descending: %s', (sort, descending, order) => {
    expect(names(people, { sort, descending })).toEqual(order);
  });

  it('of Chinese names is that of their pinyin', () => {
    const chinese = ['张伟', '安然', '李娜', '王芳'].map((name, index) => person(index, { name }));
    expect(names(chinese, { sort: 'name' })).toEqual(['安然', '李娜', '王芳', '张伟']);
  });
});

describe('pages', () => {
  const report = reportOf(Array.from({ length: 120 }, (_, index) => person(index)));
  const page = (number: number) => peopleOf(report, [], { ...everybody, page: number }, { locale: 'en', perPage: 50 });

  it('hold everybody once', () => {
    const all = [1, 2, 3].flatMap((number) => page(number).lines.map(({ index }) => index));
    expect(all).toEqual(Array.from({ length: 120 }, (_, index) => index));
    expect(page(3)).toMatchObject({ found: 120, page: 3, pages: 3 });
  });

  it('end with the last one', () => {
    expect(page(999)).toMatchObject({ page: 3, lines: { length: 20 } });
  });

  it('are one when nobody is found', () => {
    const question = { ...everybody, text: 'nobody', page: 7 };
    expect(peopleOf(report, [], question, { locale: 'en', perPage: 50 })).toEqual({
      lines: [],
      found: 0,
      page: 1,
      pages: 1,
    });
  });
});

describe('a shortened text', () => {
  it.each([
    ['abcdefgh', 8, 'abcdefgh'],
    ['abcdefghi', 8, 'abcdefg…'],
    ['人力资源', 8, '人力资源'],
    ['人力资源部', 8, '人力资…'],
    ['😀😀😀😀😀', 8, '😀😀😀…'],
    ['a\u0301'.repeat(4), 8, 'a\u0301'.repeat(4)],
    ['', 8, ''],
  ])('%s in %i', (text, room, shown) => {
    expect(shorten(text, room)).toBe(shown);
  });

  it('is short however it is made, and never cuts a letter in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 60 }), (text, room) => {
        const shown = shorten(text, room);
        expect([...shown].length).toBeLessThanOrEqual(room);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});
