import { describe, expect, it } from 'vitest';
import { NO_DEPARTMENT, summarise, summariseDepartments } from '../../src/domain/summary.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { judged, room } from '../make.ts';

const required = (verdict: Verdict) => judged({ verdict });
const attended = required({ kind: 'attended' });
const absent = required({ kind: 'absent' });

describe('counts', () => {
  it('are of required people by verdict', () => {
    const people = [
      attended,
      attended,
      required({ kind: 'partial' }),
      required({ kind: 'insufficient', because: 'late' }),
      required({ kind: 'insufficient', because: 'too-short' }),
      absent,
      required({ kind: 'undetermined', because: 'no-times' }),
    ];
    expect(summarise(people, [])).toMatchObject({
      required: 7,
      attended: 2,
      partial: 1,
      insufficient: 2,
      absent: 1,
      undetermined: 1,
      excused: 0,
      notRequired: 0,
    });
  });

  it('are of optional and excused people whatever they did', () => {
    const people = [
      judged({ expectation: 'optional', verdict: { kind: 'attended' } }),
      judged({ expectation: 'optional', verdict: { kind: 'not-required' } }),
      judged({ expectation: 'excused', verdict: { kind: 'attended' } }),
    ];
    expect(summarise(people, [])).toMatchObject({ required: 0, attended: 0, notRequired: 2, excused: 1 });
  });

  it('name rooms, externals, and walk-ins who joined', () => {
    const people = [
      judged({ external: true }),
      judged({ flags: ['not-invited'], joined: true }),
      judged({ flags: ['not-invited'], joined: false }),
    ];
    expect(summarise(people, [room(), room()])).toMatchObject({ rooms: 2, externals: 1, walkIns: 1 });
  });
});

describe('rates', () => {
  const open = required({ kind: 'undetermined', because: 'ambiguous-presence' });

  it.each([
    ['nobody required', [], null, null],
    ['nobody attended', [absent], 0, 0],
    ['one of four attended, one is open', [attended, open, absent, absent], 0.25, 0.5],
    [
      'optional people count nowhere',
      [attended, judged({ expectation: 'optional', verdict: { kind: 'not-required' } })],
      1,
      1,
    ],
  ])('%s', (_, people, rate, rateIfCleared) => {
    expect(summarise(people, [])).toMatchObject({ rate, rateIfCleared });
  });
});

describe('departments', () => {
  it('come in the order of first appearance, people without one together', () => {
    const people = [
      judged({ department: 'Sales' }),
      judged({ department: '' }),
      judged({ department: 'HR', verdict: { kind: 'absent' } }),
      judged({ department: 'Sales', verdict: { kind: 'absent' } }),
      judged({ department: '' }),
    ];
    expect(
      summariseDepartments(people, null).map(({ department, summary }) => [
        department,
        summary.required,
        summary.rate,
        summary.rooms,
      ]),
    ).toEqual([
      ['Sales', 2, 0.5, 0],
      [NO_DEPARTMENT, 2, 1, 0],
      ['HR', 1, 0, 0],
    ]);
  });

  it('are counted with HR’s decisions beside, each of them, once HR decided on anybody', () => {
    const people = [judged({ department: 'Sales', verdict: { kind: 'absent' } }), judged({ department: 'HR' })];
    expect(summariseDepartments(people, null).map(({ decided }) => decided)).toEqual([null, null]);
    const decided = [
      judged({ department: 'Sales', expectation: 'excused', verdict: { kind: 'excused' } }),
      ...people.slice(1),
    ];
    const [sales, hr] = summariseDepartments(people, decided);
    expect([sales?.summary.absent, sales?.decided?.absent, sales?.decided?.excused]).toEqual([1, 0, 1]);
    expect(hr?.decided).toEqual(hr?.summary);
  });
});
