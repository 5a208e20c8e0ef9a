import { describe, expect, it } from 'vitest';
import type { Meeting } from '../../src/domain/meeting.ts';
import { FeishuError, refusal } from '../../src/feishu/error.ts';
import { fetchSnapshot } from '../../src/feishu/snapshot.ts';
import { virtualClock } from './clock.ts';
import { people, scriptedClient } from './scripted.ts';

const endsAt = 1_700_000_000;
const meeting: Meeting = {
  instanceId: '7001',
  meetingNo: '123456789',
  topic: '周会',
  startsAt: endsAt - 3600,
  endsAt,
  ownerOpenId: '',
};

const record = (fields: object = {}) => ({
  meeting_instance_id: '7001',
  number_of_participants: '2',
  number_of_devices: '3',
  ...fields,
});
const listed = (...participants: object[]) => ({ participants, has_more: false });

type Stage = {
  meetings?: () => object;
  participants?: (role: unknown) => object;
  secondsSinceEnd?: number;
  meeting?: Meeting;
};

const fetched = (stage: Stage) => {
  const client = scriptedClient(({ path, query }) =>
    path.endsWith('meeting_list')
      ? (stage.meetings?.() ?? { meeting_list: [record()], has_more: false })
      : (stage.participants?.(query.webinar_user_role) ?? listed(...people(0, 3))),
  );
  const clock = virtualClock(endsAt + (stage.secondsSinceEnd ?? 10));
  const progress: unknown[] = [];
  const options = { deadlineAt: clock.now() + 600_000, onProgress: (one: unknown) => void progress.push(one) };
  const snapshot = fetchSnapshot({ client, clock, detail: 'standard' }, stage.meeting ?? meeting, options);
  return { snapshot, client, progress };
};

describe('a snapshot', () => {
  it('is sealed, and says what was announced and when it was fetched', async () => {
    const { snapshot, progress } = fetched({});
    expect(await snapshot).toMatchObject({
      complete: true,
      pages: 1,
      fetchedAt: endsAt + 10,
      announced: { participants: 2, devices: 3, viewers: null },
      webinar: false,
    });
    expect((await snapshot).participants.map((row) => row.userId)).toEqual(['ou_0', 'ou_1', 'ou_2']);
    expect(progress).toEqual([{ pages: 1, rows: 3, expectedRows: 3 }]);
  });

  it.each([
    ['devices', {}, 3],
    ['viewers where they are more', { number_of_webinar_viewers: '4' }, 4],
    ['people where devices are missing', { number_of_devices: null }, 2],
    ['nothing', { number_of_devices: null, number_of_participants: null }, null],
  ])('expects rows by %s', async (_, fields, expectedRows) => {
    const meetings = () => ({ meeting_list: [record(fields)], has_more: false });
    const { snapshot, progress } = fetched({ meetings });
    await snapshot;
    expect(progress).toEqual([{ pages: 1, rows: 3, expectedRows }]);
  });

  it('of a meeting longer than a day is refused before any call', async () => {
    const { snapshot, client } = fetched({ meeting: { ...meeting, startsAt: endsAt - 86_401 } });
    await expect(snapshot).rejects.toMatchObject({ kind: 'never', feishuCode: 126006 });
    expect(client.calls).toEqual([]);
  });

  it('of exactly a day is fetched', async () => {
    await expect(fetched({ meeting: { ...meeting, startsAt: endsAt - 86_400 } }).snapshot).resolves.toBeDefined();
  });
});

describe('what meeting_list knows is welcome, not needed', () => {
  it.each([
    ['no record', () => ({ meeting_list: [], has_more: false })],
    [
      'a record of another instance',
      () => ({ meeting_list: [record({ meeting_instance_id: '7000' })], has_more: false }),
    ],
    ['a refusal', () => refusal(126009, 'said')],
  ])('%s: the announced counts are unknown', async (_, meetings) => {
    expect(await fetched({ meetings }).snapshot).toMatchObject({ announced: null, webinar: false, complete: true });
  });

  it.each(['SERVER_ERROR', 'RATE_LIMITED', 'NO_PERMISSION', 'AUTHORISE_AGAIN'] as const)(
    '%s is not taken for "unknown": a webinar would lose its audience',
    async (code) => {
      const { snapshot, client } = fetched({ meetings: () => new FeishuError(code, 'said') });
      await expect(snapshot).rejects.toMatchObject({ code });
      expect(client.calls).toHaveLength(1);
    },
  );
});

