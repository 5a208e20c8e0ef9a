import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Read, Snapshot } from '../../src/domain/meeting.ts';
import { FeishuError } from '../../src/feishu/error.ts';
import { fetchSnapshot } from '../../src/feishu/snapshot.ts';
import { virtualClock } from './clock.ts';
import { people, scriptedClient } from './scripted.ts';

/** A list whose rows move, appear and vanish between two pages, by a schedule; the record announces the whole list. */

const endsAt = 1_700_000_000;
const meeting = {
  instanceId: '7001',
  meetingNo: '123456789',
  topic: '',
  startsAt: endsAt - 3600,
  endsAt,
  ownerOpenId: '',
};
const size = 230;

type Change = { kind: 'move' | 'vanish' | 'appear'; from: number; to: number };
const change = (...kinds: Change['kind'][]) =>
  fc.record({ kind: fc.constantFrom(...kinds), from: fc.nat(size), to: fc.nat(size) });
/** What happens before each page that is read. */
const schedule = (...kinds: Change['kind'][]) =>
  fc.array(fc.array(change(...kinds), { maxLength: 3 }), { maxLength: 12 });

const shiftingFeishu = (changes: readonly (readonly Change[])[], { missing = 0, record = true } = {}) => {
  const everybody = people(0, size);
  const rows = everybody.slice(missing);
  const absent = everybody.slice(0, missing);
  /** Every state of the list since the last read began. */
  let states: string[][] = [];
  const apply = ({ kind, from, to }: Change): void => {
    if (kind === 'appear') rows.splice(to % (rows.length + 1), 0, ...absent.splice(0, 1));
    else {
      const gone = rows.splice(from % rows.length, 1);
      if (kind === 'move') rows.splice(to % (rows.length + 1), 0, ...gone);
      else absent.push(...gone);
    }
  };
  let page = 0;
  const client = scriptedClient(({ path, query }) => {
    if (path.endsWith('meeting_list')) {
      const numbers = { number_of_participants: `${size}`, number_of_devices: `${size}` };
      return { meeting_list: record ? [{ meeting_instance_id: '7001', ...numbers }] : [], has_more: false };
    }
    const from = Number(query.page_token || 0);
    if (from === 0) states = [idsOf(rows)];
    for (const one of changes[page++] ?? []) {
      apply(one);
      states.push(idsOf(rows));
    }
    const to = from + 100;
    return { participants: rows.slice(from, to), has_more: to < rows.length, page_token: String(to) };
  });
  return { client, states: () => states, everybody };
};

/** Reads on the worker's schedule until the list is sealed; null when it never was. */
const settle = async (client: ReturnType<typeof shiftingFeishu>['client'], times: readonly number[]) => {
  const earlier: Read[] = [];
  for (const secondsSinceEnd of times) {
    const clock = virtualClock(endsAt + secondsSinceEnd);
    try {
      const deadlineAt = clock.now() + 600_000;
      const onRead = (read: Read) => void earlier.push(read);
      return await fetchSnapshot({ client, clock, detail: 'standard' }, meeting, {
        deadlineAt,
        earlier: [...earlier],
        onRead,
      });
    } catch (error) {
      if (!(error instanceof FeishuError) || error.kind !== 'retry') throw error;
    }
  }
  return null;
};

const ids = (snapshot: Snapshot): string[] => snapshot.participants.map((row) => row.userId).sort();
const idsOf = (rows: readonly object[]): string[] =>
  rows.map((row) => ('user_id' in row ? String(row.user_id) : '')).sort();
describe('F6 rows that shift between pages', () => {
  it('against a record: whatever moves, appears or vanishes, a list sealed by its counts is everybody', async () => {
    const runs = { sealed: 0, open: 0 };
    await fc.assert(
      fc.asyncProperty(schedule('move', 'vanish', 'appear'), fc.nat(5), async (changes, missing) => {
        const { client, everybody } = shiftingFeishu(changes, { missing });
        const snapshot = await settle(client, [10, 130, 310, 910]);
        runs[snapshot ? 'sealed' : 'open'] += 1;
        if (snapshot) expect(ids(snapshot)).toEqual(idsOf(everybody));
      }),
      { numRuns: 300 },
    );
    expect(runs.sealed).toBeGreaterThan(20);
    expect(runs.open).toBeGreaterThan(20);
  });

  it('without a record: whatever moves or appears, two agreeing reads are the list as it stood', async () => {
    let sealed = 0;
    await fc.assert(
      fc.asyncProperty(schedule('move', 'appear'), fc.nat(5), async (changes, missing) => {
        const { client, states } = shiftingFeishu(changes, { missing, record: false });
        const snapshot = await settle(client, [10, 130, 310, 910]);
        if (!snapshot) return;
        sealed += 1;
        expect(states()).toContainEqual(ids(snapshot));
      }),
      { numRuns: 300 },
    );
    expect(sealed).toBeGreaterThan(100);
  });

  it.each([
    ['a row moves back across the edge: one is missed, one told twice', { kind: 'move', from: 150, to: 3 }],
    ['a row vanishes: one is missed', { kind: 'vanish', from: 3, to: 0 }],
    ['a row appears: one is told twice', { kind: 'appear', from: 0, to: 3 }],
  ] as const)('%s, and the next read mends it', async (_, one) => {
    const missing = one.kind === 'appear' ? 1 : 0;
    const { client, everybody } = shiftingFeishu([[], [one], [], [{ kind: 'appear', from: 0, to: 0 }]], { missing });
    expect(await settle(client, [10])).toBeNull();
    const snapshot = await settle(client, [130]);
    expect(snapshot).toMatchObject({ complete: true, proof: 'counts' });
    expect(snapshot && ids(snapshot)).toEqual(idsOf(everybody));
  });
});
