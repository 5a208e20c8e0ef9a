import * as z from 'zod';
import type { Participant, Reply } from '../domain/meeting.ts';
import { text } from './fields.ts';
import { parseDuration, parseFeishuTime } from './time.ts';

/** `standard` drops whereabouts and hardware while parsing, so that they are never stored; `full` keeps all 28 fields. */
export type DetailLevel = 'standard' | 'full';

const field = z.unknown().optional();

/** Every field may be missing, null or of another primitive type; only something that is no object is refused. */
export const rowSchema = z.object({
  participant_name: field,
  department: field,
  user_id: field,
  meeting_room_id: field,
  employee_id: field,
  phone: field,
  email: field,
  device: field,
  app_version: field,
  public_ip: field,
  internal_ip: field,
  use_rtc_proxy: field,
  location: field,
  network_type: field,
  protocol: field,
  microphone: field,
  speaker: field,
  camera: field,
  audio: field,
  video: field,
  sharing: field,
  join_time: field,
  leave_time: field,
  time_in_meeting: field,
  leave_reason: field,
  accept_status: field,
  is_external: field,
  webinar_user_role: field,
});

type Row = z.infer<typeof rowSchema>;

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
