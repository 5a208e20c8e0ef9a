import { compare, countJoined } from '../domain/counts.ts';
import type { Announced, Meeting, Proof, Read, Reading, Slice, Snapshot } from '../domain/meeting.ts';
import { agree, isSettled, waitAfter } from './again.ts';
import type { FeishuClient } from './client.ts';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import { listInstances, type MeetingRecord, toMeeting } from './meetings.ts';
import { firstPage, type Progress } from './paging.ts';
import { checkParticipantQuery, longestSeconds } from './participants.ts';
import { isSpoilt, readWhole, type Unfinished } from './read.ts';
import type { DetailLevel } from './row.ts';

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
  /** The read that the last run left unfinished: it goes on from there and is still one read. */
  unfinished?: Unfinished | null;
  /** Takes what a long read has so far, piece by piece, to be given as `unfinished` the next time. */
  onSlice?: (slice: Slice, which: { begins: boolean }) => void | Promise<void>;
  /** Asked after every slice; false ends the run with `Paused`. */
  goOn?: () => boolean | Promise<boolean>;
  /**
   * Takes the instances of the meeting's number within a day of it, when they were looked up.
   * @param instances Throws as `toMeeting` does.
   */
  onInstances?: (instances: () => Meeting[]) => void;
};

/**
 * A read left for longer is begun anew: Feishu promises nothing about the life of a page token. The message of a worker
 * that died comes back within an hour and a half.
 */
const longestPauseSeconds = 7200;

/** A row for each device at least. Nobody says whether the viewers of a webinar are among the devices, so they are not added. */
const expectedRows = (announced: Announced | null): number | null => {
  const known = Object.values(announced ?? {}).filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
};

/** What meeting_list knows is welcome, not needed: a refusal that no retry can change counts as "nothing known". */
const lookUp = async (
  client: FeishuClient,
  meeting: Meeting,
  { onInstances, ...options }: { now: number; deadlineAt: number } & Pick<Options, 'onInstances'>,
): Promise<MeetingRecord | null> => {
  try {
    const records = await listInstances(client, meeting, options);
    onInstances?.(() => records.map(toMeeting));
    return records.find((record) => record.instanceId === meeting.instanceId) ?? null;
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
  options: Options,
): Promise<Snapshot> => {
  const { deadlineAt, earlier, onRead, onProgress, onSlice = () => {}, goOn = () => true, onInstances } = options;
  const now = () => Math.floor(clock.now() / 1000);
  const look = (with_: FeishuClient) =>
    lookUp(with_, meeting, { now: now(), deadlineAt, ...(onInstances && { onInstances }) });
  if (meeting.endsAt - meeting.startsAt > longestSeconds) throw tooLong(meeting, await look(client));
  checkParticipantQuery(meeting, clock.now() / 1000);

  const begin = async (): Promise<Reading> => {
    let calls = 0;
    const get: FeishuClient['get'] = (path, query) => {
      calls += 1;
      return client.get(path, query);
    };
    const record = await look({ get });
    const { announced = null, webinar = false } = record ?? {};
    return { ...firstPage, announced, webinar, repeats: false, list: 0, calls, at: now() };
  };

  const reads = [...earlier];
  const { unfinished = null } = options;
  let left = unfinished && now() - unfinished.reading.at < longestPauseSeconds ? unfinished : null;
  let from = left?.reading ?? (await begin());
  for (;;) {
    const { announced, webinar } = from;
    const onPage = ({ pages, rows }: Reading) => onProgress?.({ pages, rows, expectedRows: expectedRows(announced) });
    const found = await readWhole(
      client,
      meeting,
      { from, left },
      { clock, detail, deadlineAt, onPage, onSlice, goOn },
    ).catch((error: unknown) => {
      if (left === null || !isSpoilt(error)) throw error;
      return null;
    });
    if (found === null) {
      left = null;
      from = { ...(await begin()), repeats: from.repeats };
      continue;
    }
    const { participants, repeated, fingerprint, reading } = found;
    const counted = countJoined(participants);
    const read: Read = {
      at: reading.at,
      rows: participants.length,
      people: counted.participants.people + counted.participants.viewers,
      calls: reading.calls,
      fingerprint,
    };
    const before = reads.at(-1);
    reads.push(read);
    const snapshot = (proof: Proof | null): Snapshot => ({
      participants,
      complete: proof !== null,
      proof,
      pages: reading.pages,
      reads: reads.length,
      calls: reads.reduce((sum, each) => sum + each.calls, 0),
      fetchedAt: read.at,
      announced,
      webinar,
    });

    const standing = compare(announced, counted);
    const open = participants.some(({ joinedAt, leftAt }) => joinedAt !== null && leftAt === null);
    if (standing === 'reached' && !open && !repeated) return snapshot('counts');

    const wait = waitAfter(meeting, { firstAt: reads[0]?.at ?? read.at, at: read.at });
    const late = wait === null || isSettled(meeting, read.at);
    const unproved = standing === 'short' || open || repeated;
    if (agree(before, read, { late }) && (late || !unproved)) return snapshot('two-reads');
    await onRead(read);
    if (late && !reading.repeats) {
      left = null;
      from = { ...firstPage, announced, webinar, repeats: true, list: 0, calls: 0, at: read.at };
      continue;
    }
    if (wait === null) return snapshot(null);
    throw incomplete(announced, read, wait);
  }
};
