/** Where a text stops being JSON, or says a key twice; line and column count from 1. */
export type JsonMistake = { line: number; column: number; twice: string | null };

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Reads JSON as `JSON.parse` does, except that a key said twice is a mistake: the last one would win unseen. Says where a
 * mistake is, which the engine says only sometimes.
 */
export const parseJson = (text: string): { value: unknown } | { mistake: JsonMistake } => {
  const mistake = mistakeIn(text);
  return mistake === null ? { value: JSON.parse(text) } : { mistake };
};

/** Walks through the text by a stack of its own, however deep it is: the keys so far of an object, null for a list. */
const mistakeIn = (text: string): JsonMistake | null => {
  const stack: (Set<string> | null)[] = [];
  let wanted: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' = 'value';
  for (let at = 0; ; ) {
    while (' \t\r\n'.includes(text[at] ?? 'end')) at += 1;
    const top = stack.at(-1);
    const character = text[at];
    const found = (pattern: RegExp): string | null => {
      pattern.lastIndex = at;
      return pattern.exec(text)?.[0] ?? null;
    };
    if (wanted === 'comma or end' && top === undefined)
      return at === text.length ? null : { ...placeOf(text, at), twice: null };
    const ends = character === (top ? '}' : ']');
    if (wanted.endsWith('or end') && ends) {
      stack.pop();
      wanted = 'comma or end';
      at += 1;
    } else if (wanted === 'comma or end' && character === ',') {
      wanted = top ? 'key' : 'value';
      at += 1;
    } else if (wanted === 'colon' && character === ':') {
      wanted = 'value';
      at += 1;
    } else if (wanted.startsWith('key')) {
      const key = found(STRING);
      if (key === null) return { ...placeOf(text, at), twice: null };
      const name: string = JSON.parse(key);
      if (top?.has(name)) return { ...placeOf(text, at), twice: name };
      top?.add(name);
      wanted = 'colon';
      at += key.length;
    } else if (wanted.startsWith('value')) {
      const scalar = found(STRING) ?? found(SCALAR);
      if (character === '{' || character === '[') {
        stack.push(character === '{' ? new Set() : null);
        wanted = character === '{' ? 'key or end' : 'value or end';
      } else if (scalar === null) return { ...placeOf(text, at), twice: null };
      else wanted = 'comma or end';
      at += scalar?.length ?? 1;
    } else return { ...placeOf(text, at), twice: null };
  }
};

const placeOf = (text: string, at: number): { line: number; column: number } => {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
};
