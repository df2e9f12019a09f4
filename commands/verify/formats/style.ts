/** Paper gets no colours behind text. */
export const style = `:root { --ink: #1a1a1a; --paper: #fff; --quiet: #595959; --line: #c8c8c8; --box: #f2f4f7; --good: #0b6b2e; --bad: #b3261e; --any: #0b57a4; --fresh: #7a4a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #16181c; --quiet: #b4b4b4; --line: #4a4f57; --box: #23272e; --good: #6fdc93; --bad: #ff9a90; --any: #8fc1ff; --fresh: #f0bd6a; } }
body { color: var(--ink); background: var(--paper); }
h3 { font-size: 1rem; margin: 0; }
.verdict { padding: .75rem 1rem; border: 2px solid; border-radius: .4rem; }
.good { color: var(--good); }
.bad, .wrong, .error .level, .cross { color: var(--bad); }
.finding { border-left: 4px solid var(--line); padding: .25rem 0 .25rem .75rem; margin: 1rem 0; }
.finding.error { border-color: var(--bad); }
.finding ul { margin: .25rem 0; padding-left: 1.2rem; }
li { overflow-wrap: anywhere; }
.finding code { display: block; padding: .1rem .4rem; background: var(--box); user-select: all; }
.finding p { margin: 0; color: var(--quiet); }
.level { text-transform: uppercase; font-size: .8rem; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.legend svg { width: 2.5rem; height: .7rem; vertical-align: middle; }
svg { display: block; width: 100%; height: auto; }
.legend svg { display: inline-block; }
svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
.node rect { fill: var(--box); stroke: var(--line); }
.way { fill: none; stroke-width: 1.5; stroke: var(--line); }
.way.any { stroke: var(--any); }
.way.fresh { stroke: var(--fresh); stroke-dasharray: 6 3; }
.way.bare, .way.wrong { stroke: var(--bad); stroke-width: 4; }
.way.closed { stroke: var(--quiet); stroke-dasharray: 1 4; }
.way.unexpected { stroke: var(--bad); stroke-width: 2.5; }
svg text.mark { fill: var(--bad); font-size: 14px; font-weight: bold; text-anchor: middle; }
.table { margin: 1rem 0; overflow-x: auto; }
table { font-size: .875rem; }
@media (max-width: 30rem) { table { font-size: .75rem; } }
caption { text-align: left; font-weight: bold; padding: .25rem 0; overflow-wrap: anywhere; }
th, td { padding: .3rem .4rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { font-weight: normal; color: var(--quiet); }
#assignments ~ .table td:last-child { white-space: nowrap; }
#machines ~ .table td { overflow-wrap: anywhere; }
@media (max-width: 30rem) { #assignments ~ .table tbody th { min-width: 5.5rem; } }
@media (min-width: 40rem) { #assignments ~ .table td { min-width: 8rem; } }
.left { color: var(--quiet); }
tbody th { font-weight: 600; min-width: 7rem; overflow-wrap: anywhere; }
@media print {
  :root { --ink: #000; --paper: #fff; --quiet: #444; --line: #888; --box: #fff; --good: #0b6b2e; --bad: #b3261e; --any: #0b57a4; --fresh: #7a4a00; }
  table, article, svg { break-inside: avoid; }
  caption { break-after: avoid; }
}`;
