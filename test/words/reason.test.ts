import { describe, expect, it } from 'vitest';
import type { Rules } from '../../src/domain/policy.ts';
import { judgeBy } from '../../src/domain/verdict.ts';
import { wordsOf } from '../../src/words/locale.ts';
import { reasonOf } from '../../src/words/reason.ts';
import { attendee, meeting, minute, rules } from '../make.ts';

type Case = { person?: Parameters<typeof attendee>[0]; rules?: Partial<Rules>; complete?: boolean };

const reason = ({ person, complete = true, ...over }: Case, locale: 'en' | 'zh' = 'en') => {
  const applied = rules(over.rules);
  const judged = judgeBy({ meeting: meeting(), rules: applied, complete })(attendee(person));
  return reasonOf({ meeting: meeting(), rules: applied }, wordsOf(locale))(judged);
};
const minutes = (certain: number, possible = certain) => ({
  certainSeconds: certain * 60,
  possibleSeconds: possible * 60,
});
const away = { joined: false, firstJoin: null, lastLeave: null, ...minutes(0) };
const half: Partial<Rules> = { partial: { percent: 50, combine: 'both' } };

describe('the reason lets HR check the verdict by hand', () => {
  it.each<[string, Case, string]>([
    ['attended', {}, 'Present 1:00:00; 0:45:00 required.'],
    [
      'attended on several devices',
      { person: minutes(45, 50) },
      'Present 0:45:00 for certain, 0:50:00 at most; 0:45:00 required.',
    ],
    ['insufficient', { person: minutes(44) }, 'Present 0:44:00; 0:45:00 required.'],
    ['partial', { person: minutes(30), rules: half }, 'Present 0:30:00; 0:45:00 required. Partial from 0:30:00.'],
    ['absent', { person: away }, 'Never joined; 0:45:00 required.'],
    [
      'late, flagged',
      { person: { firstJoin: minute(10), ...minutes(50) } },
      'Present 0:50:00; 0:45:00 required. Joined 0:10:00 after the start (5 minutes allowed).',
    ],
    [
      'late, insufficient',
      {
        person: { firstJoin: minute(10), ...minutes(50) },
        rules: { late: { graceMinutes: 1, countsAs: 'insufficient' } },
      },
      'Present 0:50:00; 0:45:00 required. Joined 0:10:00 after the start (1 minute allowed). The policy counts this as insufficient.',
    ],
    [
      'left early, insufficient',
      {
        person: { lastLeave: minute(50), ...minutes(50) },
        rules: { leftEarly: { graceMinutes: 5, countsAs: 'insufficient' } },
      },
      'Present 0:50:00; 0:45:00 required. Left 0:10:00 before the end (5 minutes allowed). The policy counts this as insufficient.',
    ],
    [
      'two devices',
      { person: { rows: [0, 1], ...minutes(30, 60) } },
      'Present 0:30:00 for certain, 1:00:00 at most; 0:45:00 required. 2 connections may or may not have run at the same time.',
    ],
    [
      'one device without its connected time',
      { person: minutes(0, 60) },
      'Present 0:00:00 for certain, 1:00:00 at most; 0:45:00 required. The connected time is missing or contradicts the join and leave times.',
    ],
    [
      'list incomplete, never seen',
      { person: away, complete: false },
      'Not seen in the part of the list that was fetched; 0:45:00 required. The list is incomplete; rows not fetched could change the verdict.',
    ],
    [
      'times missing',
      { person: { ...away, ...minutes(0, 50), flags: ['no-times'] } },
      'Present 0:00:00 for certain, 0:50:00 at most; 0:45:00 required. The join time is missing, so the time cannot be placed in the meeting.',
    ],
    [
      'optional by reply',
      { person: { reply: 'tentative', ...minutes(5) } },
      'Optional because of the reply: tentative. Present 0:05:00; 0:45:00 required.',
    ],
    [
      'optional as an external',
      { person: { external: true, ...away } },
      'Optional because external. Never joined; 0:45:00 required.',
    ],
    [
      'excused',
      { person: { reply: 'declined', ...away } },
      'Excused because of the reply: declined. Never joined; 0:45:00 required.',
    ],
    [
      'nothing required',
      { rules: { minimum: { minutes: 0, combine: 'both' } }, person: minutes(1) },
      'Joining was enough: no time was required.',
    ],
  ])('%s', (_, input, sentence) => expect(reason(input)).toBe(sentence));

  it('in Chinese, without spaces between sentences', () =>
    expect(reason({ person: { rows: [0, 1], ...minutes(30, 60) } }, 'zh')).toBe(
      '确认在会 0:30:00，最多 1:00:00；要求 0:45:00。2 个连接可能同时、也可能先后在会。',
    ));
});
