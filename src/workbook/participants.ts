import type { Detail, Participant } from '../domain/meeting.ts';
import type { Told } from '../domain/report.ts';
import { countOf, type Sequence } from '../domain/sequence.ts';
import type { Words } from '../words/words.ts';
import type { Context } from './context.ts';
import type { Value } from './rows.ts';
import type { Column, Table } from './table.ts';
import { duration, momentIn } from './time.ts';

/** A row as fetched, and the name on the line that it counts for. */
type Fetched = { row: Participant; countedAs: string | null };

/** Every row in Feishu's order. A time that could not be read shows the text Feishu sent. */
export const participantsTable = ({ report, words, timeZone }: Context): Table<Fetched> => {
  const { participants: header, attendance } = words;
  const at = momentIn(timeZone);

  const text = (header: string, width: number, value: (row: Participant) => Value): Column<Fetched> => ({
    header,
    width,
    style: 'text',
    value: ({ row }) => value(row),
  });
  const id = (header: string, width: number, value: (row: Participant) => Value): Column<Fetched> => ({
    ...text(header, width, value),
    style: 'shrink',
  });
  const yesNo = (header: string, value: (row: Participant) => boolean) =>
    text(header, 10, (row) => (value(row) ? words.yes : words.no));
  const detail = (key: keyof Detail) => text(header[key], 16, (row) => row.detail?.[key] ?? null);
  const time = (header: string, value: (row: Participant) => Value): Column<Fetched> => ({
    ...text(header, 20, value),
    style: 'dateTime',
  });
  const columns: Column<Fetched>[] = [
    text(attendance.name, 17, (row) => row.name),
    text(attendance.department, 18, (row) => row.department),
    text(attendance.employeeId, 13, (row) => row.employeeId),
    id(attendance.email, 24, (row) => row.email),
    time(header.joined, (row) => row.unreadable?.joinTime ?? at(row.joinedAt)),
    time(header.left, (row) => row.unreadable?.leaveTime ?? at(row.leftAt)),
    {
      ...text(
        header.connected,
        11,
        (row) =>
          row.unreadable?.timeInMeeting ?? (row.connectedSeconds === null ? null : duration(row.connectedSeconds)),
      ),
      style: 'duration',
    },
    text(header.leaveReason, 14, (row) => row.leaveReason),
    text(attendance.reply, 13, (row) => words.replies[row.reply]),
    yesNo(attendance.external, (row) => row.external),
    text(header.device, 14, (row) => row.device),
    text(header.appVersion, 13, (row) => row.appVersion),
    text(header.networkType, 10, (row) => row.networkType),
    text(header.protocol, 10, (row) => row.protocol),
    yesNo(header.rtcProxy, (row) => row.rtcProxy),
    yesNo(header.audio, (row) => row.audio),
    yesNo(header.video, (row) => row.video),
    yesNo(header.sharing, (row) => row.sharing),
    text(header.webinarRole, 14, (row) => webinarRole(row, words)),
    id(attendance.userId, 20, (row) => row.userId),
    id(header.meetingRoomId, 20, (row) => row.meetingRoomId),
    ...(countOf(report.snapshot.participants, (row) => row.detail !== undefined) > 0 ? DETAIL.map(detail) : []),
    ...(report.meeting.parts
      ? [{ ...text(header.part, 8, ({ part = 0 }) => part + 1), style: 'integer' as const }]
      : []),
    { ...text(header.countedAs, 18, () => null), value: ({ countedAs }) => countedAs },
  ];
  return {
    name: words.sheets.participants,
    columns,
    records: fetchedRows(report, header.room),
    frozenColumns: 1,
  };
};

/** Attendees come in the order of their first row, so each row's is the next, or one whose other rows went before. */
const fetchedRows = ({ judged, rooms, snapshot: { participants } }: Told, room: string): Sequence<Fetched> => ({
  length: participants.length,
  *[Symbol.iterator]() {
    /** Of rooms, and of the other rows of people with more than one. */
    const known = new Map(rooms.map(({ row }) => [row, room]));
    const people = judged[Symbol.iterator]();
    let next = people.next();
    let index = 0;
    for (const row of participants) {
      if (!next.done && next.value.rows[0] === index) {
        const { name, rows } = next.value;
        for (const other of rows.slice(1)) known.set(other, name);
        next = people.next();
        yield { row, countedAs: name };
      } else yield { row, countedAs: known.get(index) ?? null };
      index += 1;
    }
  },
});

const DETAIL = ['phone', 'publicIp', 'internalIp', 'location', 'microphone', 'speaker', 'camera'] as const;

const webinarRole = ({ webinarRole }: Participant, { webinarRoles }: Words): string => {
  if (webinarRole === '0') return webinarRoles.panellist;
  return webinarRole === '3' ? webinarRoles.audience : webinarRole;
};
