/** One meeting: figures, pictures of who was there when, people, and why. */
export const meetingCss = `
h3 { font-size: 1rem; margin-top: 1.5rem; }
th small, td small { display: block; font-weight: 400; color: var(--soft); }
.people tbody th, .glance tbody th, .figures tbody th { font-size: 0.9375rem; color: var(--ink); }
.standing { margin-top: 1rem; color: var(--soft); font-size: 0.9375rem; }
.figures b { font-size: 1.5rem; line-height: 1.2; }
.figures td { font-variant-numeric: tabular-nums; }
.bars { padding: 0; list-style: none; }
.bars li { display: grid; grid-template-columns: minmax(6rem, 16rem) minmax(4rem, 1fr) 9rem; gap: 0 1rem; align-items: center; min-height: 1.75rem; }
.bars .rate { width: 100%; margin: 0; }
details { margin-top: 0.75rem; }
summary { min-height: 1.75rem; color: var(--accent); cursor: pointer; }
.glance th:first-child { width: 1%; }
.glance td + td { width: 44%; padding-block: 0.35rem; }
.glance svg { display: block; background: var(--ground); }
.tl { display: block; width: 200px; height: 18px; margin-top: 0.3rem; }
form.row select { width: 11rem; }
.tl path { fill: none; stroke: var(--accent); stroke-width: 7; }
.tl .groove { stroke: var(--line); }
.tl .pale { stroke-opacity: 0.4; }
.tl .break { stroke: var(--paper); stroke-width: 2; }
.tl .limit { stroke: var(--ink); stroke-width: 1.5; }
.glance .span { fill: var(--soft); }
.glance .solid, .timeline .solid { fill: var(--accent); }
.glance .pale, .timeline .pale { fill: var(--accent); fill-opacity: 0.4; }
.glance .limit { stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.legend { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; margin-top: 1rem; }
.legend ul { flex: 1 1 20rem; padding-left: 1.1rem; }
.timeline { display: block; margin-top: 0.75rem; overflow: visible; font-size: 0.75rem; }
.timeline text { fill: var(--soft); }
.timeline .of { fill: var(--ink); font-size: 0.8125rem; paint-order: stroke; stroke: var(--paper); stroke-width: 4; }
.timeline .grid { stroke: var(--line); }
.timeline .break { stroke: var(--soft); stroke-dasharray: 3 3; }
.timeline .groove { fill: var(--line); }
.timeline .limit { stroke: var(--ink); stroke-width: 2; }
.verdict { margin-top: 1.25rem; padding: 1rem 1.25rem; border-radius: 0.75rem; background: var(--ground); }
.verdict p + p { margin-top: 0.4rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 2rem; }
.pair dl { margin-top: 0; font-size: 0.9375rem; }
.pair dl div { padding: 0.5rem 1rem; }
.pair dd { font-weight: 400; }
.decisions p { white-space: pre-line; }
.decide { max-width: 42rem; }
.field { margin-top: 1rem; }
@media (max-width: 48rem) {
  .people thead { display: none; }
  .bars li { grid-template-columns: 1fr auto; padding-block: 0.3rem; }
  .bars .rate { grid-row: 2; grid-column: 1 / -1; }
  .glance td + td { width: 36%; }
}
@media (forced-colors: active) { .tl path, .glance path { stroke: CanvasText; } .glance path, .timeline rect { fill: CanvasText; } .tl .groove, .timeline .groove { stroke: GrayText; fill: GrayText; } }
`;
