// The parts of a ledger (docs/ledger.md, schema avstand/ledger/1) that the page shows. Offsets are code points.
export type Span = [begin: number, end: number];

export interface Hop {
  entity: string | null;
  name: string;
  explicit: boolean;
  span: Span | null;
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
export interface Role {
  title: string;
  of: string | null;
  from: string | null;
  to: string | null;
  stated: boolean; // by the text; else known
  tenure: string | null;
  checked: string | null;
}
export interface Entity {
  id: string;
  type: string;
  name: string;
  roles: Role[];
  profile: { kind: string; country: string | null; control: string; owner: string | null; basis: string | null };
  mentions: unknown[];
}
/** What the file of a picture says; keys that have nothing are left out. */
export interface PictureMetadata {
  creators?: string[];
  credit?: string;
  source?: string;
  copyright?: string;
  date_created?: string;
  digital_source_type?: string;
}
export interface ContentCredentials {
  status: string;
  manifests: { generator: string; signer: string }[];
}
export interface Picture {
  block: number | null; // of its caption
  origin: Hop | null;
  chain: Hop[];
  handout: boolean | null;
  verification: Verification;
  file: string | null;
  metadata: PictureMetadata;
  c2pa: ContentCredentials | null;
}
export interface Finding {
  kind: string;
  message: string;
  spans: Span[];
  accepted: string | null;
}
/** What a reader says instead of the reading, of the words from the first to the last of a statement's content. */
export interface Correction {
  span: Span;
  what: string; // source, chain or label
  field: string;
  value: string;
  author: string;
  time: string;
}
export interface Ledger {
  schema: string;
  corrections?: Correction[]; // a server with an archive adds them, oldest first
  engine?: { version: string };
  document: {
    id: string;
    url: string | null;
    digest: string;
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
  summary: { statements: number; independent_origins: number; unverified: number; words_by_distance: Record<string, number> };
}

export function correctionsOf(ledger: Ledger, s: Statement): Correction[] {
  const begin = Math.min(...s.content.map(([b]) => b));
  const end = Math.max(...s.content.map(([, e]) => e));
  return (ledger.corrections ?? []).filter(({ span }) => span[0] === begin && span[1] === end);
}

/** The ledger that `data` is. Throws an Error that says what is wrong. */
export function toLedger(data: unknown): Ledger {
  const ledger = data as Ledger;
  if (ledger?.schema !== "avstand/ledger/1") throw new Error("this is no ledger of schema avstand/ledger/1");
  return ledger;
}
