/** One meeting: figures, pictures of who was there when, people, and why. What `use` draws matches a class of its own only. */
export const meetingCss = `
h3 { font-size: 1rem; margin-top: 1.5rem; }
th small, td small { display: block; font-weight: 400; color: var(--soft); }
thead th { overflow-wrap: normal; }
p + h1 { margin-top: 0.75rem; }
tbody th { font-size: 0.9375rem; color: var(--ink); }
.standing { margin-top: 1rem; color: var(--soft); font-size: 0.9375rem; }
.actions + .hint { margin-top: 0.5rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); overflow: hidden; }
.tiles div { display: block; padding-inline: 1rem; border: 0; margin: -1px 0 0 -1px; border-left: 1px solid var(--line); border-top: 1px solid var(--line); }
.tiles dd { margin-top: 0.35rem; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tiles a { display: inline-block; min-width: 1.5rem; }
.bars { padding: 0; list-style: none; }
.bars li { display: grid; grid-template-columns: minmax(6rem, 16rem) minmax(4rem, 1fr) 12rem; gap: 0 1rem; align-items: center; min-height: 1.75rem; }
.bars a { display: block; }
.bars .rate { width: 100%; margin: 0; }
.glance { table-layout: fixed; }
.glance th:first-child { width: 7.5rem; }
.glance td { padding-block: 0.35rem; }
.glance svg { display: block; width: 100%; background: var(--ground); }
.filters { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0.75rem 1rem; align-items: end; margin-top: 1rem; }
.filters select, .filters input { width: 100%; }
.people th:first-child { min-width: 6rem; }
.people td { min-width: 5rem; }
.people td:nth-child(2) { min-width: 7.5rem; }
.tl { display: block; width: 200px; height: 20px; margin-top: 0.3rem; fill: none; stroke: var(--accent); stroke-width: 7; }
.groove, .break, .limit { fill: none; stroke: var(--line); }
.break { stroke: var(--paper); stroke-width: 2; }
.limit { stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.tl .pale { stroke-opacity: 0.4; }
.glance .span { fill: var(--soft); }
.glance .solid, .timeline .solid { fill: var(--accent); }
.glance .pale, .timeline .pale { fill: var(--accent); fill-opacity: 0.4; }
.legend { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; margin-top: 1rem; }
.legend ul { flex: 1 1 20rem; padding-left: 1.1rem; }
.timeline { display: block; margin-top: 0.75rem; overflow: visible; font-size: 0.75rem; }
.timeline text { fill: var(--soft); }
.timeline .of { fill: var(--ink); font-size: 0.8125rem; paint-order: stroke; stroke: var(--paper); stroke-width: 4; }
.timeline .grid { stroke: var(--line); }
.timeline .break { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3; }
.timeline .groove { fill: var(--line); stroke: none; }
.timeline .limit { stroke-width: 2; }
.verdict { margin-top: 1.25rem; padding: 1rem 1.25rem; border-radius: 0.75rem; background: var(--ground); }
.verdict p + p { margin-top: 0.4rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 2rem; }
.pair dl { margin-top: 0; font-size: 0.9375rem; }
.pair dl div { padding: 0.5rem 1rem; }
.pair dd { font-weight: 400; }
.decisions p { white-space: pre-line; }
.decide { max-width: 42rem; }
.decide .field { margin-top: 1rem; }
@media screen and (max-width: 48rem) {
  .people thead { display: none; }
  .bars li { grid-template-columns: 1fr auto; padding-block: 0.3rem; }
  .bars .rate { grid-row: 2; grid-column: 1 / -1; }
}
@media print { .filters { display: none; } .tl, .glance, .timeline { --accent: #666; } }
@media (forced-colors: active) {
  .tl, .glance path { stroke: CanvasText; }
  .glance path, .timeline rect { fill: CanvasText; }
  .groove, .timeline .groove { stroke: GrayText; fill: GrayText; }
}
`;
