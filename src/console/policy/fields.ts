import type { Reply } from '../../domain/meeting.ts';
import { defaultRestarts } from '../../domain/policy.ts';
import {
  boxes,
  type Codec,
  choice,
  type Draft,
  type Fields,
  first,
  group,
  isRecord,
  meetingNo,
  meetingNos,
  minutes,
  nullable,
  people,
  percent,
  switched,
  text,
  textLines,
} from './codec.ts';

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
      meetingNos,
      topicWords: textLines,
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
