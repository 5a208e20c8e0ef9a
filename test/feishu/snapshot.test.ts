import { describe, expect, it } from 'vitest';
import type { Meeting, Read } from '../../src/domain/meeting.ts';
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
const hour = 3600;

const record = (fields: object = {}) => ({
  meeting_instance_id: '7001',
  number_of_participants: '3',
  number_of_devices: '3',
  ...fields,
});
const announcing = (fields: object) => () => ({ meeting_list: [record(fields)], has_more: false });
const noRecord = () => ({ meeting_list: [], has_more: false });
const listed = (...participants: object[]) => ({ participants, has_more: false });

type Stage = {
  meetings?: () => object;
  /** @param read Counts the reads of this fetch from 0. */
  participants?: (role: unknown, read: number) => object;
  secondsSinceEnd?: number;
  meeting?: Meeting;
  earlier?: readonly Read[];
};

const fetched = (stage: Stage) => {
  let read = 0;
  const client = scriptedClient(({ path, query }) => {
    if (path.endsWith('meeting_list')) return (stage.meetings ?? announcing({}))();
    const role = query.webinar_user_role;
    return (stage.participants ?? (() => listed(...people(0, 3))))(role, role === '3' ? read - 1 : read++);
  });
  const clock = virtualClock(endsAt + (stage.secondsSinceEnd ?? 10));
  const progress: unknown[] = [];
  const reads: Read[] = [];
  const snapshot = fetchSnapshot({ client, clock, detail: 'standard' }, stage.meeting ?? meeting, {
    deadlineAt: clock.now() + 600_000,
    earlier: stage.earlier ?? [],
    onRead: (one) => void reads.push(one),
    onProgress: (one) => void progress.push(one),
  });
  return { snapshot, client, progress, reads };
};

/** The reads that fetches so many seconds after the end leave behind, each given those before it. */
const readsAt = async (stage: Stage, ...seconds: number[]): Promise<Read[]> => {
  const earlier: Read[] = [];
  for (const secondsSinceEnd of seconds) {
    const { snapshot, reads } = fetched({ ...stage, secondsSinceEnd, earlier });
    await expect(snapshot).rejects.toMatchObject({ code: 'INCOMPLETE', kind: 'retry' });
    earlier.push(...reads);
  }
  return earlier;
};

describe('a snapshot', () => {
  it('is sealed by its counts at once, in a call for each page and one for the record', async () => {
    const { snapshot, progress, client, reads } = fetched({});
    expect(await snapshot).toMatchObject({
      complete: true,
      proof: 'counts',
      pages: 1,
      reads: 1,
      calls: 2,
      fetchedAt: endsAt + 10,
      announced: { participants: 3, devices: 3, viewers: null },
      webinar: false,
    });
    expect((await snapshot).participants.map((row) => row.userId)).toEqual(['ou_0', 'ou_1', 'ou_2']);
    expect(progress).toEqual([{ pages: 1, rows: 3, expectedRows: 3 }]);
    expect(client.calls).toHaveLength(2);
    expect(reads).toEqual([]);
  });

  it.each([
    ['devices', {}, 3],
    ['viewers where they are more', { number_of_webinar_viewers: '4' }, 4],
    ['people where devices are missing', { number_of_devices: null }, 3],
    ['nothing', { number_of_devices: null, number_of_participants: null }, null],
  ])('expects rows by %s', async (_, fields, expectedRows) => {
    const { snapshot, progress } = fetched({ meetings: announcing(fields), secondsSinceEnd: hour });
    await snapshot;
    expect(progress[0]).toEqual({ pages: 1, rows: 3, expectedRows });
  });
});

