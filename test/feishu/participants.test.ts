import { describe, expect, it } from 'vitest';
import type { Participant } from '../../src/domain/meeting.ts';
import type { FeishuClient } from '../../src/feishu/client.ts';
import { FeishuError } from '../../src/feishu/error.ts';
import type { Place } from '../../src/feishu/paging.ts';
import { listParticipants, type ParticipantQuery } from '../../src/feishu/participants.ts';
import { virtualClock } from './clock.ts';
import { people, scriptedClient } from './scripted.ts';

const now = 1_700_000_000;
const query: ParticipantQuery = { meetingNo: '123456789', startsAt: now - 7200, endsAt: now - 3600 };
const options = { clock: virtualClock(now), detail: 'standard' as const, deadlineAt: (now + 600) * 1000 };

/** A client that answers the pages of a list one after the other, the last one again and again. */
const pages = (...data: object[]) => {
  let call = 0;
  return scriptedClient(() => data[Math.min(call++, data.length - 1)] ?? {});
};

const everyRow = async (client: FeishuClient, more: { maxPages?: number } = {}) => {
  const participants: Participant[] = [];
  const onPage = (rows: readonly Participant[]) => void participants.push(...rows);
  return { ...(await listParticipants(client, query, { ...options, ...more, onPage })), participants };
};

describe('every page, or an error', () => {
  it.each([0, 1, 99, 100, 101, 3000, 10_000])('F14 %i participants come back in order', async (size) => {
    const client = scriptedClient(({ query: { page_token } }) => {
      const from = Number(page_token || 0);
      const to = Math.min(from + 100, size);
      return { participants: people(from, to), has_more: to < size, ...(to < size && { page_token: String(to) }) };
    });
    const { participants, pages } = await everyRow(client);
    expect(participants.map((row) => row.userId)).toEqual(Array.from({ length: size }, (_, i) => `ou_${i}`));
    expect(pages).toBe(Math.max(1, Math.ceil(size / 100)));
    expect(client.calls).toHaveLength(pages);
  });

  it('F5 has_more false is the end, also beside a token', async () => {
    const client = pages({ participants: people(0, 2), has_more: false, page_token: 'more' });
    const { participants } = await everyRow(client);
    expect(participants).toHaveLength(2);
    expect(client.calls).toHaveLength(1);
  });

  const more = (page_token: unknown, participants = people(0, 1)) => ({ participants, has_more: true, page_token });
  it.each([
    ['without a token', [more(undefined)], 1],
    ['with a null token', [more(null)], 1],
    ['with an empty token', [more('')], 1],
    ['with the token of the page before', [more('a'), more('a')], 2],
    ['with a token from further back', [more('a'), more('b'), more('a')], 3],
    ['on an empty page', [more('a', [])], 1],
    ['on an empty page further on', [more('a'), more('b', [])], 2],
  ])('F5 has_more %s stalls', async (_, answers, calls) => {
    const client = pages(...answers);
    await expect(listParticipants(client, query, options)).rejects.toMatchObject({
      code: 'PAGING_STALLED',
      kind: 'retry',
    });
    expect(client.calls).toHaveLength(calls);
  });

  it('F5 a list without an end is left at the cap of pages', async () => {
    let page = 0;
    const endless = () => scriptedClient(() => more(String(++page)));
    const capped = endless();
    const stalled = { code: 'PAGING_STALLED' };
    await expect(listParticipants(capped, query, { ...options, maxPages: 7 })).rejects.toMatchObject(stalled);
    expect(capped.calls).toHaveLength(7);
    const byDefault = endless();
    await expect(listParticipants(byDefault, query, options)).rejects.toMatchObject(stalled);
    expect(byDefault.calls).toHaveLength(2000);
  });

  it('F5 the last page allowed may be the end', async () => {
    const client = pages(more('a'), { participants: people(1, 2), has_more: false });
    const { participants } = await everyRow(client, { maxPages: 2 });
    expect(participants).toHaveLength(2);
  });

  it.each([1, 2, 3])('F8 a failure on page %i fails the whole list: no page is taken for the last', async (failing) => {
    let page = 0;
    const client = scriptedClient(() => {
      page += 1;
      return page === failing ? new FeishuError('SERVER_ERROR', 'said') : { ...more(String(page)), has_more: page < 3 };
    });
    await expect(listParticipants(client, query, options)).rejects.toMatchObject({ code: 'SERVER_ERROR' });
  });

  it('tells every page while the next is on its way, and waits for the listener', async () => {
    const told: unknown[] = [];
    const client = pages(more('a', people(0, 3)), { participants: people(3, 5), has_more: false });
    const onPage = async (rows: readonly Participant[], next: Place | null) => {
      await Promise.resolve();
      told.push([rows.length, next, client.calls.length]);
    };
    await listParticipants(client, query, { ...options, onPage });
    expect(told).toEqual([
      [3, { pages: 1, rows: 3, pageToken: 'a', used: ['', 'a'] }, 2],
      [2, null, 2],
    ]);
  });
});

