import { describe, expect, it } from 'vitest';
import { type Connection, connectionStore } from '../../src/store/connection.ts';
import { memoryObjects } from '../memory-store.ts';

const connections: Connection[] = [
  { state: 'connected', since: 1_700_000_000, lastRefreshAt: 1_700_003_600, openId: 'ou_1', name: '张三' },
  { state: 'authorise-again', cause: 'USER_GONE', feishuCode: 20008, since: 1_700_000_000, versionId: 'v1' },
  { state: 'authorise-again', cause: 'REFRESH_NOT_ENABLED', feishuCode: null, since: 1_700_000_000, versionId: 'v1' },
];

describe('the connection', () => {
  it('is unknown before anything was noted', async () => {
    expect(await connectionStore(memoryObjects()).get()).toBeNull();
  });

  it.each(connections)('is read back as it was noted: %j', async (connection) => {
    const store = connectionStore(memoryObjects());
    await store.put({ state: 'connected', since: 1, lastRefreshAt: 1, openId: '', name: '' });
    await store.put(connection);
    expect(await store.get()).toEqual(connection);
  });

  it('lies where the README says', async () => {
    const objects = memoryObjects();
    await connectionStore(objects).put({ state: 'connected', since: 1, lastRefreshAt: 1, openId: '', name: '' });
    expect([...objects.stored.keys()]).toEqual(['state/connection.json']);
  });

  it.each(['', '{', '{"state":"lost"}', '{"state":"authorise-again","cause":"BORED"}'])(
    'that cannot be read is an error, never a connection: %j',
    async (text) => {
      const objects = memoryObjects();
      const bytes = new TextEncoder().encode(text);
      await objects.put('state/connection.json', bytes, { contentType: '', when: 'any' });
      await expect(connectionStore(objects).get()).rejects.toMatchObject({ code: 'CORRUPT' });
    },
  );
});
