// The ways of an article's words as graphs, as src/report/article_graph.cpp makes them.
import type { Graph, GraphNode, Shape } from "./graph.js";
import type { Entity, Hop } from "./ledger.js";
import { isFollowed, type View } from "./view.js";
import type { Words } from "./words.js";

const MOST_ORIGINS = 9;
const MOST_BOXES = 60; // of an article; what comes after is with the others
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
    const { statements } = this.view.ledger;
    const counts = this.view.wordsOfStatements();
    const merger = new Merger((hop) => this.node(hop), (hop) => this.isOutlet(hop));
    statements.forEach((s, i) => {
      if (isFollowed(s) && s.chain.length > 0 && !this.isOutlet(s.chain[0])) merger.add(s.chain, counts[i]);
    });
    return this.merged(merger);
  }
  private isOutlet(hop: Hop): boolean {
    return hop.entity !== null && hop.entity === this.view.ledger.document.outlet.entity;
  }
  private merged(all: Merger): Graph {
    const shares = this.view.byOrigin();
    // As the bar of origins has it, which counts with the summary.
    const figure = (i: number): number => shares.find((s) => s.key === all.keys[i])?.words ?? all.says[i];
    const told = (key: string, words: number) => (words > 0 ? this.words.count(key, words) : undefined);
    const small = all.small();
    const kept = [...all.nodes.keys()].filter((i) => !small.includes(i));
    const nodes: GraphNode[] = kept.map((i) => ({ ...all.nodes[i], figure: told("count.words", all.says[i] > 0 ? figure(i) : 0) }));
    const own = this.view.ledger.summary.words_by_distance["0"] ?? 0;
    const outlet = nodes.push({ name: this.outlet, shape: "outlet", figure: told("count.own_words", own) }) - 1;
    const place = (node: number) => (node === OUTLET ? outlet : kept.indexOf(node));
    const lines = all.ordered().filter((line) => !small.includes(line.from)).map((line) => ({ ...line, from: place(line.from), to: place(line.to) }));
    const others = small.length + all.leftOut.size;
    if (others > 0) {
      const sum = (of: (i: number) => number) => small.reduce((words, i) => words + of(i), all.leftOutWords);
      nodes.push({ name: this.words.count("count.others", others), figure: this.words.count("count.words", sum(figure)) });
      lines.push({ from: nodes.length - 1, to: outlet, weight: sum((i) => all.says[i]), implied: false });
    }
    return { nodes, lines, weighted: true };
  }
}

const OUTLET = Infinity; // comes after everybody, as in the reports

interface MergedLine {
  from: number;
  to: number;
  weight: number;
  implied: boolean; // somebody without a name is between, on every way
}

/** Everybody in an article's chains, each once; who has no name stands for all who have none. */
class Merger {
  readonly nodes: GraphNode[] = [];
  readonly keys: string[] = []; // entities, as View.byOrigin has them
  readonly says: number[] = []; // words that go back to each
  readonly leftOut = new Set<string>(); // names of origins
  leftOutWords = 0;
  private readonly known = new Map<string, number>();
  private readonly lines = new Map<string, MergedLine>();

  constructor(
    private readonly draw: (hop: Hop) => GraphNode,
    private readonly isOutlet: (hop: Hop) => boolean,
  ) {}

  private place(hop: Hop): number {
    const unnamed = hop.name === "unnamed";
    const key = unnamed ? "" : (hop.entity ?? `n${hop.name}`);
    const found = this.known.get(key);
    if (found !== undefined) return found;
    this.known.set(key, this.nodes.length);
    this.keys.push(unnamed ? "" : (hop.entity ?? ""));
    this.says.push(0);
    return this.nodes.push(this.draw(unnamed ? { ...hop, entity: null } : hop)) - 1;
  }
  private join(from: number, to: number, weight: number, implied: boolean): void {
    const line = this.lines.get(`${from}>${to}`);
    if (line) (line.weight += weight), (line.implied &&= implied);
    else if (from !== to) this.lines.set(`${from}>${to}`, { from, to, weight, implied });
  }
  add(chain: Hop[], words: number): void {
    if (this.nodes.length + chain.length > MOST_BOXES) {
      this.leftOut.add(this.draw(chain[0]).name);
      this.leftOutWords += words;
      return;
    }
    let from = this.place(chain[0]);
    let throughUnnamed = false;
    this.says[from] += words;
    for (const hop of chain.slice(1)) {
      if (this.isOutlet(hop)) break;
      if (hop.name === "unnamed") {
        throughUnnamed = true;
        continue;
      }
      const to = this.place(hop);
      this.join(from, to, words, throughUnnamed);
      from = to;
      throughUnnamed = false;
    }
    this.join(from, OUTLET, words, throughUnnamed);
  }

  ordered(): MergedLine[] {
    return [...this.lines.values()].sort((a, b) => a.from - b.from || (a.to < b.to ? -1 : 1));
  }
  /** Of those who speak to the outlet alone, and whom nobody feeds, the ones with fewest words, where there are many. */
  small(): number[] {
    const through = new Set([...this.lines.values()].filter((l) => l.to !== OUTLET).flatMap((l) => [l.from, l.to]));
    const direct = [...this.says.keys()].filter((i) => !through.has(i)).sort((a, b) => this.says[b] - this.says[a]);
    return direct.length > MOST_ORIGINS ? direct.slice(MOST_ORIGINS - 1) : [];
  }
}
