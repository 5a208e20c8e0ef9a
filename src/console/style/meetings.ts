/** Lists of meetings, and asking for them. */
export const meetingsCss = `
.list th[scope=row] { font-size: 0.9375rem; color: var(--ink); min-width: 12rem; }
.list th[scope=row] span, .block { display: block; font-weight: 400; }
.list td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
.list td:last-child { min-width: 9rem; max-width: 22rem; }
.date { white-space: nowrap; font-variant-numeric: tabular-nums; }
.list .small { margin-top: 0.2rem; }
.empty { margin-top: 2rem; padding: 2.5rem 1.5rem; text-align: center; border: 1px dashed var(--line); border-radius: 0.75rem; }
@media (max-width: 48rem) { .list td.num { display: inline-block; margin-right: 0.9rem; } .list td.num:empty { display: none; } }
`;
