import { hash } from 'node:crypto';
import { identityOf } from '../domain/identity.ts';
import type { ListPage, Participant } from '../domain/meeting.ts';

/** A row, and what tells it from others. */
type Marked = { row: Participant; mark: string };

/** Rows come from one parser, so equal rows have their keys in the same order. */
const digest = (row: Participant): string => hash('sha256', JSON.stringify(row), 'base64');

/**
 * Rows that were listed once. When rows shift while the list is read, one on the edge of a page is told twice: it is kept
 * once. A row without an identity is always kept, for two equal ones may be two guests.
 * @returns `repeated` when any two rows were equal: then a row may also have been missed.
 */
const distinct = (rows: readonly Participant[]): { kept: Marked[]; repeated: boolean } => {
  const seen = new Set<string>();
  const kept: Marked[] = [];
  let repeated = false;
  for (const row of rows) {
    const mark = digest(row);
    const isNew = !seen.has(mark);
    if (isNew) seen.add(mark);
    else repeated = true;
    if (isNew || identityOf(row) === null) kept.push({ row, mark });
  }
  return { kept, repeated };
};

/** Panellists, then those of the audience that are not the same row again under the other role. Guests are never merged. */
const mergeRoles = (panellists: readonly Marked[], audience: readonly Marked[]): Marked[] => {
  const content = ({ row }: Marked): string => digest({ ...row, webinarRole: '' });
  const listed = new Set(panellists.map(content));
  return [...panellists, ...audience.filter((each) => identityOf(each.row) === null || !listed.has(content(each)))];
};

/**
 * The rows of a whole read: of its one list, or of a webinar's two.
 * @returns `repeated` when a row was told twice in one list; `fingerprint`: the same for the same rows in any order.
 */
export const mergeLists = (
  pages: readonly ListPage[],
): { rows: Participant[]; repeated: boolean; fingerprint: string } => {
  const ofList = (which: number) => distinct(pages.flatMap(({ list, rows }) => (list === which ? rows : [])));
  const [first, second] = [ofList(0), ofList(1)];
  const marked = second.kept.length === 0 ? first.kept : mergeRoles(first.kept, second.kept);
  const marks = marked.map(({ mark }) => mark).sort();
  return {
    rows: marked.map(({ row }) => row),
    repeated: first.repeated || second.repeated,
    fingerprint: hash('sha256', marks.join('\n'), 'hex'),
  };
};
