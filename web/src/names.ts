// Who and what an article mentions, and which file this was: what stands under the article, as in the reports
// (src/report/html_entities.cpp, html.cpp).
import { html, nothing, type TemplateResult } from "lit";
import type { Entity, Ledger, Role } from "./ledger.js";
import type { View } from "./view.js";
import type { Ways } from "./ways.js";
import type { Words } from "./words.js";

/** How a known office stood on the day of the article; where that is open, until when we know. */
function tenure(role: Role, words: Words): string {
  const label = words.label("tenure", role.tenure ?? "unknown");
  const open = role.checked !== null && (role.tenure ?? "unknown") === "unknown";
  return open ? `${label}, ${words.say("tenure.checked", { day: role.checked! })}` : label;
}

function roleText(role: Role, view: View, words: Words): string {
  const of = role.of === null ? null : (view.name(role.of) ?? words.say("hop.unnamed"));
  let out = of === null ? role.title : words.say("entity.role.of", { title: role.title, of });
  if (role.from || role.to) out += ` (${role.from ?? ""}–${role.to ?? ""})`;
  return role.stated ? out : `${out} [${words.say("entity.role.known")}: ${tenure(role, words)}]`;
}

function row(e: Entity, view: View, ways: Ways, words: Words): TemplateResult {
  const { owner, basis } = e.profile;
  return html`<tr>
    <th scope="row"><bdi>${view.name(e.id) ?? words.say("hop.unnamed")}</bdi></th>
    <td data-label=${words.say("entity.kind")}>${ways.profile(e.id) || words.label("type", e.type)}</td>
    <td data-label=${words.say("entity.roles")}>${e.roles.map((r, i) => html`${i > 0 ? "; " : nothing}<bdi>${roleText(r, view, words)}</bdi>`)}</td>
    <td data-label=${words.say("entity.mentions")}>${words.count("count.mentions", e.mentions.length)}</td>
    <td data-label=${words.say("entity.basis")}>${owner ? html`<bdi>${words.say("entity.owner", { owner })}</bdi> ` : nothing}${basis ? html`<bdi>${basis}</bdi>` : nothing}</td>
  </tr>`;
}

export function renderNames(view: View, ways: Ways, words: Words): TemplateResult | typeof nothing {
  const { entities } = view.ledger;
  if (entities.length === 0) return nothing;
  return html`<section class="entities" aria-label=${words.say("section.entities")}>
    <h3>${words.say("section.entities")}</h3>
    <details>
      <summary>${words.count("count.entities", entities.length)}</summary>
      <table>
        <thead><tr>${["name", "kind", "roles", "mentions", "basis"].map((key) => html`<th scope="col">${words.say(`entity.${key}`)}</th>`)}</tr></thead>
        <tbody>${entities.map((e) => row(e, view, ways, words))}</tbody>
      </table>
    </details>
  </section>`;
}

const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url);

export function renderAbout({ document: d, engine }: Ledger, words: Words): TemplateResult {
  const line = (key: string, value: unknown) => (value ? html`<div><dt>${words.say(`document.${key}`)}</dt><dd><bdi>${value}</bdi></dd></div>` : nothing);
  const address = d.url && isWebAddress(d.url) ? html`<a href=${d.url} rel="noopener noreferrer nofollow">${d.url}</a>` : d.url;
  return html`<footer class="about"><dl>
    ${line("id", d.id !== "-" && d.id)}${line("url", address)}${line("digest", d.digest)}${line("engine", engine?.version && `Avstand ${engine.version}`)}
  </dl></footer>`;
}
