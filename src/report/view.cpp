#include "report/view.h"

#include <algorithm>

#include "report/shares.h"

namespace avstand::report {
namespace {

using ledger::Hop;
using ledger::Statement;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Appends with runs of white space as one space and none at the ends of the piece.
void append_collapsed(std::string_view piece, std::string& out) {
  bool gap = false;
  for (const char c : piece) {
    if (is_space(c)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty() && out.back() != ' ') out += ' ';
    gap = false;
    out += c;
  }
}

bool same_way(const std::vector<Hop>& a, const std::vector<Hop>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Hop& x, const Hop& y) {
    return x.entity == y.entity && x.name == y.name && x.relay == y.relay;
  });
}

void add_route(const Statement& statement, OriginView& origin) {
  ++origin.statements;
  for (Route& route : origin.routes) {
    if (!same_way(route.chain, statement.chain)) continue;
    ++route.statements;
    return;
  }
  origin.routes.push_back({statement.chain, 1});
}

}  // namespace

std::string title_of(const Article& article, const Phrases& say) {
  std::string out;
  if (article.title) append_collapsed(*article.title, out);
  if (!out.empty()) return out;
  const auto headline = std::ranges::find(article.blocks, BlockKind::kHeadline,
                                          [](const Block& b) { return b.kind; });
  const auto block = headline != article.blocks.end() ? headline : article.blocks.begin();
  if (block == article.blocks.end()) return std::string(say("article.untitled"));
  if (block->span.end <= article.text.size()) append_collapsed(block->span.in(article.text), out);
  return out;
}

LedgerView::LedgerView(const ledger::Ledger& ledger, const ReportStrings& strings, LanguageCode ui)
    : ledger_(ledger), say_(strings, ui.known() ? ui : ledger.document.language) {
  uint32_t next = 0;
  for (const Statement& s : ledger.statements) numbers_.push_back(is_attribution(s) ? ++next : 0);
  count_origins();
  count_distances();
}

std::string LedgerView::outlet() const {
  if (ledger_.document.outlet && !ledger_.document.outlet->empty()) return *ledger_.document.outlet;
  if (ledger_.outlet_entity) return name(ledger_.outlet_entity);
  return std::string(say_("hop.outlet"));
}

std::string LedgerView::name(const Hop& hop) const {
  if (hop.name == "unnamed" || hop.name.empty()) {
    return hop.entity ? name(hop.entity) : std::string(say_("hop.unnamed"));
  }
  return hop.name;
}

std::string LedgerView::name(std::optional<uint32_t> entity) const {
  if (!entity || *entity >= ledger_.entities.size()) return std::string(say_("hop.unnamed"));
  const std::string& name = ledger_.entities[*entity].name;
  return name.empty() || name == "unnamed" ? std::string(say_("hop.unnamed")) : name;
}

std::string LedgerView::profile(std::optional<uint32_t> entity) const {
  if (!entity || *entity >= ledger_.entities.size()) return {};
  const ledger::Profile& p = ledger_.entities[*entity].profile;
  std::string out;
  const auto add = [&](std::string_view part) {
    if (!out.empty()) out += ", ";
    out += part;
  };
  if (p.kind != "unknown") add(say_.label("kind", p.kind));
  if (p.control != "unknown") add(say_.label("control", p.control));
  if (p.country) add(*p.country);
  return out;
}

std::optional<std::string> LedgerView::speaker(const Statement& s) const {
  if (!s.speaker || *s.speaker >= ledger_.entities.size()) return std::nullopt;
  for (const Hop& hop : s.chain)
    if (hop.entity == s.speaker) return std::nullopt;
  return name(s.speaker);
}

std::string LedgerView::excerpt(const std::vector<Span>& spans) const {
  const std::string& text = ledger_.document.text;
  std::string out;
  for (const Span s : spans) {
    if (s.empty() || s.end > text.size()) continue;
    if (!out.empty()) out += " … ";
    append_collapsed(s.in(text), out);
  }
  return out;
}

std::vector<std::string> LedgerView::facts(const Statement& s) const {
  std::vector<std::string> out;
  const auto add = [&](std::string_view kind, std::string_view value) {
    out.emplace_back(say_.label(kind, value));
  };
  if (!is_bare_scare(s)) add("act", s.act);
  add("quote", s.quote);
  if (s.evidence != "statement" && s.evidence != "unstated") add("evidence", s.evidence);
  if (s.commitment != "neutral") add("commitment", s.commitment);
  if (s.verification.status != "none") add("verification", s.verification.status);
  if (s.interested) out.emplace_back(say_("note.interested.yes"));
  return out;
}

void LedgerView::count_origins() {
  for (const auto& [entity, statements] : ledger_.summary.by_origin)
    origins_.push_back({.entity = entity, .statements = statements});
  for (OriginView& origin : origins_) {
    OriginView routes;
    for (const Statement& s : ledger_.statements)
      if (is_attribution(s) && !is_bare_scare(s) && !s.chain.empty() &&
          s.chain.front().entity == origin.entity)
        add_route(s, routes);
    origin.routes = std::move(routes.routes);
    std::stable_sort(origin.routes.begin(), origin.routes.end(),
                     [](const Route& a, const Route& b) { return a.statements > b.statements; });
  }
  count_words();
  std::stable_sort(origins_.begin(), origins_.end(), [](const OriginView& a, const OriginView& b) {
    return std::pair(a.words, a.statements) > std::pair(b.words, b.statements);
  });
}

void LedgerView::count_words() {
  const auto words = words_by_origin(ledger_);
  for (const auto& [entity, count] : words) {
    const auto it = std::find_if(origins_.begin(), origins_.end(),
                                 [&](const OriginView& o) { return o.entity == entity; });
    if (it != origins_.end())
      it->words = count;
    else
      origins_.push_back({.entity = entity, .words = count});
  }
  std::vector<uint64_t> shares;
  for (const OriginView& o : origins_) shares.push_back(o.words);
  const auto own = ledger_.summary.words_by_distance.find(0);
  shares.push_back(own == ledger_.summary.words_by_distance.end() ? 0 : own->second);
  const std::vector<uint32_t> percents = apportioned(100, shares);
  for (size_t i = 0; i < origins_.size(); ++i) origins_[i].percent = percents[i];
}

void LedgerView::count_distances() {
  std::vector<uint64_t> words;
  words.reserve(ledger_.summary.words_by_distance.size());
  for (const auto& [distance, count] : ledger_.summary.words_by_distance) words.push_back(count);
  const std::vector<uint32_t> percents = apportioned(100, words);
  if (std::all_of(percents.begin(), percents.end(), [](uint32_t p) { return p == 0; })) return;
  for (const auto& [distance, count] : ledger_.summary.words_by_distance)
    distances_.push_back({distance, count, percents[distances_.size()]});
}

bool is_bare_scare(const Statement& s) {
  return s.quote == "scare" && std::all_of(s.chain.begin(), s.chain.end(), is_unnamed);
}

std::string finding_letter(size_t index) {
  std::string out;
  for (size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return out;
}

}  // namespace avstand::report
