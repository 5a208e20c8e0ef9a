import type { Detail, Participant } from '../domain/meeting.ts';
import type { Words } from '../words/words.ts';
import type { Context } from './context.ts';
import type { Value } from './rows.ts';
import type { Column, Table } from './table.ts';
import { duration, momentIn } from './time.ts';

/** A row as fetched and the line it counts for. */
type Fetched = { row: Participant; index: number };

/** Every row in Feishu's order. A time that could not be read shows the text Feishu sent. */
export const participantsTable = ({ report, words, timeZone }: Context): Table<Fetched> => {
  const { participants: header, attendance } = words;
  const at = momentIn(timeZone);
  const countedAs: string[] = [];
  for (const { rows, name } of report.judged) for (const row of rows) countedAs[row] = name;
  for (const { row } of report.rooms) countedAs[row] = header.room;

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
    text(header, 9, (row) => (value(row) ? words.yes : words.no));
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
    ...(report.snapshot.participants.some((row) => row.detail !== undefined) ? DETAIL.map(detail) : []),
    ...(report.meeting.parts
      ? [{ ...text(header.part, 8, ({ part = 0 }) => part + 1), style: 'integer' as const }]
      : []),
    { ...text(header.countedAs, 18, () => null), value: ({ index }) => countedAs[index] ?? null },
  ];
  return {
    name: words.sheets.participants,
    columns,
    records: report.snapshot.participants.map((row, index) => ({ row, index })),
    frozenColumns: 1,
  };
};

const DETAIL = ['phone', 'publicIp', 'internalIp', 'location', 'microphone', 'speaker', 'camera'] as const;

const webinarRole = ({ webinarRole }: Participant, { webinarRoles }: Words): string => {
  if (webinarRole === '0') return webinarRoles.panellist;
  return webinarRole === '3' ? webinarRoles.audience : webinarRole;
};
