// Small graphs of who feeds whom, placed exactly as src/report/graph_layout.cpp places them (there the method and its
// sources are told): tests/report/graphs.json holds both to the same drawings.

export type Shape = "body" | "state" | "person" | "thing" | "outlet";
export interface GraphNode {
  name: string;
  kind?: string; // in small letters under the name
  figure?: string; // and under that
  shape?: Shape;
  unnamed?: boolean;
}
export interface GraphLine {
  from: number;
  to: number;
  weight?: number;
  implied?: boolean; // not told by who is fed
  mark?: string; // verification status where a sign for it stands on the line
}
export interface Graph {
  nodes: GraphNode[];
  lines: GraphLine[]; // one at most from one node to another; none to itself
  weighted?: boolean; // else every line is thin
  downwards?: boolean; // each node under the one before
}

export interface Point {
  x: number;
  y: number;
}
export interface PlacedNode {
  column: number;
  x: number;
  y: number;
  width: number;
  height: number;
  name: string[];
  kind: string[];
}
export interface PlacedLine {
  points: Point[];
  width: number;
  back: boolean; // goes against the columns
  down: boolean; // straight down
}
export interface Drawing {
  width: number;
  height: number;
  nodes: PlacedNode[];
  lines: PlacedLine[];
}

export const NAME_SIZE = 12.5, KIND_SIZE = 10.5, NAME_LINE = 15, KIND_LINE = 13;
const MAX_WIDTH = 8, MIN_WIDTH = 1.5;
const GAPS = [34, 34, 34, 34, 26, 20], BETWEEN = 9, PAD_X = 9, PAD_Y = 6, EDGE = 1, LINE_GAP = 3;
const NAME_WIDTHS = [168, 140, 116, 96, 84, 72];
const NAME_LINES = 3, KIND_LINES = 2, SWEEPS = 6, FEWEST = 4;
const NARROW = new Set("iIjlftr.,:;'|!()[]- ·’"), WIDE = new Set("mwMW@%—ÆæŒœШЩЖМЮшщжмюф");

function em(c: string): number {
  const code = c.codePointAt(0)!;
  if (code >= 0x300 && code < 0x370) return 0;
  if (NARROW.has(c)) return 0.38;
  if (WIDE.has(c)) return 1.0;
  if ((c >= "A" && c <= "Z") || (code >= 0xc0 && code < 0xdf) || (code >= 0x410 && code < 0x430)) return 0.78;
  return code >= 0x1100 ? 1.05 : 0.65;
}
/** About how wide a line of text becomes in a sans serif. */
export const textWidth = (text: string, size: number): number => Array.from(text).reduce((sum, c) => sum + em(c), 0) * size;

/** The text in lines no wider than that, an ellipsis for what is left after `most`. */
export function wrapped(text: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  const fits = (t: string) => textWidth(t, size) <= width;
  let line = "";
  const end = () => (lines.push(line), (line = ""), lines.length === most);
  const shorten = () => {
    let last = Array.from(lines[lines.length - 1].replace(/-$/, ""));
    while (last.length > 0 && !fits(last.join("") + "…")) last = last.slice(0, -1);
    lines[lines.length - 1] = last.join("") + "…";
    return lines;
  };
  for (const word of text.split(/[ \t\r\n]+/).filter(Boolean)) {
    const more = line ? `${line} ${word}` : word;
    if (fits(more)) {
      line = more;
      continue;
    }
    if (line && end()) return shorten();
    let rest = Array.from(word);
    while (!fits(rest.join(""))) {
      let n = 1;
      while (n < rest.length && fits(rest.slice(0, n + 1).join("") + "-")) ++n;
      // No single letters go to the next line.
      if (rest.length >= 2 * FEWEST && n < rest.length) n = Math.min(n, rest.length - FEWEST);
      line = rest.slice(0, n).join("") + (n < rest.length ? "-" : "");
      rest = rest.slice(n);
      if (end()) return shorten();
    }
    line = rest.join("");
  }
  if (line) lines.push(line);
  return lines;
}

/** A node of the graph, or the place in a column that a longer line goes through. */
interface Cell {
  column: number;
  height: number;
  y: number; // its middle
  left: number[]; // segments
  right: number[];
}
interface Segment {
  from: number;
  to: number;
  line: number;
  y1: number;
  y2: number;
}
const byKey = <T>(items: T[], key: (item: T) => number): T[] => [...items].sort((a, b) => key(a) - key(b));

/** The box around a node's words, not yet anywhere. */
function boxOf(node: GraphNode, nameWidth: number): PlacedNode {
  const name = wrapped(node.name, NAME_SIZE, nameWidth, NAME_LINES);
  const kind = wrapped(node.kind ?? "", KIND_SIZE, nameWidth, KIND_LINES);
  if (node.figure) kind.push(node.figure);
  const width = Math.max(0, ...name.map((l) => textWidth(l, NAME_SIZE)), ...kind.map((l) => textWidth(l, KIND_SIZE)));
  const height = 2 * PAD_Y + NAME_LINE * name.length + KIND_LINE * kind.length;
  return { column: 0, x: 0, y: 0, width: Math.ceil(width + 2 * PAD_X), height, name, kind };
}

