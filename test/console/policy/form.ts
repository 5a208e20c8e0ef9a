/** What a page's form would send, as a browser makes it: of the HTML alone, without one. */

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decode = (text: string): string =>
  text.replaceAll(/&(#39|[a-z]+);/g, (whole, name: string) => entities[name] ?? whole);

const attributes = (tag: string): Map<string, string> =>
  new Map(
    [...tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [name, decode(value)] as const),
  );

/** Text inputs lose line breaks, textareas send them as CRLF, as the HTML standard has it. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]/g, '');
const crlf = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, '\r\n');

/** Names and values in the order of the page: of the form with this action. */
export const formIn = (html: string, action: string): [string, string][] => {
  const start = html.indexOf(`method="post" action="${action}"`);
  if (start === -1) throw new Error(`no form goes to ${action}`);
  const form = html.slice(start, html.indexOf('</form>', start));
  const sent: [string, string][] = [];
  for (const [, input, select, options = '', area, text = ''] of form.matchAll(
    /<input(\s[^>]*)>|<select(\s[^>]*)>(.*?)<\/select>|<textarea(\s[^>]*)>(.*?)<\/textarea>/gs,
  )) {
    const tag = attributes(input ?? select ?? area ?? '');
    const name = tag.get('name');
    if (name === undefined) continue;
    if (input !== undefined) {
      const type = tag.get('type') ?? 'text';
      if (type === 'checkbox' && !tag.has('checked')) continue;
      const value = tag.get('value') ?? (type === 'checkbox' ? 'on' : '');
      sent.push([name, type === 'hidden' ? value : oneLine(value)]);
    } else if (select !== undefined) {
      const all = [...options.matchAll(/<option(\s[^>]*)>/g)].map(([, option = '']) => attributes(option));
      const chosen = all.find((option) => option.has('selected')) ?? all[0];
      if (chosen) sent.push([name, chosen.get('value') ?? '']);
    } else sent.push([name, crlf(decode(text.replace(/^\r?\n/, '')))]);
  }
  return sent;
};

/** The same with some fields written anew; a value of null takes every one of that name away. */
export const filled = (
  sent: [string, string][],
  over: Record<string, string | string[] | null>,
): [string, string][] => {
  const kept = sent.filter(([name]) => !Object.hasOwn(over, name));
  const written = Object.entries(over).flatMap(([name, value]) =>
    (value === null ? [] : Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, each]),
  );
  return [...kept, ...written];
};
