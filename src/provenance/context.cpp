#include "provenance/context.h"

#include <algorithm>

#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr size_t kStemLetters = 5;  // "slettet" and "sletting" are one, "brannen" and "brann" too

/// The hands of a hop history; where there is none, those information sources that are media:
/// others (the police, a register) gave facts and passed nothing on.
std::vector<std::string> hands_of(const AgencyInfo& agency, const Knowledge& knowledge) {
  std::vector<std::string> out = agency.hops;
  if (agency.hop_history.empty())
    std::erase_if(out, [&](const std::string& name) { return !knowledge.is_medium(name); });
  return out;
}

}  // namespace

Context::Context(const Article& article_in, const Analysis& analysis_in, const Tree& tree_in,
                 const EntityLayer& entities_in, const AttributionLayer& attributions_in,
                 const Knowledge& knowledge_in, const ProvenanceRules::Impl& rules_in,
                 ledger::Ledger& ledger_in)
    : article(article_in),
      analysis(analysis_in),
      tree(tree_in),
      entities(entities_in),
      attributions(attributions_in),
      knowledge(knowledge_in),
      rules(rules_in),
      ledger(ledger_in),
      hands(hands_of(article_in.agency, knowledge_in)),
      symbols(analysis_in, entities_in, knowledge_in, rules_in, find_outlet()) {
  drafts_of_sentence.resize(analysis.sentences.size());
  sentences_of_block.resize(article.blocks.size());
  for (uint32_t s = 0; s < analysis.sentences.size(); ++s) {
    WordRange& range = sentences_of_block[analysis.sentences[s].block];
    if (range.empty()) range = {s, s};
    range.end = s + 1;
  }
}

EntityId Context::find_outlet() const {
  return article.outlet ? named(*article.outlet) : kNoEntity;
}

bool Context::is_outlet(std::string_view name) const {
  return article.outlet && lower_case(*article.outlet) == lower_case(name);
}

EntityId Context::named(std::string_view name) const {
  const std::string wanted = lower_case(name);
  for (EntityId e = 0; e < entities.entities.size(); ++e)
    if (lower_case(entities.entities[e].name) == wanted) return e;
  return kNoEntity;
}

std::vector<Match> Context::find(Marker marker, WordRange range) const {
  std::vector<Match> out;
  while (!range.empty()) {
    const SentenceInfo& sentence = analysis.sentence(range.begin);
    const WordRange part{range.begin, std::min(range.end, sentence.words.end)};
    if (const LanguageRules* language = symbols.rules_at(range.begin)) {
      auto found = language->marker(marker).find_all(symbols, part);
      std::move(found.begin(), found.end(), std::back_inserter(out));
    }
    range.begin = part.end;
  }
  return out;
}

bool Context::is(Marker marker, WordId head) const {
  if (head == kNoWord) return false;
  const LanguageRules* language = symbols.rules_at(head);
  if (!language) return false;
  const WordId first = analysis.sentence(head).words.begin;
  for (WordId w = head - std::min<WordId>(head - first, 4); w <= head; ++w)
    if (language->marker(marker).match_at(symbols, {w, head + 1}).words.end == head + 1)
      return true;
  return false;
}

std::vector<Span> Context::spans(const Ranges& ranges) const {
  std::vector<Span> out;
  for (const WordRange r : ranges)
    if (!r.empty()) out.push_back(span(r));
  return out;
}

std::string Context::text(WordRange r) const {
  return r.empty() ? std::string() : std::string(span(r).in(article.text));
}

WordId Context::head_of(const Ranges& ranges) const {
  for (const WordRange r : ranges)
    for (WordId w = r.begin; w < r.end; ++w) {
      const WordId head = analysis.words[w].head;
      if (analysis.words[w].upos != Upos::kPunct && (head == kNoWord || !r.contains(head)) &&
          analysis.words[w].rel != Rel::kCase)
        return w;
    }
  return ranges.empty() || ranges.front().empty() ? kNoWord : ranges.front().begin;
}

const Mention* Context::principal(const Ranges& ranges) const {
  for (const WordRange r : ranges)
    if (const Mention* mention = entities.principal(analysis, r)) return mention;
  return nullptr;
}

bool Context::inside(const Ranges& ranges, WordRange r) const {
  return std::any_of(ranges.begin(), ranges.end(), [&](WordRange x) { return x.overlaps(r); });
}

std::string Context::hop_name(EntityId id) const {
  const Entity& e = entity(id);
  const bool people = e.type == EntityType::kPerson || e.type == EntityType::kGroup;
  return e.named || !people ? e.name : "unnamed";
}

EntityId Context::body_of(EntityId id) const {
  for (const Role& role : entity(id).roles)
    if (role.of != kNoEntity && role.of != id && role.stated && !role.former) return role.of;
  return id;
}

bool Context::same_side(EntityId a, EntityId b) const {
  if (a != kNoEntity && a == b) return true;
  if (!knows(a) || !knows(b)) return false;
  const EntityId x = body_of(a), y = body_of(b);
  if (a == b || x == y || a == y || b == x) return true;
  const Profile& p = entity(x).profile;
  const Profile& q = entity(y).profile;
  const auto of_state = [](const Entity& e) {
    return e.type == EntityType::kPlace || e.profile.control == Control::kState ||
           e.profile.kind == ProfileKind::kGovernment || e.profile.kind == ProfileKind::kMilitary;
  };
  return !p.country.empty() && p.country == q.country && of_state(entity(x)) && of_state(entity(y));
}

WordRange words_of_block(const Context& c, uint32_t block) {
  const WordRange s = c.sentences_of_block[block];
  if (s.empty()) return {};
  return {c.analysis.sentences[s.begin].words.begin, c.analysis.sentences[s.end - 1].words.end};
}

bool is_same_hop(const ledger::Hop& a, const ledger::Hop& b) {
  if (a.entity && b.entity) return *a.entity == *b.entity;
  if (a.entity || b.entity || a.name != b.name) return false;
  if (a.name != "unnamed") return true;
  return a.span && b.span && a.span->begin == b.span->begin && a.span->end == b.span->end;
}

bool contains_hop(const std::vector<ledger::Hop>& chain, const ledger::Hop& hop) {
  return std::any_of(chain.begin(), chain.end(),
                     [&](const ledger::Hop& h) { return is_same_hop(h, hop); });
}

void append_hop(std::vector<ledger::Hop>& chain, ledger::Hop hop) {
  hop.relay = !chain.empty();
  if (!contains_hop(chain, hop)) chain.push_back(std::move(hop));
}

void add_why(const Context& c, Draft& d, std::string_view rule, WordRange words) {
  if (!words.empty()) d.out.why.push_back({std::string(rule), c.span(words)});
}

std::vector<std::string> content_stems(const Context& c, const Ranges& ranges) {
  std::vector<std::string> out;
  for (const WordRange r : ranges)
    for (WordId w = r.begin; w < r.end; ++w) {
      const Upos upos = c.analysis.words[w].upos;
      if (upos != Upos::kNoun && upos != Upos::kVerb && upos != Upos::kAdj && upos != Upos::kNum &&
          upos != Upos::kPropn)
        continue;
      std::string stem = lower_case(c.analysis.lemma(w));
      size_t end = 0;
      for (size_t letters = 0; end < stem.size() && letters < kStemLetters; ++letters)
        end += decode_utf8(stem, end).size;
      stem.resize(std::min(end, stem.size()));
      out.push_back(std::move(stem));
    }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

size_t shared(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.size();
}

}  // namespace avstand::provenance
