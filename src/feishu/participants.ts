import * as z from 'zod';
import type { Participant } from '../domain/meeting.ts';
import type { FeishuClient } from './client.ts';
import type { Clock } from './clock.ts';
import { refusal } from './error.ts';
import { type Page, pageSchema, readAnswer, unreadPage } from './page.ts';
import { allPages, type PagingOptions, type Progress } from './paging.ts';
import { type DetailLevel, rowSchema, toParticipant } from './row.ts';

const path = '/open-apis/vc/v1/participant_list';
/** The longest span that can be asked for. */
export const longestSeconds = 86_400;
const statuses = { running: 1, ended: 2, upcoming: 3 } as const;

/** Everything that participant_list can be asked by. Times are Unix seconds; an ended meeting needs its exact end. */
export type ParticipantQuery = {
  meetingNo: string;
  startsAt: number;
  endsAt: number;
  /** Default `ended`. */
  status?: keyof typeof statuses;
  userId?: string;
  roomId?: string;
  /** 20–100, default 100. */
  pageSize?: number;
  /** Of a webinar: "0" panellists, "3" audience. */
  webinarRole?: '0' | '3';
  /** Default `open_id`. */
  userIdType?: 'open_id' | 'union_id' | 'user_id';
};

/**
 * Throws what Feishu itself would answer, before a call is spent on it.
 * @param now Unix seconds.
 * @throws {FeishuError} with code 126003–126007 or 121003.
 */
export const checkParticipantQuery = (query: ParticipantQuery, now: number): void => {
  const { meetingNo, startsAt, endsAt, userId, roomId, pageSize = 100 } = query;
  if (/^-\d+$/.test(meetingNo)) throw refusal(126003, 'meeting_no is below 0');
  if (!/^\d{9}$/.test(meetingNo)) throw refusal(126004, 'meeting_no must have nine digits');
  if (!Number.isInteger(startsAt)) throw refusal(121003, 'meeting_start_time must be whole Unix seconds');
  if (!Number.isInteger(endsAt)) throw refusal(121003, 'meeting_end_time must be whole Unix seconds');
  if (startsAt < 0 || startsAt > now) throw refusal(126005, 'meeting_start_time must lie between 0 and now');
  if (endsAt < startsAt) throw refusal(126006, 'meeting_end_time is before meeting_start_time');
  if (endsAt - startsAt > longestSeconds)
    throw refusal(126006, 'meeting_end_time is more than a day after meeting_start_time');
  if (userId && roomId) throw refusal(126007, 'user_id and room_id cannot be set together');
  if (!Number.isInteger(pageSize) || pageSize < 20 || pageSize > 100) {
    throw refusal(121003, 'page_size must be a whole number from 20 to 100');
  }
};

const participantsPage = pageSchema({ participants: z.array(rowSchema).nullish() });

/**
 * Reads one whole answer `{code, msg, data}` of participant_list.
 * @throws {FeishuError} `BAD_ANSWER` naming the place, also for a `code` other than 0.
 */
export const parsePage = (answer: unknown, detail: DetailLevel): Page<Participant> => {
  const { data } = readAnswer(participantsPage, answer);
  return {
    items: (data.participants ?? []).map((row) => toParticipant(row, detail)),
    pageToken: String(data.page_token ?? ''),
    hasMore: data.has_more,
  };
};

/**
 * Every participant row of one meeting, in Feishu's order, page by page to `onPage`; no rows when nobody joined.
 * Complete or nothing: a failed page throws, so "absent" never means "page 2 was lost".
 * @param options.deadlineAt Milliseconds of the clock after which no call is started.
 * @throws {FeishuError} whatever a page failed with; `PAGING_STALLED`; forbidden input with Feishu's own code.
 * @see https://open.feishu.cn/document/server-docs/vc-v1/meeting-room-data/get-2 (20–100 rows a page, 100 calls a minute)
 */
export const listParticipants = async (
  client: FeishuClient,
  query: ParticipantQuery,
  options: PagingOptions<Participant> & { clock: Clock; detail: DetailLevel; deadlineAt: number },
): Promise<Progress> => {
  checkParticipantQuery(query, options.clock.now() / 1000);
  return allPages(async (pageToken) => {
    const answer = await client.get(path, {
      deadlineAt: options.deadlineAt,
      query: {
        meeting_start_time: query.startsAt,
        meeting_end_time: query.endsAt,
        meeting_no: query.meetingNo,
        meeting_status: statuses[query.status ?? 'ended'],
        user_id: query.userId,
        room_id: query.roomId,
        page_size: query.pageSize ?? 100,
        page_token: pageToken,
        webinar_user_role: query.webinarRole,
        user_id_type: query.userIdType ?? 'open_id',
      },
    });
    return unreadPage('participants', answer, () => parsePage(answer, options.detail).items);
  }, options);
};
