import * as z from 'zod';
import type { Announced, Meeting } from '../domain/meeting.ts';
import type { FeishuClient } from './client.ts';
import { FeishuError, refusal } from './error.ts';
import { count, text } from './fields.ts';
import { pageSchema, readAnswer, unreadPage } from './page.ts';
import { allPages } from './paging.ts';
import { parseFeishuTime } from './time.ts';

const path = '/open-apis/vc/v1/meeting_list';
const yearSeconds = 366 * 86_400;
const webinarSubtype = '8';

/** Ended meetings between two Unix seconds at most a year apart; at most one of the three filters. */
type MeetingQuery = { from: number; to: number; meetingNo?: string; userId?: string; roomId?: string };

/** An ended meeting as Feishu's list shows it; a time is null when it cannot be read. */
export type MeetingRecord = Omit<Meeting, 'startsAt' | 'endsAt'> & {
  startsAt: number | null;
  endsAt: number | null;
  webinar: boolean;
  external: boolean;
  announced: Announced;
};

const field = z.unknown().optional();
const recordSchema = z
  .object({
    meeting_id: field,
    meeting_instance_id: field,
    meeting_topic: field,
    meeting_subtype: field,
    user_id: field,
    meeting_start_time: field,
    meeting_end_time: field,
    number_of_participants: field,
    number_of_devices: field,
    number_of_webinar_viewers: field,
    is_external: field,
  })
  .transform(
    (record): MeetingRecord => ({
      instanceId: text(record.meeting_instance_id),
      meetingNo: text(record.meeting_id),
      topic: text(record.meeting_topic),
      startsAt: parseFeishuTime(text(record.meeting_start_time)),
      endsAt: parseFeishuTime(text(record.meeting_end_time)),
      ownerOpenId: text(record.user_id),
      webinar: text(record.meeting_subtype) === webinarSubtype,
      external: record.is_external === true,
      announced: {
        participants: count(record.number_of_participants),
        devices: count(record.number_of_devices),
        viewers: count(record.number_of_webinar_viewers),
      },
    }),
  );

const meetingsPage = pageSchema({ meeting_list: z.array(recordSchema).nullish() });

/** @throws {FeishuError} with code 121003, 126004, 126006 or 126008, before a call is spent on it. */
const checkQuery = ({ from, to, meetingNo, userId, roomId }: MeetingQuery): void => {
  if (!Number.isInteger(from) || from < 0) throw refusal(121003, 'start_time must be whole Unix seconds');
  if (!Number.isInteger(to)) throw refusal(121003, 'end_time must be whole Unix seconds');
  if (to < from) throw refusal(126006, 'end_time is before start_time');
  if (to - from > yearSeconds) throw refusal(126006, 'end_time is more than a year after start_time');
  const filters = [meetingNo, userId, roomId].filter((value) => value !== undefined);
  if (filters.length > 1) throw refusal(126008, 'only one of meeting_no, user_id and room_id can be set');
  if (meetingNo !== undefined && !/^\d{9}$/.test(meetingNo)) throw refusal(126004, 'meeting_no must have nine digits');
};

/**
 * Every ended meeting in a span of time, webinars and meetings of other companies too (Feishu leaves both out by default).
 * @param options.deadlineAt Milliseconds of the client's clock.
 * @throws {FeishuError} as listParticipants does.
 * @see https://open.feishu.cn/document/server-docs/vc-v1/meeting-room-data/get (100 calls a minute)
 */
export const listMeetings = async (
  client: FeishuClient,
  query: MeetingQuery,
  options: { deadlineAt: number },
): Promise<MeetingRecord[]> => {
  checkQuery(query);
  const records: MeetingRecord[] = [];
  const fetchPage = async (pageToken: string) => {
    const answer = await client.get(path, {
      deadlineAt: options.deadlineAt,
      query: {
        start_time: query.from,
        end_time: query.to,
        meeting_status: 2,
        meeting_no: query.meetingNo,
        user_id: query.userId,
        room_id: query.roomId,
        page_size: 100,
        page_token: pageToken,
        include_external_meetings: true,
        include_webinar: true,
      },
    });
    return unreadPage('meeting_list', answer, () => readAnswer(meetingsPage, answer).data.meeting_list ?? []);
  };
  await allPages(fetchPage, {
    onPage: (items) => {
      for (const record of items) records.push(record);
    },
  });
  return records;
};

/** Room for a list whose times differ from the event's by seconds. */
const marginSeconds = 60;
/** Feishu tells of no meeting that is longer. */
const daySeconds = 86_400;

/**
 * The instances of a meeting's number within a day of it, itself among them if the list knows it: one call tells what was
 * announced and what may be another part of the same restarted meeting.
 * @param options.now Unix seconds.
 */
export const listInstances = (
  client: FeishuClient,
  { meetingNo, startsAt, endsAt }: Pick<Meeting, 'meetingNo' | 'startsAt' | 'endsAt'>,
  { now, deadlineAt }: { now: number; deadlineAt: number },
): Promise<MeetingRecord[]> => {
  const from = Math.max(0, startsAt - daySeconds);
  const to = Math.max(endsAt + marginSeconds, Math.min(Math.floor(now), endsAt + daySeconds));
  return listMeetings(client, { from, to, meetingNo }, { deadlineAt });
};

/**
 * The meeting to file a report for.
 * @throws {FeishuError} `BAD_ANSWER` when the list does not say which instance of which number it was, or from when to when.
 */
export const toMeeting = ({ instanceId, meetingNo, topic, startsAt, endsAt, ownerOpenId }: MeetingRecord): Meeting => {
  if (!/^[\w-]{1,64}$/.test(instanceId))
    throw new FeishuError('BAD_ANSWER', `${path}: meeting_instance_id is unusable`);
  if (!/^\d{9}$/.test(meetingNo))
    throw new FeishuError('BAD_ANSWER', `${path}: meeting_id of instance ${instanceId} is not nine digits`);
  if (startsAt === null || endsAt === null || endsAt < startsAt)
    throw new FeishuError('BAD_ANSWER', `${path}: the times of instance ${instanceId} cannot be read`);
  return { instanceId, meetingNo, topic, startsAt, endsAt, ownerOpenId };
};
