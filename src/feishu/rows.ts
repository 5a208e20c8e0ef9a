import { hash } from 'node:crypto';
import { identityOf } from '../domain/attendees.ts';
import type { ListPage, Participant } from '../domain/meeting.ts';

/** Rows come from one parser, so equal rows have their keys in the same order. */
const digest = (row: Participant): string => hash('sha256', JSON.stringify(row), 'base64');

/**
 * Rows that were listed once. When rows shift while the list is read, one on the edge of a page is told twice: it is kept
 * once. A row without an identity is always kept, for two equal ones may be two guests.
 * @returns `repeated` when any two rows were equal: then a row may also have been missed.
 */
const distinct = (rows: readonly Participant[]): { rows: Participant[]; repeated: boolean } => {
  const seen = new Set<string>();
  let repeated = false;
  const kept = rows.filter((row) => {
    const content = digest(row);
    if (!seen.has(content)) {
      seen.add(content);
      return true;
    }
    repeated = true;
    return identityOf(row) === null;
  });
  return { rows: kept, repeated };
};

/** Panellists, then those of the audience that are not the same row again under the other role. Guests are never merged. */
const mergeRoles = (panellists: readonly Participant[], audience: readonly Participant[]): Participant[] => {
  const content = (row: Participant): string => digest({ ...row, webinarRole: '' });
  const listed = new Set(panellists.map(content));
  return [...panellists, ...audience.filter((row) => identityOf(row) === null || !listed.has(content(row)))];
};

/** The same for the same rows in any order. */
export const fingerprint = (rows: readonly Participant[]): string =>
  hash('sha256', rows.map(digest).sort().join('\n'), 'hex');

/**
 * The rows of a whole read: of its one list, or of a webinar's two.
 * @returns `repeated` when a row was told twice in one list.
 */
export const mergeLists = (pages: readonly ListPage[]): { rows: Participant[]; repeated: boolean } => {
  const ofList = (which: number) => distinct(pages.flatMap(({ list, rows }) => (list === which ? rows : [])));
  const [first, second] = [ofList(0), ofList(1)];
  return { rows: mergeRoles(first.rows, second.rows), repeated: first.repeated || second.repeated };
};
