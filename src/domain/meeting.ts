/** The words of the project as types. Texts are trimmed, '' means nothing; times are Unix seconds in UTC. */

/** One ended meeting instance. The nine-digit number is reused, the instance id never. */
export type Meeting = {
  instanceId: string;
  meetingNo: string;
  topic: string;
  startsAt: number;
  endsAt: number;
  ownerOpenId: string;
  /** The instances of a restarted meeting in their order, two or more; an ordinary meeting has none. */
  parts?: readonly Part[];
};

/** One instance of a restarted meeting. */
export type Part = { instanceId: string; startsAt: number; endsAt: number };

/** The calendar answer (`accept_status`); `unknown` when there was no calendar invitation or a new value appears. */
export type Reply = (typeof replies)[number];

/** Of several on one person the first of these wins. */
export const replies = ['accepted', 'tentative', 'declined', 'noResponse', 'unknown'] as const;

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
  /** In a restarted meeting the index of the part that the row tells of. */
  part?: number;
};

/** What meeting_list announced for the instance; null where it said nothing. */
export type Announced = { participants: number | null; devices: number | null; viewers: number | null };

/** What shows that no row is missing: the counts reach what Feishu announced, or two reads of the list agree. */
export type Proof = 'counts' | 'two-reads';

/** A read of the whole list that proved nothing by itself, as it is remembered for the next one. */
export type Read = {
  /** Unix seconds of its end. */
  at: number;
  rows: number;
  /** People who joined. */
  people: number;
  calls: number;
  /** SHA-256 over the rows, whatever their order. */
  fingerprint: string;
  /** In a restarted meeting the index of the part that was read. */
  part?: number;
};

/** How far a read has come that is not at its end yet, and what it needs to go on as the same read. */
export type Reading = {
  /** What meeting_list said before its first page. */
  announced: Announced | null;
  webinar: boolean;
  /** Whether it repeats the read before it at once. */
  repeats: boolean;
  /** Which of the lists it is made of (a webinar has two) goes on; their number when all were read. */
  list: number;
  /** Where that list goes on, and the tokens used in it. */
  pageToken: string;
  used: readonly string[];
  /** Pages and rows of all its lists, and the calls that took. */
  pages: number;
  rows: number;
  calls: number;
  /** Unix seconds of its last page. */
  at: number;
};

/** One page as Feishu sent it, of one of the lists that a read is made of. */
export type ListPage = { list: number; rows: readonly Participant[] };

/** Pages of a read that were read in one go, and how far it came with them. */
export type Slice = { pages: readonly ListPage[]; reading: Reading };

/** All rows of a meeting as they were last read. `complete` (sealed) means that none is missing. */
export type Snapshot = {
  participants: readonly Participant[];
  complete: boolean;
  /** null when incomplete, and when only the end of paging speaks for it (files, snapshots of an earlier version). */
  proof: Proof | null;
  pages: number;
  /** How often the whole list was read, and the calls that took; null when nobody counted them. */
  reads: number;
  calls: number | null;
  /** null when the rows came from files that do not say. */
  fetchedAt: number | null;
  /** null when meeting_list does not know the instance. */
  announced: Announced | null;
  webinar: boolean;
};
