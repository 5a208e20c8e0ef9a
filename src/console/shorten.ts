/** Letters that take twice the room of others: Chinese, Japanese, Korean and what goes with them. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** A text as it fits so many narrow letters; what is cut off ends in `…`. Nobody's name may make a page endless. */
export const shorten = (text: string, room: number): string => {
  if (text.length * 2 <= room) return text;
  let used = 0;
  let end = 0;
  for (const letter of text) {
    used += wide.test(letter) ? 2 : 1;
    if (used > room) return `${text.slice(0, end)}…`;
    if (used < room) end += letter.length;
  }
  return text;
};