describe('what is asked', () => {
  const last = { participants: [], has_more: false };

  it('by default: an ended meeting, 100 rows a page, open ids', async () => {
    const client = pages({ participants: people(0, 1), has_more: true, page_token: 'a' }, last);
    await listParticipants(client, query, options);
    const first = {
      meeting_start_time: now - 7200,
      meeting_end_time: now - 3600,
      meeting_no: '123456789',
      meeting_status: 2,
      user_id: undefined,
      room_id: undefined,
      page_size: 100,
      page_token: '',
      webinar_user_role: undefined,
      user_id_type: 'open_id',
    };
    expect(client.calls.map((call) => call.query)).toEqual([first, { ...first, page_token: 'a' }]);
    expect(client.calls[0]?.path).toBe('/open-apis/vc/v1/participant_list');
  });

  it.each([
    [{ status: 'running' }, { meeting_status: 1 }],
    [{ status: 'upcoming' }, { meeting_status: 3 }],
    [{ userId: 'ou_1' }, { user_id: 'ou_1' }],
    [{ roomId: 'omm_1' }, { room_id: 'omm_1' }],
    [{ pageSize: 20 }, { page_size: 20 }],
    [{ webinarRole: '3' }, { webinar_user_role: '3' }],
    [{ userIdType: 'union_id' }, { user_id_type: 'union_id' }],
  ] as [Partial<ParticipantQuery>, object][])('%j is sent as %j', async (part, sent) => {
    const client = pages(last);
    await listParticipants(client, { ...query, ...part }, options);
    expect(client.calls[0]?.query).toMatchObject(sent);
  });

  it.each([
    ['a negative number', { meetingNo: '-12345678' }, 126003],
    ['eight digits', { meetingNo: '12345678' }, 126004],
    ['ten digits', { meetingNo: '1234567890' }, 126004],
    ['a number with spaces', { meetingNo: '123 456 789' }, 126004],
    ['no number', { meetingNo: '' }, 126004],
    ['a start below zero', { startsAt: -1 }, 126005],
    ['a start one second ahead', { startsAt: now + 1, endsAt: now + 2 }, 126005],
    ['an end one second before the start', { startsAt: now - 7200, endsAt: now - 7201 }, 126006],
    ['an end one second past a day', { startsAt: now - 90_000, endsAt: now - 90_000 + 86_401 }, 126006],
    ['a user and a room', { userId: 'ou_1', roomId: 'omm_1' }, 126007],
    ['19 rows a page', { pageSize: 19 }, 121003],
    ['101 rows a page', { pageSize: 101 }, 121003],
    ['half a row', { pageSize: 20.5 }, 121003],
    ['a start that is no number', { startsAt: Number.NaN }, 121003],
    ['an end in milliseconds and a half', { endsAt: now + 0.5 }, 121003],
  ])('F8 %s is refused before a call is spent', async (_, part, feishuCode) => {
    const client = pages(last);
    const refused = { kind: 'never', feishuCode };
    await expect(listParticipants(client, { ...query, ...part }, options)).rejects.toMatchObject(refused);
    expect(client.calls).toEqual([]);
  });

  it.each([
    ['a start in this second', { startsAt: now, endsAt: now }],
    ['exactly a day', { startsAt: now - 90_000, endsAt: now - 90_000 + 86_400 }],
    ['the smallest page', { pageSize: 20 }],
    ['the largest page', { pageSize: 100 }],
  ])('%s is allowed', async (_, part) => {
    await expect(listParticipants(pages(last), { ...query, ...part }, options)).resolves.toMatchObject({ pages: 1 });
  });
});
