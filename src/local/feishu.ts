import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chaos } from './chaos.ts';
import { createFeishuOAuth } from './feishu-oauth.ts';
import { callsPerMinute, createLimiter } from './limiter.ts';
import { feishuDuration, feishuTime, type StoryMeeting, type StoryRow } from './story.ts';

/**
 * A stand-in for Feishu on loopback: tenant tokens, OAuth for users, participant_list and meeting_list with the
 * documented errors, paging and rate limit, and meeting-ended events pushed signed and encrypted.
 */
export type FeishuStandIn = {
  url: string;
  /** Pushes the meeting-ended event to the request URL until it is answered 200, on the platform's schedule. */
  push: (requestUrl: string, meeting: StoryMeeting) => Promise<void>;
  /** Withdraws what a person has authorised. */
  revoke: (openId: string) => void;
  close: () => Promise<void>;
};

export type StandInOptions = {
  credentials: { appId: string; appSecret: string; encryptKey?: string | undefined; verificationToken: string };
  meetings: () => readonly StoryMeeting[];
  /** Milliseconds. */
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  chaos?: Chaos | undefined;
};

type Answer = { status: number; body: object | string; headers?: Record<string, string> };

const day = 86_400;
const retryAfterMs = [15_000, 300_000, 3_600_000, 21_600_000];

const failure = (status: number, code: number, msg: string): Answer => ({ status, body: { code, msg } });
const success = (data: object): Answer => ({ status: 200, body: { code: 0, msg: 'success', data } });

/** One page of a list, by the platform's paging rules: a token only while there is more. */
const page = (query: URLSearchParams, field: string, items: readonly object[]): Answer => {
  const size = Number(query.get('page_size') ?? 20);
  const from = Number(query.get('page_token') ?? 0);
  if (!(size >= 20 && size <= 100) || !Number.isInteger(from)) return failure(400, 121003, 'param error');
  const next = from + size;
  return success({
    [field]: items.slice(from, next),
    has_more: next < items.length,
    ...(next < items.length ? { page_token: String(next) } : {}),
  });
};

type Shown = (meeting: StoryMeeting, pageToken: string | null) => readonly StoryRow[] | null;
const everything: Shown = (meeting) => meeting.rows;

const participantList = (
  query: URLSearchParams,
  { meetings, now, shown }: { meetings: readonly StoryMeeting[]; now: number; shown: Shown },
): Answer => {
  const no = query.get('meeting_no') ?? '';
  const start = Number(query.get('meeting_start_time') ?? Number.NaN);
  const end = Number(query.get('meeting_end_time') ?? Number.NaN);
  if (Number(no) < 0) return failure(400, 126003, 'meeting number invalid');
  if (!/^\d{9}$/.test(no)) return failure(400, 126004, 'meeting number length not correct');
  if (Number.isNaN(start) || Number.isNaN(end)) return failure(400, 121003, 'param error');
  if (start < 0 || start > now) return failure(400, 126005, 'start time error');
  if (end < start || end - start > day) return failure(400, 126006, 'end time error');
  if (query.has('user_id') && query.has('room_id')) return failure(400, 126007, 'userID and roomID');
  const meeting = meetings.find((each) => each.no === no && each.start === start && each.end === end);
  const listed = meeting ? shown(meeting, query.get('page_token')) : null;
  if (listed === null) return failure(400, 126009, 'cannot find meeting');
  const keeps = (field: string, row: StoryRow, value: string | null) => value === null || row[field] === value;
  const rows = listed.filter(
    (row) =>
      keeps('user_id', row, query.get('user_id')) &&
      keeps('meeting_room_id', row, query.get('room_id')) &&
      keeps('webinar_user_role', row, query.get('webinar_user_role')),
  );
  return page(query, 'participants', rows);
};

