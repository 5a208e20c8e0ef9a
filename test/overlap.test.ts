import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allPages } from '../src/feishu/paging.ts';
import { fetchSnapshot } from '../src/feishu/snapshot.ts';
import { people } from './feishu/scripted.ts';
import { eventClock } from './fleet.ts';
import { meeting } from './make.ts';

describe('F14 the time of a long fetch', () => {
  const size = 10_000;
  const pages = size / 100;
  const latencyMs = 100;
  const workMs = 80;

  it('is Feishu’s answering time: what is done with a page hides in the wait for the next', async () => {
    const clock = eventClock(meeting().endsAt + 10);
    const began = clock.now();
    const fetched = fetchSnapshot(
      {
        clock,
        detail: 'standard',
        client: {
          get: async (path, { query }) => {
            await clock.sleep(latencyMs);
            const record = { meeting_instance_id: meeting().instanceId, number_of_participants: `${size}` };
            if (path.endsWith('meeting_list'))
              return {
                code: 0,
                data: { meeting_list: [{ ...record, number_of_devices: `${size}` }], has_more: false },
              };
            const from = Number(query.page_token || 0);
            const next = from + 100;
            const participants = people(from, next);
            return { code: 0, data: { participants, has_more: next < size, page_token: String(next) } };
          },
        },
      },
      meeting(),
      { deadlineAt: Number.POSITIVE_INFINITY, earlier: [], onRead: () => {}, onProgress: () => clock.sleep(workMs) },
    );
    let done = false;
    void fetched.finally(() => {
      done = true;
    });
    await clock.run(() => done);
    expect((await fetched).participants).toHaveLength(size);
    expect((clock.now() - began) / (pages * latencyMs)).toBeLessThanOrEqual(1.2);
  });

  it('the next page is asked for before the last one is read, not only promised', async () => {
    const order: string[] = [];
    const answers = [0, 1, 2].map((page) => ({ items: people(page, page + 1), page }));
    await allPages(
      async (pageToken) => {
        const page = Number(pageToken || 0);
        await new Promise<void>((resolve) => {
          setImmediate(() => {
            order.push(`sent ${page}`);
            resolve();
          });
        });
        await wait(1);
        const read = () => {
          order.push(`read ${page}`);
          return answers[page]?.items ?? [];
        };
        return { size: 1, items: read, pageToken: String(page + 1), hasMore: page < 2 };
      },
      { onPage: () => {} },
    );
    expect(order).toEqual(['sent 0', 'sent 1', 'read 0', 'sent 2', 'read 1', 'read 2']);
  });
});
