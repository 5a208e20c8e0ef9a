import type { Meeting } from './meeting.ts';
import { lengthSeconds } from './restarts.ts';

/** How a meeting came about: Feishu's `meeting_source` by our words. */
export const sources = { calendar: 1, instant: 2, interview: 3, openPlatform: 4, other: 100 } as const;

export type Source = keyof typeof sources;

/** Which meetings deserve a report. Every condition that is given must hold; of a list, any item will do. */
export type Scope = {
  /** Minutes of the meeting's length, 0 or more. */
  minMinutes?: number;
  /** People who joined, rooms not counted; a whole number. */
  minPeople?: number;
  sources?: readonly Source[];
  /** Nine digits each. */
  meetingNos?: readonly string[];
  /** Upper and lower case are the same. */
  topicWords?: readonly string[];
};

/** The first condition that does not hold, with what was found. */
export type OutOfScope =
  | { because: 'too-short'; seconds: number; minMinutes: number }
  | { because: 'too-few-people'; people: number; minPeople: number }
  | { because: 'source'; source: Source }
  | { because: 'meeting-no' }
  | { because: 'topic' };

/** What a scope looks at; null is not known (yet). */
type Candidate = {
  meeting: Pick<Meeting, 'meetingNo' | 'topic' | 'startsAt' | 'endsAt' | 'parts'>;
  /** Feishu's `meeting_source`. */
  source: number | null;
  people: number | null;
};

/**
 * Why a meeting gets no report of its own accord; null when it gets one. What is not known never excludes a meeting:
 * a source that is missing or new, a topic that is empty, people not counted yet.
 */
export const outOfScope = (scope: Scope | undefined, { meeting, source, people }: Candidate): OutOfScope | null => {
  if (scope === undefined) return null;
  const { minMinutes, minPeople, sources: wanted, meetingNos, topicWords } = scope;
  if (meetingNos !== undefined && !meetingNos.includes(meeting.meetingNo)) return { because: 'meeting-no' };
  if (topicWords !== undefined && meeting.topic !== '' && !mentions(meeting.topic, topicWords))
    return { because: 'topic' };
  const known = wordOf(source);
  if (wanted !== undefined && known !== undefined && !wanted.includes(known))
    return { because: 'source', source: known };
  const seconds = lengthSeconds(meeting);
  if (minMinutes !== undefined && seconds / 60 < minMinutes) return { because: 'too-short', seconds, minMinutes };
  if (minPeople !== undefined && people !== null && people < minPeople)
    return { because: 'too-few-people', people, minPeople };
  return null;
};

const mentions = (topic: string, words: readonly string[]): boolean =>
  words.some((word) => topic.toLowerCase().includes(word.toLowerCase()));

const wordOf = (source: number | null): Source | undefined =>
  (Object.keys(sources) as Source[]).find((word) => sources[word] === source);
