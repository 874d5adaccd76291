// What the page shows of a ledger, worked out without a page: numbers, pieces of text, shares, what a filter lets through.
import type { Hop, Ledger, Span, Statement } from "./ledger.js";

export const isAttribution = (s: Statement): boolean => s.quote !== "own";
export const isUnnamed = (hop: Hop): boolean => hop.entity === null && hop.name === "unnamed";
/** Words held off with quotation marks and laid in nobody's mouth. */
export const isBareScare = (s: Statement): boolean => s.quote === "scare" && s.chain.every(isUnnamed);
/** Somebody independent has looked: the text says so. */
export const isChecked = (s: Statement): boolean => ["confirmed", "checked"].includes(s.verification.status);
/** What stands for the origin in filters: its entity, or "" for everybody without a name. */
export const originOf = (s: Statement): string => s.chain[0]?.entity ?? "";

export interface Filter {
  origin: string | null; // null: all
  distances: ReadonlySet<number> | null; // null: all
  checked: boolean;
}
export const passes = (s: Statement, f: Filter): boolean =>
  (f.origin === null || (!isBareScare(s) && originOf(s) === f.origin)) &&
  (f.distances === null || f.distances.has(s.distance)) &&
  (!f.checked || isChecked(s));

/** A stretch of text in a block and the statements (indices, outer first) whose content covers it. */
export interface Piece {
  begin: number;
  end: number;
  statements: number[];
  /** Statements whose last words in this block these are. */
  ends: number[];
}

export interface Share {
  key: string; // distance or entity
  words: number;
}

export class View {
  readonly numbers: number[];
  private readonly points: string[];
  private readonly names: Map<string, string>;

  constructor(readonly ledger: Ledger) {
    let next = 0;
    this.numbers = ledger.statements.map((s) => (isAttribution(s) ? ++next : 0));
    this.points = Array.from(ledger.document.text);
    this.names = new Map(ledger.entities.map((e) => [e.id, e.name]));
  }

  text(begin: number, end: number): string {
    return this.points.slice(begin, end).join("");
  }
  /** Nothing where nobody is named. */
  name(entity: string | null): string | null {
    const name = entity === null ? undefined : this.names.get(entity);
    return name && name !== "unnamed" ? name : null;
  }
  indexOf(id: string): number {
    return this.ledger.statements.findIndex((s) => s.id === id);
  }

  /** Statements shown at a block: attributions whose content begins in it. */
  ofBlock(block: number): number[] {
    const { begin, end } = this.ledger.blocks[block];
    return this.ledger.statements.flatMap((s, i) => {
      const first = s.content[0]?.[0];
      return isAttribution(s) && first !== undefined && first >= begin && first < end ? [i] : [];
    });
  }

  /** The text of a block cut where a statement (for which `shown`) or `hit` begins or ends. */
  pieces(block: number, shown: (index: number) => boolean, hit: Span | null): Piece[] {
    const { begin, end } = this.ledger.blocks[block];
    const cut = (s: Span): Span[] => (s[0] < end && s[1] > begin ? [[Math.max(s[0], begin), Math.min(s[1], end)]] : []);
    const spans = this.ledger.statements.flatMap((s, index) =>
      isAttribution(s) && shown(index) ? s.content.flatMap(cut).map((span) => ({ index, span })) : [],
    );
    const hits = hit ? cut(hit) : [];
    const borders = [...new Set([begin, end, ...spans.flatMap((s) => s.span), ...hits.flat()])].sort((a, b) => a - b);
    const last = new Map<number, number>();
    for (const { index, span } of spans) last.set(index, Math.max(last.get(index) ?? 0, span[1]));
    return borders.slice(0, -1).map((from, i) => {
      const to = borders[i + 1];
      const over = spans.filter(({ span }) => span[0] <= from && span[1] >= to);
      over.sort((a, b) => b.span[1] - b.span[0] - (a.span[1] - a.span[0]) || a.index - b.index);
      const ends = [...last].filter(([, at]) => at === to).map(([index]) => index);
      return { begin: from, end: to, statements: [...new Set(over.map((o) => o.index))], ends };
    });
  }

  byDistance(): Share[] {
    return Object.entries(this.ledger.summary.words_by_distance).map(([key, words]) => ({ key, words }));
  }

  /** Words by the origin of the innermost statement that holds them; "own" for the outlet's. */
  byOrigin(): Share[] {
    const owner = new Int32Array(this.points.length).fill(-1);
    const size = new Float64Array(this.points.length).fill(Infinity);
    this.ledger.statements.forEach((s, index) => {
      if (!isAttribution(s) || isBareScare(s)) return;
      const length = s.content.reduce((sum, [b, e]) => sum + e - b, 0);
      for (const [b, e] of s.content)
        for (let p = b; p < Math.min(e, size.length); ++p) if (length < size[p]) (size[p] = length), (owner[p] = index);
    });
    const counts = new Map<string, number>();
    const isSpace = (c: string | undefined) => c === undefined || /\s/u.test(c);
    this.points.forEach((c, p) => {
      if (isSpace(c) || !isSpace(this.points[p - 1])) return; // each word once, at its first letter
      const key = owner[p] < 0 ? "own" : originOf(this.ledger.statements[owner[p]]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    });
    return [...counts].map(([key, words]) => ({ key, words })).sort((a, b) => b.words - a.words);
  }

  /** The origins of the attributions, most statements first. */
  origins(): { entity: string; statements: number }[] {
    const counts = new Map<string, number>();
    for (const s of this.ledger.statements)
      if (isAttribution(s) && !isBareScare(s)) counts.set(originOf(s), (counts.get(originOf(s)) ?? 0) + 1);
    return [...counts].map(([entity, statements]) => ({ entity, statements })).sort((a, b) => b.statements - a.statements);
  }

  distances(): number[] {
    const all = this.ledger.statements.filter((s) => isAttribution(s) && !isBareScare(s)).map((s) => s.distance);
    return [...new Set(all)].sort((a, b) => a - b);
  }
}
