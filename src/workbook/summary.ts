import { compare } from '../domain/counts.ts';
import { isContested, lastWordOn } from '../domain/decisions.ts';
import type { Told } from '../domain/report.ts';
import { type Judged, type Verdict, verdictKinds } from '../domain/verdict.ts';
import { clock } from '../words/clock.ts';
import { countsText, decidedText, othersText, whenText } from '../words/summary.ts';
import type { Context } from './context.ts';
import { heightOf } from './fit.ts';
import { type Line, type Placed, pageSheet } from './page.ts';
import type { Sheet } from './sheet.ts';

/** A grid of equal columns: six tiles of two, three lists of four. */
const COLUMNS = 12;
/** Longer lists go on in Attendance, so that this sheet stays a page or two. */
const PEOPLE_LISTED = 50;
const DEPARTMENTS_LISTED = 10;

const TILES = ['attended', 'partial', 'insufficient', 'absent', 'undetermined'] as const;

/** What a manager reads in ten seconds. */
export const summarySheet = (context: Context): Sheet =>
  pageSheet({
    name: context.words.sheets.summary,
    widths: Array.from({ length: COLUMNS }, () => 13),
    lines: [heading, figures, people, departments, legend].flatMap((part) => [...part(context), SPACE]),
  });

const SPACE: Line = { height: 10, cells: [] };
const across = (style: Placed['style'], value: Placed['value'], height: number): Line => ({
  height,
  cells: [{ at: 1, span: COLUMNS, style, value }],
});

const heading = ({ report, words, timeZone }: Context): Line[] => {
  const { meeting, snapshot } = report;
  const { summary } = words;
  return [
    across('title', meeting.topic || summary.untitled, 34),
    across('subtitle', whenText(meeting, timeZone, words), 18),
    ...(snapshot.complete ? [] : [across('banner', summary.incomplete, 36)]),
    ...difference(report, summary),
  ];
};

/** What Feishu announced beside what it listed, where rows are or may be missing. */
const difference = (
  { snapshot: { announced, complete, proof }, counted }: Told,
  say: Context['words']['summary'],
): Line[] => {
  if (announced === null || (complete && compare(announced, counted) !== 'short')) return [];
  const { people, rooms, viewers } = counted.participants;
  const devices = counted.devices.people + counted.devices.rooms + counted.devices.viewers;
  const listed = { people: people + viewers, rooms, devices };
  return [across('note', say.difference({ announced, listed, proof }), 16)];
};

const figures = ({ report, words }: Context): Line[] => {
  const { summary: counts } = report;
  const decided = decidedText(report, words);
  const { summary: say, verdicts } = words;
  const tile = (kind: (typeof TILES)[number], index: number) => ({ kind, at: 3 + index * 2, span: 2 });
  const tiles = TILES.map(tile);
  return [
    {
      height: 52,
      cells: [
        { at: 1, span: 2, style: 'bigPercent', value: counts.rate ?? '–' },
        ...tiles.map(({ kind, ...place }): Placed => ({ ...place, style: `count-${kind}`, value: counts[kind] })),
      ],
    },
    {
      height: 20,
      cells: [
        { at: 1, span: 2, style: 'caption', value: say.rate },
        ...tiles.map(({ kind, ...place }): Placed => ({ ...place, style: `word-${kind}`, value: verdicts[kind] })),
      ],
    },
    SPACE,
    across('sentence', countsText(counts, words), 22),
    ...(decided === null ? [] : [across('sentence', decided, 22)]),
    across('note', othersText(counts, words), 16),
  ];
};

/** How many people some verdicts were said of, and the first of them. */
type List = { kinds: readonly Verdict['kind'][]; count: number; first: Judged[] };

const listOf = (...kinds: List['kinds']): List => ({ kinds, count: 0, first: [] });

