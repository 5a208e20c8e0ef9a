/**
 * Replaces what a text holds between `<!-- bench:name -->` and `<!-- /bench:name -->`.
 * @throws {Error} when the markers are not there, each on a line of its own.
 */
export const withSection = (readme: string, name: string, section: string): string => {
  const [open, close] = [`<!-- bench:${name} -->\n`, `\n<!-- /bench:${name} -->`];
  const from = readme.indexOf(open);
  const to = readme.indexOf(close, from);
  if (from < 0 || to < 0) throw new Error(`README.md has no markers for bench:${name}.`);
  return `${readme.slice(0, from + open.length)}\n${section}\n${readme.slice(to)}`;
};
