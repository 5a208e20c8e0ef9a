/** Most UTF-16 units that Excel keeps in one cell. */
export const CELL_LIMIT = 32_767;

/** Anything that asks for work: markup, controls, surrogates, the two noncharacters XML forbids, Excel's own escape. */
const SPECIAL = /[<>&\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-f]{4}_/i;
/** What XML 1.0 cannot carry. Under the u flag a surrogate matches only when it stands alone. */
const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
/** Excel reads `_x0041_` as "A", so the underscore that opens such a text is spelled out. */
const ESCAPE_LOOKALIKE = /_(?=x[0-9a-f]{4}_)/gi;

/**
 * Any string as the XML content of one cell: what a reader gets back is the same text, except that
 * unwritable characters show as U+FFFD and a text over {@link CELL_LIMIT} ends in the note.
 * A carriage return is written as a character reference, for XML readers turn a bare one into a line feed.
 */
export const safeText = (text: string, truncatedNote: string): string => {
  const kept = text.length > CELL_LIMIT ? truncate(text, truncatedNote) : text;
  if (!SPECIAL.test(kept)) return kept;
  return kept
    .replace(UNWRITABLE, '\ufffd')
    .replace(ESCAPE_LOOKALIKE, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
};

const truncate = (text: string, note: string): string => {
  const end = CELL_LIMIT - note.length;
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1)) && /[\udc00-\udfff]/.test(text.charAt(end));
  return text.slice(0, splitsPair ? end - 1 : end) + note;
};
