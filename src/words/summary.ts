import { lastWordOn } from '../domain/decisions.ts';
import type { Meeting } from '../domain/meeting.ts';
import type { Told } from '../domain/report.ts';
import { lengthSeconds } from '../domain/restarts.ts';
import { countOf } from '../domain/sequence.ts';
import type { Summary } from '../domain/summary.ts';
import { wallClock } from '../domain/zone.ts';
import { clock } from './clock.ts';
import type { Words } from './words.ts';

/** A share as people read it, to a tenth of a percent. */
export const percentText = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** When the meeting was and how long, in the zone's time. */
export const whenText = (
  meeting: Pick<Meeting, 'meetingNo' | 'startsAt' | 'endsAt' | 'parts'>,
  timeZone: string,
  { summary: say }: Words,
): string => {
  const { startsAt, endsAt, parts, meetingNo } = meeting;
  const from = wallClock(timeZone, startsAt);
  const to = wallClock(timeZone, endsAt);
  const length = lengthSeconds(meeting);
  return say.when({
    from,
    to: to.slice(0, 10) === from.slice(0, 10) ? to.slice(11) : to,
    length: clock(length),
    breaks: parts ? clock(endsAt - startsAt - length) : null,
    timeZone,
    meetingNo,
  });
};

/** The counts of required people in a sentence. */
export const countsText = (counts: Summary, { summary: say }: Words): string => {
  if (counts.required === 0) return say.nobodyRequired;
  const open = counts.undetermined > 0 ? counts.rateIfCleared : null;
  return say.sentence({ ...counts, rateIfCleared: open === null ? null : percentText(open) });
};

/** Who else was there. */
export const othersText = (counts: Summary, { summary: say }: Words): string =>
  say.others({ ...counts, optional: counts.notRequired });

/** What HR's decisions make of the counts, in a sentence; null when HR decided nothing on these people. */
export const decidedText = ({ judged, decisions, decided }: Told, { summary: say }: Words): string | null => {
  if (decided === null) return null;
  const lastWord = lastWordOn(decisions);
  const people = countOf(judged, (person) => lastWord(person) !== null);
  return say.decided({ ...decided, people, rate: decided.rate === null ? null : percentText(decided.rate) });
};
