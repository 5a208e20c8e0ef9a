import type { Job } from '../domain/job.ts';
import { jobIdForm } from '../domain/job-id.ts';
import type { Line, MeetingsDeps } from './deps.ts';
import { isUnderWay, standingOf } from './standing.ts';

/** What the list can be narrowed to. `check`: somebody's verdict is open, or a decision to be confirmed; `under-way`: more is to come by itself. */
export const statuses = [
  'all',
  'done',
  'check',
  'incomplete',
  'under-way',
  'waiting',
  'failed',
  'skipped',
  'unreadable',
] as const;
export type StatusFilter = (typeof statuses)[number];

/** Where a page of the list ends: in a day, after a portion of it, after so many of its lines. */
export type Place = { day: string; after: string | null; skip: number };

export type Listing = { days: { day: string; lines: Line[] }[]; older: Place | null };

const pageSize = 40;
/** Lines looked at for one page; a search for something rare goes on with a click. */
const mostLines = 3000;
/** Days looked into at once when the ones before were empty. */
const mostDaysAtOnce = 16;

const digitsOf = (text: string): string => text.replaceAll(/[\s-]/g, '');

/** Whether a line is looked for: by number or a part of it, or by a part of the topic. */
const isWanted = (text: string, status: StatusFilter) => {
  const wanted = text.normalize('NFKC').trim().toLowerCase();
  const digits = digitsOf(wanted);
  const isNumber = /^\d{3,9}$/.test(digits);
  return ({ job }: Line): boolean => {
    if (!hasStatus(job, status)) return false;
    if (wanted === '') return true;
    if (job === null) return false;
    const { topic, meetingNo } = job.meeting;
    return topic.normalize('NFKC').toLowerCase().includes(wanted) || (isNumber && meetingNo.includes(digits));
  };
};

const hasStatus = (job: Job | null, status: StatusFilter): boolean => {
  switch (status) {
    case 'all':
      return true;
    case 'under-way':
      return isUnderWay(job);
    case 'check':
      return job?.status === 'done' && (job.decided ?? job.summary).undetermined + (job.toConfirm ?? 0) > 0;
    case 'done':
      return job?.status === 'done';
    case 'incomplete':
    case 'waiting':
    case 'failed':
    case 'skipped':
    case 'unreadable':
      return standingOf(job) === status;
  }
};

/**
 * One page of the list, from the newest day back.
 * @param options.days `yyyy-mm-dd`, newest first.
 */
export const listMeetings = async (
  browse: MeetingsDeps['browse'],
  options: { days: readonly string[]; text: string; status: StatusFilter; from: Place | null },
): Promise<Listing> => {
  const wanted = isWanted(options.text, options.status);
  const days = options.days.filter((day) => options.from === null || day <= options.from.day);
  const found: Listing['days'] = [];
  let room = pageSize;
  let looked = 0;
  let atOnce = 1;
  for (let index = 0; index < days.length; ) {
    const some = days.slice(index, index + atOnce);
    const portions = await Promise.all(
      some.map((day) => browse(day, (day === options.from?.day && options.from.after) || undefined)),
    );
    for (const [offset, day] of some.entries()) {
      let after = day === options.from?.day ? options.from.after : null;
      let skip = day === options.from?.day ? options.from.skip : 0;
      for (let portion = portions[offset]; portion !== undefined; ) {
        looked += portion.lines.length;
        const lines = portion.lines.filter(wanted).slice(skip);
        const taken = lines.slice(0, room);
        if (taken.length > 0) add(found, day, taken);
        room -= taken.length;
        if (lines.length > taken.length) return { days: found, older: { day, after, skip: skip + taken.length } };
        after = portion.next;
        skip = 0;
        if (after === null) break;
        if (looked >= mostLines || room === 0) return { days: found, older: { day, after, skip: 0 } };
        portion = await browse(day, after);
      }
      const next = days[index + offset + 1];
      if (next !== undefined && (looked >= mostLines || room === 0))
        return { days: found, older: { day: next, after: null, skip: 0 } };
    }
    index += some.length;
    atOnce = portions.every(({ lines }) => lines.length === 0) ? Math.min(atOnce * 2, mostDaysAtOnce) : 1;
  }
  return { days: found, older: null };
};

const add = (found: Listing['days'], day: string, lines: readonly Line[]): void => {
  const last = found.at(-1);
  if (last?.day === day) last.lines.push(...lines);
  else found.push({ day, lines: [...lines] });
};

/** The place as part of an address, and back; null for anything else. */
export const placeText = ({ day, after, skip }: Place): string => `${day}~${after ?? ''}~${skip}`;

export const placeOf = (text: string | undefined): Place | null => {
  const [, day, after = '', skip] = /^(\d{4}-\d\d-\d\d)~([^~]*)~(\d{1,6})$/.exec(text ?? '') ?? [];
  if (day === undefined || (after !== '' && !jobIdForm.test(after))) return null;
  return { day, after: after || null, skip: Number(skip) };
};
