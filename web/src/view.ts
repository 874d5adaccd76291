// What the page shows of a ledger, worked out without a page: numbers, pieces of text, shares, what a filter lets through.
import type { Hop, Ledger, Span, Statement } from "./ledger.js";

export const isAttribution = (s: Statement): boolean => s.quote !== "own";
export const isUnnamed = (hop: Hop): boolean => hop.entity === null && hop.name === "unnamed";
/** Words held off with quotation marks and laid in nobody's mouth. */
export const isBareScare = (s: Statement): boolean => s.quote === "scare" && s.chain.every(isUnnamed);
/** Somebody independent has looked: the text says so. */
export const isChecked = (s: Statement): boolean => ["confirmed", "checked"].includes(s.verification.status);
/** Somebody else's, with whoever it comes from. */
export const isFollowed = (s: Statement): boolean => isAttribution(s) && !isBareScare(s);
/** What stands for the origin in filters: its entity, or "" for everybody without a name. */
export const originOf = (s: Statement): string => (s.chain[0]?.name === "unnamed" ? "" : (s.chain[0]?.entity ?? ""));

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

/** `total` in whole parts in proportion to `weights` (largest remainder, first among equals). */
export function apportioned(total: number, weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const parts = weights.map((w) => Math.floor((total * w) / sum));
  const order = [...weights.keys()].sort((a, b) => ((total * weights[b]) % sum) - ((total * weights[a]) % sum));
  const left = total - parts.reduce((a, b) => a + b, 0);
  for (const i of order.slice(0, left)) ++parts[i];
  return parts;
}

export class View {
  readonly numbers: number[];
  private readonly points: string[];
  private readonly names: Map<string, string>;
  private counted: number[] | null = null;
  private shares: Share[] | null = null;

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

  /** Words of each statement, each once: at the shortest of somebody else that it stands in (src/report/shares.h). */
  wordsOfStatements(): number[] {
    return (this.counted ??= this.countWords());
  }
  private countWords(): number[] {
    const owner = new Int32Array(this.points.length).fill(-1);
    const size = new Float64Array(this.points.length).fill(Infinity);
    this.ledger.statements.forEach((s, index) => {
      if (!isFollowed(s)) return;
      const length = s.content.reduce((sum, [b, e]) => sum + e - b, 0);
      for (const [b, e] of s.content)
        for (let p = b; p < Math.min(e, size.length); ++p) if (length < size[p]) (size[p] = length), (owner[p] = index);
    });
    const counts = this.ledger.statements.map(() => 0);
    for (let begin = 0, end = 0; begin < this.points.length; begin = end + 1) {
      for (end = begin; end < this.points.length && !/[ \t\r\n]/.test(this.points[end]); ) ++end;
      const first = owner.subarray(begin, end).find((o) => o >= 0);
      if (first !== undefined && /[\p{L}\p{N}]/u.test(this.text(begin, end))) ++counts[first];
    }
    return counts;
  }

  /** Words by whom they go back to; "own" for the outlet's. They add up to what the summary has. */
  byOrigin(): Share[] {
    return (this.shares ??= this.shareOut());
  }
  private shareOut(): Share[] {
    const weights = new Map<string, number>();
    this.wordsOfStatements().forEach((words, i) => {
      if (words > 0) weights.set(originOf(this.ledger.statements[i]), (weights.get(originOf(this.ledger.statements[i])) ?? 0) + words);
    });
    const all = Object.entries(this.ledger.summary.words_by_distance);
    const own = all.find(([distance]) => distance === "0")?.[1] ?? 0;
    const attributed = all.reduce((sum, [, words]) => sum + words, 0) - own;
    if (weights.size === 0 && attributed > 0) weights.set("", 1);
    const parts = apportioned(attributed, [...weights.values()]);
    const shares = [...weights.keys()].map((key, i) => ({ key, words: parts[i] })).sort((a, b) => b.words - a.words);
    return own > 0 ? [{ key: "own", words: own }, ...shares] : shares;
  }

  /** The origins of the attributions, most statements first. */
  origins(): { entity: string; statements: number }[] {
    const counts = new Map<string, number>();
    for (const s of this.ledger.statements)
      if (isFollowed(s)) counts.set(originOf(s), (counts.get(originOf(s)) ?? 0) + 1);
    return [...counts].map(([entity, statements]) => ({ entity, statements })).sort((a, b) => b.statements - a.statements);
  }

  distances(): number[] {
    const all = this.ledger.statements.filter(isFollowed).map((s) => s.distance);
    return [...new Set(all)].sort((a, b) => a - b);
  }
}
