import { digitsOf } from '../meeting-no.ts';

/**
 * What people type into a field, and what it means. Spaces around it count for nothing; a text that needs them, or begins
 * with a quotation mark, or has a line break, is written in quotes as in JSON. So every text can be shown and read back.
 */

/** The text that a field means. */
export const readText = (typed: string): string => {
  const text = typed.trim();
  return quoted(text) ?? text;
};

/** A number of a meeting however it is grouped (`123 456 789`, `１２３-４５６-７８９`); anything else is a text. */
export const readMeetingNo = (typed: string): string => {
  const digits = digitsOf(typed);
  return /^\d{9}$/.test(digits) ? digits : readText(typed);
};

/** What a field shows of a text so that reading it gives the same text. */
const shown = (text: string, read: (typed: string) => string): string =>
  read(text) === text && !/\p{Cc}/u.test(text) ? text : JSON.stringify(text);

export const showText = (text: string): string => shown(text, readText);

export const showMeetingNo = (text: string): string => shown(text, readMeetingNo);

/**
 * The number that a field means: also in full-width digits, with a comma for the decimal point, or with its unit. The text
 * as it was typed when it is no number, or not clearly one: `1,000` is a thousand to some and one to others.
 */
export const readNumber = (typed: string, unit: RegExp): number | string => {
  const plain = typed.normalize('NFKC').replace('−', '-').trim().replace(unit, '').trimEnd();
  if (!/^[+-]?(\d+([.,。]\d*)?|[.]\d+)(e[+-]?\d+)?$/i.test(plain) || /,\d{3}$/.test(plain)) return typed.trim();
  const number = Number(plain.replace(/[,。]/, '.'));
  return Number.isFinite(number) ? number : typed.trim();
};

/** One text a line. */
export const readLines = (typed: string): string[] =>
  typed
    .split(/\r\n|\r|\n/)
    .map(readText)
    .filter((text) => text !== '');

/** Numbers of meetings, one a line or with commas between. */
export const readMeetingNos = (typed: string): string[] =>
  typed
    .split(/[\r\n,，、;；]/)
    .flatMap((piece) => {
      const words = piece.trim().split(/\s+/).map(readMeetingNo);
      return words.every((word) => /^\d{9}$/.test(word)) ? words : [readMeetingNo(piece)];
    })
    .filter((text) => text !== '');

const quoted = (text: string): string | null => {
  if (!text.startsWith('"')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
