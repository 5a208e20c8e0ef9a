import type { Announced, Meeting, Participant, Snapshot } from '../domain/meeting.ts';
import type { FeishuClient } from './client.ts';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import { findMeeting, type MeetingRecord } from './meetings.ts';
import type { Progress } from './paging.ts';
import { checkParticipantQuery, listParticipants } from './participants.ts';
import type { DetailLevel } from './row.ts';

/** An empty or missing record is believed only this long after the meeting's end. */
const settleSeconds = 3600;

type SnapshotProgress = Progress & {
  /** Rows that meeting_list lets us expect at least; null when it says nothing. */
  expectedRows: number | null;
};

type Deps = { client: FeishuClient; clock: Clock; detail: DetailLevel };
type Options = { deadlineAt: number; onProgress?: (progress: SnapshotProgress) => void | Promise<void> };

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

/** Come back when three times as long has passed since the end: after two minutes at least, an hour at most. */
const notReady = (secondsSinceEnd: number): FeishuError =>
  new FeishuError('NOT_READY', 'Feishu has no participants of this meeting yet', {
    waitSeconds: Math.ceil(Math.min(Math.max(2 * secondsSinceEnd, 120), 3600)),
  });

/**
 * Panellists, then those of the audience that are not the same row again under the other role.
 * A row without an identity is never merged: two equal ones may be two guests.
 */
const mergeRoles = (panellists: readonly Participant[], audience: readonly Participant[]): Participant[] => {
  const content = (row: Participant): string => JSON.stringify({ ...row, webinarRole: '' });
  const listed = new Set(panellists.map(content));
  const again = (row: Participant): boolean =>
    (row.userId || row.employeeId || row.email) !== '' && listed.has(content(row));
  return [...panellists, ...audience.filter((row) => !again(row))];
};

/**
 * Fetches all rows of an ended meeting, of both roles when it was a webinar. Complete or nothing.
 * @param options.deadlineAt Milliseconds of the clock.
 * @returns A sealed snapshot; empty when the meeting ended over an hour ago and Feishu still lists nobody.
 * @throws {FeishuError} `NOT_READY` with `waitSeconds` while there is no record and the end is under an hour ago,
 * `NO_SUCH_MEETING` after that; code 126006 before any call for a meeting of more than a day.
 */
export const fetchSnapshot = async (
  { client, clock, detail }: Deps,
  meeting: Meeting,
  { deadlineAt, onProgress }: Options,
): Promise<Snapshot> => {
  checkParticipantQuery(meeting, clock.now() / 1000);
  const record = await lookUp(client, meeting, deadlineAt);
  const announced = record?.announced ?? null;
  const webinar = record?.webinar ?? false;
  let pages = 0;
  let rows = 0;

  const list = async (role: { webinarRole?: '0' | '3' }): Promise<Participant[]> => {
    const { meetingNo, startsAt, endsAt } = meeting;
    const query = { meetingNo, startsAt, endsAt, ...role };
    const earlier = { pages, rows };
    const onPage = (progress: Progress) => {
      pages = earlier.pages + progress.pages;
      rows = earlier.rows + progress.rows;
      return onProgress?.({ pages, rows, expectedRows: expectedRows(announced) });
    };
    const { participants } = await listParticipants(client, query, { clock, detail, deadlineAt, onPage });
    return participants;
  };

  const secondsSinceEnd = clock.now() / 1000 - meeting.endsAt;
  const settled = secondsSinceEnd >= settleSeconds;
  try {
    const participants = webinar
      ? mergeRoles(await list({ webinarRole: '0' }), await list({ webinarRole: '3' }))
      : await list({});
    if (participants.length === 0 && !settled) throw notReady(secondsSinceEnd);
    const fetchedAt = Math.floor(clock.now() / 1000);
    return { participants, complete: true, pages, fetchedAt, announced, webinar };
  } catch (error) {
    if (error instanceof FeishuError && error.code === 'NO_SUCH_MEETING' && !settled) throw notReady(secondsSinceEnd);
    throw error;
  }
};
