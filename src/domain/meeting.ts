/** The words of the project as types. Texts are trimmed, '' means nothing; times are Unix seconds in UTC. */

/** One ended meeting instance. The nine-digit number is reused, the instance id never. */
export type Meeting = {
  instanceId: string;
  meetingNo: string;
  topic: string;
  startsAt: number;
  endsAt: number;
  ownerOpenId: string;
};

/** The calendar answer (`accept_status`); `unknown` when there was no calendar invitation or a new value appears. */
export type Reply = 'accepted' | 'tentative' | 'declined' | 'noResponse' | 'unknown';

/** Fields that only a report of full detail keeps: whereabouts and hardware are personal data no verdict needs. */
export type Detail = {
  phone: string;
  publicIp: string;
  internalIp: string;
  location: string;
  microphone: string;
  speaker: string;
  camera: string;
};

/** One row as Feishu reports it: inside [joinedAt, leftAt] this device was connected for connectedSeconds. */
export type Participant = {
  name: string;
  department: string;
  userId: string;
  meetingRoomId: string;
  employeeId: string;
  email: string;
  device: string;
  appVersion: string;
  networkType: string;
  protocol: string;
  rtcProxy: boolean;
  audio: boolean;
  video: boolean;
  sharing: boolean;
  /** First join; null when missing or unreadable. */
  joinedAt: number | null;
  /** Last leave; null when missing, "-" or unreadable. */
  leftAt: number | null;
  /** Cumulative connected time; null when missing or unreadable. */
  connectedSeconds: number | null;
  leaveReason: string;
  reply: Reply;
  external: boolean;
  /** "0" panellist, "3" audience, '' outside webinars. */
  webinarRole: string;
  /** The text of times that could not be read, so that HR sees what Feishu sent. */
  unreadable?: { joinTime?: string; leaveTime?: string; timeInMeeting?: string };
  detail?: Detail;
};

/** What meeting_list announced for the instance; null where it said nothing. */
export type Announced = { participants: number | null; devices: number | null; viewers: number | null };

/** One fetch of all rows. `complete` (sealed) means that paging reached its end. */
export type Snapshot = {
  participants: readonly Participant[];
  complete: boolean;
  pages: number;
  /** null when the rows came from files that do not say. */
  fetchedAt: number | null;
  /** null when meeting_list does not know the instance. */
  announced: Announced | null;
  webinar: boolean;
};
