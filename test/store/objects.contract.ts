import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ObjectStore, PutOutcome } from '../../src/store/objects.ts';

export type OpenStore = {
  store: ObjectStore;
  /** Follows a link as a browser would. */
  download: (link: string) => Promise<{ bytes: Uint8Array; contentDisposition?: string | null }>;
  close: () => Promise<void>;
};

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const plain = { contentType: 'text/plain', when: 'any' } as const;
const winners = (outcomes: readonly PutOutcome[]) => outcomes.filter(({ kind }) => kind === 'written').length;
const range = (count: number) => [...Array(count).keys()];

/** What every object store promises; the races come first, for all else rests on them. */
export const objectStoreContract = (open: () => Promise<OpenStore>) => {
  let opened: OpenStore;
  let store: ObjectStore;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  }, 60_000);
  afterAll(() => opened.close());

  it('W1 of 64 writers that want a key to be absent exactly one writes, 200 times over', async () => {
    const wins = [];
    for (const round of range(200)) {
      const key = `race/absent/${round}`;
      const outcomes = await Promise.all(
        range(64).map((writer) => store.put(key, bytesOf(`${writer}`), { ...plain, when: 'absent' })),
      );
      const winner = outcomes.findIndex(({ kind }) => kind === 'written');
      wins.push(winners(outcomes));
      expect(textOf((await store.get(key))?.bytes)).toBe(`${winner}`);
    }
    expect(wins).toEqual(range(200).map(() => 1));
  }, 300_000);

  it('Q3 of 8 writers over the same version exactly one writes, 50 times over', async () => {
    const first = await store.put('race/match', bytesOf('start'), plain);
    let etag = first.kind === 'written' ? first.etag : '';
    for (const round of range(50)) {
      const outcomes = await Promise.all(
        range(8).map((writer) => store.put('race/match', bytesOf(`${round}.${writer}`), { ...plain, when: { etag } })),
      );
      expect(winners(outcomes)).toBe(1);
      const [winner] = outcomes.flatMap((outcome, writer) => (outcome.kind === 'written' ? [{ outcome, writer }] : []));
      const stored = await store.get('race/match');
      expect(textOf(stored?.bytes)).toBe(`${round}.${winner?.writer}`);
      expect(stored?.etag).toBe(winner?.outcome.etag);
      etag = stored?.etag ?? '';
    }
  }, 120_000);

  it('gives back bytes, content type and disposition as they were put', async () => {
    const bytes = Uint8Array.from(range(256));
    const contentDisposition = `attachment; filename="a b.xlsx"; filename*=UTF-8''%E6%8A%A5.xlsx`;
    const put = await store.put('as/put.xlsx', bytes, {
      contentType: 'application/x-test',
      contentDisposition,
      when: 'any',
    });
    const stored = await store.get('as/put.xlsx');
    expect(put).toEqual({ kind: 'written', etag: stored?.etag });
    expect([...(stored?.bytes ?? [])]).toEqual([...bytes]);
    expect(stored).toMatchObject({ contentType: 'application/x-test', contentDisposition });
  });

  it('puts a stream as it puts bytes: whole, once, or not at all', async () => {
    const piece = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    const stream = async function* (fails = false) {
      for (let count = 0; count < 5; count++) yield piece;
      if (fails) throw new RangeError('of the maker');
    };
    await expect(store.put('stream', stream(true), { ...plain, when: 'absent' })).rejects.toThrow(RangeError);
    expect(await store.get('stream')).toBeNull();
    expect(await store.put('stream', stream(), { ...plain, when: 'absent' })).toMatchObject({ kind: 'written' });
    expect(await store.put('stream', stream(), { ...plain, when: 'absent' })).toEqual({ kind: 'refused' });
    const stored = await store.get('stream');
    expect(Buffer.concat(Array(5).fill(piece)).equals(stored?.bytes ?? new Uint8Array())).toBe(true);
  });

  it('keeps an empty object apart from none', async () => {
    await store.put('empty', new Uint8Array(), plain);
    expect(await store.get('empty')).toMatchObject({ contentDisposition: '' });
    expect((await store.get('empty'))?.bytes).toHaveLength(0);
    expect(await store.get('none')).toBeNull();
    expect(await store.get('empty/none')).toBeNull();
  });

  it('changes the etag exactly when the bytes change', async () => {
    const etags = [];
    for (const text of ['one', 'one', 'two']) {
      const outcome = await store.put('etag', bytesOf(text), plain);
      etags.push(outcome.kind === 'written' ? outcome.etag : '');
    }
    expect(etags[0]).toMatch(/^[\w-]+$/);
    expect(etags[1]).toBe(etags[0]);
    expect(etags[2]).not.toBe(etags[0]);
  });

  it.each([
    ['absent, and it is there', 'there', 'absent'],
    ['a version that has passed', 'there', 'old etag'],
    ['a version of what is not there', 'never', 'old etag'],
  ] as const)('writes nothing on condition of %s', async (_, name, condition) => {
    const old = await store.put('refused/there', bytesOf('old'), plain);
    await store.put('refused/there', bytesOf('kept'), { ...plain, contentType: 'text/kept' });
    const when = condition === 'absent' || old.kind === 'refused' ? ('absent' as const) : { etag: old.etag };
    const refused = await store.put(`refused/${name}`, bytesOf('late'), { ...plain, when });
    expect(refused).toEqual({ kind: 'refused' });
    const kept = await store.get('refused/there');
    expect([textOf(kept?.bytes), kept?.contentType]).toEqual(['kept', 'text/kept']);
    expect(await store.get('refused/never')).toBeNull();
  });

  it('puts a deleted key anew, and deleting nothing is no error', async () => {
    await store.put('gone', bytesOf('1'), plain);
    await store.delete('gone');
    await store.delete('gone');
    expect(await store.get('gone')).toBeNull();
    expect(await store.put('gone', bytesOf('2'), { ...plain, when: 'absent' })).toMatchObject({ kind: 'written' });
  });

  it('lists in byte order, page after page, by a prefix that need not end at a slash', async () => {
    const keys = ['l/a!', 'l/a-b/x', 'l/a.b', 'l/a/1', 'l/a/2', 'l/a0', 'l/é', 'l/会议', 'l/\uffee', 'l/😀'];
    for (const key of [...keys.toReversed(), 'la', 'l0/x', 'k/z']) await store.put(key, bytesOf(key), plain);
    expect(await store.list({ prefix: 'l/' })).toEqual({ keys, more: false });
    expect(await store.list({ prefix: 'l/a' })).toEqual({ keys: keys.slice(0, 6), more: false });
    expect(await store.list({ prefix: 'l/a/' })).toEqual({ keys: ['l/a/1', 'l/a/2'], more: false });
    expect(await store.list({ prefix: 'nothing/' })).toEqual({ keys: [], more: false });

    const pages = [];
    for (let after: string | undefined, more = true; more; after = pages.flat().at(-1)) {
      const page = await store.list({ prefix: 'l/', limit: 3, ...(after !== undefined && { after }) });
      pages.push(page.keys);
      more = page.more;
    }
    expect(pages).toEqual([keys.slice(0, 3), keys.slice(3, 6), keys.slice(6, 9), keys.slice(9)]);
    expect(await store.list({ prefix: 'l/', limit: 10 })).toMatchObject({ more: false });
    expect(await store.list({ prefix: 'l/', after: 'l/a-c' })).toMatchObject({ keys: keys.slice(2) });
  });

  it.each([
    ['punctuation', 'a b+c%2F&<1>\'"=?#[]@!$^*();:,~`{}|.xlsx'],
    ['Chinese and emoji', '会议 周报/二〇二六😀.json'],
    ['255 bytes in one part', `long/${'x'.repeat(255)}`],
  ])('takes a key of %s', async (_, name) => {
    const key = `odd/${name}`;
    await store.put(key, bytesOf(name), plain);
    expect(textOf((await store.get(key))?.bytes)).toBe(name);
    expect((await store.list({ prefix: key })).keys).toEqual([key]);
    const { bytes } = await opened.download(await store.link({ key, expiresInSeconds: 60 }));
    expect(textOf(bytes)).toBe(name);
  });

  it('C8 links to an object as it was put', async () => {
    const contentDisposition = `attachment; filename="r.xlsx"; filename*=UTF-8''%E5%91%A8.xlsx`;
    await store.put('linked.xlsx', bytesOf('report'), { ...plain, contentDisposition });
    const { bytes, ...headers } = await opened.download(await store.link({ key: 'linked.xlsx', expiresInSeconds: 60 }));
    expect(textOf(bytes)).toBe('report');
    if ('contentDisposition' in headers) expect(headers).toEqual({ contentDisposition });
  });

  it.each([
    ['nothing', ''],
    ['a leading slash', '/a'],
    ['a trailing slash', 'a/'],
    ['an empty part', 'a//b'],
    ['a dot', 'a/./b'],
    ['two dots', '../x'],
    ['two dots inside', 'a/../../x'],
    ["the directory store's own folder", '.rollcall/x'],
    ['a backslash', 'a\\..\\x'],
    ['a line break', 'a\nb'],
    ['NUL', 'a\0'],
    ['half a surrogate pair', '\ud800'],
    ['256 bytes in one part', 'x'.repeat(256)],
    ['more than 1024 bytes', 'x/'.repeat(512).concat('x')],
  ])('C5 refuses a key of %s, whatever is asked', async (_, key) => {
    const refusal = { code: 'BAD_KEY' };
    await expect(store.get(key)).rejects.toMatchObject(refusal);
    await expect(store.put(key, bytesOf('x'), plain)).rejects.toMatchObject(refusal);
    await expect(store.link({ key, expiresInSeconds: 60 })).rejects.toMatchObject(refusal);
    await expect(store.delete(key)).rejects.toMatchObject(refusal);
  });
};
