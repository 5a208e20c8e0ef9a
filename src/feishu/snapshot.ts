import { compare, countJoined } from '../domain/counts.ts';
import type { Announced, Meeting, Proof, Read, Snapshot } from '../domain/meeting.ts';
import { agree, isSettled, waitAfter } from './again.ts';
import type { FeishuClient } from './client.ts';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import { readList } from './list.ts';
import { findMeeting, type MeetingRecord } from './meetings.ts';
import type { Progress } from './paging.ts';
import { checkParticipantQuery, longestSeconds } from './participants.ts';
import type { DetailLevel } from './row.ts';
import { fingerprint } from './rows.ts';

type SnapshotProgress = Progress & {
  /** Rows that meeting_list lets us expect at least; null when it says nothing. */
  expectedRows: number | null;
};

type Deps = { client: FeishuClient; clock: Clock; detail: DetailLevel };
type Options = {
  /** Milliseconds of the clock. */
  deadlineAt: number;
  /** The reads so far that proved nothing, oldest first. */
  earlier: readonly Read[];
  /** Takes one more of them, to be given as `earlier` the next time. */
  onRead: (read: Read) => void | Promise<void>;
  onProgress?: (progress: SnapshotProgress) => void | Promise<void>;
};

/** A row for each device at least. Nobody says whether the viewers of a webinar are among the devices, so they are not added. */
const expectedRows = (announced: Announced | null): number | null => {
  const known = Object.values(announced ?? {}).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** What meeting_list knows is welcome, not needed: a refusal that no retry can change counts as "nothing known". */
const lookUp = async (client: FeishuClient, meeting: Meeting, deadlineAt: number): Promise<MeetingRecord | null> => {
  try {
    return await findMeeting(client, meeting, { deadlineAt });
  } catch (error) {
    if (error instanceof FeishuError && error.kind === 'never') return null;
    throw error;
  }
};

const inWords = ({ participants, devices }: Announced): string =>
  `${participants ?? 'unknown'} participants on ${devices ?? 'unknown'} devices`;

const incomplete = (announced: Announced | null, { people, rows }: Read, waitSeconds: number): FeishuError => {
  const expected = announced === null ? 'nothing is announced' : `announced are ${inWords(announced)}`;
  return new FeishuError('INCOMPLETE', `the list has ${people} people in ${rows} rows, ${expected}`, { waitSeconds });
};

const tooLong = ({ startsAt, endsAt }: Meeting, record: MeetingRecord | null): FeishuError => {
  const moment = (at: number | null) => (at === null ? 'unknown' : new Date(at * 1000).toISOString());
  const known =
    record === null
      ? 'meeting_list has no record of it'
      : `meeting_list knows ${inWords(record.announced)} from ${moment(record.startsAt)} to ${moment(record.endsAt)}`;
  const limit = `participant_list was not asked: it takes ${longestSeconds} seconds at most, the meeting lasted ${endsAt - startsAt}`;
  return new FeishuError('MEETING_TOO_LONG', `${limit}; ${known}`, { feishuCode: 126006 });
};

/**
 * Fetches all rows of an ended meeting and shows that none is missing:
 * - each row told once and closed, and as many people and devices as announced: sealed by its counts;
 * - the same rows as in the read before: sealed by two reads. While the list is short of what was announced, shows
 *   somebody still inside or tells a row twice, that needs an hour since the meeting's end, or the last wait to be over.
 *
 * From then on a read that agrees with none before is repeated at once. Rows that still prove nothing after the last wait
 * are given as they are, not complete. A failed page throws, so "absent" never means "page 2 was lost".
 * @throws {FeishuError} `INCOMPLETE` with `waitSeconds` while a later read may show more; `MEETING_TOO_LONG` past one day; as
 * `readList` does.
 */
export const fetchSnapshot = async (
  { client, clock, detail }: Deps,
  meeting: Meeting,
  { deadlineAt, earlier, onRead, onProgress }: Options,
): Promise<Snapshot> => {
  if (meeting.endsAt - meeting.startsAt > longestSeconds)
    throw tooLong(meeting, await lookUp(client, meeting, deadlineAt));
  checkParticipantQuery(meeting, clock.now() / 1000);

  let calls = 0;
  const counting: FeishuClient = {
    get: (path, options) => {
      calls += 1;
      return client.get(path, options);
    },
  };
  const record = await lookUp(counting, meeting, deadlineAt);
  const announced = record?.announced ?? null;
  const webinar = record?.webinar ?? false;
  const onPage = (progress: Progress) => onProgress?.({ ...progress, expectedRows: expectedRows(announced) });

  const reads = [...earlier];
  for (;;) {
    const list = await readList(counting, meeting, { clock, detail, deadlineAt, webinar, onPage });
    const { participants, pages } = list;
    const counted = countJoined(participants);
    const read: Read = {
      at: Math.floor(clock.now() / 1000),
      rows: participants.length,
      people: counted.participants.people + counted.participants.viewers,
      calls,
      fingerprint: fingerprint(participants),
    };
    const before = reads.at(-1);
    reads.push(read);
    calls = 0;
    const snapshot = (proof: Proof | null): Snapshot => ({
      participants,
      complete: proof !== null,
      proof,
      pages,
      reads: reads.length,
      calls: reads.reduce((sum, each) => sum + each.calls, 0),
      fetchedAt: read.at,
      announced,
      webinar,
    });

    const standing = compare(announced, counted);
    const open = participants.some(({ joinedAt, leftAt }) => joinedAt !== null && leftAt === null);
    if (standing === 'reached' && !open && !list.repeated) return snapshot('counts');

    const wait = waitAfter(meeting, { firstAt: reads[0]?.at ?? read.at, at: read.at });
    const late = wait === null || isSettled(meeting, read.at);
    const unfinished = standing === 'short' || open || list.repeated;
    if (agree(before, read, { late }) && (late || !unfinished)) return snapshot('two-reads');
    await onRead(read);
    if (late && reads.length === earlier.length + 1) continue;
    if (wait === null) return snapshot(null);
    throw incomplete(announced, read, wait);
  }
};
