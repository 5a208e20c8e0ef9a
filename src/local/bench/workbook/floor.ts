import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';
import { judgedAt, participantAt } from './people.ts';

/**
 * The least that the two large sheets can cost: every row joined as XML by hand, for these columns, in this language and
 * time zone alone; then checksum, deflate at level 1, and a file. No styles, no heights, no widths, nothing to adapt.
 */

const count = Number(process.argv[2]);
const [SHANGHAI, DAY, EPOCH] = [8 * 3600, 86_400, 25_569];

const escaped = (text: string): string =>
  /[<>&]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;') : text;
const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`);
const clock = (seconds: number): string =>
  `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
const text = (cell: string, value: string): string =>
  value === '' ? `<c r="${cell}" s="1"/>` : `<c r="${cell}" s="1" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`;
const number = (cell: string, value: number | null): string =>
  value === null ? `<c r="${cell}" s="1"/>` : `<c r="${cell}" s="1"><v>${value}</v></c>`;
const moment = (seconds: number | null) => (seconds === null ? null : EPOCH + (seconds + SHANGHAI) / DAY);
const some = (seconds: number) => (seconds > 0 ? seconds / DAY : null);

const EXPECTED = { required: '应到', optional: '可选', excused: '免到' };
const REPLIED = { accepted: '接受', tentative: '待定', declined: '拒绝', noResponse: '未回复', unknown: '未知' };
const FLAGGED: Record<string, string> = { late: '迟到', 'left-early': '早退', 'ambiguous-presence': '在会时长不确定' };
const VERDICT: Record<string, string> = {
  attended: '已出席',
  insufficient: '未达标',
  absent: '缺席',
  undetermined: '待核实',
  'not-required': '无需出席',
};

const attendanceRow = (index: number): string => {
  const j = judgedAt(index);
  const r = index + 2;
  const { certainSeconds: certain, possibleSeconds: possible } = j;
  const kind = j.verdict.kind;
  let why = kind === 'not-required' ? `日程回复为“${REPLIED[j.reply]}”，按规则为${EXPECTED[j.expectation]}。` : '';
  if (kind === 'absent') why += '从未入会';
  else why += certain === possible ? `在会 ${clock(certain)}` : `确认在会 ${clock(certain)}，最多 ${clock(possible)}`;
  why += `；要求 ${clock(j.requiredSeconds)}。`;
  if (kind === 'undetermined') why += '在会时长缺失，或与入会、离会时间矛盾。';
  if (j.lateSeconds > 0) why += `开始后 ${clock(j.lateSeconds)} 入会（允许 5 分钟）。`;
  if (j.leftEarlySeconds > 0) why += `结束前 ${clock(j.leftEarlySeconds)} 离会（允许 5 分钟）。`;
  return `<row r="${r}">${text(`A${r}`, j.name)}${text(`B${r}`, j.employeeId)}${text(`C${r}`, j.department)}${text(`D${r}`, j.email)}${text(`E${r}`, j.external ? '是' : '')}${text(`F${r}`, REPLIED[j.reply])}${text(`G${r}`, EXPECTED[j.expectation])}${text(`H${r}`, VERDICT[kind] ?? '')}${text(`I${r}`, why)}${text(`J${r}`, j.flags.map((flag) => FLAGGED[flag]).join('、'))}${number(`K${r}`, moment(j.firstJoin))}${number(`L${r}`, moment(j.lastLeave))}${number(`M${r}`, certain / DAY)}${number(`N${r}`, possible / DAY)}${number(`O${r}`, j.requiredSeconds / DAY)}${number(`P${r}`, certain / 3600)}${number(`Q${r}`, some(j.lateSeconds))}${number(`R${r}`, some(j.leftEarlySeconds))}${text(`S${r}`, j.userId)}</row>`;
};

const yesNo = (cell: string, yes: boolean): string => text(cell, yes ? '是' : '否');

