// Conflicts inside one article: two offices, two spellings (figures.cpp: numbers and dates).
#include <algorithm>
#include <map>
#include <set>

#include "provenance/findings.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr size_t kLongestTitle = 4;  // words of a title in offices.tsv

// --- two offices
// -----------------------------------------------------------------------------------

/// A title that stands in the text.
struct StatedOffice {
  const Office* office = nullptr;
  std::string title;
  WordRange words;
  uint32_t mention = kNone;
};

std::string joined(const Context& c, WordRange r, bool lemmas) {
  std::string out;
  for (WordId w = r.begin; w < r.end; ++w) {
    if (!out.empty()) out += ' ';
    out += lower_case(lemmas ? c.analysis.lemma(w) : c.analysis.form(w));
  }
  return out;
}

/// The title of offices.tsv that a mention states, not marked as former or acting.
std::optional<StatedOffice> office_in(const Context& c, uint32_t mention) {
  const Mention& m = c.entities.mentions[mention];
  const LanguageRules* rules = c.symbols.rules_at(m.head);
  if (!rules || m.form == MentionForm::kPronoun) return std::nullopt;
  for (size_t size = std::min<size_t>(kLongestTitle, m.words.size()); size > 0; --size)
    for (WordId w = m.words.begin; w + size <= m.words.end; ++w) {
      const WordRange r{w, w + static_cast<WordId>(size)};
      for (const bool lemmas : {true, false}) {
        const auto found = rules->offices.find(joined(c, r, lemmas));
        if (found == rules->offices.end()) continue;
        const WordId first = std::max(m.words.begin, w - std::min<WordId>(w, 2));
        if (c.has(Marker::kFormer, {first, r.end})) return std::nullopt;
        return StatedOffice{&found->second, found->first, r, mention};
      }
    }
  return std::nullopt;
}

/// A title that belongs to the phrase's own head or its apposition, not to somebody inside it
/// ("the prime minister's health minister" is nobody's double role).
bool is_title_of(const Context& c, const StatedOffice& o) {
  const Mention& m = c.entities.mentions[o.mention];
  if (o.words.contains(m.head)) return true;
  const WordId up = c.analysis.words[m.head].head;
  if (up != kNoWord && o.words.contains(up)) return true;  // the name hangs on the title
  WordId w = o.words.end - 1;
  for (int steps = 0; steps < 6 && w != kNoWord && m.words.contains(w); ++steps) {
    if (w == m.head) return true;
    const Rel rel = c.analysis.words[w].rel;
    const bool beside = rel == Rel::kAppos || rel == Rel::kFlat || rel == Rel::kCompound ||
                        rel == Rel::kNmod || rel == Rel::kAmod;
    if (!beside || c.tree.child(w, Rel::kCase) != kNoWord) return false;
    w = c.analysis.words[w].head;
  }
  return false;
}

void report_offices(Context& c, const StatedOffice& a, const StatedOffice& b, EntityId who) {
  const auto& mentions = c.entities.mentions;
  add_finding(c, "role_conflict",
              {c.span(mentions[b.mention].words), c.span(mentions[a.mention].words)},
              {c.entity(who).name, a.title, b.title});
}

bool excludes(const StatedOffice& a, const StatedOffice& b) {
  return a.office->group == b.office->group && a.office->office != b.office->office;
}

/// Every stated title by entity, in text order.
std::map<EntityId, std::vector<StatedOffice>> stated_offices(const Context& c) {
  std::map<EntityId, std::vector<StatedOffice>> out;
  for (uint32_t m = 0; m < c.entities.mentions.size(); ++m) {
    const Mention& mention = c.entities.mentions[m];
    if (!c.knows(mention.entity) || c.entity(mention.entity).type != EntityType::kPerson) continue;
    const auto office = office_in(c, m);
    if (office && is_title_of(c, *office)) out[mention.entity].push_back(*office);
  }
  return out;
}

/// One entity, two titles. The commoner one is taken for right; a mention that states both
/// ("statsminister og forsvarsminister") is no conflict.
bool conflict_of_one(Context& c, EntityId who, const std::vector<StatedOffice>& offices) {
  for (size_t i = 1; i < offices.size(); ++i)
    if (excludes(offices[0], offices[i]) && offices[0].mention != offices[i].mention) {
      report_offices(c, offices[0], offices[i], who);
      return true;
    }
  return false;
}

BlockKind block_kind(const Context& c, const StatedOffice& o) {
  return c.article.blocks[c.analysis.sentence(o.words.begin).block].kind;
}

EntityId body_of_office(const Context& c, EntityId who) {
  for (const Role& r : c.entity(who).roles)
    if (r.of != kNoEntity) return r.of;
  return kNoEntity;
}

