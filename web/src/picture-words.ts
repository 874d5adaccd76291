// What the file of a picture says, as src/report/picture_words.cpp has it: a term and its value.
import type { Picture, PictureMetadata } from "./ledger.js";
import type { Words } from "./words.js";

/** Adds what is not there yet. */
function add(to: string, text: string | undefined, separator: string): string {
  if (!text || to.includes(text)) return to;
  return to ? to + separator + text : text;
}

function whatItSays(m: PictureMetadata, words: Words): string {
  let out = "";
  for (const creator of m.creators ?? []) if (!m.credit?.includes(creator)) out = add(out, creator, " / ");
  out = add(add(out, m.credit, " / "), m.source, " / ");
  if (!out) out = add(out, m.copyright, " / ");
  out = add(out, m.date_created, ", ");
  return m.digital_source_type ? add(out, words.label("file.source", m.digital_source_type), ", ") : out;
}

export function pictureFacts(picture: Picture, words: Words): [term: string, value: string][] {
  const says = whatItSays(picture.metadata ?? {}, words);
  const out: [string, string][] = says ? [["file.says", says]] : [];
  if (!picture.c2pa) return out;
  out.push(["file.c2pa", words.label("file.c2pa", picture.c2pa.status)]);
  const programs = (picture.c2pa.manifests ?? []).reduce(
    (all, m) => add(all, m.signer ? `${m.generator} (${m.signer})` : m.generator, " < "),
    "",
  );
  if (programs) out.push(["file.made_with", programs]);
  return out;
}