const participantRow = (index: number): string => {
  const p = participantAt(index);
  const r = index + 2;
  const connected = p.connectedSeconds === null ? null : p.connectedSeconds / DAY;
  return `<row r="${r}">${text(`A${r}`, p.name)}${text(`B${r}`, p.department)}${text(`C${r}`, p.employeeId)}${text(`D${r}`, p.email)}${number(`E${r}`, moment(p.joinedAt))}${number(`F${r}`, moment(p.leftAt))}${number(`G${r}`, connected)}${text(`H${r}`, p.leaveReason)}${text(`I${r}`, REPLIED[p.reply])}${yesNo(`J${r}`, p.external)}${text(`K${r}`, p.device)}${text(`L${r}`, p.appVersion)}${text(`M${r}`, p.networkType)}${text(`N${r}`, p.protocol)}${yesNo(`O${r}`, p.rtcProxy)}${yesNo(`P${r}`, p.audio)}${yesNo(`Q${r}`, p.video)}${yesNo(`R${r}`, p.sharing)}${text(`S${r}`, p.webinarRole)}${text(`T${r}`, p.userId)}${text(`U${r}`, p.meetingRoomId)}${text(`V${r}`, p.name)}</row>`;
};

type Entry = { name: string; crc: number; raw: number; packed: number; at: number };

/** One stored or deflated entry's header; the central directory repeats it with a few fields more. */
const header = ({ name, crc, raw, packed, at }: Entry, central: boolean): Buffer => {
  const bytes = Buffer.alloc((central ? 46 : 30) + name.length);
  bytes.writeUInt32LE(central ? 0x02014b50 : 0x04034b50, 0);
  const from = central ? 6 : 4;
  bytes.writeUInt16LE(20, from);
  bytes.writeUInt16LE(8, from + 2); // sizes follow the data
  bytes.writeUInt16LE(8, from + 4); // deflate
  bytes.writeUInt16LE(0x21, from + 8); // 1980-01-01
  bytes.writeUInt32LE(crc, from + 10);
  bytes.writeUInt32LE(packed, from + 14);
  bytes.writeUInt32LE(raw, from + 18);
  bytes.writeUInt16LE(name.length, from + 22);
  if (central) bytes.writeUInt32LE(at, 42);
  bytes.write(name, central ? 46 : 30);
  return bytes;
};

async function* zip(): AsyncGenerator<Buffer> {
  const entries: Entry[] = [];
  let at = 0;
  for (const [name, row] of [
    ['attendance.xml', attendanceRow],
    ['participants.xml', participantRow],
  ] as const) {
    const entry: Entry = { name, crc: 0, raw: 0, packed: 0, at };
    const open = header(entry, false);
    yield open;
    const chunks = function* () {
      let chunk = '<worksheet><sheetData>';
      for (let index = 0; index < count; index++) {
        chunk += row(index);
        if (chunk.length < 65_536 && index + 1 < count) continue;
        const bytes = Buffer.from(index + 1 < count ? chunk : `${chunk}</sheetData></worksheet>`);
        entry.crc = crc32(bytes, entry.crc);
        entry.raw += bytes.length;
        chunk = '';
        yield bytes;
      }
    };
    for await (const bytes of Readable.from(chunks()).pipe(createDeflateRaw({ level: 1 })) as AsyncIterable<Buffer>) {
      entry.packed += bytes.length;
      yield bytes;
    }
    const end = Buffer.alloc(16);
    end.writeUInt32LE(0x08074b50, 0);
    end.writeUInt32LE(entry.crc, 4);
    end.writeUInt32LE(entry.packed, 8);
    end.writeUInt32LE(entry.raw, 12);
    yield end;
    at += open.length + entry.packed + end.length;
    entries.push(entry);
  }
  const directory = Buffer.concat(entries.map((entry) => header(entry, true)));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  yield Buffer.concat([directory, end]);
}

const folder = await mkdtemp(join(tmpdir(), 'floor-'));
const out = process.argv[3] ?? join(folder, 'floor.zip');
await pipeline(zip(), createWriteStream(out));
await rm(folder, { recursive: true });