/// A caption speaks of "the X foreign minister" whom the text never names or mentions again, while
/// the text's one minister of X holds another office: the picture shows that one.
bool conflict_in_caption(Context& c, const std::map<EntityId, std::vector<StatedOffice>>& all) {
  for (const auto& [who, offices] : all) {
    if (c.entity(who).named || offices.front().office->group != "cabinet") continue;
    if (!std::all_of(offices.begin(), offices.end(), [&](const StatedOffice& o) {
          return block_kind(c, o) == BlockKind::kCaption;
        }))
      continue;
    const EntityId body = body_of_office(c, who);
    if (body == kNoEntity) continue;
    const StatedOffice* other = nullptr;
    EntityId other_who = kNoEntity;
    uint32_t others = 0;
    for (const auto& [candidate, stated] : all) {
      if (candidate == who || body_of_office(c, candidate) != body) continue;
      if (stated.front().office->group != "cabinet" || stated.front().office->office == "head" ||
          stated.front().office->office == "state")
        continue;
      ++others;
      if (excludes(stated.front(), offices.front())) {
        other = &stated.front();
        other_who = candidate;
      }
    }
    if (others != 1 || !other) continue;
    report_offices(c, *other, offices.front(), other_who);
    return true;
  }
  return false;
}

void find_role_conflicts(Context& c) {
  const auto all = stated_offices(c);
  bool any = false;
  for (const auto& [who, offices] : all) any |= conflict_of_one(c, who, offices);
  if (!any) conflict_in_caption(c, all);
}

// --- two spellings
// -----------------------------------------------------------------------------------

std::vector<char32_t> letters(std::string_view s) {
  std::vector<char32_t> out;
  for (size_t i = 0; i < s.size();) {
    const CodePoint p = decode_utf8(s, i);
    out.push_back(p.value);
    i += p.size;
  }
  return out;
}

/// Whether one letter is changed, left out, added, or two neighbours swapped.
bool one_letter_apart(std::string_view x, std::string_view y) {
  auto a = letters(x), b = letters(y);
  if (a.size() > b.size()) std::swap(a, b);
  if (a == b || b.size() - a.size() > 1 || a.size() < 4) return false;
  size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  size_t j = 0;
  while (j < a.size() - i && a[a.size() - 1 - j] == b[b.size() - 1 - j]) ++j;
  if (i + j >= a.size() || (a.size() == b.size() && i + j + 1 == a.size())) return true;
  return a.size() == b.size() && i + j + 2 == a.size() && a[i] == b[i + 1] && a[i + 1] == b[i];
}

struct PersonName {
  std::string given, family;
  WordRange words;
};

std::vector<PersonName> person_names(const Context& c) {
  std::vector<PersonName> out;
  for (const NameSpan& n : c.analysis.names) {
    if (c.analysis.strings.view(n.type) != "PER" || n.words.size() < 2) continue;
    out.push_back({std::string(c.analysis.form(n.words.begin)),
                   std::string(c.analysis.form(n.words.end - 1)), n.words});
  }
  return out;
}

/// The lemma of a title word right before a name; empty if there is none.
std::string title_before(const Context& c, WordRange name) {
  if (name.begin <= c.analysis.sentence(name.begin).words.begin) return {};
  const WordId w = name.begin - 1;
  return c.analysis.words[w].upos == Upos::kNoun ? lower_case(c.analysis.lemma(w)) : std::string();
}

/// Same given name, family names one letter apart, and the same title or one entity: one person.
void find_name_conflicts(Context& c) {
  std::map<std::string, std::vector<PersonName>> by_given;
  for (PersonName& n : person_names(c)) {
    auto& others = by_given[n.given];
    for (const PersonName& o : others) {
      if (o.family == n.family || !one_letter_apart(lower_case(o.family), lower_case(n.family)))
        continue;
      const std::string title = title_before(c, n.words);
      const Mention* a = c.entities.principal(c.analysis, o.words);
      const Mention* b = c.entities.principal(c.analysis, n.words);
      const bool one = a && b && a->entity == b->entity;
      if (!one && (title.empty() || title != title_before(c, o.words))) continue;
      add_finding(c, "name_conflict", {c.span(n.words), c.span(o.words)},
                  {c.text(o.words), c.text(n.words)});
      return;
    }
    const bool known = std::any_of(others.begin(), others.end(),
                                   [&](const PersonName& o) { return o.family == n.family; });
    if (!known && others.size() < 8) others.push_back(std::move(n));
  }
}

}  // namespace

/// Finds the conflicts. At most one finding of names, figures and dates each: the first says
/// enough.
void find_conflicts(Context& c) {
  find_role_conflicts(c);
  find_name_conflicts(c);
  find_figure_conflicts(c);
  find_date_conflicts(c);
}

}  // namespace avstand::provenance