describe('a webinar', () => {
  const webinar = () => ({ meeting_list: [record({ meeting_subtype: 8 })], has_more: false });
  const roles = (panellists: object[], audience: object[]) => (role: unknown) =>
    listed(...(role === '0' ? panellists : audience));
  const row = (fields: object) => ({ participant_name: 'a', time_in_meeting: '00:10:00', ...fields });

  it('is asked for panellists and for audience, and both are counted', async () => {
    const participants = roles(people(0, 2), people(2, 5));
    const { snapshot, client, progress } = fetched({ meetings: webinar, participants });
    expect((await snapshot).participants.map((one) => one.userId)).toEqual(['ou_0', 'ou_1', 'ou_2', 'ou_3', 'ou_4']);
    expect(await snapshot).toMatchObject({ webinar: true, pages: 2 });
    expect(client.calls.map((call) => call.query.webinar_user_role)).toEqual([undefined, '0', '3']);
    expect(progress.at(-1)).toMatchObject({ pages: 2, rows: 5 });
  });

  it.each([
    ['the same row under both roles', row({ user_id: 'a' }), row({ user_id: 'a' }), 1],
    ['known by employee id', row({ employee_id: 'a' }), row({ employee_id: 'a' }), 1],
    ['known by e-mail', row({ email: 'a' }), row({ email: 'a' }), 1],
    ['another device', row({ user_id: 'a' }), row({ user_id: 'a', device: 'phone' }), 2],
    ['another time', row({ user_id: 'a' }), row({ user_id: 'a', time_in_meeting: '00:10:01' }), 2],
    ['guests without an identity', row({}), row({}), 2],
    ['rooms', row({ meeting_room_id: 'omm_1' }), row({ meeting_room_id: 'omm_1' }), 2],
  ])('F12 %s', async (_, panellist, viewer, rows) => {
    const participants = roles([{ ...panellist, webinar_user_role: '0' }], [{ ...viewer, webinar_user_role: '3' }]);
    const { snapshot } = fetched({ meetings: webinar, participants });
    expect((await snapshot).participants).toHaveLength(rows);
    expect((await snapshot).participants[0]?.webinarRole).toBe('0');
  });

  it('F12 equal rows of one role are all kept: Feishu listed them', async () => {
    const twice = [row({ user_id: 'a' }), row({ user_id: 'a' })];
    const { snapshot } = fetched({ meetings: webinar, participants: roles([], twice) });
    expect((await snapshot).participants).toHaveLength(2);
  });

  it('V7 without its audience it is no snapshot', async () => {
    const participants = (role: unknown) => (role === '0' ? listed(row({})) : new FeishuError('DEADLINE', 'said'));
    await expect(fetched({ meetings: webinar, participants }).snapshot).rejects.toMatchObject({ code: 'DEADLINE' });
  });
});

describe('F7 F8 a record that comes late', () => {
  const missing = [
    ['126009', () => refusal(126009, 'said')],
    ['121004', () => refusal(121004, 'said')],
  ] as const;
  const empty = ['an empty list', () => listed()] as const;

  it.each([...missing, empty])('%s is not believed up to an hour after the end', async (_, participants) => {
    for (const secondsSinceEnd of [0, 10, 3599]) {
      const notReady = { code: 'NOT_READY', kind: 'retry', waitSeconds: expect.any(Number) };
      await expect(fetched({ participants, secondsSinceEnd }).snapshot).rejects.toMatchObject(notReady);
    }
  });

  it.each([
    [-5, 120],
    [0, 120],
    [60, 120],
    [61, 122],
    [1800, 3600],
    [3599, 3600],
  ])('%i s after the end the next look is in %i s', async (secondsSinceEnd, waitSeconds) => {
    const [, participants] = empty;
    await expect(fetched({ participants, secondsSinceEnd }).snapshot).rejects.toMatchObject({ waitSeconds });
  });

  it.each(missing)('%s after an hour means that there is no such meeting', async (_, participants) => {
    const gone = { code: 'NO_SUCH_MEETING', kind: 'never' };
    await expect(fetched({ participants, secondsSinceEnd: 3600 }).snapshot).rejects.toMatchObject(gone);
  });

  it('an empty list after an hour is a meeting nobody joined', async () => {
    const [, participants] = empty;
    const snapshot = await fetched({ participants, secondsSinceEnd: 3600 }).snapshot;
    expect(snapshot).toMatchObject({ participants: [], complete: true, pages: 1 });
  });

  it('F9 no permission is no late record', async () => {
    const participants = () => refusal(121005, 'said');
    await expect(fetched({ participants }).snapshot).rejects.toMatchObject({ code: 'NO_PERMISSION', kind: 'person' });
  });
});
