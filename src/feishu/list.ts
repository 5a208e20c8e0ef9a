import type { Meeting, Participant } from '../domain/meeting.ts';
import { isSettled } from './again.ts';
import type { FeishuClient } from './client.ts';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import type { Progress } from './paging.ts';
import { listParticipants } from './participants.ts';
import type { DetailLevel } from './row.ts';
import { distinct, mergeRoles } from './rows.ts';

type Options = {
  clock: Clock;
  detail: DetailLevel;
  deadlineAt: number;
  webinar: boolean;
  onPage: (progress: Progress) => void | Promise<void>;
};

/** One read of the whole list; `repeated` when a row was told twice. */
type List = { participants: Participant[]; pages: number; repeated: boolean };

/** Come back when three times as long has passed since the end: after two minutes at least, an hour at most. */
const notReady = (secondsSinceEnd: number): FeishuError =>
  new FeishuError('NOT_READY', 'Feishu has no participants of this meeting yet', {
    waitSeconds: Math.ceil(Math.min(Math.max(2 * secondsSinceEnd, 120), 3600)),
  });

const listRoles = async (client: FeishuClient, meeting: Meeting, options: Options): Promise<List> => {
  const { meetingNo, startsAt, endsAt } = meeting;
  const done = { pages: 0, rows: 0 };
  let repeated = false;
  const ofRole = async (role: { webinarRole?: '0' | '3' }): Promise<Participant[]> => {
    const onPage = ({ pages, rows }: Progress) => options.onPage({ pages: done.pages + pages, rows: done.rows + rows });
    const query = { meetingNo, startsAt, endsAt, ...role };
    const { participants, pages } = await listParticipants(client, query, { ...options, onPage });
    done.pages += pages;
    done.rows += participants.length;
    const told = distinct(participants);
    repeated ||= told.repeated;
    return told.rows;
  };
  const participants = options.webinar
    ? mergeRoles(await ofRole({ webinarRole: '0' }), await ofRole({ webinarRole: '3' }))
    : await ofRole({});
  return { participants, pages: done.pages, repeated };
};

/**
 * Reads all rows of an ended meeting once, of both roles when it was a webinar. Every page, or an error.
 * @returns No rows only when the meeting settled an hour ago: before, that is an unfinished record.
 * @throws {FeishuError} `NOT_READY` with `waitSeconds` while there is no record and the end is under an hour ago,
 * `NO_SUCH_MEETING` after that; whatever a page failed with.
 */
export const readList = async (client: FeishuClient, meeting: Meeting, options: Options): Promise<List> => {
  const now = options.clock.now() / 1000;
  const settled = isSettled(meeting, now);
  try {
    const list = await listRoles(client, meeting, options);
    if (list.participants.length === 0 && !settled) throw notReady(now - meeting.endsAt);
    return list;
  } catch (error) {
    const missing = error instanceof FeishuError && error.code === 'NO_SUCH_MEETING';
    throw missing && !settled ? notReady(now - meeting.endsAt) : error;
  }
};
