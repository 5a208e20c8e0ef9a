import type { Check } from '../domain/checks.ts';
import { lastWordOn, type Standing } from '../domain/decisions.ts';
import type { Expectation } from '../domain/policy.ts';
import type { Report } from '../domain/report.ts';
import { NO_DEPARTMENT } from '../domain/summary.ts';
import type { Flag, Judged, Verdict } from '../domain/verdict.ts';
import { type Locale, wordsOf } from '../words/locale.ts';
import { meetingPath } from './address.ts';

/** Verdicts in the order in which they ask for attention. */
export const verdictOrder: readonly Verdict['kind'][] = [
  'undetermined',
  'absent',
  'insufficient',
  'partial',
  'attended',
  'excused',
  'not-required',
];

export const sorts = ['name', 'department', 'verdict', 'joined', 'certain'] as const;
export type Sort = (typeof sorts)[number];

/** What there is to check about people of a report; a stray decision may be on nobody. */
export type PeopleCheck = Exclude<Check['kind'], 'room' | 'stray-decision'>;

/** Which people of a meeting are asked for, and in which order; a filter of '' lets everybody through. */
export type Question = {
  /** `decided`: those on whom HR decided. */
  verdict: Verdict['kind'] | 'decided' | '';
  expectation: Expectation | '';
  department: string;
  flag: Flag | '';
  check: PeopleCheck | '';
  /** Part of a name, an employee id or an email. */
  text: string;
  sort: Sort;
  descending: boolean;
  /** From 1. */
  page: number;
};

/** Everybody, as the meeting's own page begins to list them. */
export const everybody: Question = {
  verdict: '',
  expectation: '',
  department: '',
  flag: '',
  check: '',
  text: '',
  sort: 'verdict',
  descending: false,
  page: 1,
};
/** Letters of a text in an address. */
const longest = 100;

/** Never in the middle of a letter, so that a part of a long name still finds it. */
const cut = (text: string): string =>
  text
    .trim()
    .slice(0, longest)
    .replace(/[\ud800-\udbff]$/, '')
    .toWellFormed();

const keys = ['verdict', 'expectation', 'department', 'flag', 'check', 'text', 'sort', 'order', 'page'] as const;

/** The question that an address asks; what makes no sense asks nothing. null when it asks none, also not for a page. */
export const questionOf = (query: Record<string, string>): Question | null => {
  if (!keys.some((key) => query[key] !== undefined)) return null;
  const { flags, checks, expectations } = wordsOf('en');
  const {
    verdict = '',
    expectation = '',
    department = '',
    flag = '',
    check = '',
    text = '',
    sort = '',
    page = '',
  } = query;
  return {
    verdict: verdict === 'decided' ? verdict : (verdictOrder.find((kind) => kind === verdict) ?? ''),
    expectation: Object.hasOwn(expectations, expectation) ? (expectation as Expectation) : '',
    department: cut(department),
    flag: Object.hasOwn(flags, flag) ? (flag as Flag) : '',
    check: Object.hasOwn(checks, check) && check !== 'room' && check !== 'stray-decision' ? (check as PeopleCheck) : '',
    text: cut(text),
    sort: sorts.find((each) => each === sort) ?? everybody.sort,
    descending: query.order === 'desc',
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
  };
};

/** The address of the list that answers a question. */
export const addressOf = (jobId: string, asked: Partial<Question>): string => {
  const { descending, page, sort, ...filters } = { ...everybody, ...asked };
  const query = new URLSearchParams(
    Object.entries(filters).flatMap(([key, value]) => (value === '' ? [] : [[key, cut(value)] as [string, string]])),
  );
  if (sort !== everybody.sort) query.set('sort', sort);
  if (descending) query.set('order', 'desc');
  query.set('page', String(page));
  // Letters beyond ASCII may stand in an address as they are, at a third of the bytes.
  return `${meetingPath(jobId)}?${String(query).replace(/(?:%[89A-F][0-9A-F])+/g, decodeURIComponent)}`;
};