describe('F6 F7 a list that its counts do not prove', () => {
  const open = { user_id: 'ou_2', join_time: '2023.11.15 05:13:20 (GMT+08:00)', leave_time: '-' };
  const unproved: [string, Stage][] = [
    ['short of a person', { meetings: announcing({ number_of_participants: '4' }) }],
    ['short of a device', { meetings: announcing({ number_of_devices: '4' }) }],
    ['with somebody still inside', { participants: () => listed(...people(0, 2), open) }],
    ['with a row told twice', { participants: () => listed(...people(0, 3), ...people(2, 3)) }],
  ];
  const unknown: [string, Stage][] = [
    ['without a record', { meetings: noRecord }],
    ['without announced numbers', { meetings: announcing({ number_of_participants: '', number_of_devices: null }) }],
  ];

  it.each([...unproved, ...unknown])(
    '%s is read again 2, 5, 15 and 60 minutes after the first read',
    async (_, stage) => {
      const grows = (minutes: number) => (): object => listed(...people(minutes, minutes + 2), open);
      const earlier: Read[] = [];
      for (const [minutes, wait] of [
        [0, 120],
        [2, 180],
        [5, 600],
        [15, 2700],
      ] as const) {
        const changing = unknown.some(([, each]) => each === stage) ? { participants: grows(minutes) } : {};
        const { snapshot, reads } = fetched({ ...stage, ...changing, secondsSinceEnd: 10 + minutes * 60, earlier });
        await expect(snapshot).rejects.toMatchObject({ code: 'INCOMPLETE', kind: 'retry', waitSeconds: wait });
        earlier.push(...reads);
      }
      expect(earlier).toHaveLength(4);
    },
  );

  it.each(unproved)(
    '%s is sealed by two agreeing reads only after the last wait, and says what was announced',
    async (_, stage) => {
      const earlier = await readsAt(stage, 10, 130, 310, 910);
      const { snapshot } = fetched({ ...stage, secondsSinceEnd: 3610, earlier });
      expect(await snapshot).toMatchObject({ complete: true, proof: 'two-reads', reads: 5, calls: 10 });
      expect((await snapshot).participants).toHaveLength(3);
      expect((await snapshot).announced).not.toBeNull();
    },
  );

  it.each(unknown)('%s is sealed when a read two minutes later agrees', async (_, stage) => {
    const earlier = await readsAt(stage, 10);
    const { snapshot } = fetched({ ...stage, secondsSinceEnd: 130, earlier });
    expect(await snapshot).toMatchObject({ complete: true, proof: 'two-reads', reads: 2, calls: 4 });
  });

  it.each(unknown)('%s is not sealed by a read that agrees a second too early', async (_, stage) => {
    await readsAt(stage, 10, 129);
  });

  it('is sealed by its counts as soon as they are met', async () => {
    const earlier = await readsAt({ participants: () => listed(...people(0, 2)) }, 10);
    expect(await fetched({ secondsSinceEnd: 130, earlier }).snapshot).toMatchObject({ proof: 'counts', reads: 2 });
  });

  it('agrees in any order of its rows', async () => {
    const earlier = await readsAt({ meetings: noRecord }, 10);
    const turned = () => listed(...people(0, 3).toReversed());
    const { snapshot } = fetched({ meetings: noRecord, participants: turned, secondsSinceEnd: 130, earlier });
    expect(await snapshot).toMatchObject({ complete: true });
  });

  it.each([
    ['a row more', () => listed(...people(0, 4))],
    ['a row less', () => listed(...people(0, 2))],
    ['another time', () => listed(...people(0, 2), { ...people(2, 3)[0], time_in_meeting: '01:00:01' })],
  ])('does not agree with %s', async (_, participants) => {
    const earlier = await readsAt({ meetings: noRecord }, 10);
    const { snapshot } = fetched({ meetings: noRecord, participants, secondsSinceEnd: 130, earlier });
    await expect(snapshot).rejects.toMatchObject({ code: 'INCOMPLETE' });
  });

  it.each([...unproved, ...unknown])(
    '%s, of a meeting that ended an hour ago, is read twice at once',
    async (_, stage) => {
      const { snapshot, client, reads } = fetched({ ...stage, secondsSinceEnd: hour });
      expect(await snapshot).toMatchObject({ complete: true, proof: 'two-reads', reads: 2, calls: 3 });
      expect(client.calls).toHaveLength(3);
      expect(reads).toHaveLength(1);
    },
  );

  describe('and that never comes to rest', () => {
    let row = 0;
    const restless: Stage = { meetings: noRecord, participants: () => listed(...people(row, ++row)) };

    it('is given incomplete after the last wait and one more read', async () => {
      const earlier = await readsAt(restless, 10, 130, 310, 910);
      const { snapshot, reads } = fetched({ ...restless, secondsSinceEnd: 3610, earlier });
      expect(await snapshot).toMatchObject({ complete: false, proof: null, reads: 6, calls: 11 });
      expect(reads).toHaveLength(2);
    });

    it('of a meeting that ended an hour ago is given incomplete after five minutes', async () => {
      const earlier = await readsAt(restless, hour, hour + 120);
      expect(earlier).toHaveLength(4);
      const { snapshot } = fetched({ ...restless, secondsSinceEnd: hour + 300, earlier });
      expect(await snapshot).toMatchObject({ complete: false, proof: null, reads: 6 });
    });
  });

  it('tells counts and nobody’s name', async () => {
    const { snapshot } = fetched({ meetings: announcing({ number_of_devices: '9' }) });
    await expect(snapshot).rejects.toThrow(
      'the list has 3 people in 3 rows, announced are 3 participants on 9 devices',
    );
  });
});

