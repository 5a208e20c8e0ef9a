/** The policy in words, and the form that writes it. */
export const policyCss = `
.inforce { margin-top: 1.5rem; }
.narrow { width: auto; min-width: min(100%, 24rem); }
ol.exceptions > li { margin-top: 1.25rem; }
ol.exceptions dl { margin-top: 0.5rem; }
form.policy > .field > input { width: min(100%, 32rem); }
.whom span { display: block; }
form.policy > .field { margin-top: 1.25rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 13rem), 1fr)); gap: 1rem 1.25rem; margin-top: 0.75rem; align-items: start; }
fieldset, .field { min-width: 0; }
.fields fieldset { margin: 0; }
.fields input, .fields select { width: 100%; }
.fields input[inputmode] { max-width: 14rem; }
legend + .fields { margin-top: 0; }
.fields label.check input { width: 1.5rem; flex: none; }
label.check { padding-block: 0.2rem; }
.switch { margin-top: 1rem; }
@supports selector(:has(*)) { .switch:not(:has(.on:checked)) > .fields { display: none; } }
details { margin-top: 1.25rem; }
details[open] { padding-left: 1rem; border-left: 3px solid var(--line); }
summary { display: inline-block; padding: 0.45rem 1.1rem; border-radius: 0.6rem; background: var(--accent-soft); color: var(--accent); font-weight: 600; cursor: pointer; }
textarea.code { font: 0.875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.callout h2 { margin: 0; }
h2.callout { margin-top: 2rem; }
fieldset:focus-visible, .callout:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
`;