/** One person of a report: their place in it, what the rules say and what HR decided. */
export type Line = { index: number; judged: Judged; decided: Standing | null };

/** One page of those who answer to a question; past the last page it is the last one. */
export const peopleOf = (
  report: Pick<Report, 'judged' | 'decisions'>,
  checks: readonly Check[],
  question: Question,
  { locale, perPage }: { locale: Locale; perPage: number },
): { lines: Line[]; found: number; page: number; pages: number } => {
  const lastWord = lastWordOn(report.decisions);
  const all = report.judged.map((judged, index): Line => ({ index, judged, decided: lastWord(judged) }));
  const found = all.filter(filterOf(report, checks, question)).sort(orderOf(question, locale));
  const pages = Math.max(1, Math.ceil(found.length / perPage));
  const page = Math.min(question.page, pages);
  return { lines: found.slice((page - 1) * perPage, page * perPage), found: found.length, page, pages };
};

/** Upper and lower case, full and half width are the same. */
const folded = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase();

const departmentOf = ({ department }: Judged): string => department || NO_DEPARTMENT;

const filterOf = ({ judged }: Pick<Report, 'judged'>, checks: readonly Check[], question: Question) => {
  const { verdict, expectation, flag, check } = question;
  const text = folded(question.text);
  const department = folded(question.department);
  /** A department by its whole name, unless there is none: then by a part of it. */
  const isNamed = department !== '' && judged.some((each) => folded(departmentOf(each)) === department);
  const doubtful = new Set(
    checks.flatMap((each) =>
      each.about !== 'room' && each.judged !== null && each.kind === check ? [each.judged] : [],
    ),
  );
  const tests: ((line: Line) => boolean)[] = [];
  if (verdict === 'decided') tests.push(({ decided }) => decided !== null);
  else if (verdict !== '') tests.push(({ judged }) => judged.verdict.kind === verdict);
  if (expectation !== '') tests.push(({ judged }) => judged.expectation === expectation);
  if (flag !== '') tests.push(({ judged }) => judged.flags.includes(flag));
  if (check !== '') tests.push(({ judged }) => doubtful.has(judged));
  if (department !== '')
    tests.push(({ judged }) => {
      const theirs = folded(departmentOf(judged));
      return isNamed ? theirs === department : theirs.includes(department);
    });
  if (text !== '')
    tests.push(({ judged: { name, employeeId, email } }) =>
      [name, employeeId, email].some((each) => folded(each).includes(text)),
    );
  return (line: Line): boolean => tests.every((test) => test(line));
};

const collators: Record<Locale, Intl.Collator> = {
  zh: new Intl.Collator('zh-CN', { numeric: true }),
  en: new Intl.Collator('en', { numeric: true }),
};

/** Who never joined stands last whatever the direction; who is equal stands as in the report. */
const orderOf = ({ sort, descending }: Question, locale: Locale) => {
  const sign = descending ? -1 : 1;
  const { compare } = collators[locale];
  const by: Record<Sort, (one: Judged, other: Judged) => number> = {
    name: (one, other) => compare(one.name, other.name),
    department: (one, other) => compare(one.department, other.department),
    verdict: (one, other) => verdictOrder.indexOf(one.verdict.kind) - verdictOrder.indexOf(other.verdict.kind),
    joined: (one, other) => (one.firstJoin ?? 0) - (other.firstJoin ?? 0),
    certain: (one, other) => one.certainSeconds - other.certainSeconds || one.possibleSeconds - other.possibleSeconds,
  };
  const isLast = ({ firstJoin }: Judged) => Number(sort === 'joined' && firstJoin === null);
  return (one: Line, other: Line): number =>
    isLast(one.judged) - isLast(other.judged) || sign * by[sort](one.judged, other.judged) || one.index - other.index;
};
