/** Colours, letters, and the narrow pages that say one thing. The bar is shown when it is whole, so that nothing in it moves. */
export const baseCss = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f8; --paper: #ffffff; --ink: #17202b; --soft: #51606f; --line: #dde3ea;
  --accent: #1456c4; --accent-ink: #ffffff; --accent-soft: #e8f0fd;
  --good: #14713d; --good-soft: #e3f4ea; --warn: #875200; --warn-soft: #fdf1dc; --bad: #b3261e; --bad-soft: #fce9e7;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #10151b; --paper: #182029; --ink: #e7edf3; --soft: #a3b1bf; --line: #2b3743;
    --accent: #8ab4f8; --accent-ink: #0b1f3f; --accent-soft: #1d3050;
    --good: #7bd8a2; --good-soft: #173526; --warn: #f2c26b; --warn-soft: #3a2d14; --bad: #f6a49d; --bad-soft: #42211f;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; padding: 0 1.25rem 3rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.65 system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif;
  overflow-wrap: anywhere; text-wrap: pretty;
}
body:lang(zh) { line-height: 1.75; }
.bar, main { max-width: 42rem; margin-inline: auto; }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.bar { display: flex; justify-content: space-between; align-items: center; padding: 1.5rem 0.25rem; }
.bar:not(:has(+ main)) { visibility: hidden; }
.brand { font-weight: 700; font-size: 1.0625rem; letter-spacing: -0.01em; display: flex; align-items: center; gap: 0.6rem; }
.brand svg { width: 1.75rem; height: 1.75rem; color: var(--accent); }
nav ul { display: flex; gap: 0.25rem; padding: 0; list-style: none; font-size: 0.875rem; }
nav a { display: block; padding: 0.3rem 0.75rem; border-radius: 2rem; color: var(--soft); text-decoration: none; }
nav a:hover { color: var(--ink); text-decoration: underline; }
nav a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
main { padding: 2.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; letter-spacing: -0.015em; }
h2 { margin: 2.25rem 0 0.75rem; font-size: 1.0625rem; line-height: 1.4; }
.lede { margin-top: 0.75rem; color: var(--soft); font-size: 1.0625rem; }
.mark { display: grid; place-items: center; width: 3.25rem; height: 3.25rem; margin-bottom: 1.25rem; border-radius: 50%; }
.mark svg { width: 1.625rem; height: 1.625rem; }
.good { background: var(--good-soft); color: var(--good); }
.warn { background: var(--warn-soft); color: var(--warn); }
.bad { background: var(--bad-soft); color: var(--bad); }
.plain { background: var(--accent-soft); color: var(--accent); }
.cards { padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 0.75rem; }
.cards li { padding: 1rem 1.25rem; }
.cards li + li { border-top: 1px solid var(--line); }
.cards p { color: var(--soft); font-size: 0.9375rem; }
.cards code { color: var(--soft); font-size: 0.8125rem; }
.note { margin-top: 0.75rem; color: var(--soft); font-size: 0.9375rem; }
.callout { margin-top: 1.5rem; padding: 0.9rem 1.25rem; border-radius: 0.75rem; font-size: 0.9375rem; }
ol, .checks { padding-left: 1.35rem; }
ol li, .checks li { padding-left: 0.25rem; margin-top: 0.5rem; }
ol li::marker, .checks li::marker { color: var(--soft); }
code { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.value { display: block; margin-top: 0.5rem; padding: 0.6rem 0.9rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--ground); user-select: all; }
dl + .note { margin-top: 1.5rem; }
dl { margin-top: 1.5rem; border: 1px solid var(--line); border-radius: 0.75rem; }
dl div { display: grid; grid-template-columns: 10rem 1fr; gap: 0.25rem 1rem; padding: 0.9rem 1.25rem; }
dl div + div { border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { font-weight: 600; }
dd small { display: block; color: var(--soft); font-size: 0.875rem; font-weight: 400; }
.act { margin-top: 2.25rem; }
.button {
  display: inline-block; padding: 0.75rem 1.75rem; border-radius: 0.6rem; background: var(--accent); color: var(--accent-ink);
  font: inherit; font-weight: 600; text-decoration: none; border: 0; cursor: pointer;
}
.button:hover { text-decoration: underline; }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, textarea:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
@media screen and (max-width: 34rem) {
  body { padding: 0 0.75rem 1.5rem; }
  .bar { padding: 1rem 0.25rem; }
  main { padding: 1.75rem 1.25rem; }
  h1 { font-size: 1.5rem; }
  dl div { grid-template-columns: 1fr; gap: 0; }
  .button { display: block; text-align: center; }
}
@media (forced-colors: active) { .button, .mark, .callout, nav a[aria-current] { border: 1px solid; } }
`;
