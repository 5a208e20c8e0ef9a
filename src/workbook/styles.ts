import type { Alignment, Borders, Fill, Style } from 'exceljs';
import type { Verdict } from '../domain/verdict.ts';

type Kind = Verdict['kind'];

/** Light fill and dark ink of each verdict: readable on screen, in print, and in grey. */
export const VERDICT_COLOURS: Record<Kind, { fill: string; ink: string }> = {
  attended: { fill: 'FFE2F0D9', ink: 'FF1E5631' },
  partial: { fill: 'FFFFF2CC', ink: 'FF7F6000' },
  insufficient: { fill: 'FFFBE0CC', ink: 'FF8A3B00' },
  absent: { fill: 'FFF8CBCB', ink: 'FF9C0006' },
  undetermined: { fill: 'FFE4DCF5', ink: 'FF4B2E83' },
  'not-required': { fill: 'FFEDEDED', ink: 'FF595959' },
  excused: { fill: 'FFDDEBF7', ink: 'FF1F4E79' },
};

export const BAR_COLOUR = 'FF9DC3E6';
const NAVY = 'FF1F3864';
const GREY = 'FF595959';
const RED = 'FF9C0006';

/** Windows, macOS and Office all ship it, and it draws Chinese and Latin letters alike. */
const FONT = 'Microsoft YaHei';

const font = (size: number, extra: Partial<Style['font']> = {}) => ({ name: FONT, size, ...extra });
const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const line = (argb: string): Partial<Borders> => ({ bottom: { style: 'thin', color: { argb } } });
const left: Partial<Alignment> = { vertical: 'middle', horizontal: 'left' };
const centre: Partial<Alignment> = { vertical: 'middle', horizontal: 'center' };
const wrap: Partial<Alignment> = { vertical: 'middle', wrapText: true };
const middle: Partial<Alignment> = { vertical: 'middle', horizontal: 'center', wrapText: true };

/** `@` keeps Excel from reading a text as anything else, whatever it begins with. */
const TEXT = '@';
const INTEGER = '#,##0';
const PERCENT = '0.0%';
const DATE_TIME = 'yyyy-mm-dd hh:mm:ss';
const DURATION = '[h]:mm:ss';

const body = { font: font(10), border: line('FFD9D9D9') };
const bold = font(10, { bold: true });
const total = { font: bold, fill: solid('FFF2F2F2') };

const header = { font: font(10, { bold: true, color: { argb: 'FFFFFFFF' } }), fill: solid(NAVY), numFmt: TEXT };

const verdictStyle = (kind: Kind, size: number, numFmt: string): Partial<Style> => ({
  font: font(size, { bold: true, color: { argb: VERDICT_COLOURS[kind].ink } }),
  fill: solid(VERDICT_COLOURS[kind].fill),
  alignment: middle,
  numFmt,
});

export type StyleName =
  | 'text'
  | 'shrink'
  | 'integer'
  | 'percent'
  | 'dateTime'
  | 'duration'
  | 'integerLeft'
  | 'durationLeft'
  | 'header'
  | 'headerCentre'
  | 'totalText'
  | 'totalInteger'
  | 'totalPercent'
  | 'title'
  | 'subtitle'
  | 'banner'
  | 'section'
  | 'sentence'
  | 'note'
  | 'key'
  | 'bigPercent'
  | 'caption'
  | `word-${Kind}`
  | `count-${Kind}`;

/** Every look a cell can have. */
export const STYLES: Record<StyleName, Partial<Style>> = {
  text: { ...body, alignment: wrap, numFmt: TEXT },
  shrink: { ...body, alignment: { vertical: 'middle', shrinkToFit: true }, numFmt: TEXT },
  integer: { ...body, alignment: centre, numFmt: INTEGER },
  percent: { ...body, alignment: centre, numFmt: PERCENT },
  dateTime: { ...body, alignment: left, numFmt: DATE_TIME },
  duration: { ...body, alignment: centre, numFmt: DURATION },
  integerLeft: { ...body, alignment: left, numFmt: INTEGER },
  durationLeft: { ...body, alignment: left, numFmt: DURATION },
  header: { ...header, alignment: wrap },
  headerCentre: { ...header, alignment: middle },
  totalText: { ...total, alignment: left, numFmt: TEXT },
  totalInteger: { ...total, alignment: centre, numFmt: INTEGER },
  totalPercent: { ...total, alignment: centre, numFmt: PERCENT },
  title: {
    font: font(18, { bold: true, color: { argb: NAVY } }),
    alignment: { vertical: 'middle', shrinkToFit: true },
    numFmt: TEXT,
  },
  subtitle: { font: font(10, { color: { argb: GREY } }), alignment: { vertical: 'middle' }, numFmt: TEXT },
  banner: {
    font: font(11, { bold: true, color: { argb: RED } }),
    fill: solid('FFFFF2CC'),
    alignment: { vertical: 'middle', wrapText: true, indent: 1 },
    numFmt: TEXT,
  },
  section: {
    font: font(12, { bold: true, color: { argb: NAVY } }),
    border: line(NAVY),
    alignment: { vertical: 'middle' },
    numFmt: TEXT,
  },
  sentence: { font: font(11), alignment: wrap, numFmt: TEXT },
  note: { font: font(9, { italic: true, color: { argb: GREY } }), alignment: wrap, numFmt: TEXT },
  key: { font: bold, border: body.border, alignment: wrap, numFmt: TEXT },
  bigPercent: { font: font(32, { bold: true, color: { argb: NAVY } }), alignment: middle, numFmt: PERCENT },
  caption: { font: font(10, { color: { argb: GREY } }), alignment: middle, numFmt: TEXT },
  'word-attended': verdictStyle('attended', 10, TEXT),
  'word-partial': verdictStyle('partial', 10, TEXT),
  'word-insufficient': verdictStyle('insufficient', 10, TEXT),
  'word-absent': verdictStyle('absent', 10, TEXT),
  'word-undetermined': verdictStyle('undetermined', 10, TEXT),
  'word-not-required': verdictStyle('not-required', 10, TEXT),
  'word-excused': verdictStyle('excused', 10, TEXT),
  'count-attended': verdictStyle('attended', 20, INTEGER),
  'count-partial': verdictStyle('partial', 20, INTEGER),
  'count-insufficient': verdictStyle('insufficient', 20, INTEGER),
  'count-absent': verdictStyle('absent', 20, INTEGER),
  'count-undetermined': verdictStyle('undetermined', 20, INTEGER),
  'count-not-required': verdictStyle('not-required', 20, INTEGER),
  'count-excused': verdictStyle('excused', 20, INTEGER),
};