const meetingList = (query: URLSearchParams, meetings: readonly StoryMeeting[]): Answer => {
  const start = Number(query.get('start_time') ?? Number.NaN);
  const end = Number(query.get('end_time') ?? Number.NaN);
  if (Number.isNaN(start) || Number.isNaN(end)) return failure(400, 121003, 'param error');
  if (end < start || end - start > 366 * day) return failure(400, 126006, 'end time error');
  if (['meeting_no', 'user_id', 'room_id'].filter((filter) => query.has(filter)).length > 1)
    return failure(400, 126008, 'more than one filter');
  const no = query.get('meeting_no');
  const found = meetings.filter(
    (each) =>
      (no === null || each.no === no) &&
      each.start >= start &&
      each.start <= end &&
      (!each.webinar || query.get('include_webinar') === 'true'),
  );
  return page(
    query,
    'meeting_list',
    found.map((each) => {
      const joined = each.rows.filter((row) => row.join_time);
      const people = new Set(joined.map((row) => row.user_id || row.participant_name));
      return {
        meeting_id: each.no,
        meeting_instance_id: each.id,
        meeting_topic: each.topic,
        meeting_type: 2,
        meeting_subtype: each.webinar ? 8 : 1,
        user_id: each.ownerOpenId,
        meeting_start_time: feishuTime(each.start),
        meeting_end_time: feishuTime(each.end),
        meeting_duration: feishuDuration(each.end - each.start),
        number_of_participants: String(people.size),
        number_of_devices: String(joined.length),
        number_of_webinar_viewers: String(joined.filter((row) => row.webinar_user_role === '3').length),
      };
    }),
  );
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** `{encrypt}` and the signature headers, as the platform sends an event when an Encrypt Key is set. */
export const sealPush = (event: object, encryptKey: string | undefined, nowMs: number) => {
  const headers: Record<string, string> = { 'content-type': 'application/json;charset=utf-8' };
  if (!encryptKey) return { headers, body: JSON.stringify(event) };
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(encryptKey).digest(), iv);
  const encrypt = Buffer.concat([iv, cipher.update(JSON.stringify(event)), cipher.final()]).toString('base64');
  const body = JSON.stringify({ encrypt });
  const timestamp = String(Math.floor(nowMs / 1000));
  const nonce = randomBytes(8).toString('hex');
  headers['X-Lark-Request-Timestamp'] = timestamp;
  headers['X-Lark-Request-Nonce'] = nonce;
  headers['X-Lark-Signature'] = createHash('sha256')
    .update(timestamp + nonce + encryptKey + body)
    .digest('hex');
  return { headers, body };
};

/** The event `vc.meeting.all_meeting_ended_v1` of a meeting. */
export const meetingEnded = (meeting: StoryMeeting, credentials: StandInOptions['credentials']) => ({
  schema: '2.0',
  header: {
    event_id: createHash('md5').update(meeting.id).digest('hex'),
    event_type: 'vc.meeting.all_meeting_ended_v1',
    create_time: String(meeting.end * 1000),
    token: credentials.verificationToken,
    app_id: credentials.appId,
    tenant_key: '2ca1d211f64f6438',
  },
  event: {
    meeting: {
      id: meeting.id,
      topic: meeting.topic,
      meeting_no: meeting.no,
      meeting_source: 1,
      start_time: String(meeting.start),
      end_time: String(meeting.end),
      owner: { id: { open_id: meeting.ownerOpenId }, user_role: 1, user_type: 1 },
    },
  },
});

export const startFeishuStandIn = async (options: StandInOptions): Promise<FeishuStandIn> => {
  const { credentials, now, sleep } = options;
  const tokens = new Set<string>();
  const oauth = createFeishuOAuth({ ...credentials, now });
  const overLimit = createLimiter(now);

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    if (request.method === 'POST' && url.pathname === '/open-apis/auth/v3/tenant_access_token/internal') {
      const { app_id, app_secret } = JSON.parse(await readBody(request)) as Record<string, unknown>;
      if (app_id !== credentials.appId || app_secret !== credentials.appSecret)
        return failure(200, 10014, 'app secret invalid');
      const token = `t-${randomBytes(16).toString('hex')}`;
      tokens.add(token);
      return { status: 200, body: { code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 } };
    }
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const authorised = oauth.answer({ method: request.method ?? '', url, bearer, body: await readBody(request) });
    if (authorised) return authorised;
    if (!bearer) return failure(400, 99991661, 'missing access token');
    const refused = tokens.has(bearer) ? null : oauth.refusal(bearer);
    if (refused) return refused;
    const mischief = options.chaos?.instead();
    if (mischief) return mischief;
    const wait = overLimit(url.pathname);
    if (wait > 0)
      return {
        ...failure(400, 99991400, 'request trigger frequency limit'),
        headers: { 'x-ogw-ratelimit-limit': String(callsPerMinute), 'x-ogw-ratelimit-reset': String(wait) },
      };
    const meetings = options.meetings();
    if (url.pathname === '/open-apis/vc/v1/participant_list')
      return participantList(url.searchParams, {
        meetings,
        now: now() / 1000,
        shown: options.chaos?.shown ?? everything,
      });
    if (url.pathname === '/open-apis/vc/v1/meeting_list') return meetingList(url.searchParams, meetings);
    return failure(404, 121004, 'data not exist');
  };

  const send = (response: ServerResponse, { status, body, headers }: Answer) =>
    response
      .writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

  const server = createServer((request, response) => {
    answer(request).then(
      (found) => send(response, found),
      () => send(response, failure(400, 121003, 'param error')),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    revoke: oauth.revoke,
    push: async (requestUrl, meeting) => {
      for (const pause of [...retryAfterMs, null]) {
        const { headers, body } = sealPush(meetingEnded(meeting, credentials), credentials.encryptKey, now());
        const answered = await fetch(requestUrl, { method: 'POST', headers, body }).then(
          (response) => response.status,
          () => 0,
        );
        if (answered === 200) return;
        if (pause === null) throw new Error(`The event of meeting ${meeting.id} was never answered 200.`);
        await sleep(pause);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
