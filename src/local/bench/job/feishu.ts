import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Meeting } from '../../../domain/meeting.ts';

/** A Feishu that answers every call after the same time, in a process of its own, so that its work is not counted. */

export const pageMs = 100;
const pageSize = 100;

export const pagesOf = (people: number): number => Math.ceil(people / pageSize);

const startsAt = Date.UTC(2026, 10, 16, 1) / 1000;
export const townHall: Meeting = {
  instanceId: '6911188411934433028',
  meetingNo: '235812466',
  topic: '全员大会',
  startsAt,
  endsAt: startsAt + 3600,
  ownerOpenId: 'ou_0',
};

/** One row with all 28 fields, about as long as a real one. */
const rowAt = (index: number): object => ({
  participant_name: `王小明${index}`,
  department: '客户成功部',
  user_id: `ou_${String(index).padStart(32, '0')}`,
  meeting_room_id: '',
  employee_id: String(100_000 + index),
  phone: '+86 138 0000 0000',
  email: `user${index}@example.com`,
  device: 'Windows',
  app_version: '7.21.5',
  public_ip: '203.0.113.7',
  internal_ip: '192.0.2.7',
  use_rtc_proxy: false,
  location: '上海',
  network_type: 'wifi',
  protocol: 'udp',
  microphone: '麦克风阵列 (Realtek(R) Audio)',
  speaker: '扬声器 (Realtek(R) Audio)',
  camera: 'HD Camera',
  audio: true,
  video: index % 2 === 0,
  sharing: false,
  join_time: `2026.11.16 09:0${index % 10}:${10 + (index % 50)} (GMT+08:00)`,
  leave_time: '2026.11.16 10:00:00 (GMT+08:00)',
  time_in_meeting: `00:4${index % 10}:${10 + (index % 50)}`,
  leave_reason: '主持人结束会议',
  accept_status: 1,
  is_external: false,
  webinar_user_role: '',
});

export const pageAt = (from: number, people: number): string => {
  const to = Math.min(from + pageSize, people);
  const participants = Array.from({ length: to - from }, (_, n) => rowAt(from + n));
  const more = to < people ? { has_more: true, page_token: String(to) } : { has_more: false };
  return JSON.stringify({ code: 0, msg: 'success', data: { participants, ...more } });
};

const meetings = (people: number): string => {
  const { instanceId, meetingNo } = townHall;
  const counts = { number_of_participants: String(people), number_of_devices: String(people) };
  const record = {
    meeting_instance_id: instanceId,
    meeting_id: meetingNo,
    meeting_start_time: '2026.11.16 09:00:00 (GMT+08:00)',
    meeting_end_time: '2026.11.16 10:00:00 (GMT+08:00)',
    ...counts,
  };
  return JSON.stringify({ code: 0, msg: 'success', data: { meeting_list: [record], has_more: false } });
};

const answerMs = Number(process.env.BENCH_PAGE_MS ?? pageMs);

/** Serves, when this process was started by `startFeishu`. */
const serve = async (people: number): Promise<void> => {
  const bodyOf = ({ pathname, searchParams }: URL): string => {
    if (pathname.endsWith('/participant_list')) return pageAt(Number(searchParams.get('page_token')), people);
    if (pathname.endsWith('/meeting_list')) return meetings(people);
    return '{"code":0,"msg":"ok","tenant_access_token":"t-bench","expire":7200}';
  };
  const server = createServer((request, response) => {
    const dueAt = performance.now() + answerMs;
    const body = bodyOf(new URL(request.url ?? '/', 'http://feishu'));
    const send = () => response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    setTimeout(send, dueAt - performance.now());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.((server.address() as AddressInfo).port);
  process.once('disconnect', () => process.exit());
};

export const isServer = process.argv[3] === 'serve';
if (isServer) await serve(Number(process.argv[2]));

/** Starts it for a meeting of so many people; the program that calls this has to end when `isServer`. */
export const startFeishu = async (program: string, people: number): Promise<{ url: string; stop: () => void }> => {
  const child: ChildProcess = fork(program, [String(people), 'serve'], { execArgv: [] });
  const [port] = await once(child, 'message');
  return { url: `http://127.0.0.1:${port}`, stop: () => child.disconnect() };
};
