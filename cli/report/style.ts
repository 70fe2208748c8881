/** The report's style sheet. Light or dark as the reader's system is, and light in print. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --card: #ffffff; --ink: #1c2024; --soft: #5b636d; --rule: #e2e4e8; --accent: #1f5fbf;
  --good: #18794e; --bad: #c62a2f; --warn: #8f5b00;
  --c0: #1f5fbf; --c1: #d1490c; --c2: #12805c; --c3: #8a3ffc; --c4: #a3790a; --c5: #c02675; --c6: #0e7490; --c7: #6b6f76;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #111315; --card: #191c1f; --ink: #eceef0; --soft: #a3abb4; --rule: #2e3338; --accent: #7db4ff;
    --good: #4cc38a; --bad: #ff7b7f; --warn: #f1b13c;
    --c0: #6ea8fe; --c1: #ff9a5c; --c2: #4cc9a0; --c3: #b99bff; --c4: #e3bf4a; --c5: #ff85bd; --c6: #5cc8dd; --c7: #a8adb5;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
header h1 { margin: 0; font-size: 1.9rem; letter-spacing: -0.015em; }
header p { margin: .25rem 0 0; color: var(--soft); }
h2 { margin: 2.6rem 0 .8rem; font-size: 1.2rem; letter-spacing: -0.01em; }
h3 { margin: 0; font-size: 1rem; }
code, pre, output { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .86em; }
pre { overflow-x: auto; margin: 0; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
.verdict { display: inline-block; margin: 1rem 0 0; padding: .2rem .7rem; border-radius: 999px; border: 1px solid currentColor; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
ul.checks { list-style: none; padding: 0; margin: 0; }
ul.checks li { padding: .15rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; background: var(--card); }
caption { text-align: left; color: var(--soft); padding: 0 0 .5rem; }
th, td { padding: .42rem .75rem; border-bottom: 1px solid var(--rule); text-align: left; white-space: nowrap; font-weight: 400; }
thead th { font-weight: 600; white-space: normal; vertical-align: bottom; border-bottom: 2px solid var(--rule); }
.number { text-align: right; }
td.wrap { white-space: normal; overflow-wrap: anywhere; }
tbody.baselines { color: var(--soft); }
.tables > .scroll + .scroll { margin-top: 1.4rem; }
figure { margin: 0 0 1.4rem; padding: 1rem 1rem .8rem; background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
figure svg { display: block; width: 100%; height: auto; min-width: 30rem; }
figure output { display: block; min-height: 1.6em; color: var(--soft); white-space: pre-wrap; }
figcaption { color: var(--soft); font-size: .9rem; }
svg:focus-visible, select:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: .35rem 0 .3rem; padding: 0; font-size: .9rem; color: var(--soft); }
.legend li { display: flex; align-items: center; gap: .45rem; }
.legend svg, figure .legend svg { width: 22px; min-width: 22px; height: 10px; }
svg .grid { stroke: var(--rule); stroke-width: 1; fill: none; }
svg .axis { stroke: var(--soft); stroke-width: 1; fill: none; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--soft); }
svg .label { fill: var(--ink); }
svg .line, svg .dashed, svg .outline { fill: none; stroke: var(--c); stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
svg .dashed { stroke-dasharray: 5 4; }
svg .band { fill: var(--c); fill-opacity: .17; stroke: none; }
svg .shade { fill: var(--accent); stroke: none; shape-rendering: crispEdges; }
.maps { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1rem; }
figure.map svg { min-width: 0; border: 1px solid var(--rule); }
svg circle { fill: var(--c); }
svg .cursor { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 2 2; fill: none; pointer-events: none; }
.ink { --c: var(--ink); }
${[0, 1, 2, 3, 4, 5, 6, 7].map((colour) => `.c${colour} { --c: var(--c${colour}); }`).join(' ')}
.controls { display: flex; flex-wrap: wrap; gap: .6rem 1.2rem; margin: 0 0 1rem; }
.controls label { display: flex; align-items: center; gap: .5rem; color: var(--soft); }
select { font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: .2rem .4rem; max-width: 16rem; }
summary { cursor: pointer; color: var(--soft); margin-bottom: .6rem; }
@media print { main { max-width: none; padding: 0; } figure { break-inside: avoid; } .controls, figure output { display: none; } }
`;