/** Three lists side by side: who was absent, who stayed too short, whose verdict is open. One pass over all people fills them. */
const people = ({ report, checks, words }: Context): Line[] => {
  const { summary: say, verdicts } = words;
  const absent = listOf('absent');
  const tooShort = listOf('partial', 'insufficient');
  const open = listOf('undetermined');
  for (const person of report.judged) {
    for (const list of [absent, tooShort, open]) {
      if (!list.kinds.includes(person.verdict.kind)) continue;
      list.count += 1;
      if (list.count <= PEOPLE_LISTED) list.first.push(person);
    }
  }
  const lastWord = lastWordOn(report.decisions);
  /** What the rules found, or HR's last word on it. */
  const settled = (found: (judged: Judged) => string) => (judged: Judged) => {
    const decided = lastWord(judged);
    if (decided && isContested(decided, judged)) return words.checks['contested-decision'].issue;
    return decided ? words.decision.settled(verdicts[decided.verdict], decided.by.name) : found(judged);
  };
  const department = settled((judged) => judged.department);
  const openBecause = settled(({ verdict }) =>
    verdict.kind === 'undetermined' ? words.checks[verdict.because].issue : '',
  );
  const shortBy = settled(({ verdict, certainSeconds }) => `${verdicts[verdict.kind]} ${clock(certainSeconds)}`);
  const lists = [
    { title: say.absent(absent.count), entries: listed(absent, department, words), at: 1 },
    { title: say.tooShort(tooShort.count), entries: listed(tooShort, shortBy, words), at: 5 },
    { title: say.toCheck(open.count), entries: listed(open, openBecause, words), at: 9 },
  ];
  const rows = Math.max(...lists.map(({ entries }) => entries.length));
  const others = checks.length - open.count;
  return [
    { height: 24, cells: lists.map(({ title, at }) => ({ at, span: 4, style: 'section', value: title })) },
    ...Array.from(
      { length: rows },
      (_, row): Line => ({
        height: heightOf(1),
        cells: lists.flatMap(({ entries, at }): Placed[] => {
          const [name, detail] = entries[row] ?? [];
          if (name === undefined) return [];
          if (detail === undefined) return [{ at, span: 4, style: 'note', value: name }];
          return [
            { at, span: 2, style: 'shrink', value: name },
            { at: at + 2, span: 2, style: 'shrink', value: detail },
          ];
        }),
      }),
    ),
    ...(others > 0 ? [SPACE, across('note', say.otherChecks(others, words.sheets.toCheck), 16)] : []),
  ];
};

/** Names with a detail, and how many more there are. An entry of one text is a note. */
const listed = (
  { count, first }: List,
  detailOf: (person: Judged) => string,
  { summary, sheets }: Context['words'],
): (readonly [string, string?])[] => {
  const entries = first.map((person): readonly [string, string?] => [person.name, detailOf(person)]);
  if (count === 0) return [[summary.none]];
  return count > PEOPLE_LISTED ? [...entries, [summary.more(count - PEOPLE_LISTED, sheets.attendance)]] : entries;
};

/** The departments with somebody required, those that need attention first. */
const departments = ({ report, words }: Context): Line[] => {
  const { departments: header, summary: say, verdicts, attendance, sheets } = words;
  const rated = report.departments
    .flatMap(({ department, summary }) => (summary.rate === null ? [] : [{ department, summary, rate: summary.rate }]))
    .sort((one, other) => one.rate - other.rate);
  if (rated.length < 2) return [];
  const more = rated.length - DEPARTMENTS_LISTED;
  const columns = ['required', ...TILES] as const;
  return [
    across('section', say.departments, 24),
    {
      height: 20,
      cells: [
        { at: 1, span: 5, style: 'header', value: attendance.department },
        ...columns.map(
          (key, index): Placed => ({
            at: 6 + index,
            style: 'headerCentre',
            value: key === 'required' ? header.required : verdicts[key],
          }),
        ),
        { at: 12, style: 'headerCentre', value: header.rate },
      ],
    },
    ...rated.slice(0, DEPARTMENTS_LISTED).map(
      ({ department, summary, rate }): Line => ({
        height: heightOf(1),
        cells: [
          { at: 1, span: 5, style: 'shrink', value: department },
          ...columns.map((key, index): Placed => ({ at: 6 + index, style: 'integer', value: summary[key] })),
          { at: 12, style: 'percent', value: rate, shows: 'bar' },
        ],
      }),
    ),
    ...(more > 0 ? [across('note', say.moreDepartments(more, sheets.departments), 16)] : []),
  ];
};

const legend = ({ words: { summary, verdicts, meanings } }: Context): Line[] => [
  across('section', summary.legend, 24),
  ...verdictKinds.map(
    (kind): Line => ({
      height: 18,
      cells: [
        { at: 1, span: 2, style: `word-${kind}`, value: verdicts[kind] },
        { at: 3, span: COLUMNS - 2, style: 'shrink', value: meanings[kind] },
      ],
    }),
  ),
];
