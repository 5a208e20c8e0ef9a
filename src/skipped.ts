import type { InBoth } from './domain/in-both.ts';
import type { OutOfScope, Source } from './domain/scope.ts';

const sourceWords: Record<Source, InBoth> = {
  calendar: { en: 'a calendar event', zh: '日历会议' },
  instant: { en: 'an instant meeting', zh: '即时会议' },
  interview: { en: 'an interview', zh: '面试' },
  openPlatform: { en: 'a meeting made by an app', zh: '应用创建的会议' },
  other: { en: 'a meeting of another kind', zh: '其他会议' },
};

/** A length of time, rounded to a tenth of a minute. */
const inMinutes = (seconds: number): number => Math.round(seconds / 6) / 10;

/** Why a meeting was passed over, in one line for HR. */
export const skippedBecause = (found: OutOfScope): InBoth => {
  switch (found.because) {
    case 'too-short': {
      const minutes = inMinutes(found.seconds);
      return {
        en: `The meeting lasted ${minutes} min; the policy reports meetings of ${found.minMinutes} min or more.`,
        zh: `会议时长 ${minutes} 分钟；考勤规则只统计不少于 ${found.minMinutes} 分钟的会议。`,
      };
    }
    case 'too-few-people':
      return {
        en: `People who joined: ${found.people}; the policy reports meetings of ${found.minPeople} or more.`,
        zh: `入会 ${found.people} 人；考勤规则只统计不少于 ${found.minPeople} 人的会议。`,
      };
    case 'source': {
      const { en, zh } = sourceWords[found.source];
      return { en: `It was ${en}; the policy does not report those.`, zh: `会议类型为${zh}；考勤规则不统计此类会议。` };
    }
    case 'meeting-no':
      return { en: 'Its number is not among those that the policy reports.', zh: '会议号不在考勤规则的统计范围内。' };
    case 'topic':
      return {
        en: 'Its topic has none of the words that the policy looks for.',
        zh: '会议主题不含考勤规则指定的任何词语。',
      };
  }
};
