// The parts of a ledger (docs/ledger.md, schema avstand/ledger/1) that the page shows. Offsets are code points.
export type Span = [begin: number, end: number];

export interface Hop {
  entity: string | null;
  name: string;
}
export interface Verification {
  status: string;
  by: string | null;
  span: Span | null;
}
export interface Why {
  rule: string;
  span: Span;
}
export interface Statement {
  id: string;
  content: Span[];
  source: Span[];
  quote: string;
  act: string;
  speaker: string | null;
  chain: Hop[];
  distance: number;
  evidence: string;
  commitment: string;
  verification: Verification;
  interested: boolean;
  parent: string | null;
  why: Why[];
  confidence: number;
}
export interface Block {
  kind: string;
  begin: number;
  end: number;
  language: string;
}
export interface Entity {
  id: string;
  name: string;
  profile: { kind: string; country: string | null; control: string };
}
export interface Picture {
  block: number;
  origin: Hop | null;
  chain: Hop[];
  handout: boolean | null;
  verification: Verification;
}
export interface Finding {
  kind: string;
  message: string;
  spans: Span[];
  accepted: string | null;
}
export interface Ledger {
  schema: string;
  document: {
    language: string;
    title: string | null;
    published: string | null;
    outlet: { name: string | null; entity: string | null };
    text: string;
  };
  blocks: Block[];
  entities: Entity[];
  statements: Statement[];
  pictures: Picture[];
  findings: Finding[];
  summary: { statements: number; independent_origins: number; words_by_distance: Record<string, number> };
}

/** The ledger that `data` is. Throws an Error that says what is wrong. */
export function toLedger(data: unknown): Ledger {
  const ledger = data as Ledger;
  if (ledger?.schema !== "avstand/ledger/1") throw new Error("this is no ledger of schema avstand/ledger/1");
  return ledger;
}
