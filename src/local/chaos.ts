import { defaultPolicy } from '../domain/policy.ts';
import { toReport } from '../domain/report.ts';
import type { Summary } from '../domain/summary.ts';
import { parsePage } from '../feishu/participants.ts';
import { versionOf } from '../store/policies.ts';
import { type StoryMeeting, type StoryRow, seeded } from './story.ts';

/**
 * Mischief for the stand-in Feishu, all of it from one seed: lists that lag behind the end, grow, and shift between two
 * pages; errors of every kind; events that are dropped or pushed twice.
 */
export type Chaos = {
  /** How many times the event of a meeting is pushed: none, once or twice. */
  pushes: (meeting: StoryMeeting) => number;
  /** An answer in place of the real one, or null. */
  instead: () => { status: number; body: object | string; headers?: Record<string, string> } | null;
  /** The rows as the list shows them at this moment, to a reader at this page; null while it shows no meeting. */
  shown: (meeting: StoryMeeting, pageToken: string | null) => readonly StoryRow[] | null;
  /** What was done, as lines of a table. */
  tally: () => string[];
};

const minuteMs = 60_000;
/** One call in this many fails. */
const failsOneIn = 6;

const failures = [
  { name: '500 · 121001', status: 500, body: { code: 121001, msg: 'internal error' } },
  {
    name: '400 · 99991400',
    status: 400,
    body: { code: 99991400, msg: 'request trigger frequency limit' },
    headers: { 'x-ogw-ratelimit-reset': '2' },
  },
  { name: '429', status: 429, body: '', headers: { 'x-ogw-ratelimit-reset': '1' } },
  { name: '502 as HTML', status: 502, body: '<html>bad gateway</html>' },
  { name: 'a page cut short', status: 200, body: '{"code":0,"data":{"participants":[' },
];

/** @param now Unix milliseconds. */
export const createChaos = (seed: number, now: () => number): Chaos => {
  const random = seeded(seed);
  const startedAt = now();
  const done = new Map<string, number>();
  const count = (what: string) => done.set(what, (done.get(what) ?? 0) + 1);
  const moods = new Map<string, { lagsUntil: number; growsUntil: number; shiftsAt: number }>();

  const moodOf = (meeting: StoryMeeting) => {
    const known = moods.get(meeting.id);
    if (known) return known;
    const lagsUntil = startedAt + random() * 3 * minuteMs;
    const pages = Math.ceil(meeting.rows.length / 100);
    const mood = {
      lagsUntil,
      growsUntil: lagsUntil + random() * 4 * minuteMs,
      shiftsAt: pages > 1 ? 1 + Math.floor(random() * (pages - 1)) : 0,
    };
    moods.set(meeting.id, mood);
    return mood;
  };

  return {
    pushes: () => {
      const times = Math.floor(random() * 3);
      if (times !== 1) count(times === 0 ? 'events dropped' : 'events pushed twice');
      return times;
    },
    instead: () => {
      if (random() >= 1 / failsOneIn) return null;
      const failure = failures[Math.floor(random() * failures.length)];
      if (failure === undefined) return null;
      const { name, ...answer } = failure;
      count(`calls answered ${name}`);
      return answer;
    },
    shown: (meeting, pageToken) => {
      const mood = moodOf(meeting);
      if (now() < mood.lagsUntil) {
        count('lists asked for too early');
        return null;
      }
      if (now() < mood.growsUntil) {
        count('pages of a list that still grew');
        const share = (now() - mood.lagsUntil) / (mood.growsUntil - mood.lagsUntil);
        return meeting.rows.slice(0, Math.max(1, Math.floor(meeting.rows.length * share)));
      }
      if (mood.shiftsAt > 0 && Number(pageToken ?? 0) >= mood.shiftsAt * 100) {
        mood.shiftsAt = 0;
        count('rows moved between two pages');
        return [...meeting.rows.slice(-1), ...meeting.rows.slice(0, -1)];
      }
      return meeting.rows;
    },
    tally: () => [...done].sort().map(([what, times]) => `${String(times).padStart(6)}  ${what}`),
  };
};

/** Lets this process live faster: an hour of waiting passes in a minute at 60. To be called before anything keeps time. */
export const quicken = (times: number): void => {
  const { now } = Date;
  const startedAt = now();
  Date.now = () => Math.round(startedAt + (now() - startedAt) * times);
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = Object.assign(
    (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => wait(callback, ms / times, ...args),
    wait,
  ) as typeof setTimeout;
};

/** The summary of a meeting's report when nothing disturbs it, by the default policy. */
export const undisturbed = ({ rows, start, end, ...meeting }: StoryMeeting): Summary => {
  const { items } = parsePage({ code: 0, data: { participants: rows, has_more: false } }, 'standard');
  return toReport({
    meeting: { ...meeting, instanceId: meeting.id, meetingNo: meeting.no, startsAt: start, endsAt: end },
    snapshot: {
      participants: items,
      complete: true,
      proof: null,
      pages: 1,
      reads: 1,
      calls: null,
      fetchedAt: null,
      announced: null,
      webinar: meeting.webinar,
    },
    policy: versionOf(defaultPolicy),
    provenance: { jobId: '', reason: 'offline', sourceEventId: '', requestedBy: '', appVersion: '' },
  }).summary;
};
