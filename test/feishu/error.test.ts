import { describe, expect, it } from 'vitest';
import { causes } from '../../src/feishu/causes.ts';
import { FeishuError, type FeishuErrorCode, wordFor } from '../../src/feishu/error.ts';

describe('F8 F9 T6 every documented code has our word and says what it asks for', () => {
  it.each([
    [121001, 'SERVER_ERROR', 'retry'],
    [5000, 'SERVER_ERROR', 'retry'],
    [2200, 'SERVER_ERROR', 'retry'],
    [121002, 'NOT_SUPPORTED', 'never'],
    [121003, 'BAD_REQUEST', 'never'],
    [121004, 'NO_SUCH_MEETING', 'never'],
    [121005, 'NO_PERMISSION', 'person'],
    [126003, 'BAD_MEETING_NUMBER', 'never'],
    [126004, 'BAD_MEETING_NUMBER', 'never'],
    [126005, 'BAD_START_TIME', 'never'],
    [126006, 'BAD_TIME_SPAN', 'never'],
    [126007, 'TOO_MANY_FILTERS', 'never'],
    [126008, 'TOO_MANY_FILTERS', 'never'],
    [126009, 'NO_SUCH_MEETING', 'never'],
    [126015, 'ROOM_FILTER_REFUSED', 'never'],
    [99991400, 'RATE_LIMITED', 'retry'],
    [99991403, 'QUOTA_SPENT', 'person'],
    [99991401, 'IP_NOT_ALLOWED', 'person'],
    [99991661, 'TOKEN_MALFORMED', 'never'],
    [99991671, 'TOKEN_MALFORMED', 'never'],
    [99991663, 'TOKEN_REJECTED', 'refresh'],
    [99991664, 'TOKEN_REJECTED', 'refresh'],
    [99991665, 'TOKEN_REJECTED', 'refresh'],
    [99991668, 'TOKEN_REJECTED', 'refresh'],
    [99991677, 'TOKEN_REJECTED', 'refresh'],
    [20005, 'TOKEN_REJECTED', 'refresh'],
    [99991662, 'APP_DISABLED', 'person'],
    [99991673, 'APP_DISABLED', 'person'],
    [99991672, 'MISSING_SCOPE', 'person'],
    [99991679, 'NOT_GRANTED', 'person'],
    [20026, 'AUTHORISE_AGAIN', 'person'],
    [20037, 'AUTHORISE_AGAIN', 'person'],
    [20064, 'AUTHORISE_AGAIN', 'person'],
    [20073, 'AUTHORISE_AGAIN', 'person'],
    [20074, 'REFRESH_NOT_ENABLED', 'person'],
    [20008, 'USER_GONE', 'person'],
    [20066, 'USER_GONE', 'person'],
    [20010, 'USER_NOT_ALLOWED', 'person'],
    [20050, 'SERVER_ERROR', 'retry'],
    [20072, 'SERVER_ERROR', 'retry'],
  ] as const)('%i is %s: %s', (feishuCode, word, kind) => {
    expect(wordFor(feishuCode)).toBe(word);
    expect(causes[word].kind).toBe(kind);
  });

  it('no code stands under two words', () => {
    const codes = Object.values(causes).flatMap((cause) => cause.feishu);
    expect(new Set<number>(codes).size).toBe(codes.length);
  });

  it('a code that no table lists has no word', () => expect(wordFor(4242)).toBeUndefined());
});

describe('the remedy', () => {
  it.each(Object.keys(causes) as FeishuErrorCode[])(
    'of %s is a sentence in both languages, every blank filled',
    (word) => {
      for (const facts of [{}, { feishuCode: 4242, logId: 'log-1' }]) {
        const { remedy } = new FeishuError(word, 'said', facts);
        expect(remedy.en).toMatch(/^[A-Z][^{}]+\.$/);
        expect(remedy.zh).toMatch(/^[^{}]*[\u4e00-\u9fff][^{}]*。$/);
      }
    },
  );

  it('F8 of an unknown code names it, and the log id that Feishu support asks for', () => {
    const { remedy } = new FeishuError('UNKNOWN', 'said', { feishuCode: 4242, logId: 'log-1' });
    for (const text of [remedy.en, remedy.zh]) expect(text).toMatch(/4242.*log-1/);
  });

  it.each(['NO_PERMISSION', 'MISSING_SCOPE', 'APP_DISABLED', 'IP_NOT_ALLOWED', 'QUOTA_SPENT'] as const)(
    'F9 of %s names the place in the console',
    (word) => {
      const { remedy } = new FeishuError(word, 'said');
      expect(remedy.en).toMatch(/(admin|developer) console → /);
      expect(remedy.zh).toMatch(/(管理|开发者)后台 → /);
    },
  );
});
