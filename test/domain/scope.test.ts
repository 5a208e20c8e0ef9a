import { describe, expect, it } from 'vitest';
import { outOfScope, type Scope } from '../../src/domain/scope.ts';
import { meeting, minute } from '../make.ts';

const candidate = (
  over: { source?: number | null; people?: number | null; minutes?: number; topic?: string } = {},
) => ({
  meeting: meeting({ endsAt: minute(over.minutes ?? 60), topic: over.topic ?? 'Weekly Sync' }),
  source: over.source ?? null,
  people: over.people ?? null,
});

describe('a scope', () => {
  it.each<[string, Scope | undefined]>([
    ['that is not set', undefined],
    ['without a condition', {}],
  ])('%s takes every meeting', (_, scope) => {
    expect(outOfScope(scope, candidate({ minutes: 0, people: 0, source: 100, topic: '' }))).toBeNull();
  });

  it.each<[string, Scope, Parameters<typeof candidate>[0], object | null]>([
    ['as long as asked', { minMinutes: 5 }, { minutes: 5 }, null],
    [
      'a second shorter',
      { minMinutes: 5 },
      { minutes: 299 / 60 },
      { because: 'too-short', seconds: 299, minMinutes: 5 },
    ],
    ['as long as asked in decimals', { minMinutes: 1.1 }, { minutes: 1.1 }, null],
    ['as many people', { minPeople: 2 }, { people: 2 }, null],
    ['one person fewer', { minPeople: 2 }, { people: 1 }, { because: 'too-few-people', people: 1, minPeople: 2 }],
    ['people not counted', { minPeople: 2 }, { people: null }, null],
    ['a source of the list', { sources: ['calendar', 'openPlatform'] }, { source: 4 }, null],
    ['another source', { sources: ['calendar'] }, { source: 2 }, { because: 'source', source: 'instant' }],
    ['a source that nobody told', { sources: ['calendar'] }, { source: null }, null],
    ['a source that is new', { sources: ['calendar'] }, { source: 7 }, null],
    ['a number of the list', { meetingNos: ['1', '235812466'] }, {}, null],
    ['another number', { meetingNos: ['123456789'] }, {}, { because: 'meeting-no' }],
    ['one of the words, in other letters', { topicWords: ['daily', 'WEEKLY'] }, {}, null],
    ['a word in Chinese', { topicWords: ['周会'] }, { topic: '产品周会' }, null],
    ['none of the words', { topicWords: ['daily'] }, {}, { because: 'topic' }],
    ['no topic at all', { topicWords: ['daily'] }, { topic: '' }, null],
  ])('%s', (_, scope, given, expected) => {
    expect(outOfScope(scope, candidate(given))).toEqual(expected);
  });

  it('asks for all of its conditions', () => {
    const scope: Scope = { minMinutes: 5, topicWords: ['weekly'], minPeople: 3 };
    expect(outOfScope(scope, candidate({ people: 3 }))).toBeNull();
    expect(outOfScope(scope, candidate({ people: 3, topic: 'x' }))).toEqual({ because: 'topic' });
    expect(outOfScope(scope, candidate({ people: 3, minutes: 4 }))).toMatchObject({ because: 'too-short' });
    expect(outOfScope(scope, candidate({ people: 2 }))).toMatchObject({ because: 'too-few-people' });
  });
});
