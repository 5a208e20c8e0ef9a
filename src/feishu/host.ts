const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);

/** Whether tokens and secrets may travel there: over https; plain http is for a stand-in on this machine. */
export const isHost = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
};

/** What such an address must be, to be said after the name of the variable that holds it. */
export const hostForm = 'must be an https:// address (http:// only on this machine)';

/**
 * The host to call.
 * @throws {Error} naming FEISHU_BASE_URL when it is none.
 */
export const feishuHost = (baseUrl: string): URL => {
  if (!isHost(baseUrl)) throw new Error(`FEISHU_BASE_URL ${hostForm}`);
  return new URL(baseUrl);
};
