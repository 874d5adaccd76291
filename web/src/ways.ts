// The ways of an article's words as graphs, as src/report/article_graph.cpp makes them.
import type { Graph, GraphNode, Shape } from "./graph.js";
import type { Entity, Hop } from "./ledger.js";
import { isFollowed, type View } from "./view.js";
import type { Words } from "./words.js";

const MOST_ORIGINS = 9;
const MOST_IN_A_ROW = 4; // boxes of a chain, in a margin or on a phone

export class Ways {
  private readonly entities: Map<string, Entity>;

  constructor(
    private readonly view: View,
    private readonly words: Words,
    private readonly outlet: string,
  ) {
    this.entities = new Map(view.ledger.entities.map((e) => [e.id, e]));
  }

  name(hop: Hop): string {
    if (hop.name !== "unnamed" && hop.name !== "") return hop.name;
    return this.view.name(hop.entity) ?? this.words.say("hop.unnamed");
  }
  /** "news agency, state-controlled, XV"; nothing where nothing is known. */
  profile(entity: string | null): string {
    const p = entity === null ? undefined : this.entities.get(entity)?.profile;
    if (!p) return "";
    const label = (kind: string, value: string) => (value === "unknown" ? [] : [this.words.label(kind, value)]);
    return [...label("kind", p.kind), ...label("control", p.control), ...(p.country ? [p.country] : [])].join(", ");
  }
  private shape(entity: string | null): Shape {
    const e = entity === null ? undefined : this.entities.get(entity);
    if (!e) return "body";
    if (e.type === "person") return "person";
    if (e.profile.control === "state" || e.profile.kind === "state_media") return "state";
    return ["document", "sensor"].includes(e.profile.kind) || e.type === "work" ? "thing" : "body";
  }
  private node(hop: Hop): GraphNode {
    return { name: this.name(hop), kind: this.profile(hop.entity), shape: this.shape(hop.entity), unnamed: hop.name === "unnamed" };
  }

  /** One way, with a sign for what the text says of a check. */
  ofChain(chain: Hop[], verification: string): Graph {
    const nodes: GraphNode[] = [...chain.map((hop) => this.node(hop)), { name: this.outlet, shape: "outlet" }];
    const lines = nodes.slice(1).map((_, i) => ({
      from: i,
      to: i + 1,
      implied: i + 1 < chain.length && !chain[i + 1].explicit,
      mark: i + 1 === chain.length && verification !== "none" ? verification : undefined,
    }));
    return { nodes, lines, downwards: nodes.length > MOST_IN_A_ROW };
  }
  chainInWords(chain: Hop[], verification: string): string {
    const hands = chain.map((hop, i) => {
      const profile = this.profile(hop.entity);
      return `${this.words.say(i === 0 ? "hop.origin" : "hop.relay")}: ${this.name(hop)}${profile && `, ${profile}`}`;
    });
    const check = verification === "none" ? "" : `. ${this.words.label("verification", verification)}`;
    return [...hands, this.outlet].join(" → ") + check;
  }

  /** All ways in one: everybody once, lines as wide as words went that way. */
  ofArticle(): Graph {
    const { document, statements, summary } = this.view.ledger;
    const counts = this.view.wordsOfStatements();
    const known = new Map<string, number>();
    const nodes: GraphNode[] = [];
    const says: number[] = [];
    const keys: string[] = [];
    const shares = this.view.byOrigin();
    // As the bar of origins has it, which counts with the summary.
    const figure = (i: number): number => shares.find((s) => s.key === keys[i])?.words ?? says[i];
    const lines = new Map<string, { from: number; to: number; weight: number; implied: boolean }>();
    const isOutlet = (hop: Hop) => hop.entity !== null && hop.entity === document.outlet.entity;
    const nodeOf = (hop: Hop): number => {
      const unnamed = hop.name === "unnamed";
      const key = unnamed ? "" : (hop.entity ?? `n${hop.name}`);
      const found = known.get(key);
      if (found !== undefined) return found;
      known.set(key, nodes.length);
      says.push(0);
      keys.push(unnamed ? "" : (hop.entity ?? ""));
      // Who has no name stands for all who have none.
      return nodes.push(this.node(unnamed ? { ...hop, entity: null } : hop)) - 1;
    };
    const add = (from: number, to: number, weight: number, implied: boolean) => {
      const line = lines.get(`${from}>${to}`);
      if (line) (line.weight += weight), (line.implied &&= implied);
      else if (from !== to) lines.set(`${from}>${to}`, { from, to, weight, implied });
    };
    statements.forEach((s, i) => {
      if (!isFollowed(s) || s.chain.length === 0 || isOutlet(s.chain[0])) return;
      let from = nodeOf(s.chain[0]);
      says[from] += counts[i];
      let throughUnnamed = false;
      for (const hop of s.chain.slice(1)) {
        if (isOutlet(hop)) break;
        if (hop.name === "unnamed") {
          throughUnnamed = true;
          continue;
        }
        const to = nodeOf(hop);
        add(from, to, counts[i], throughUnnamed);
        from = to;
        throughUnnamed = false;
      }
      add(from, -1, counts[i], throughUnnamed);
    });
    const small = this.small([...lines.values()], says);
    const kept = [...nodes.keys()].filter((i) => !small.includes(i));
    const own = summary.words_by_distance["0"] ?? 0;
    const out: GraphNode[] = kept.map((i) => ({ ...nodes[i], figure: says[i] > 0 ? this.words.count("count.words", figure(i)) : undefined }));
    const outlet = out.push({ name: this.outlet, shape: "outlet", figure: own > 0 ? this.words.count("count.own_words", own) : undefined }) - 1;
    const place = (node: number) => (node < 0 ? outlet : kept.indexOf(node));
    const ordered = [...lines.values()].sort((a, b) => a.from - b.from || (a.to < 0 ? Infinity : a.to) - (b.to < 0 ? Infinity : b.to));
    const graph: Graph = { nodes: out, lines: [], weighted: true };
    for (const line of ordered)
      if (!small.includes(line.from)) graph.lines.push({ ...line, from: place(line.from), to: place(line.to) });
    if (small.length > 0) {
      const words = small.reduce((sum, i) => sum + figure(i), 0);
      out.push({ name: this.words.count("count.others", small.length), figure: this.words.count("count.words", words) });
      graph.lines.push({ from: out.length - 1, to: outlet, weight: words });
    }
    return graph;
  }
  /** Of those who speak to the outlet alone, and whom nobody feeds, the ones with fewest words, where there are many. */
  private small(lines: { from: number; to: number }[], says: number[]): number[] {
    const through = new Set(lines.filter((l) => l.to >= 0).flatMap((l) => [l.from, l.to]));
    const direct = [...says.keys()].filter((i) => !through.has(i)).sort((a, b) => says[b] - says[a]);
    return direct.length > MOST_ORIGINS ? direct.slice(MOST_ORIGINS - 1) : [];
  }
}