function layOutDownwards(graph: Graph): Drawing {
  const STEP = 22, NAMES = 240;
  let y = EDGE;
  const nodes = graph.nodes.map((node) => {
    const box = { ...boxOf(node, NAMES), x: EDGE, y };
    y += box.height + STEP;
    return box;
  });
  const width = Math.max(0, ...nodes.map((n) => n.width + 2 * EDGE));
  const x = Math.min(width / 2, ...nodes.map((n) => n.x + n.width / 2));
  const lines = graph.lines.map(({ from, to }) => ({
    points: [{ x, y: nodes[from].y + nodes[from].height }, { x, y: nodes[to].y }],
    width: MIN_WIDTH,
    back: false,
    down: true,
  }));
  return { width, height: y + (nodes.length > 0 ? EDGE - STEP : 0), nodes, lines };
}

class Layout {
  private readonly back: boolean[] = [];
  private readonly forward: number[][];
  private readonly cells: Cell[] = [];
  private readonly segments: Segment[] = [];
  private readonly columns: number[][] = [];

  constructor(private readonly graph: Graph) {
    this.forward = graph.nodes.map(() => []);
    this.breakCycles();
    this.chooseColumns();
    graph.lines.forEach((_, i) => this.back[i] || this.cut(i));
    this.chooseOrder();
  }

  private weight(line: number): number {
    return this.graph.lines[line].weight ?? 1;
  }
  private leads(from: number, to: number, seen = new Set<number>()): boolean {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return this.forward[from].some((next) => this.leads(next, to, seen));
  }
  private breakCycles(): void {
    for (const i of byKey([...this.graph.lines.keys()], (l) => -this.weight(l))) {
      const { from, to } = this.graph.lines[i];
      this.back[i] = this.leads(to, from);
      if (!this.back[i]) this.forward[from].push(to);
    }
  }
  private chooseColumns(): void {
    const known: number[] = [];
    const hands = (node: number): number => (known[node] ??= 1 + Math.max(0, ...this.forward[node].map(hands)));
    const all = this.graph.nodes.map((_, i) => hands(i));
    const most = Math.max(0, ...all);
    for (const h of all) this.cells.push({ column: most - h, height: 0, y: 0, left: [], right: [] });
    for (let c = 0; c < most; ++c) this.columns.push([]);
  }
  private join(from: number, to: number, line: number): void {
    this.cells[from].right.push(this.segments.length);
    this.cells[to].left.push(this.segments.length);
    this.segments.push({ from, to, line, y1: 0, y2: 0 });
  }
  private cut(line: number): void {
    let at = this.graph.lines[line].from;
    const { to } = this.graph.lines[line];
    while (this.cells[at].column + 1 < this.cells[to].column) {
      const next = this.cells.push({ column: this.cells[at].column + 1, height: 0, y: 0, left: [], right: [] }) - 1;
      this.join(at, next, line);
      at = next;
    }
    this.join(at, to, line);
  }
  private barycentre(cell: number, toLeft: boolean, rank: number[]): number {
    let sum = 0, total = 0;
    for (const s of toLeft ? this.cells[cell].left : this.cells[cell].right) {
      const weight = this.weight(this.segments[s].line);
      sum += weight * rank[toLeft ? this.segments[s].from : this.segments[s].to];
      total += weight;
    }
    return total > 0 ? sum / total : rank[cell];
  }
  private chooseOrder(): void {
    this.cells.forEach((cell, i) => this.columns[cell.column].push(i));
    const rank: number[] = [];
    const number = (column: number[]) => column.forEach((cell, i) => (rank[cell] = (i + 0.5) / column.length));
    this.columns.forEach(number);
    for (let sweep = 0; sweep < SWEEPS; ++sweep) {
      const toLeft = sweep % 2 === 0;
      for (let c = 0; c < this.columns.length; ++c) {
        const at = toLeft ? c : this.columns.length - 1 - c;
        const wish = new Map(this.columns[at].map((cell) => [cell, this.barycentre(cell, toLeft, rank)]));
        this.columns[at] = byKey(this.columns[at], (cell) => wish.get(cell)!);
        number(this.columns[at]);
      }
    }
  }

  private lineWidth(line: number): number {
    if (!this.graph.weighted) return MIN_WIDTH;
    const most = Math.max(...this.graph.lines.map((_, i) => this.weight(i)));
    return Math.max(MIN_WIDTH, most > 0 ? (MAX_WIDTH * this.weight(line)) / most : 0);
  }
  private side(segments: number[]): number {
    return segments.reduce((sum, s) => sum + this.lineWidth(this.segments[s].line) + LINE_GAP, 0);
  }

