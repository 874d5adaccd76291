// Who and what the article mentions: a table that becomes cards where there is no room for columns.
#include <fmt/format.h>

#include "report/html_parts.h"

namespace avstand::report {
namespace {

/// How a known office stood on the day of the article; where that is open, until when we know.
std::string tenure_text(const LedgerView& view, const ledger::Role& role) {
  const std::string tenure = role.tenure.value_or("unknown");
  std::string out(view.say().label("tenure", tenure));
  if (role.checked && tenure == "unknown")
    out += ", " + view.say().fill("tenure.checked", {{"day", *role.checked}});
  return out;
}

std::string role_text(const LedgerView& view, const ledger::Role& role) {
  std::string out = role.title;
  if (role.of)
    out = view.say().fill("entity.role.of", {{"title", role.title}, {"of", view.name(role.of)}});
  if (role.from || role.to)
    out += fmt::format(" ({}–{})", role.from.value_or(""), role.to.value_or(""));
  if (!role.stated)
    out += fmt::format(" [{}: {}]", view.say()("entity.role.known"), tenure_text(view, role));
  return out;
}

/// A cell that carries its column's name for the layout without columns.
void open_cell(Markup& m, const ArticlePage& page, std::string_view key) {
  m.open("td", {{"data-label", page.say()(key)}});
}

void write_entity(Markup& m, const ArticlePage& page, const ledger::Entity& e, uint32_t index) {
  m.open("tr").open("th", {{"scope", "row"}}).isolated(page.view.name(index)).close();
  const std::string profile = page.view.profile(index);
  open_cell(m, page, "entity.kind");
  m.text(profile.empty() ? page.say().label("type", e.type) : std::string_view(profile)).close();
  open_cell(m, page, "entity.roles");
  for (size_t i = 0; i < e.roles.size(); ++i) {
    if (i > 0) m.text("; ");
    m.isolated(role_text(page.view, e.roles[i]));
  }
  m.close();
  open_cell(m, page, "entity.mentions");
  m.text(page.say().count("count.mentions", e.mentions.size())).close();
  open_cell(m, page, "entity.basis");
  if (e.profile.owner)
    m.isolated(page.say().fill("entity.owner", {{"owner", *e.profile.owner}})).text(" ");
  if (e.profile.basis) m.isolated(*e.profile.basis);
  m.close().close().line();
}

}  // namespace

void write_entities(Markup& m, const ArticlePage& page) {
  const auto& entities = page.ledger().entities;
  if (entities.empty()) return;
  const std::string id = page.prefix + "entities";
  m.open("section", {{"class", "entities"}, {"aria-labelledby", id}});
  m.leaf("h3", {{"id", id}}, page.say()("section.entities"));
  m.open("details").leaf("summary", page.say().count("count.entities", entities.size()));
  m.open("table").open("thead").open("tr");
  for (const char* key :
       {"entity.name", "entity.kind", "entity.roles", "entity.mentions", "entity.basis"})
    m.leaf("th", {{"scope", "col"}}, page.say()(key));
  m.close().close().open("tbody").line();
  for (uint32_t i = 0; i < entities.size(); ++i) write_entity(m, page, entities[i], i);
  m.close().close().close().close().line();
}

}  // namespace avstand::report
