import { cspHash } from './csp.ts';

/**
 * The one script: while the page has parts of which more is to come (`data-live`, seconds until it is worth looking), asks
 * for the page again and puts the parts with the same id in place, the focus where it was, and nothing below them moved; a
 * part that is gone goes. What failed is asked for no sooner than in half a minute. Without it the page offers to be loaded
 * again.
 */
export const liveScript = `
const live = () => [...document.querySelectorAll('[data-live]')];
const wait = (least) => {
  const parts = live();
  if (parts.length > 0) setTimeout(tick, Math.max(least, Math.min(...parts.map((part) => part.dataset.live))) * 1000);
};
const tick = async () => {
  const parts = live();
  let least = 0;
  if (!document.hidden) try {
    const answer = await fetch(location.href, { headers: { 'x-live': '1' } });
    if (answer.redirected) return;
    if (!answer.ok) throw answer;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of parts) {
      const now = page.getElementById(part.id);
      if (!now) { part.remove(); continue; }
      if (now.outerHTML === part.outerHTML) continue;
      const inside = 'a, button, input, select, summary';
      const focused = [...part.querySelectorAll(inside)].indexOf(document.activeElement);
      const tall = part.offsetHeight;
      part.replaceWith(document.adoptNode(now));
      if (now.offsetHeight < tall) now.style.height = tall + 'px';
      now.querySelectorAll(inside)[focused]?.focus({ preventScroll: true });
    }
    const note = document.getElementById('live-note');
    const said = page.getElementById('live-note');
    if (note && said && note.textContent !== said.textContent) note.textContent = said.textContent;
  } catch {
    least = 30;
  }
  wait(least);
};
wait(0);
`;

/** What the Content-Security-Policy lets through: this script and no other. */
export const liveHash = cspHash(liveScript);
