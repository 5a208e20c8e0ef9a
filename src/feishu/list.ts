import type { ListPage, Meeting, Reading } from '../domain/meeting.ts';
import { isSettled } from './again.ts';
import type { FeishuClient } from './client.ts';
import type { Clock } from './clock.ts';
import { FeishuError } from './error.ts';
import type { Progress } from './paging.ts';
import { listParticipants } from './participants.ts';
import type { DetailLevel } from './row.ts';

type Options = {
  clock: Clock;
  detail: DetailLevel;
  deadlineAt: number;
  /** Takes a page, and how far the read came with it. */
  onPage: (page: ListPage, reading: Reading) => void | Promise<void>;
  goOn: (next: Progress) => boolean | Promise<boolean>;
};

/** Come back when three times as long has passed since the end: after two minutes at least, an hour at most. */
const notReady = (secondsSinceEnd: number): FeishuError =>
  new FeishuError('NOT_READY', 'Feishu has no participants of this meeting yet', {
    waitSeconds: Math.ceil(Math.min(Math.max(2 * secondsSinceEnd, 120), 3600)),
  });

/** What a read is made of: one list, or of a webinar that of the panellists and that of the audience. */
const listsOf = (webinar: boolean): readonly { webinarRole?: '0' | '3' }[] =>
  webinar ? [{ webinarRole: '0' }, { webinarRole: '3' }] : [{}];

const readLists = async (client: FeishuClient, meeting: Meeting, from: Reading, options: Options): Promise<Reading> => {
  const { meetingNo, startsAt, endsAt } = meeting;
  let reading = from;
  for (const [list, role] of listsOf(from.webinar).entries()) {
    if (list < from.list) continue;
    await listParticipants(
      client,
      { meetingNo, startsAt, endsAt, ...role },
      {
        ...options,
        from: reading,
        onPage: async (rows, next) => {
          const place = next ?? { list: list + 1, pageToken: '', used: [''], rows: reading.rows + rows.length };
          const done = { pages: reading.pages + 1, calls: reading.calls + 1 };
          reading = { ...reading, ...place, ...done, at: Math.floor(options.clock.now() / 1000) };
          await options.onPage({ list, rows }, reading);
        },
      },
    );
  }
  return reading;
};

/**
 * Reads all rows of an ended meeting once, from its first page or from where an earlier run left off. Every page, or an error.
 * It has no rows only when the meeting settled an hour ago: before, that is an unfinished record.
 * @throws {FeishuError} `NOT_READY` with `waitSeconds` while there is no record and the end is under an hour ago,
 * `NO_SUCH_MEETING` after that, or when a read that had rows cannot go on; whatever a page failed with.
 */
export const readList = async (
  client: FeishuClient,
  meeting: Meeting,
  from: Reading,
  options: Options,
): Promise<void> => {
  const now = options.clock.now() / 1000;
  const settled = isSettled(meeting, now);
  try {
    const { rows } = await readLists(client, meeting, from, options);
    if (rows === 0 && !settled) throw notReady(now - meeting.endsAt);
  } catch (error) {
    const missing = error instanceof FeishuError && error.code === 'NO_SUCH_MEETING';
    throw missing && !settled && from.rows === 0 ? notReady(now - meeting.endsAt) : error;
  }
};
