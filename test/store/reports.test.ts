import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directoryObjects } from '../../src/store/directory.ts';
import type { ObjectStore } from '../../src/store/objects.ts';
import { attachment, reportStore } from '../../src/store/reports.ts';

let root = '';
let objects: ObjectStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-reports-'));
  objects = directoryObjects(root);
});
afterEach(() => rm(root, { recursive: true }));

const day = '2026-11-22';
const jobId = `${day}/7.0`;
const workbook = (text: string) => new TextEncoder().encode(text);

/** Both names as a browser reads them. */
const namesOf = (header: string) => {
  const [, ascii, utf8] = /^attachment; filename="([^"]*)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(header) ?? [];
  return { ascii, name: decodeURIComponent(utf8 ?? '') };
};

describe('a report', () => {
  it('carries its type and its readable name', async () => {
    const key = await reportStore(objects).save(jobId, { topic: '周会' }, workbook('PK1'));
    expect(key).toBe(`reports/${jobId}.xlsx`);
    const stored = await objects.get(key);
    expect(stored?.contentType).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    expect(namesOf(stored?.contentDisposition ?? '')).toEqual({
      ascii: `report ${day}.xlsx`,
      name: `周会 ${day}.xlsx`,
    });
  });

  it('X7 is never rewritten, whether the bytes are the same or not', async () => {
    const store = reportStore(objects);
    const key = await store.save(jobId, { topic: '周会' }, workbook('PK1'));
    const first = await objects.get(key);
    for (const text of ['PK1', 'PK2']) expect(await store.save(jobId, { topic: 'new' }, workbook(text))).toBe(key);
    expect(await objects.get(key)).toEqual(first);
  });

  it('is linked for as long as asked', async () => {
    const asked: unknown[] = [];
    const linking = { ...objects, link: async (options: unknown) => `${asked.push(options)}` };
    await reportStore(linking).link(jobId, 60);
    expect(asked).toEqual([{ key: `reports/${jobId}.xlsx`, expiresInSeconds: 60 }]);
  });
});

describe('a file name', () => {
  it.each([
    ['Chinese beside ASCII', 'Q3 复盘 review', 'Q3 复盘 review', 'Q3 review'],
    ['what file systems refuse', 'a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j', 'a b c d e f g h i j'],
    ['line breaks and controls', 'a\r\nb\u0000c\u0085d\u2028e', 'a b c d e', 'a b c d e'],
    ['marks that turn the reading direction', 'gnp\u202excod\u2066\u200f', 'gnpxcod', 'gnp xcod'],
    ['half a surrogate pair', 'a\ud83db', 'ab', 'a b'],
    ['dots and spaces at the ends', ' ..a. . ', 'a', 'a'],
    ['quotes, brackets and per cent', `it's (100%) *`, `it's (100%)`, `it's (100 )`],
    ['nothing at all', '', 'report', 'report'],
    ['nothing that is left', '\u202e//..', 'report', 'report'],
  ])('is cleaned of %s', (_, topic, name, ascii) => {
    expect(namesOf(attachment(topic, day))).toEqual({ name: `${name} ${day}.xlsx`, ascii: `${ascii} ${day}.xlsx` });
  });

  it.each([
    ['Chinese at the limit', '会'.repeat(66), 66],
    ['Chinese past it', '会'.repeat(67), 66],
    ['emoji, never halved', `a${'😀'.repeat(60)}`, 1 + 49],
    ['ASCII past the limit', 'a'.repeat(300), 200],
  ])('is cut between characters: %s', (_, topic, characters) => {
    const [cut = ''] = namesOf(attachment(topic, day)).name.split(' ');
    expect([...cut]).toHaveLength(characters);
    expect(topic.startsWith(cut)).toBe(true);
  });

  it('X1 fits every header and every file system, whatever the topic', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (topic) => {
        const header = attachment(topic, day);
        expect(header).toMatch(/^[ -~]*$/);
        const { name, ascii } = namesOf(header);
        for (const text of [name, ascii ?? '']) {
          expect(text).toMatch(/^[^\s.].* 2026-11-22\.xlsx$/u);
          expect(text).not.toMatch(/[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(Buffer.byteLength(text)).toBeLessThanOrEqual(255);
        }
      }),
    );
  });
});
