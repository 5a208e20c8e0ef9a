import type { OutOfScope, Source } from './domain/scope.ts';

const sourceWords: Record<'en' | 'zh', Record<Source, string>> = {
  en: {
    calendar: 'a calendar event',
    instant: 'an instant meeting',
    interview: 'an interview',
    openPlatform: 'a meeting made by an app',
    other: 'a meeting of another kind',
  },
  zh: {
    calendar: '日历会议',
    instant: '即时会议',
    interview: '面试',
    openPlatform: '应用创建的会议',
    other: '其他会议',
  },
};

/** A length of time, rounded to a tenth of a minute. */
const inMinutes = (seconds: number): number => Math.round(seconds / 6) / 10;

/** Why a meeting was passed over, in one line for HR. */
export const skippedBecause = (found: OutOfScope, locale: 'en' | 'zh'): string => {
  const english = locale === 'en';
  switch (found.because) {
    case 'too-short': {
      const minutes = inMinutes(found.seconds);
      return english
        ? `The meeting lasted ${minutes} min; the policy reports meetings of ${found.minMinutes} min or more.`
        : `会议时长 ${minutes} 分钟；考勤规则只统计不少于 ${found.minMinutes} 分钟的会议。`;
    }
    case 'too-few-people':
      return english
        ? `People who joined: ${found.people}; the policy reports meetings of ${found.minPeople} or more.`
        : `入会 ${found.people} 人；考勤规则只统计不少于 ${found.minPeople} 人的会议。`;
    case 'source':
      return english
        ? `It was ${sourceWords.en[found.source]}; the policy does not report those.`
        : `会议类型为${sourceWords.zh[found.source]}；考勤规则不统计此类会议。`;
    case 'meeting-no':
      return english ? 'Its number is not among those that the policy reports.' : '会议号不在考勤规则的统计范围内。';
    case 'topic':
      return english
        ? 'Its topic has none of the words that the policy looks for.'
        : '会议主题不含考勤规则指定的任何词语。';
  }
};
