import { expect, it } from 'vitest';
import { sessionStore } from '../../src/store/sessions.ts';
import { memoryObjects } from '../memory-store.ts';

it('C10 a session is open from its beginning to its end, everywhere, and no other is', async () => {
  const objects = memoryObjects();
  const [here, there] = [sessionStore(objects), sessionStore(objects)];
  expect(await here.isOpen('one')).toBe(false);
  await here.begin('one');
  expect([await there.isOpen('one'), await there.isOpen('other')]).toEqual([true, false]);
  await here.begin('other');
  await there.end('one');
  expect([await here.isOpen('one'), await here.isOpen('other')]).toEqual([false, true]);
  await there.end('one');
});

it('O1 whoever reads the bucket learns no session’s id, and no id chooses a key', async () => {
  const objects = memoryObjects();
  for (const id of ['canary', '../../policies/current', '']) {
    await sessionStore(objects).begin(id);
    expect(await sessionStore(objects).isOpen(id)).toBe(true);
  }
  for (const [key, { bytes }] of objects.stored) {
    expect(key).toMatch(/^state\/sessions\/[0-9a-f]{64}\.json$/);
    expect(Buffer.from(bytes).toString()).toBe('{}');
  }
  expect(objects.stored.size).toBe(3);
});

it('is not open while the bucket cannot tell', async () => {
  const failing = { ...memoryObjects(), get: () => Promise.reject(new Error('no answer')) };
  await expect(sessionStore(failing).isOpen('one')).rejects.toThrow('no answer');
});
