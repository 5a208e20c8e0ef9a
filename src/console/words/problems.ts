import type { Locale } from '../../words/locale.ts';

type Texts = Record<Locale, string>;

/** What the policy's schema says of a wrong key, as somebody reads it beside the field. */
const texts: Record<string, Texts> = {
  'must be a text': { zh: '须为文本', en: 'Must be a text' },
  'must not be empty': { zh: '不能为空', en: 'Must not be empty' },
  'must be well-formed Unicode': { zh: '含有无法保存的字符', en: 'Has a character that cannot be stored' },
  'must be a number': { zh: '请填写数字，如 75 或 7.5', en: 'Enter a number such as 75 or 7.5' },
  'must be a whole number': { zh: '请填写整数', en: 'Enter a whole number' },
  'must be between 0 and 100': { zh: '须在 0 到 100 之间', en: 'Must be between 0 and 100' },
  'must not be negative': { zh: '不能为负数', en: 'Must not be negative' },
  'must be at most 120': { zh: '不能超过 120', en: 'Must be at most 120' },
  'must be nine digits': { zh: '会议号须为九位数字', en: 'A meeting number has nine digits' },
  'needs percent, minutes or both': { zh: '请填写百分比或分钟数，至少一项', en: 'Enter percent, minutes or both' },
  'needs meetingNo, topicContains or ownerOpenId': {
    zh: '请填写会议号、主题或所有者，至少一项',
    en: 'Enter a meeting number, a topic or an owner',
  },
  'partial.percent is above minimum.percent': {
    zh: '部分出席的百分比高于要求时长的百分比',
    en: 'The percent for partial is above the required percent',
  },
  'partial.minutes is above minimum.minutes': {
    zh: '部分出席的分钟数高于要求时长的分钟数',
    en: 'The minutes for partial are above the required minutes',
  },
  'must be an object': { zh: '须为 JSON 对象 {…}', en: 'Must be a JSON object {…}' },
  'must be a list': { zh: '须为 JSON 数组 […]', en: 'Must be a JSON list […]' },
  'must be 1': { zh: '须为 1', en: 'Must be 1' },
  'unknown key': { zh: '规则中没有此项', en: 'There is no such key' },
};

/** The texts that a problem may have besides the choices, which name themselves. */
export const knownProblems = Object.keys(texts);

const choices = /^must be ("\w+"(?: or "\w+")+)$/;

/** null for a text that the schema does not have. */
export const problemText = (problem: string, locale: Locale): string | null => {
  const known = Object.hasOwn(texts, problem) ? texts[problem] : undefined;
  if (known) return known[locale];
  const words = choices.exec(problem)?.[1];
  if (words === undefined) return null;
  return locale === 'zh' ? `请选择一项：${words.replaceAll(' or ', '、')}` : `Choose one: ${words}`;
};
