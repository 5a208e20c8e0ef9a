import type { Reply } from '../../domain/meeting.ts';
import { defaultRestarts } from '../../domain/policy.ts';
import { readLines, readMeetingNo, readMeetingNos, readNumber, readText, showMeetingNo, showText } from './typed.ts';

/** What a form shows and sends. A field is named by the key of the policy that it holds, such as `minimum.percent`. */
export type Fields = Map<string, string[]>;

/** A policy as it is being written: like its JSON, with texts where numbers were not readable. Nothing of it is checked. */
export type Draft = Record<string, unknown>;

/** One key of a policy as fields, both ways: reading what was written gives the same value. */
type Codec = {
  write: (value: unknown, name: string, to: Fields) => void;
  /** undefined leaves the key out. A field that was not sent is an empty one, so nothing takes a default by its absence. */
  read: (name: string, from: Fields) => unknown;
};

/** An empty field leaves the key out when it may. */
type Presence = 'needed' | 'optional';

const first = (from: Fields, name: string): string => from.get(name)?.[0] ?? '';
const isRecord = (value: unknown): value is Draft =>
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

const text = (presence: Presence) => field(presence, readText, showText);
const meetingNo = field('optional', readMeetingNo, showMeetingNo);
const percent = field('optional', (typed) => readNumber(typed, /%$/));
const minutes = (presence: Presence) => field(presence, (typed) => readNumber(typed, /(分钟|分|min(ute)?s?\.?)$/i));
const people = field('optional', (typed) => readNumber(typed, /(人|people)$/i));
const choice = (presence: Presence) => field(presence, (typed) => typed);

/** A list in one field; an empty one leaves the key out. */
const lines = (read: (typed: string) => string[], show: (item: string) => string): Codec => ({
  write: (value, name, to) => void to.set(name, [texts(value).map(show).join('\n')]),
  read: (name, from) => {
    const items = read(first(from, name));
    return items.length === 0 ? undefined : items;
  },
});

/** Boxes of one name, in the order in which they stand on the page; none ticked leaves the key out. */
const boxes: Codec = {
  write: (value, name, to) => void to.set(name, texts(value)),
  read: (name, from) => from.get(name),
};

const group = (shape: Record<string, Codec>): Codec => ({
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
const switched = (codec: Codec, otherwise?: unknown): Codec => ({
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
const nullable = (codec: Codec): Codec => ({
  write: switched(codec).write,
  read: (name, from) => switched(codec).read(name, from) ?? (first(from, name) === none ? null : first(from, name)),
});

export const replies = ['accepted', 'tentative', 'noResponse', 'declined', 'unknown'] as const satisfies Reply[];

const threshold = group({ percent, minutes: minutes('optional'), combine: choice('needed') });
const expectations = group(Object.fromEntries(replies.map((reply) => [reply, choice('needed')])));
const punctuality = group({ graceMinutes: minutes('needed'), countsAs: choice('needed') });

/** One override; what it does not set stands ready as the policy has it. */
const overrideOf = ({ minimum, partial, expectations: expected, late, leftEarly }: Draft): Codec =>
  group({
    match: group({ meetingNo, topicContains: text('optional'), ownerOpenId: text('optional') }),
    set: group({
      minimum: switched(threshold, minimum),
      partial: switched(threshold, partial),
      expectations: switched(expectations, expected),
      late: switched(punctuality, late),
      leftEarly: switched(punctuality, leftEarly),
      externals: choice('optional'),
    }),
  });

const base = group({
  name: text('needed'),
  minimum: threshold,
  partial: nullable(threshold),
  expectations,
  late: punctuality,
  leftEarly: punctuality,
  externals: choice('needed'),
  scope: switched(
    group({
      minMinutes: minutes('optional'),
      minPeople: people,
      sources: boxes,
      meetingNos: lines(readMeetingNos, showMeetingNo),
      topicWords: lines(readLines, showText),
    }),
  ),
  restarts: switched(group({ withinMinutes: minutes('needed') }), defaultRestarts),
});

/** The name under which the fields of one override stand; a closed one is this one field, and holds its JSON. */
export const overrideName = (index: number): string => `overrides[${index}]`;

export const overridesOf = (draft: Draft): unknown[] => (Array.isArray(draft.overrides) ? draft.overrides : []);

/** What the form shows. An override is closed unless its index is among the open ones; behind the last stands an empty one. */
export const fieldsOf = (draft: Draft, open: ReadonlySet<number>): Fields => {
  const fields: Fields = new Map();
  base.write(draft, '', fields);
  const overrides = overridesOf(draft);
  const override = overrideOf(draft);
  for (const [index, value] of overrides.entries())
    if (open.has(index)) override.write(value, overrideName(index), fields);
    else fields.set(overrideName(index), [JSON.stringify(value)]);
  override.write({}, overrideName(overrides.length), fields);
  return fields;
};

/** What somebody made of the form, with the overrides numbered anew: removed ones are gone, and so are empty ones. */
export const draftOf = (fields: Fields): { draft: Draft; open: ReadonlySet<number> } => {
  const open = new Set<number>();
  const overrides: unknown[] = [];
  const override = overrideOf({});
  for (const index of overrideIndexes(fields)) {
    const name = overrideName(index);
    if (first(fields, removalName(index)) !== '') continue;
    const closed = fields.get(name)?.[0];
    const value = closed === undefined ? override.read(name, fields) : parsed(closed);
    if (closed === undefined && isEmpty(value)) continue;
    if (closed === undefined) open.add(overrides.length);
    overrides.push(value);
  }
  const rules = base.read('', fields);
  return { draft: { schemaVersion: 1, ...(isRecord(rules) ? rules : {}), overrides }, open };
};

/** The box that takes an override away. */
export const removalName = (index: number): string => `remove[${index}]`;

const overrideIndexes = (fields: Fields): number[] => {
  const indexes = [...fields.keys()].map((name) => /^overrides\[(\d{1,5})\](\.|$)/.exec(name)?.[1]);
  return [...new Set(indexes.filter((index) => index !== undefined).map(Number))].sort((one, other) => one - other);
};

const isEmpty = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).every((part) => isRecord(part) && Object.keys(part).length === 0);

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
};
