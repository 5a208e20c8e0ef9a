/** The frame of somebody who is signed in, and what its pages share: tables, chips, bars, forms. */
export const frameCss = `
.wide .bar, .wide main { max-width: 76rem; }
.wide main { padding: 2rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--paper); }
.wide .bar { flex-wrap: wrap; gap: 0.5rem 1.5rem; padding: 1rem 0.25rem; }
.menu ul { flex-wrap: wrap; }
.menu { flex: 1; }
.who { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.75rem; font-size: 0.875rem; color: var(--soft); }
.link { padding: 0.25rem 0; border: 0; background: none; color: var(--accent); font: inherit; text-decoration: underline; cursor: pointer; }
main a:not(.button) { color: var(--accent); }
.alone, td a, th a { display: inline-block; padding-block: 0.2rem; margin-block: -0.2rem; }
.head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-start; gap: 1rem; }
.soft { color: var(--soft); }
.small { font-size: 0.875rem; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin-top: 0.75rem; font-size: 0.9375rem; line-height: 1.45; }
caption { text-align: left; font-weight: 600; padding: 0.5rem 0; }
th { text-align: left; font-size: 0.8125rem; font-weight: 600; color: var(--soft); }
th.num { text-align: right; }
th, td { padding: 0.55rem 0.6rem; vertical-align: top; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.date { white-space: nowrap; font-variant-numeric: tabular-nums; }
.chip { display: inline-block; padding: 0.05rem 0.6rem; border-radius: 1rem; font-size: 0.8125rem; line-height: 1.6; white-space: nowrap; background: var(--ground); color: var(--ink); border: 1px solid transparent; }
.chip.attended, .chip.done { background: var(--good-soft); color: var(--good); }
.chip.partial, .chip.undetermined, .chip.waiting, .chip.incomplete { background: var(--warn-soft); color: var(--warn); }
.chip.insufficient, .chip.absent, .chip.failed, .chip.unreadable { background: var(--bad-soft); color: var(--bad); }
.chip.running, .chip.queued { background: var(--accent-soft); color: var(--accent); }
.rate { display: block; width: 7rem; height: 0.5rem; margin-top: 0.3rem; }
.rate .rest { fill: var(--line); }
.rate .sure { fill: var(--good); }
.rate .open { fill: var(--warn); }
form.row { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; margin-top: 1.25rem; }
form.inline { display: inline; }
label, .label { display: block; line-height: 1.65rem; font-size: 0.875rem; font-weight: 600; }
label.check { display: flex; gap: 0.6rem; font-weight: 400; font-size: 1rem; }
input, select, textarea { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 0.5rem; padding: 0.45rem 0.7rem; max-width: 100%; }
input[type=checkbox] { width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--accent); }
textarea { width: 100%; }
.field :is(input:not([type=checkbox]), select) { display: block; height: 2.75rem; }
form.row { align-items: flex-start; }
form.row > .button { margin-top: 1.65rem; height: 2.75rem; }
[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.error { margin-top: 0.25rem; color: var(--bad); font-size: 0.875rem; }
.hint { color: var(--soft); font-size: 0.875rem; font-weight: 400; }
.button.second { background: var(--accent-soft); color: var(--accent); }
.button.slim { padding: 0.45rem 1.1rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin-top: 1.25rem; }
fieldset { margin-top: 1.25rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: 0.75rem; }
legend { padding: 0 0.4rem; font-weight: 600; }
.day { margin-top: 2rem; font-size: 1rem; }
.pages { display: flex; justify-content: space-between; align-items: center; gap: 1rem; margin-top: 1.5rem; }
nav.pages { margin-inline: -0.75rem; }
@media screen and (max-width: 48rem) {
  .wide main { padding: 1.25rem 1rem; }
  .wide .bar { gap: 0.5rem; }
  .menu { order: 3; flex-basis: 100%; }
  .bar ul { gap: 0.125rem; }
  .bar nav a { padding-inline: 0.5rem; }
  .field, .field :is(input:not([type=checkbox]), select) { width: 100%; }
  form.row > .field { flex: 1 1 8.5rem; }
  form.row > .field:first-child:nth-last-child(n+4) { flex-basis: 100%; }
  form.row > .button { align-self: flex-end; margin-top: 0; }
}
@media screen and (max-width: 62rem) {
  table.cards-on-phone thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.cards-on-phone tr { display: block; padding: 0.75rem 0; border-bottom: 1px solid var(--line); }
  table.cards-on-phone td, table.cards-on-phone th { display: block; padding: 0.15rem 0; border: 0; text-align: left; font-size: 0.9375rem; }
  table.cards-on-phone td[data-label]::before { content: attr(data-label) ' '; color: var(--soft); font-size: 0.8125rem; margin-right: 0.4rem; }
}
@page { margin: 1.5cm; }
@media print {
  :root { color-scheme: light; --ground: #fff; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; font-size: 12px; }
  body { padding: 0; min-height: 0; }
  .bar, nav, form, .button, .skip, .noprint { display: none !important; }
  main { border: 0; padding: 0 !important; max-width: none; }
  tr, dl div, li, .callout, .verdict { break-inside: avoid; }
  h2, h3, caption, h2 + .note { break-after: avoid; }
  thead { display: table-header-group; }
}
@media (forced-colors: active) { .chip { border-color: currentColor; } }
`;
