// Conflicts inside one article: two spellings (role_conflicts.cpp: offices; figures.cpp: numbers
// and dates).
#include <algorithm>
#include <map>

#include "provenance/findings.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

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

/// Whether one name is the other's genitive ("Borten", "Bortens").
bool is_genitive(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return b.size() == a.size() + 1 && b.starts_with(a) && b.ends_with('s');
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
      if (o.family == n.family || is_genitive(o.family, n.family) ||
          !one_letter_apart(lower_case(o.family), lower_case(n.family)))
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
