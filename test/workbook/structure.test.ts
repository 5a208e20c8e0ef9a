import { dirname, join } from 'node:path/posix';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/domain/report.ts';
import { type Locale, wordsOf } from '../../src/words/locale.ts';
import { renderWorkbook } from '../../src/workbook/render.ts';
import { absentee, decision, participant, report, roomRow, snapshot } from '../make.ts';
import { filesOf } from './read.ts';

/** Excel offers to repair a workbook that other readers take as it is; these are the rules it holds a file to. */

/** Children of a worksheet in the order of CT_Worksheet (ECMA-376 part 1, 18.3.1.99), as far as we write them. */
const ORDER = [
  ...['sheetPr', 'dimension', 'sheetViews', 'sheetFormatPr', 'cols', 'sheetData', 'autoFilter', 'mergeCells'],
  ...['conditionalFormatting', 'pageMargins', 'pageSetup', 'headerFooter', 'ignoredErrors', 'extLst'],
];
const people = snapshot({
  participants: [
    participant({ name: '=1+1', department: "Bob's & Co <x>" }),
    absentee({ userId: 'ou_2', name: 'Person 2', department: 'Legal' }),
    roomRow(),
  ],
});
const reports: [string, Report][] = [
  ['of nobody', report({ snapshot: snapshot({ participants: [] }) })],
  ['of two people and a room', report({ snapshot: people })],
  ['with decisions', report({ snapshot: people, decisions: [decision({ person: 'u:ou_2' })] })],
  ['of an incomplete list', report({ snapshot: { ...people, complete: false, proof: null } })],
];
const cases = reports.flatMap(([what, input]) => (['en', 'zh'] as const).map((locale) => ({ what, input, locale })));

const filesFor = async (input: Report, locale: Locale) =>
  filesOf(await buffer(renderWorkbook(input, { locale, timeZone: 'Asia/Shanghai' })));
const all = (xml: string, pattern: RegExp): string[] => [...xml.matchAll(pattern)].map(([, first = '']) => first);
const columnNumber = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
const sheetXml = (files: Record<string, string>) =>
  Object.entries(files).filter(([path]) => path.startsWith('xl/worksheets/'));

describe.each(cases)('a workbook $what in $locale', ({ input, locale }) => {
  it('names the type of every part, and reaches every part', async () => {
    const files = await filesFor(input, locale);
    const parts = Object.keys(files).filter((path) => path !== '[Content_Types].xml' && !path.endsWith('.rels'));
    const typed = all(files['[Content_Types].xml'] ?? '', /PartName="\/([^"]*)"/g);
    expect(typed.sort()).toEqual([...parts].sort());
    const reached = Object.entries(files).flatMap(([path, xml]) =>
      path.endsWith('.rels') ? all(xml, /Target="([^"]*)"/g).map((to) => join(dirname(path), '..', to)) : [],
    );
    expect(reached.sort()).toEqual([...parts].sort());
    expect(Object.values(files).join()).not.toContain('TargetMode="External"');
  });

  it('says in each sheet what it has to in the order that Excel reads it', async () => {
    for (const [path, xml] of sheetXml(await filesFor(input, locale))) {
      const outline = xml.replace(/^.*?<worksheet[^>]*>/s, '').replace(/<\/worksheet>.*$/s, '');
      const children: string[] = [];
      for (let rest = outline; rest !== ''; ) {
        const [opening = '', name = '', empty] = /^<(\w+)[^>]*?(\/?)>/.exec(rest) ?? [];
        children.push(name);
        rest = rest.slice(empty ? opening.length : rest.indexOf(`</${name}>`) + name.length + 3);
      }
      const positions = children.map((name) => ORDER.indexOf(name));
      expect(positions, `${path}: ${children}`).not.toContain(-1);
      expect(positions, `${path}: ${children}`).toEqual([...positions].sort((a, b) => a - b));
    }
  });

  it('has rows and cells in their order, each with a style that exists', async () => {
    const files = await filesFor(input, locale);
    const styles = Number(/<cellXfs count="(\d+)"/.exec(files['xl/styles.xml'] ?? '')?.[1]);
    for (const [path, xml] of sheetXml(files)) {
      const rows = all(xml, /<row r="(\d+)"/g).map(Number);
      expect(rows, path).toEqual(rows.map((_, index) => index + 1));
      for (const row of all(xml, /<row [^>]*>(.*?)<\/row>/gs)) {
        const columns = all(row, /<c r="([A-Z]+)/g).map(columnNumber);
        expect(columns).toEqual([...new Set(columns)].sort((a, b) => a - b));
        for (const style of all(row, / s="(\d+)"/g)) expect(Number(style)).toBeLessThan(styles);
      }
    }
  });

  it('gives every column its width, and every rule of a sheet a rank of its own', async () => {
    for (const [path, xml] of sheetXml(await filesFor(input, locale))) {
      const columns = columnNumber(/<dimension ref="A1:([A-Z]+)/.exec(xml)?.[1] ?? '');
      const sized = [...xml.matchAll(/<col min="(\d+)" max="(\d+)" width="[\d.]+"/g)].flatMap(([, from, to]) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index),
      );
      expect(sized, path).toEqual(Array.from({ length: columns }, (_, index) => index + 1));
      const ranks = all(xml, /<cfRule [^>]*priority="(\d+)"/g);
      expect(ranks, path).toEqual([...new Set(ranks)]);
    }
  });

  it('prints the sheets that there are', async () => {
    const { 'xl/workbook.xml': xml = '' } = await filesFor(input, locale);
    const sheets = Object.values(wordsOf(locale).sheets);
    for (const [, index, name] of xml.matchAll(/localSheetId="(\d)">&apos;(.*?)&apos;!\$/g))
      expect(name).toBe(sheets[Number(index)]);
    expect(all(xml, /(_xlnm\.Print_Area)/g)).toHaveLength(6);
    expect(all(xml, /(_xlnm\.Print_Titles)/g)).toHaveLength(4);
  });

  it('tells nobody in its properties', async () => {
    const files = await filesFor(input, locale);
    const told = `${files['docProps/core.xml']}${files['docProps/app.xml']}`;
    expect(told).not.toMatch(/Person|ou_|Weekly|Li Na/);
    expect(new Set(told.match(/\d{4}-\d\d-\d\dT[\d:]+Z/g))).toEqual(new Set(['2026-11-16T02:05:00Z']));
  });
});
