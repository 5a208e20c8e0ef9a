import { cspHash } from './csp.ts';

/**
 * The one script: while something on the page is under way (`data-live`), asks for the page again every two seconds and
 * puts the parts with the same id in place, the focus where it was, and nothing below them moved; a part that is gone goes.
 * Without it the page offers to be loaded again.
 */
export const liveScript = `
const tick = async () => {
  const parts = document.querySelectorAll('[data-live]');
  if (parts.length === 0) return;
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
  } catch {}
  setTimeout(tick, 2000);
};
setTimeout(tick, 1000);
`;

/** What the Content-Security-Policy lets through: this script and no other. */
export const liveHash = cspHash(liveScript);
