import { cspHash } from '../csp.ts';
import { baseCss } from './base.ts';
import { frameCss } from './frame.ts';
import { meetingCss } from './meeting.ts';
import { meetingsCss } from './meetings.ts';
import { policyCss } from './policy.ts';

/** The one style sheet, parts by what they dress. Colours meet WCAG AA in both schemes; it works from 320 px on, and in print. */
export const css = [baseCss, frameCss, meetingsCss, meetingCss, policyCss]
  .join('')
  // It stands in every page: the spaces that only its readers need stay here.
  .replace(/\s*\n\s*/g, '')
  .replace(/([{};,:]) | (?=[{}])/g, '$1');

/** What the Content-Security-Policy lets through: this style and no other. */
export const cssHash = cspHash(css);
