/** Style sheet of the service's own pages. The policy allows only these bytes, by their digest. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #fff; --card: #f6f7f9; --ink: #1b1f24; --dim: #59626e; --line: #767f8a;
  --accent: #0b5d8a; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --card: #1d2126; --ink: #e4e8ed; --dim: #9da7b3;
  --line: #78828e; --accent: #62b6e8; --on-accent: #0b1116; } }
* { box-sizing: border-box; }
html { background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 3rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
a { color: var(--accent); }
.hint { color: var(--dim); font-size: .92rem; }
.drop { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: 1.5rem 0; }
@media (max-width: 34rem) { .drop { grid-template-columns: 1fr; } }
.drop label { display: flex; flex-direction: column; position: relative; min-height: 9rem; padding: 1rem;
  background: var(--card); border: 2px dashed var(--line); border-radius: .5rem; }
.drop label:hover { border-color: var(--accent); }
.drop strong { font-size: 1.1rem; }
/* The field itself is as large as its box: what is dropped anywhere on it is taken. */
.drop input { position: absolute; inset: 0; width: 100%; padding: 6rem 1rem 1rem; border-radius: .5rem; cursor: pointer;
  font: inherit; font-size: .92rem; color: var(--ink); }
.row { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1rem; align-items: baseline; margin: .8rem 0; }
@media (max-width: 34rem) { .row { grid-template-columns: 1fr; } }
select, .row input { width: 100%; padding: .4rem; font: inherit; color: var(--ink); background: var(--page);
  border: 1px solid var(--line); border-radius: .3rem; }
details { margin: 1rem 0; } summary { cursor: pointer; padding: .3rem 0; }
button { margin-top: 1rem; padding: .6rem 1.6rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 0; border-radius: .3rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
footer { margin-top: 3rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--dim); font-size: .85rem; }
`;

/** SHA-256 of `pageStyle` in base64, for Content-Security-Policy. A test compares them. */
export const pageDigest = "dgfN9b6msXU6reoDGVHK+uQl0KSzHTzZS4/QUSuiN2E=";
