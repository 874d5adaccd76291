// The look, as data/report/report.css has it: distance is told by the kind of line, by number and by word; colour helps.
import { css, unsafeCSS } from "lit";
import graph from "css:graph";

export const styles = css`
  :host {
    --ink: #1d1b18; --muted: #5c574e; --accent: #17507a; --flag: #8c2f0b;
    --paper: #fbf9f4; --card: #f3efe5; --hit: #ffefb0; --wash: #fbe9de; --rule: #d8d2c4;
    --line: #857f73; --d1: #17699f; --d2: #7a4fa8; --d3: #b0530f; --d4: #b01f48;
    --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Georgia, serif;
    --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Nimbus Sans", Arial, sans-serif;
    display: block; color: var(--ink); background: var(--paper); font: 1rem/1.5 var(--sans);
    overflow-wrap: break-word; container-type: inline-size; scroll-margin-top: 1.5rem;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --ink: #ebe7de; --muted: #b1aa9d; --accent: #93c6f2; --flag: #f5b28a;
      --paper: #15161a; --card: #1f2126; --hit: #4b3f0e; --wash: #35221a; --rule: #3d3e45;
      --line: #8f897d; --d1: #6db3ea; --d2: #c4a4f3; --d3: #f0a860; --d4: #f58aa5;
    }
  }
  *, *::before, *::after { box-sizing: border-box; }
  h2, h3, h4, h5, p, ol, ul, dl, dd, figure, fieldset { margin: 0; padding: 0; }
  ol, ul { list-style: none; }
  button, select, input { font: inherit; color: inherit; }
  button { cursor: pointer; }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
  [hidden] { display: none !important; }
  .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .correction { border-inline-start: 3px solid var(--accent); padding-inline-start: .5rem; margin-block: .3rem; font-size: .875rem; }
  .meta, .counts, .facts, .status { color: var(--muted); font-size: .875rem; }
  h2 { font: 700 clamp(1.6rem, 4cqi, 2.4rem)/1.15 var(--serif); text-wrap: balance; margin: .2rem 0 .4rem; }
  h3 { font: 600 1rem/1.3 var(--sans); margin: 1.5rem 0 .5rem; }

  .flags { display: grid; gap: .6rem; }
  .flags li { border-inline-start: 4px solid var(--flag); background: var(--wash); padding: .5rem .8rem; }
  .kind { font-weight: 600; color: var(--flag); font-size: .875rem; }
  .words { border: 0; background: none; padding: 0; text-align: start; color: var(--accent); text-decoration: underline; font-family: var(--serif); }

  .band { display: flex; gap: 3px; height: 2.2rem; margin: .4rem 0; }
  .part {
    flex: 1 1 0; min-width: 6px; padding: .3rem .3rem 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
    background: var(--card); border-bottom: 6px solid transparent; font-size: .8125rem; line-height: 1.3; font-variant-numeric: tabular-nums;
  }
  .part.d0, .part.own { box-shadow: inset 0 0 0 1px var(--rule); background: var(--paper); text-decoration: none; }
  .part.d1 { border-bottom: 5px solid var(--d1); } .part.d2 { border-bottom: 5px dashed var(--d2); }
  .part.d3 { border-bottom: 6px dotted var(--d3); } .part.d4 { border-bottom: 7px double var(--d4); }
  .part.from { box-shadow: inset 0 0 0 1px var(--line); border: 0; } .part.odd { background: var(--paper); }
  .key { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; font-size: .875rem; }
  .key bdi { font-weight: 600; }

  ${unsafeCSS(graph)}
  .filters {
    border: 1px solid var(--rule); border-radius: 4px; padding: .6rem .9rem; margin: 1.5rem 0 1rem;
    display: flex; flex-wrap: wrap; gap: .5rem 1.4rem; align-items: center; font-size: .9375rem;
  }
  .filters legend { font-weight: 600; padding: 0 .3rem; }
  .filters select { background: var(--card); border: 1px solid var(--muted); border-radius: 4px; padding: .25rem .4rem; max-width: 16rem; }
  .filters .status { flex-basis: 100%; }

  .block { display: grid; gap: .6rem 2rem; padding: .3rem 0 .7rem; }
  .text { font: 1.125rem/1.65 var(--serif); max-width: 38rem; }
  .headline { font-weight: 700; font-size: 1.5rem; line-height: 1.25; }
  .lede { font-size: 1.25rem; }
  .subheading { font-weight: 700; }
  .byline, .credit, .dateline { font: .875rem/1.5 var(--sans); color: var(--muted); }
  .picture { background: var(--card); border: 1px solid var(--rule); padding: .7rem .9rem; }
  .caption { font-size: .9375rem; font-family: var(--sans); }
  .said { text-decoration: underline; text-decoration-skip-ink: none; text-decoration-thickness: 2px; cursor: pointer; }
  .in0 { text-underline-offset: .22em; } .in1 { text-underline-offset: .4em; } .in2 { text-underline-offset: .58em; }
  .d0 { text-decoration: none; }
  .d1 { text-decoration-style: solid; text-decoration-color: var(--d1); }
  .d2 { text-decoration-style: dashed; text-decoration-color: var(--d2); }
  .d3 { text-decoration-style: dotted; text-decoration-color: var(--d3); text-decoration-thickness: 3px; }
  .d4 { text-decoration-style: double; text-decoration-color: var(--d4); }
  .scare { text-decoration-style: wavy; text-decoration-color: var(--muted); text-decoration-thickness: 1px; font-style: italic; }
  .open { background: var(--card); }
  .hit { background: var(--hit); outline: 2px solid var(--flag); }
  .ref {
    margin: 0 .12em; padding: .1em .45em; vertical-align: super; font: 600 .6875rem/1 var(--sans); user-select: none;
    border: 1px solid var(--accent); border-radius: 1em; color: var(--accent); background: var(--paper);
  }
  .ref:hover, .ref[aria-expanded="true"] { color: var(--paper); background: var(--accent); }
  .quiet .text { color: var(--muted); }

  .notes { display: grid; gap: .6rem; align-content: start; font-size: .875rem; padding-inline-start: .9rem; border-inline-start: 2px solid var(--rule); }
  .note.open { background: none; border-radius: 3px; outline: 2px solid var(--rule); outline-offset: 4px; }
  .note dl { display: grid; gap: .1rem; padding: .3rem 0; }
  .note dl div, .picture dl div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
  dt { color: var(--muted); } dt::after { content: ":"; } dt::first-letter { text-transform: uppercase; }
  dd { min-width: 0; }
  .why { border: 0; background: none; padding: 0; color: var(--accent); text-decoration: underline; }
  code { color: var(--muted); overflow-wrap: anywhere; }

  .entities, .about { margin-top: 1.5rem; font-size: .9375rem; }
  summary { cursor: pointer; width: fit-content; color: var(--accent); }
  table { border-collapse: collapse; width: 100%; margin-top: .6rem; font-variant-numeric: tabular-nums; }
  th, td { text-align: start; vertical-align: baseline; padding: .3rem .75rem .3rem 0; font-weight: 400; }
  thead th { font-size: .8125rem; color: var(--muted); border-bottom: 1px solid var(--rule); }
  tbody th { font-weight: 600; }
  tbody tr + tr > * { border-top: 1px solid var(--rule); }
  .about { font-size: .8125rem; color: var(--muted); }
  .about div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
  .about dd { overflow-wrap: anywhere; }
  a { color: var(--accent); }

  @container (max-width: 45.99rem) {
    .entities thead { position: absolute; clip-path: inset(50%); }
    .entities tr, .entities th, .entities td { display: block; }
    .entities tbody tr + tr > * { border-top: 0; }
    .entities tbody tr + tr { border-top: 1px solid var(--rule); }
    .entities td { padding: 0; }
    .entities td:empty { display: none; }
    .entities td:last-child { padding-bottom: .5rem; }
    .entities td::before { content: attr(data-label) ": "; color: var(--muted); }
  }
  @container (min-width: 46rem) {
    .drawn.wide { display: block; }
    .drawn.narrow { display: none; }
  }
  @container (min-width: 58rem) {
    .overview { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 3rem; align-items: start; }
    .overview > .findings { grid-row: 1 / span 2; }
    .overview > .bars { grid-column: 2; }
    .block { grid-template-columns: minmax(0, 38rem) minmax(15rem, 1fr); }
  }
  @media print {
    :host { --ink: #000; --muted: #444; --accent: #000; --paper: #fff; --card: #fff; --line: #777; --d1: #000; --d2: #000; --d3: #000; --d4: #000; }
    .band { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    .filters, .why, summary { display: none; }
    .block { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
    h2, h3, .headline, .subheading { break-after: avoid; }
    .block, .note, .flags li, .band, .graph, .picture { break-inside: avoid; }
    .drawn.wide { display: block; }
    .drawn.narrow { display: none; }
  }
`;
