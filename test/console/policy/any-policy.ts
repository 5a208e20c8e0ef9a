import fc from 'fast-check';

/** A policy as its JSON may be: every key by itself there or not, every text that the schema takes. */

/** Texts that a form could easily lose: line breaks, quotes, spaces around, digits that look like a number. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    ' x ',
    '"x"',
    '"',
    'a\nb',
    '\r',
    'a\r\nb',
    '123 456 789',
    '１２３４５６７８９',
    '\u0000',
    '<b>&amp;',
    '\\n',
    '\ufeffx',
    '\u2028',
    '未知',
  ),
);
const filledText = text.filter((value) => /\S/.test(value) && value.isWellFormed());
const minutes = fc.oneof(fc.nat(600), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }));
const percent = fc.oneof(fc.nat(100), fc.double({ min: 0, max: 100, noNaN: true }));
const combine = fc.constantFrom('both', 'either');
const threshold = fc
  .record({ percent, minutes, combine }, { requiredKeys: [] })
  .filter((value) => value.percent !== undefined || value.minutes !== undefined);
const expectation = fc.constantFrom('required', 'optional', 'excused');
const expectations = fc.record(
  {
    accepted: expectation,
    tentative: expectation,
    noResponse: expectation,
    declined: expectation,
    unknown: expectation,
  },
  { requiredKeys: [] },
);
const punctuality = fc.record(
  { graceMinutes: minutes, countsAs: fc.constantFrom('flag', 'insufficient') },
  { requiredKeys: [] },
);
const externals = fc.constantFrom('optional', 'same');
const partial = fc.option(threshold, { nil: null });
const some = <Value>(item: fc.Arbitrary<Value>) => fc.array(item, { minLength: 1, maxLength: 6 });

const override = fc.record({
  match: fc
    .record({ meetingNo: filledText, topicContains: filledText, ownerOpenId: filledText }, { requiredKeys: [] })
    .filter((match) => Object.keys(match).length > 0),
  set: fc.record(
    { minimum: threshold, partial, expectations, late: punctuality, leftEarly: punctuality, externals },
    { requiredKeys: [] },
  ),
});

export const anyPolicy = fc.record(
  {
    schemaVersion: fc.constant(1),
    name: filledText,
    minimum: threshold,
    partial,
    expectations,
    late: punctuality,
    leftEarly: punctuality,
    externals,
    overrides: fc.array(override, { maxLength: 4 }),
    scope: fc.record(
      {
        minMinutes: minutes,
        minPeople: fc.nat(),
        sources: some(fc.constantFrom('calendar', 'instant', 'interview', 'openPlatform', 'other')),
        meetingNos: some(fc.stringMatching(/^\d{9}$/)),
        topicWords: some(filledText),
      },
      { requiredKeys: [] },
    ),
    restarts: fc.record({ withinMinutes: fc.double({ min: 0, max: 120, noNaN: true }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
