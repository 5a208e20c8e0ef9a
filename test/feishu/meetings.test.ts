import { describe, expect, it } from 'vitest';
import { listInstances, listMeetings, toMeeting } from '../../src/feishu/meetings.ts';
import { scriptedClient } from './scripted.ts';

const to = 1_700_000_000;
const from = to - 86_400;
const year = 366 * 86_400;
const options = { deadlineAt: to * 1000 };

const item = (fields: object = {}) => ({
  meeting_id: '123456789',
  meeting_instance_id: '7001',
  meeting_topic: '周会 ',
  meeting_type: 1,
  meeting_subtype: 1,
  organizer: 'canary-organizer',
  department: 'canary-department',
  user_id: 'ou_organiser',
  employee_id: 'canary-employee',
  email: 'canary@example.com',
  mobile: 'canary-mobile',
  meeting_start_time: '2022.12.23 11:16:59 (GMT+08:00)',
  meeting_end_time: '2022.12.23 11:18:51 (GMT+08:00)',
  number_of_participants: '12',
  number_of_devices: '15',
  number_of_webinar_viewers: '0',
  is_external: false,
  ...fields,
});
const one = (fields: object) => scriptedClient(() => ({ meeting_list: [item(fields)], has_more: false }));

describe('meeting_list', () => {
  it('a record is read in our words, without the personal data of its organiser', async () => {
    expect(await listMeetings(one({}), { from, to }, options)).toEqual([
      {
        instanceId: '7001',
        meetingNo: '123456789',
        topic: '周会',
        startsAt: 1671765419,
        endsAt: 1671765531,
        ownerOpenId: 'ou_organiser',
        webinar: false,
        external: false,
        announced: { participants: 12, devices: 15, viewers: 0 },
      },
    ]);
  });

  it.each([
    ['subtype 8 is a webinar', { meeting_subtype: 8 }, { webinar: true }],
    ['subtype "8" is a webinar', { meeting_subtype: '8' }, { webinar: true }],
    ['no subtype is none', { meeting_subtype: null }, { webinar: false }],
    ['a count that is a number', { number_of_devices: 3 }, { announced: { participants: 12, devices: 3, viewers: 0 } }],
    [
      'counts that say nothing',
      { number_of_participants: '-', number_of_devices: '-1', number_of_webinar_viewers: null },
      { announced: { participants: null, devices: null, viewers: null } },
    ],
    ['times that say nothing', { meeting_start_time: '', meeting_end_time: '-' }, { startsAt: null, endsAt: null }],
  ])('F12 F13 %s', async (_, fields, expected) => {
    expect((await listMeetings(one(fields), { from, to }, options))[0]).toMatchObject(expected);
  });

  it('asks for webinars and meetings of other companies too, and follows pages', async () => {
    const client = scriptedClient(({ query: { page_token } }) =>
      page_token === 'b'
        ? { meeting_list: [item()], has_more: false }
        : { meeting_list: [item()], has_more: true, page_token: 'b' },
    );
    expect(await listMeetings(client, { from, to, meetingNo: '123456789' }, options)).toHaveLength(2);
    const [first, second] = client.calls;
    expect(first).toMatchObject({
      path: '/open-apis/vc/v1/meeting_list',
      query: { start_time: from, end_time: to, meeting_status: 2, meeting_no: '123456789', page_size: 100 },
    });
    expect(first?.query).toMatchObject({ include_webinar: true, include_external_meetings: true });
    expect(second?.query.page_token).toBe('b');
  });

  it('F5 a page that promises more without a token stalls', async () => {
    const client = scriptedClient(() => ({ meeting_list: [item()], has_more: true }));
    await expect(listMeetings(client, { from, to }, options)).rejects.toMatchObject({ code: 'PAGING_STALLED' });
  });

  it('F3 a list that is none is a bad answer', async () => {
    const client = scriptedClient(() => ({ meeting_list: {}, has_more: false }));
    const bad = { code: 'BAD_ANSWER', message: expect.stringContaining('data.meeting_list') };
    await expect(listMeetings(client, { from, to }, options)).rejects.toMatchObject(bad);
  });

  it.each([
    ['an end before the start', { from: to, to: to - 1 }, 126006],
    ['a second more than a year', { from: to - year - 1, to }, 126006],
    ['two filters', { from, to, meetingNo: '123456789', userId: 'ou_1' }, 126008],
    ['a user and a room', { from, to, userId: 'ou_1', roomId: 'omm_1' }, 126008],
    ['eight digits', { from, to, meetingNo: '12345678' }, 126004],
    ['a start that is no number', { from: Number.NaN, to }, 121003],
    ['an end that is no number', { from, to: Number.NaN }, 121003],
  ])('F8 %s is refused before a call is spent', async (_, query, feishuCode) => {
    const client = one({});
    await expect(listMeetings(client, query, options)).rejects.toMatchObject({ kind: 'never', feishuCode });
    expect(client.calls).toEqual([]);
  });

  it.each([
    ['a year', { from: to - year, to }],
    ['a moment', { from: to, to }],
    ['a user', { from, to, userId: 'ou_1' }],
    ['a room', { from, to, roomId: 'omm_1' }],
  ])('%s is allowed', async (_, query) => expect(await listMeetings(one({}), query, options)).toHaveLength(1));
});

describe('J3 the instances that share a number', () => {
  const meeting = { meetingNo: '123456789', startsAt: from, endsAt: to };
  const daySeconds = 86_400;

  it.each([
    ['within a day, for one long past', to + 30 * daySeconds, to + daySeconds],
    ['not past the present', to + 3600, to + 3600],
    ['and a minute past its own end, for a list whose times differ', to, to + 60],
  ])('are all told, %s', async (_, now, until) => {
    const list = { meeting_list: [item(), item({ meeting_instance_id: '7002' })], has_more: false };
    const client = scriptedClient(() => list);
    const found = await listInstances(client, meeting, { now, ...options });
    expect(found.map(({ instanceId }) => instanceId)).toEqual(['7001', '7002']);
    const { start_time, end_time, meeting_no } = client.calls[0]?.query ?? {};
    expect({ start_time, end_time, meeting_no }).toEqual({
      start_time: from - daySeconds,
      end_time: until,
      meeting_no: '123456789',
    });
  });
});

describe('a record to file a report for', () => {
  const record = async (fields: object) => {
    const [found] = await listMeetings(one(fields), { from, to }, options);
    if (found === undefined) throw new Error('no record');
    return found;
  };

  it('is the meeting with its exact times and its organiser', async () => {
    expect(toMeeting(await record({}))).toEqual({
      instanceId: '7001',
      meetingNo: '123456789',
      topic: '周会',
      startsAt: 1671765419,
      endsAt: 1671765531,
      ownerOpenId: 'ou_organiser',
    });
  });

  it.each([
    ['without an instance id', { meeting_instance_id: '' }],
    ['with an instance id that no key can hold', { meeting_instance_id: '../7' }],
    ['without its number', { meeting_id: '' }],
    ['without an end', { meeting_end_time: '-' }],
    ['that ends before it begins', { meeting_end_time: '2022.12.23 11:00:00 (GMT+08:00)' }],
  ])('F12 F13 is refused %s, never passed over', async (_, fields) => {
    const found = await record(fields);
    expect(() => toMeeting(found)).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});