describe('a wrong guess of what Feishu counts', () => {
  const numbers = ['', '0', '1', '2', '3', '4', '999999999'];
  const combinations = numbers.flatMap((participants) =>
    numbers.flatMap((devices) => numbers.map((viewers) => [participants, devices, viewers] as const)),
  );

  it('never leaves a list at rest incomplete, whatever is announced', async () => {
    const outcomes = new Set<string>();
    for (const [number_of_participants, number_of_devices, number_of_webinar_viewers] of combinations) {
      const meetings = announcing({ number_of_participants, number_of_devices, number_of_webinar_viewers });
      const earlier: Read[] = [];
      for (const secondsSinceEnd of [10, 130, 310, 910, 3610]) {
        const { snapshot, reads } = fetched({ meetings, secondsSinceEnd, earlier });
        const sealed = await snapshot.catch(() => null);
        earlier.push(...reads);
        if (sealed === null) continue;
        expect(sealed.complete).toBe(true);
        outcomes.add(`${sealed.proof} after ${secondsSinceEnd}`);
        break;
      }
      expect(earlier.length).toBeLessThan(5);
    }
    expect([...outcomes].sort()).toEqual(['counts after 10', 'two-reads after 130', 'two-reads after 3610']);
  });

  it('never makes more rows than announced a fault', async () => {
    const { snapshot } = fetched({ meetings: announcing({ number_of_participants: '1', number_of_devices: '2' }) });
    expect(await snapshot).toMatchObject({ proof: 'counts', reads: 1 });
  });
});

describe('a meeting longer than a day', () => {
  const long = { ...meeting, startsAt: endsAt - 86_401 };

  it('is not asked for: it says what is known of it', async () => {
    const meetings = announcing({
      meeting_start_time: '2023.11.14 06:13:19 (GMT+08:00)',
      meeting_end_time: '2023.11.15 06:13:20 (GMT+08:00)',
    });
    const { snapshot, client } = fetched({ meeting: long, meetings });
    await expect(snapshot).rejects.toMatchObject({
      code: 'MEETING_TOO_LONG',
      kind: 'never',
      feishuCode: 126006,
      message:
        'participant_list was not asked: it takes 86400 seconds at most, the meeting lasted 86401; meeting_list knows 3 participants on 3 devices from 2023-11-13T22:13:19.000Z to 2023-11-14T22:13:20.000Z',
    });
    expect(client.calls).toHaveLength(1);
  });

  it.each([
    ['no record', noRecord],
    ['a refusal', () => refusal(126006, 'said')],
  ])('%s: it says that nothing is known', async (_, meetings) => {
    const { snapshot } = fetched({ meeting: long, meetings });
    await expect(snapshot).rejects.toThrow('meeting_list has no record of it');
  });

  it('of exactly a day is fetched', async () => {
    const { snapshot } = fetched({ meeting: { ...meeting, startsAt: endsAt - 86_400 } });
    await expect(snapshot).resolves.toMatchObject({ complete: true });
  });
});

describe('what meeting_list knows is welcome, not needed', () => {
  it.each([
    ['no record', noRecord],
    ['a record of another instance', announcing({ meeting_instance_id: '7000' })],
    ['a refusal', () => refusal(126009, 'said')],
  ])('%s: the announced counts are unknown', async (_, meetings) => {
    const { snapshot } = fetched({ meetings, secondsSinceEnd: hour });
    expect(await snapshot).toMatchObject({ announced: null, webinar: false, complete: true });
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
  const webinar = announcing({ meeting_subtype: 8 });
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
    const { snapshot } = fetched({ meetings: webinar, participants, secondsSinceEnd: hour });
    expect((await snapshot).participants).toHaveLength(rows);
    expect((await snapshot).participants[0]?.webinarRole).toBe('0');
  });

  it.each([
    ['an identity are one row told twice', row({ user_id: 'a' }), 1],
    ['no identity are all kept: they may be two guests', row({}), 2],
  ])('F6 F12 equal rows of one role with %s', async (_, one, rows) => {
    const participants = roles([], [one, one]);
    const { snapshot } = fetched({ meetings: webinar, participants, secondsSinceEnd: hour });
    expect((await snapshot).participants).toHaveLength(rows);
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
    expect(snapshot).toMatchObject({ participants: [], complete: true, proof: 'two-reads', pages: 1 });
  });

  it('F9 no permission is no late record', async () => {
    const participants = () => refusal(121005, 'said');
    await expect(fetched({ participants }).snapshot).rejects.toMatchObject({ code: 'NO_PERMISSION', kind: 'person' });
  });
});