  place(nameWidth: number, gap: number): Drawing {
    const nodes = this.graph.nodes.map((node, i) => this.box(node, i, nameWidth));
    this.cells.slice(nodes.length).forEach((cell) => (cell.height = this.lineWidth(this.segments[cell.left[0]].line)));
    const widths = this.columns.map((_, c) => Math.max(0, ...nodes.filter((n) => n.column === c).map((n) => n.width)));
    const left: number[] = [];
    let x = EDGE;
    for (const width of widths) left.push(x), (x += width + gap);
    for (const n of nodes) n.x = left[n.column] + (widths[n.column] - n.width) / 2;
    const height = this.placeRows();
    nodes.forEach((n, i) => (n.y = EDGE + this.cells[i].y - this.cells[i].height / 2));
    const lines = this.placeLines(nodes, left, widths);
    return { width: widths.length ? x - gap + EDGE : 0, height: height + 2 * EDGE, nodes, lines };
  }
  private box(node: GraphNode, i: number, nameWidth: number): PlacedNode {
    const box = boxOf(node, nameWidth);
    const cell = this.cells[i];
    cell.height = Math.max(box.height, this.side(cell.left), this.side(cell.right));
    return { ...box, column: cell.column, height: cell.height };
  }
  private stacked(column: number[]): number {
    return column.reduce((sum, cell) => sum + this.cells[cell].height + BETWEEN, -BETWEEN);
  }
  private settle(column: number[], height: number): void {
    const y = this.cells.map((c) => c.y);
    let top = 0;
    for (const cell of column) {
      const c = this.cells[cell];
      const both = c.left.length > 0 && c.right.length > 0;
      const wish = both
        ? (this.barycentre(cell, true, y) + this.barycentre(cell, false, y)) / 2
        : this.barycentre(cell, c.right.length === 0, y);
      c.y = Math.max(top + c.height / 2, wish);
      top = c.y + c.height / 2 + BETWEEN;
    }
    let bottom = height;
    for (const cell of [...column].reverse()) {
      const c = this.cells[cell];
      c.y = Math.min(c.y, bottom - c.height / 2);
      bottom = c.y - c.height / 2 - BETWEEN;
    }
  }
  private placeRows(): number {
    const height = Math.max(0, ...this.columns.map((column) => this.stacked(column)));
    for (const column of this.columns) {
      let y = (height - this.stacked(column)) / 2;
      for (const cell of column) {
        this.cells[cell].y = y + this.cells[cell].height / 2;
        y += this.cells[cell].height + BETWEEN;
      }
    }
    for (let sweep = 0; sweep < 2; ++sweep) for (const column of this.columns) this.settle(column, height);
    return height;
  }

  /** Lines at one side of a cell leave it in the order in which they come to the other end. */
  private chooseEnds(cell: Cell, left: boolean): void {
    const far = (s: number) => this.cells[left ? this.segments[s].from : this.segments[s].to].y;
    const segments = byKey(left ? cell.left : cell.right, far);
    let y = EDGE + cell.y - (this.side(segments) - LINE_GAP) / 2;
    for (const s of segments) {
      const width = this.lineWidth(this.segments[s].line);
      this.segments[s][left ? "y2" : "y1"] = y + width / 2;
      y += width + LINE_GAP;
    }
  }
  private placeLines(nodes: PlacedNode[], left: number[], widths: number[]): PlacedLine[] {
    for (const cell of this.cells) this.chooseEnds(cell, true), this.chooseEnds(cell, false);
    const lines = this.graph.lines.map((line, i) => this.emptyLine(line, i, nodes));
    for (const s of this.segments) {
      const from = nodes[s.from], to = nodes[s.to];
      const column = this.cells[s.from].column;
      lines[s.line].points.push(
        { x: from ? from.x + from.width : left[column] + widths[column], y: s.y1 },
        { x: to ? to.x : left[this.cells[s.to].column], y: s.y2 },
      );
    }
    return lines;
  }
  private emptyLine(line: GraphLine, i: number, nodes: PlacedNode[]): PlacedLine {
    if (!this.back[i]) return { points: [], width: this.lineWidth(i), back: false, down: false };
    const from = nodes[line.from], to = nodes[line.to];
    const down = from.y <= to.y;
    const points = [
      { x: from.x + from.width * 0.75, y: down ? from.y + from.height : from.y },
      { x: to.x + to.width * 0.75, y: down ? to.y : to.y + to.height },
    ];
    return { points, width: this.lineWidth(i), back: true, down: false };
  }
}

/** Places everything, no wider than `width` where names can still be read. */
export function layOut(graph: Graph, width: number): Drawing {
  if (graph.downwards) return layOutDownwards(graph);
  let drawing!: Drawing;
  for (const [i, nameWidth] of NAME_WIDTHS.entries()) {
    drawing = new Layout(graph).place(nameWidth, GAPS[i]);
    if (drawing.width <= width) break;
  }
  return drawing;
}
