import { readLines, readMeetingNo, readMeetingNos, readNumber, readText, showMeetingNo, showText } from './typed.ts';

/** What a form shows and sends. A field is named by the key of the policy that it holds, such as `minimum.percent`. */
export type Fields = Map<string, string[]>;

/** A policy as it is being written: like its JSON, with texts where numbers were not readable. Nothing of it is checked. */
export type Draft = Record<string, unknown>;

/** One key of a policy as fields, both ways: reading what was written gives the same value. */
export type Codec = {
  write: (value: unknown, name: string, to: Fields) => void;
  /** undefined leaves the key out. A field that was not sent is an empty one, so nothing takes a default by its absence. */
  read: (name: string, from: Fields) => unknown;
};

/** An empty field leaves the key out when it may. */
type Presence = 'needed' | 'optional';

export const first = (from: Fields, name: string): string => from.get(name)?.[0] ?? '';
export const isRecord = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const field = (
  presence: Presence,
  read: (typed: string) => unknown,
  show: (value: string) => string = (value) => value,
): Codec => ({
  write: (value, name, to) => {
    const text = typeof value === 'string' ? show(value) : typeof value === 'number' ? String(value) : '';
    to.set(name, [text]);
  },
  read: (name, from) => {
    const typed = first(from, name);
    return presence === 'optional' && typed.trim() === '' ? undefined : read(typed);
  },
});

export const text = (presence: Presence) => field(presence, readText, showText);
export const meetingNo = field('optional', readMeetingNo, showMeetingNo);
export const percent = field('optional', (typed) => readNumber(typed, /%$/));
export const minutes = (presence: Presence) =>
  field(presence, (typed) => readNumber(typed, /(分钟|分|min(ute)?s?\.?)$/i));
export const people = field('optional', (typed) => readNumber(typed, /(人|people)$/i));
export const choice = (presence: Presence) => field(presence, (typed) => typed);

/** A list in one field; an empty one leaves the key out. */
const lines = (read: (typed: string) => string[], show: (item: string) => string): Codec => ({
  write: (value, name, to) => void to.set(name, [texts(value).map(show).join('\n')]),
  read: (name, from) => {
    const items = read(first(from, name));
    return items.length === 0 ? undefined : items;
  },
});

export const meetingNos = lines(readMeetingNos, showMeetingNo);
export const textLines = lines(readLines, showText);

/** Boxes of one name, in the order in which they stand on the page; none ticked leaves the key out. */
export const boxes: Codec = {
  write: (value, name, to) => void to.set(name, texts(value)),
  read: (name, from) => from.get(name),
};

export const group = (shape: Record<string, Codec>): Codec => ({
  write: (value, name, to) => {
    const record = isRecord(value) ? value : {};
    for (const [key, codec] of Object.entries(shape)) codec.write(record[key], join(name, key), to);
  },
  read: (name, from) =>
    Object.fromEntries(
      Object.entries(shape).flatMap(([key, codec]) => {
        const value = codec.read(join(name, key), from);
        return value === undefined ? [] : [[key, value]];
      }),
    ),
});

const join = (name: string, key: string): string => (name === '' ? key : `${name}.${key}`);

/** What the switch of a group that may be missing says: it has values of its own, it is null, or it is left out. */
export const own = 'own';
export const none = 'none';

/**
 * A group behind a switch of its own name: nothing of it counts unless it is on.
 * @param otherwise What stands in it while it is off, to begin with when it is switched on.
 */
export const switched = (codec: Codec, otherwise?: unknown): Codec => ({
  write: (value, name, to) => {
    to.set(name, [value === null ? none : value === undefined ? '' : own]);
    codec.write(value ?? otherwise, name, to);
  },
  read: (name, from) => {
    const said = first(from, name);
    return said === own ? codec.read(name, from) : said === none ? null : undefined;
  },
});

/** The same when it has to be one or the other. */
export const nullable = (codec: Codec): Codec => ({
  write: switched(codec).write,
  read: (name, from) => switched(codec).read(name, from) ?? (first(from, name) === none ? null : first(from, name)),
});
