/**
 * This site's own address. The request's own address decides it, which behind an HTTP API is made of the API's domain name
 * and not of a header. Only a laptop, which has no certificate, is served over plain http.
 */
export const siteOf = (requestUrl: string): URL => {
  const url = new URL('/', requestUrl);
  if (url.hostname === 'localhost' || url.hostname === '127.0.0.1') url.protocol = 'http:';
  return url;
};

/** Where Feishu sends the browser back, whatever it was sent there for: the one address to register. */
export const redirectUriOf = (requestUrl: string): string => new URL('/connect/callback', siteOf(requestUrl)).href;

/** Nothing of ours, so that whatever still lies there after parsing has named no host of its own. */
const nowhere = 'https://nowhere.invalid';

/** Longer ones would not fit into the cookie that carries them to Feishu and back. */
const longestPath = 2000;

/**
 * The text as a path of this site, `/` for any other: what a browser would take for an address elsewhere is none, in any
 * spelling (`//evil`, `/\evil`, a scheme, tabs and line breaks that URLs drop).
 */
export const localPath = (text: string | undefined): string => {
  if (text === undefined || text.length > longestPath || !/^\/(?![/\\])/.test(text) || /[\\\p{Cc}]/u.test(text))
    return '/';
  const url = URL.canParse(text, nowhere) ? new URL(text, nowhere) : null;
  if (url?.origin !== nowhere) return '/';
  const path = url.pathname + url.search;
  // Dots that resolve away may leave two slashes in front.
  return /^\/(?!\/)/.test(path) ? path : '/';
};
