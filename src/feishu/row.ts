import * as z from 'zod';
import type { Participant, Reply } from '../domain/meeting.ts';
import { text } from './fields.ts';
import { parseDuration, parseFeishuTime } from './time.ts';

/** `standard` drops whereabouts and hardware while parsing, so that they are never stored; `full` keeps all 28 fields. */
export type DetailLevel = 'standard' | 'full';

/** The 28 documented fields; each may be missing, null or of another type, and every other one is ignored. */
type Row = Partial<
  Record<
    | 'participant_name'
    | 'department'
    | 'user_id'
    | 'meeting_room_id'
    | 'employee_id'
    | 'phone'
    | 'email'
    | 'device'
    | 'app_version'
    | 'public_ip'
    | 'internal_ip'
    | 'use_rtc_proxy'
    | 'location'
    | 'network_type'
    | 'protocol'
    | 'microphone'
    | 'speaker'
    | 'camera'
    | 'audio'
    | 'video'
    | 'sharing'
    | 'join_time'
    | 'leave_time'
    | 'time_in_meeting'
    | 'leave_reason'
    | 'accept_status'
    | 'is_external'
    | 'webinar_user_role',
    unknown
  >
>;

/** Only something that is no object is refused. A schema that names every field would cost twice as much as `JSON.parse`. */
export const rowSchema = z.custom<Row>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  {
    error: 'expected object',
  },
);

const replies = new Map<string, Reply>([
  ['1', 'accepted'],
  ['2', 'declined'],
  ['3', 'tentative'],
  ['4', 'noResponse'],
]);

/** The texts of times that are there but cannot be read; null when there are none. */
const unreadable = (row: Row, read: Pick<Participant, 'joinedAt' | 'leftAt' | 'connectedSeconds'>) => {
  const joinTime = read.joinedAt === null ? text(row.join_time) : '';
  const leaveTime = read.leftAt === null ? text(row.leave_time) : '';
  const timeInMeeting = read.connectedSeconds === null ? text(row.time_in_meeting) : '';
  if (!joinTime && !leaveTime && !timeInMeeting) return null;
  return { ...(joinTime && { joinTime }), ...(leaveTime && { leaveTime }), ...(timeInMeeting && { timeInMeeting }) };
};

/** One row in our words. A value that cannot be read becomes nothing, never a guess. */
export const toParticipant = (row: Row, detail: DetailLevel): Participant => {
  const times = {
    joinedAt: parseFeishuTime(text(row.join_time)),
    leftAt: parseFeishuTime(text(row.leave_time)),
    connectedSeconds: parseDuration(text(row.time_in_meeting)),
  };
  const participant: Participant = {
    name: text(row.participant_name),
    department: text(row.department),
    userId: text(row.user_id),
    meetingRoomId: text(row.meeting_room_id),
    employeeId: text(row.employee_id),
    email: text(row.email),
    device: text(row.device),
    appVersion: text(row.app_version),
    networkType: text(row.network_type),
    protocol: text(row.protocol),
    rtcProxy: row.use_rtc_proxy === true,
    audio: row.audio === true,
    video: row.video === true,
    sharing: row.sharing === true,
    ...times,
    leaveReason: text(row.leave_reason),
    reply: replies.get(text(row.accept_status)) ?? 'unknown',
    external: row.is_external === true,
    webinarRole: text(row.webinar_user_role),
  };
  const unread = unreadable(row, times);
  if (unread) participant.unreadable = unread;
  if (detail === 'full') {
    participant.detail = {
      phone: text(row.phone),
      publicIp: text(row.public_ip),
      internalIp: text(row.internal_ip),
      location: text(row.location),
      microphone: text(row.microphone),
      speaker: text(row.speaker),
      camera: text(row.camera),
    };
  }
  return participant;
};
