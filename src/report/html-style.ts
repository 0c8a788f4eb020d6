/** The style sheet of the html report. The page's policy allows only these bytes, by their digest. */
export const styleSheet = `
:root { color-scheme: light dark; --page: #fff; --card: #f6f7f9; --ink: #1b1f24; --dim: #59626e; --line: #d3d9e0;
  --error: #b3161b; --warning: #8a5300; --notice: #0b5d8a; --good: #1a6b32; --tint: #fff3d6; }
@media (prefers-color-scheme: dark) { :root { --page: #14171b; --card: #1d2126; --ink: #e4e8ed; --dim: #9da7b3;
  --line: #39414b; --error: #ff7b78; --warning: #e3a94a; --notice: #62b6e8; --good: #62c781; --tint: #4a3a12; } }
@media print { :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --dim: #444; --line: #999;
  --error: #a00; --warning: #744600; --notice: #045; --good: #050; --tint: #eee; } }
* { box-sizing: border-box; }
html { background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif; }
body { display: flex; flex-direction: column; max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem;
  overflow-wrap: anywhere; }
main { order: 1; }
/* Of a page of many CRLs, only what is seen is laid out. */
section { content-visibility: auto; contain-intrinsic-size: auto 40rem; }
code, pre, .bytes, svg text { font-family: ui-monospace, "Cascadia Mono", "Liberation Mono", Menlo, monospace; }
code { font-size: .92em; }
a { color: inherit; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.5rem 0 .5rem; padding-top: 1rem; border-top: 2px solid var(--line); }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .6rem; }
article > :is(h3, h4) { font-size: 1rem; margin: 0; }
article > :is(h3, h4) code { display: block; font-weight: 400; color: var(--dim); }
.lead { margin: 0; color: var(--dim); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; margin: 1rem 0 0; padding: 0; }
.counts li { border: 1px solid currentColor; border-radius: 1rem; padding: .1rem .8rem; font-weight: 600; }
.error { color: var(--error); } .warning { color: var(--warning); } .notice { color: var(--notice); }
.good { color: var(--good); } .dim { color: var(--dim); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: .8rem 0; font-size: .92rem; }
dl.facts dt { color: var(--dim); } dl.facts dd { margin: 0; }
article { background: var(--card); border: 1px solid var(--line); border-left: .35rem solid; border-radius: .3rem;
  margin: 0 0 1rem; padding: .8rem 1rem; }
article > * { color: var(--ink); }
article p { margin: .6rem 0 0; }
ul.places { list-style: none; margin: .5rem 0 0; padding: 0; font-size: .88rem; color: var(--dim);
  white-space: pre-wrap; }
blockquote { margin: .8rem 0 0; padding-left: .8rem; border-left: 3px solid var(--line); font-size: .95rem; }
blockquote q { font-style: italic; } cite { display: block; font-style: normal; color: var(--dim); font-size: .88rem; }
.help { font-weight: 600; }
figure { margin: 1rem 0 0; } figcaption { color: var(--dim); font-size: .88rem; margin-bottom: .3rem; }
.scroll { overflow-x: auto; }
svg { display: block; width: 100%; min-width: 34rem; height: auto; }
svg text { font-size: 13px; fill: var(--ink); white-space: pre; } svg .head { font-weight: 600; }
svg .small { font-size: 11px; fill: var(--dim); } svg .mark { font-size: 12px; font-weight: 600; }
svg rect { fill: var(--page); stroke: var(--line); stroke-width: 1.2; }
svg path { fill: none; stroke-width: 2; }
svg .same path { stroke: var(--good); } svg .same .mark { fill: var(--good); }
svg .moved path { stroke: var(--error); } svg .moved .mark { fill: var(--error); }
svg .changed path { stroke: var(--warning); stroke-dasharray: 6 4; } svg .changed .mark { fill: var(--warning); }
svg .lost rect { stroke: var(--error); stroke-dasharray: 5 3; } svg .lost .mark { fill: var(--error); }
svg g:hover > rect { stroke: var(--ink); stroke-width: 2; }
.bytes { font-size: .82rem; border-spacing: 0; margin-top: .8rem; white-space: nowrap; }
.bytes caption { text-align: left; } .bytes th { text-align: left; font-weight: 400; color: var(--dim); padding-right: 1rem; }
.bytes td { padding: .05rem .28rem; } .bytes td:hover { background: var(--line); }
.bytes .differs { background: var(--tint); outline: 1px solid var(--warning); font-weight: 700; }
table.rules { border-collapse: collapse; width: 100%; font-size: .9rem; }
table.rules th, table.rules td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid var(--line); }
table.rules th { color: var(--dim); font-weight: 400; overflow-wrap: normal; }
.counts + .scroll { margin-top: 1.5rem; }
.overview td:first-child { min-width: 6rem; } .overview td:nth-child(2) { white-space: nowrap; }
.overview th:nth-child(n + 3), .overview td:nth-child(n + 3) { text-align: right; }
summary { font-weight: 600; margin: 1rem 0 .4rem; cursor: pointer; }
td.good, td.error { font-weight: 600; }
details p { margin: .6rem 0 .2rem; font-size: .9rem; }
ul.ids { columns: 17rem; list-style: none; margin: 0; padding: 0; font-size: .85rem; }
@media (max-width: 34rem) { table.overview th, table.overview td { padding-right: .4rem; font-size: .85em; }
  dl.facts { grid-template-columns: 1fr; } dl.facts dd { margin-bottom: .4rem; } }
@media print { @page { margin: 1.5cm; } html { font-size: 10.5pt; } body { max-width: none; padding: 0; }
  section { content-visibility: visible; }
  figure, blockquote, tr, p { break-inside: avoid; } h2, h3, h4, .places { break-after: avoid; }
  footer { margin-top: 1rem; } details::details-content { content-visibility: visible; } .scroll { overflow: visible; }
  svg { min-width: 0; } blockquote a::after { content: " <" attr(href) ">"; } }
`;

/** SHA-256 of `styleSheet` in base64, for the Content-Security-Policy. A test checks it. */
export const styleDigest = "Vjj+DDJ/06W3Vu+eHYe4vTTt0Z4WM5kd1MA8Jx8zkDk=";
