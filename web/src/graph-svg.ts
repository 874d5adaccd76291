// A placed graph as SVG, drawn as src/report/graph_svg.cpp draws it. The look is in styles.ts.
import { nothing, svg, html, type TemplateResult, type SVGTemplateResult } from "lit";
import { KIND_LINE, NAME_LINE, layOut, type Graph, type GraphLine, type GraphNode, type PlacedLine, type PlacedNode } from "./graph.js";

const TIP = 6, SIGN = 7, CORNER = 9;
const number = (value: number): string => String(Math.round(value * 10) / 10 || 0);
const at = (x: number, y: number): string => `${number(x)} ${number(y)}`;

function curve({ points, back, down }: PlacedLine): string {
  let path = `M${at(points[0].x, points[0].y)}`;
  if (down) return `${path} V${number(points[1].y - TIP)}`;
  points.slice(1).forEach((b, i) => {
    const a = points[i];
    const x = i + 2 === points.length && !back ? b.x - TIP : b.x;
    if (back) {
      const out = Math.max(a.x, x) + 24;
      path += ` C${at(out, a.y)} ${at(out, b.y)} ${at(x, b.y)}`;
    } else if (a.y === b.y) {
      path += ` H${number(x)}`;
    } else {
      path += ` C${at((a.x + x) / 2, a.y)} ${at((a.x + x) / 2, b.y)} ${at(x, b.y)}`;
    }
  });
  return path;
}

function drawLine(line: GraphLine, placed: PlacedLine): SVGTemplateResult {
  const end = placed.points[placed.points.length - 1];
  const half = Math.max(3.5, placed.width / 2 + 2);
  const tip = placed.down
    ? `M${at(end.x, end.y)} L${at(end.x - half, end.y - TIP)} H${number(end.x + half)}z`
    : `M${at(end.x, end.y)} L${at(end.x - TIP, end.y - half)} V${number(end.y + half)}z`;
  return svg`<path class=${line.implied ? "line implied" : "line"} d=${curve(placed)} stroke-width=${number(placed.width)}></path>
    ${placed.back ? nothing : svg`<path class="tip" d=${tip}></path>`}`;
}

const SIGNS: Record<string, (x: number, y: number) => string> = {
  checked: (x, y) => `M${at(x - 3.4, y)} l2.4 2.6 l4.4-5.4`,
  no_access: (x, y) => `M${at(x - 4.9, y + 4.9)} l9.8-9.8`,
  disputed: (x, y) => `M${at(x - 3.5, y - 1.7)} h7 m0 3.4 h-7 m1.2 2.3 l4.6-8`,
  no_comment: (x, y) => `M${at(x - 3.6, y)} h1.4 m1.5 0 h1.4 m1.5 0 h1.4`,
};

/** What the text says of a check, as a sign on the line. */
function drawSign(line: GraphLine, { points, down }: PlacedLine): SVGTemplateResult | typeof nothing {
  if (!line.mark) return nothing;
  const [a, b] = points.slice(-2);
  const x = down ? b.x + SIGN + 8 : (a.x + b.x - TIP) / 2, y = (a.y + b.y) / 2;
  const good = ["checked", "confirmed"].includes(line.mark);
  const sign = SIGNS[good ? "checked" : line.mark];
  return svg`<g class=${good ? "sign good" : "sign"}>
    <circle cx=${number(x)} cy=${number(y)} r=${SIGN}></circle>
    ${sign ? svg`<path d=${sign(x, y)}></path>` : svg`<text x=${number(x)} y=${number(y + 4)} text-anchor="middle">?</text>`}</g>`;
}

function drawBox(node: GraphNode, box: PlacedNode): SVGTemplateResult {
  if (node.shape === "thing")
    return svg`<path class="box" d="M${at(box.x, box.y)} h${number(box.width - CORNER)} l9 9 v${number(box.height - CORNER)} H${number(box.x)}z"></path>`;
  const rect = (style: string, inset: number, radius: number) =>
    svg`<rect class=${style} x=${number(box.x + inset)} y=${number(box.y + inset)} width=${number(box.width - 2 * inset)}
      height=${number(box.height - 2 * inset)} rx=${number(radius)}></rect>`;
  return svg`${rect("box", 0, node.shape === "person" ? Math.min(14, box.height / 2) : 2)}${node.shape === "state" ? rect("inner", 3, 1) : nothing}`;
}

function drawNode(node: GraphNode, box: PlacedNode): SVGTemplateResult {
  const text = NAME_LINE * box.name.length + KIND_LINE * box.kind.length;
  let y = box.y + (box.height - text) / 2 - 3.5;
  const write = (style: string, step: number) => (line: string) =>
    svg`<text class=${style} x=${number(box.x + box.width / 2)} y=${number((y += step))} text-anchor="middle">${line}</text>`;
  return svg`<g class="node ${node.shape ?? "body"} ${node.unnamed ? "unnamed" : ""}">
    ${drawBox(node, box)}${box.name.map(write("name", NAME_LINE))}${box.kind.map(write("kind", KIND_LINE))}</g>`;
}

/** One picture, named by `words`; nothing in it can be reached by keyboard. */
export function drawGraph(graph: Graph, width: number, words: string): TemplateResult {
  const d = layOut(graph, width);
  return html`<svg class="graph" viewBox="0 0 ${number(d.width)} ${number(d.height)}" width=${number(d.width)} height=${number(d.height)}
    role="img" aria-label=${words}>
    ${graph.lines.map((line, i) => drawLine(line, d.lines[i]))}${graph.nodes.map((node, i) => drawNode(node, d.nodes[i]))}${graph.lines.map((line, i) => drawSign(line, d.lines[i]))}
  </svg>`;
}
