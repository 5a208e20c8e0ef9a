import { describe, expect, it } from 'vitest';
import { tellProblem } from '../../../src/console/policy/problem.ts';
import { knownProblems, problemText } from '../../../src/console/words/problems.ts';
import { PolicyError, parsePolicy } from '../../../src/store/policies.ts';

/** Every key of the schema. */
const whole = {
  schemaVersion: 1,
  name: 'x',
  minimum: { percent: 75, minutes: 30, combine: 'both' },
  partial: { percent: 5, minutes: 5, combine: 'both' },
  expectations: {
    accepted: 'required',
    tentative: 'optional',
    noResponse: 'optional',
    declined: 'excused',
    unknown: 'optional',
  },
  late: { graceMinutes: 1, countsAs: 'flag' },
  leftEarly: { graceMinutes: 1, countsAs: 'flag' },
  externals: 'same',
  overrides: [
    {
      match: { meetingNo: '123456789', topicContains: 'x', ownerOpenId: 'ou_1' },
      set: { minimum: { percent: 75 }, partial: { minutes: 5 }, late: { graceMinutes: 1 }, externals: 'same' },
    },
  ],
  scope: { minMinutes: 1, minPeople: 1, sources: ['calendar'], meetingNos: ['123456789'], topicWords: ['x'] },
  restarts: { withinMinutes: 1 },
};

const wrong = [null, 1.5, -1, 90, 101, 1e300, '', 'x', '\ud800', [], {}, [''], [null], true, { a: 1 }, 2];

/** The policy with each of its values, however deep, replaced by each wrong one. */
const spoiled = function* (value: unknown, put: (other: unknown) => unknown): Generator<unknown> {
  for (const other of wrong) yield put(other);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* spoiled(inner, (other) =>
      put(
        Array.isArray(value)
          ? value.map((each, index) => (String(index) === key ? other : each))
          : { ...value, [key]: other },
      ),
    );
};

const problemsOf = (value: unknown) => {
  try {
    parsePolicy(value);
    return [];
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return error.problems;
  }
};

const said = [...spoiled(whole, (other) => other)].flatMap(problemsOf);

describe('what the schema says of a policy', () => {
  it('has its words in both languages, whatever is wrong', () => {
    const untold = said.filter(({ problem }) => !problemText(problem, 'zh') || !problemText(problem, 'en'));
    expect(untold).toEqual([]);
    for (const { problem } of said) expect(problemText(problem, 'zh')).toMatch(/\p{Script=Han}/u);
  });

  it('leaves no words that it never says', () => {
    const messages = new Set(said.map(({ problem }) => problem));
    expect(knownProblems.filter((problem) => !messages.has(problem))).toEqual([]);
  });

  it('is not made up for what it does not say', () => {
    expect(problemText('must be "', 'en')).toBeNull();
    expect(problemText('toString', 'en')).toBeNull();
  });

  it.each([
    ['minimum.percent', '要求时长 · 占会议时长的百分比', 'Required time · Percent of the meeting'],
    ['overrides[1].set.late.graceMinutes', '特例 2 · 迟到 · 允许的分钟数', 'Exception 2 · Late · Minutes allowed'],
    ['overrides[0].set', '特例 1 · 另行规定的规则', 'Exception 1 · What differs'],
    [
      'expectations.noResponse',
      '各种日程回复的人员是否应到 · 未回复',
      'Who is expected, by calendar reply · No response',
    ],
    ['minimun', 'minimun', 'minimun'],
    ['', '考勤规则', 'Attendance policy'],
  ])('names %s as the form does', (path, zh, en) => {
    const problem = 'must be a number';
    expect(tellProblem({ path, problem }, 'zh')).toMatchObject({ field: path, label: zh });
    expect(tellProblem({ path, problem }, 'en')).toMatchObject({ field: path, label: en });
  });

  it('belongs to the field of the list when one item is wrong', () => {
    expect(tellProblem({ path: 'scope.meetingNos[1]', problem: 'must be nine digits' }, 'zh')).toEqual({
      field: 'scope.meetingNos',
      label: '自动生成报告的会议 · 会议号',
      text: '第 2 项：会议号须为九位数字',
    });
  });
});
