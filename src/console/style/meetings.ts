/** Lists of meetings, and asking for them. What is under way keeps room for what is to come, so that nothing below it moves. */
export const meetingsCss = `
.list { table-layout: fixed; }
.list :is(th, td):not(:first-child) { padding-left: 0.4rem; }
.list :is(th, td):not(:last-child) { padding-right: 0.4rem; }
.list th:nth-child(1) { width: 6.4rem; }
.list th.num { width: 4.4rem; }
.list th:nth-child(7) { width: 8rem; }
.list th:nth-child(8) { width: 24%; }
.list [data-live] { height: 6rem; }
#live-note { min-height: 1.5rem; margin-top: 0.75rem; }
.list th[scope=row] { font-size: 0.9375rem; color: var(--ink); }
.list th[scope=row] span, .block { display: block; font-weight: 400; }
.list .small { margin-top: 0.2rem; }
.empty { margin-top: 2rem; padding: 2.5rem 1.5rem; text-align: center; border: 1px dashed var(--line); border-radius: 0.75rem; }
@media screen and (max-width: 62rem) {
  .list :is(th, td):not(:first-child) { padding-left: 0; }
  .list td.num { display: inline-block; margin-right: 0.5rem; }
  .picking td:first-child { float: left; margin-right: 0.75rem; }
  .list td.num:empty { display: none; }
  .list [data-live] { height: auto; padding-bottom: 5rem !important; }
  .list [data-live] td:last-child { min-height: 4.5rem; }
}
`;
