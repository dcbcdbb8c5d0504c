#include "plotting/html_assets.h"

namespace chaosense {

const char* const kReportStyle = R"css(
:root { color-scheme: light; --ink: #1c2430; --soft: #5a6675; --line: #d5dbe3; --back: #f5f7fa; --blue: #0b5cad; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; color: var(--ink); background: #fff; }
main, header, footer { max-width: 1320px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4em; overflow-wrap: anywhere; }
h2 { font-size: 1.4rem; margin: 2.2em 0 .5em; padding-top: .5em; border-top: 2px solid var(--line); overflow-wrap: anywhere; }
h3 { font-size: 1.05rem; line-height: 1.35; margin: 1.8em 0 .5em; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 1.2em 0 .3em; overflow-wrap: anywhere; }
p, li, dd { max-width: 75ch; overflow-wrap: anywhere; }
a { color: var(--blue); }
nav ul { display: flex; flex-wrap: wrap; gap: .3em 1.2em; padding: .7em 1em; margin: 1em 0; list-style: none; background: var(--back); border-radius: 6px; }
.scroll { width: fit-content; max-width: 100%; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
.scroll:focus-visible { outline: 2px solid var(--blue); }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
th, td { padding: .32em .6em; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--back); text-align: center; vertical-align: bottom; font-weight: 600; white-space: normal; min-width: 4.2em; max-width: 13em; border-left: 1px solid var(--line); }
thead th:first-child { border-left: 0; }
thead a { color: inherit; text-decoration: underline dotted; }
tbody th { text-align: left; font-weight: 500; }
tbody th:last-of-type { position: sticky; left: 0; background: #fff; box-shadow: 1px 0 var(--line); }
tbody tr:hover > th { background: #eef4fb; }
tbody tr.group > * { border-top: 2px solid #9aa7b6; }
table.sorted tr.group > * { border-top: 0; }
table.words { font-variant-numeric: normal; }
table.words th, table.words td { text-align: left; white-space: normal; vertical-align: top; min-width: 6em; max-width: 46em; }
h5 { font-size: .92rem; margin: 1.4em 0 .4em; }
tbody tr:hover { background: #eef4fb; }
sup { line-height: 0; }
td.pass { color: #0a6b48; }
td.fail { color: #a33b00; font-weight: 600; }
thead button { border: 0; background: none; cursor: pointer; padding: 0 0 0 .2em; color: var(--soft); font: inherit; font-size: .8em; }
thead button[aria-pressed=true] { color: var(--blue); font-weight: 700; }
.notes { list-style: none; padding: 0; margin: .7em 0; font-size: .84rem; color: var(--soft); }
.notes li { margin: .2em 0; }
.again code { display: block; margin-top: .3em; padding: .4em .6em; }
.again { font-size: .84rem; color: var(--soft); margin: .5em 0; }
code, pre { font: .84rem/1.5 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; background: var(--back); border-radius: 4px; }
code { padding: .1em .3em; overflow-wrap: anywhere; }
pre { padding: .8em 1em; overflow-x: auto; max-height: 32em; }
figure { margin: 1.4em 0; }
figure svg, figure img { display: block; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 6px; }
figcaption { font-size: .88rem; color: var(--soft); margin-top: .4em; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25em 1.2em; font-size: .92rem; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
dl.terms dt { font-weight: 600; margin-top: .7em; overflow-wrap: anywhere; }
dl.terms dd { margin: .1em 0 0; font-size: .92rem; }
dt:target, dt:target + dd { background: #fff6d6; }
details { margin: .8em 0; border: 1px solid var(--line); border-radius: 6px; padding: .5em .9em; }
summary { cursor: pointer; font-weight: 600; overflow-wrap: anywhere; }
footer { color: var(--soft); font-size: .84rem; padding-top: 1.5em; padding-bottom: 2.5em; }
@media (max-width: 640px) {
  body { font-size: 15px; }
  main, header, footer { padding: 0 14px; }
  header { padding-top: 18px; }
  h1 { font-size: 1.45rem; }
  dl.facts { grid-template-columns: 7em 1fr; }
  th, td { padding: .3em .5em; }
}
@media print { nav, thead button { display: none; } .scroll { overflow: visible; } }
)css";

const char* const kReportScript = R"js(
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const state = {column: -1, step: 0};
  const key = (row, column) => {
    const cell = row.cells[column];
    const value = cell.dataset.value;
    if (value === undefined) return cell.textContent;
    return value === "inf" ? Infinity : value === "-inf" ? -Infinity : Number(value);
  };
  const compare = (a, b) => {
    const numbers = typeof a === "number" && typeof b === "number";
    if (numbers) return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a.localeCompare(b, "en", {numeric: true});
  };
  for (const button of table.tHead.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      const column = Number(button.dataset.column);
      state.step = column === state.column ? (state.step + 1) % 3 : 1;
      state.column = column;
      table.classList.toggle("sorted", state.step > 0);
      const rows = [...original];
      if (state.step > 0) rows.sort((a, b) => compare(key(a, column), key(b, column)));
      if (state.step === 2) rows.reverse();
      body.append(...rows);
      for (const other of table.tHead.querySelectorAll("button")) {
        const pressed = other === button && state.step > 0;
        other.setAttribute("aria-pressed", pressed);
        other.textContent = pressed ? (state.step === 1 ? "\u2191" : "\u2193") : "\u21C5";
      }
    });
  }
}
)js";

}  // namespace chaosense
