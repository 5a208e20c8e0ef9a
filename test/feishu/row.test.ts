import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeishuError } from '../../src/feishu/error.ts';
import { parsePage } from '../../src/feishu/participants.ts';
import sample from '../fixtures/participant-list-sample.json' with { type: 'json' };

const page = (...participants: unknown[]) => ({ code: 0, data: { participants, has_more: false } });
const row = (fields: object) => parsePage(page(fields), 'full').items[0];

/** The fields that a report of standard detail has no need of. */
const personal = ['phone', 'public_ip', 'internal_ip', 'location', 'microphone', 'speaker', 'camera'] as const;

describe('one answer of participant_list', () => {
  it('the documented sample is read field by field', () => {
    expect(parsePage(sample, 'full')).toEqual({
      hasMore: true,
      pageToken: '20',
      items: [
        {
          name: 'kehan',
          department: 'development',
          userId: '8efq90',
          meetingRoomId: 'omm_8efq90',
          employeeId: '202205789',
          email: 'xxxx@163.com',
          device: 'windows',
          appVersion: '5.26.0-alpha.38',
          networkType: 'wifi',
          protocol: 'udp',
          rtcProxy: false,
          audio: true,
          video: true,
          sharing: false,
          joinedAt: 1671765419,
          leftAt: 1671765531,
          connectedSeconds: 112,
          leaveReason: '主持人结束会议',
          reply: 'accepted',
          external: false,
          webinarRole: '0',
          detail: {
            phone: '021-883889',
            publicIp: '27.xx.xx.183',
            internalIp: '192.xx.xx.13',
            location: '东莞',
            microphone: '麦克风阵列 (Realtek(R) Audio)',
            speaker: '扬声器 (Realtek(R) Audio)',
            camera: 'HD Camera',
          },
        },
      ],
    });
  });

  it('whereabouts and hardware do not survive parsing in standard detail', () => {
    const text = JSON.stringify(parsePage(sample, 'standard'));
    for (const field of personal) expect(text).not.toContain(sample.data.participants[0]?.[field]);
  });

  it('F12 a row of nothing is a row of nothing, not an error', () => {
    const nothing = Object.fromEntries(Object.keys(sample.data.participants[0] ?? {}).map((name) => [name, null]));
    expect(row(nothing)).toEqual(row({}));
    expect(row({})).toMatchObject({ name: '', userId: '', joinedAt: null, connectedSeconds: null, reply: 'unknown' });
    expect(row({})).not.toHaveProperty('unreadable');
  });

  it('F12 fields nobody knows are passed over', () => {
    expect(row({ participant_name: 'a', __new: { deep: [1] } })).toEqual(row({ participant_name: 'a' }));
  });

  it.each([
    ['a number is its text', { employee_id: 202205789 }, { employeeId: '202205789' }],
    ['text is trimmed', { participant_name: ' a\t' }, { name: 'a' }],
    ['"-" is nothing', { department: ' - ' }, { department: '' }],
    ['an object is nothing', { email: { a: 1 } }, { email: '' }],
    ['only true is true', { audio: 'true', video: 1, sharing: true }, { audio: false, video: false, sharing: true }],
  ])('F12 %s', (_, fields, expected) => expect(row(fields)).toMatchObject(expected));

  it.each([
    [1, 'accepted'],
    [2, 'declined'],
    [3, 'tentative'],
    [4, 'noResponse'],
    ['2', 'declined'],
    [0, 'unknown'],
    [5, 'unknown'],
    ['constructor', 'unknown'],
    [null, 'unknown'],
    [undefined, 'unknown'],
  ])('accept_status %j is %s', (accept_status, reply) => expect(row({ accept_status })?.reply).toBe(reply));

  it('F13 a time that cannot be read is nothing, and its text is kept for HR', () => {
    const read = row({ join_time: '2022.02.30 11:16:59 (GMT+08:00)', leave_time: '-', time_in_meeting: '1h' });
    expect(read).toMatchObject({ joinedAt: null, leftAt: null, connectedSeconds: null });
    expect(read?.unreadable).toEqual({ joinTime: '2022.02.30 11:16:59 (GMT+08:00)', timeInMeeting: '1h' });
  });

  it('F12 whatever the fields hold, the row is read and its seconds are never negative', () => {
    const names = Object.keys(sample.data.participants[0] ?? {});
    const anything = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(anything, (fields) => {
        const read = row(fields);
        expect(Math.min(read?.joinedAt ?? 0, read?.leftAt ?? 0, read?.connectedSeconds ?? 0)).toBe(0);
      }),
    );
  });

  it('no list at the end of pages is an empty list', () => {
    expect(parsePage({ code: 0, data: { has_more: false } }, 'standard').items).toEqual([]);
  });

  it.each([
    ['nothing', null, 'the answer'],
    ['an error', { code: 121005, msg: 'no permission' }, 'code'],
    ['no data', { code: 0 }, 'data'],
    ['has_more not said', { code: 0, data: { participants: [] } }, 'data.has_more'],
    ['has_more as text', { code: 0, data: { participants: [], has_more: 'false' } }, 'data.has_more'],
    ['a list that is none', { code: 0, data: { participants: {}, has_more: false } }, 'data.participants'],
    ['a row that is none', page({}, null), 'data.participants.1'],
  ])('F3 %s is a bad answer that names the place', (_, answer, place) => {
    const read = () => parsePage(answer, 'standard');
    expect(read).toThrow(FeishuError);
    expect(read).toThrow(
      expect.objectContaining({ code: 'BAD_ANSWER', message: expect.stringContaining(`${place}: `) }),
    );
  });
});
