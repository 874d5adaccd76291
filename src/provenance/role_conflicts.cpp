// Offices that cannot both be right: two in one article, or the text's and the one that our data
// know for the day of the article.
#include <algorithm>
#include <map>

#include "provenance/findings.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr size_t kLongestTitle = 4;  // words of a title in offices.tsv

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

/// "the foreign minister, Ada Lorin, said": a title before a name between commas. Without the
/// second comma the name may be another's: "of the foreign minister, Ada Lorin said".
std::optional<StatedOffice> office_before(const Context& c, const LanguageRules& rules,
                                          uint32_t mention) {
  const Mention& m = c.entities.mentions[mention];
  const WordRange sentence = c.analysis.sentence(m.head).words;
  if (m.form != MentionForm::kName || m.words.begin < sentence.begin + 2 ||
      m.words.end >= sentence.end || c.analysis.form(m.words.begin - 1) != "," ||
      c.analysis.form(m.words.end) != ",")
    return std::nullopt;
  const WordId comma = m.words.begin - 1;
  for (size_t size = std::min<size_t>(kLongestTitle, comma - sentence.begin); size > 0; --size) {
    const WordRange r{comma - static_cast<WordId>(size), comma};
    const auto found = rules.offices.find(joined(c, r, false));
    if (found == rules.offices.end()) continue;
    const WordId first = std::max(sentence.begin, r.begin - std::min<WordId>(r.begin, 2));
    if (c.has(Marker::kFormer, {first, r.end})) return std::nullopt;
    return StatedOffice{&found->second, found->first, r, mention};
  }
  return std::nullopt;
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
  return office_before(c, *rules, mention);
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
    if (r.of != kNoEntity && r.stated) return r.of;
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

// --- the text and what we know

constexpr int kMarginDays = 60;    // around a change of office, when papers may use either title
constexpr int kCourtesyYears = 5;  // later, an old office is told as history
constexpr size_t kDayLength = 10;  // "2024-05-12"
constexpr size_t kYearLength = 4;

/// Days since some day, near enough to compare; of an ISO day.
int day_number(std::string_view day) {
  const auto number = [&](size_t at, size_t size) {
    int n = 0;
    for (const char ch : day.substr(at, size)) n = n * 10 + (ch - '0');
    return n;
  };
  return number(0, 4) * 365 + number(5, 2) * 30 + number(8, 2);
}

/// Whether the person holds or may hold the office near the day.
bool may_hold(const Role& r, int day) {
  const bool begun = day_number(r.from) - kMarginDays <= day;
  return begun && (r.to.empty() || day <= day_number(r.to) + kMarginDays);
}

bool surely_holds(const Role& r, int day) {
  return r.tenure == Tenure::kHeld && day_number(r.from) + kMarginDays <= day &&
         (r.to.empty() || day + kMarginDays <= day_number(r.to));
}

/// Whether the sentence names a year: then it may tell of what was.
bool names_a_year(const Context& c, WordId w) {
  const WordRange words = c.analysis.sentence(w).words;
  for (WordId x = words.begin; x < words.end; ++x) {
    const std::string_view form = c.analysis.form(x);
    if (form.size() == kYearLength &&
        std::all_of(form.begin(), form.end(), [](char ch) { return ch >= '0' && ch <= '9'; }))
      return true;
  }
  return false;
}

/// Offices that our data follow; of others a minister may hold one more.
constexpr std::string_view kTracked[] = {"state",    "head",    "foreign", "defence",
                                         "interior", "justice", "finance"};

bool office_is_tracked(std::string_view office) {
  return std::find(std::begin(kTracked), std::end(kTracked), office) != std::end(kTracked);
}

/// An office that the person surely holds on the day and that is another than the stated one.
const Role* other_office(const std::vector<Role>& roles, int day) {
  for (const Role& r : roles)
    if (!r.stated && surely_holds(r, day)) return &r;
  return nullptr;
}

/// The stated office, left some years ago at most and held by nobody of that name since.
const Role* left_office(const std::vector<Role>& roles, std::string_view office, int day) {
  const Role* last = nullptr;
  for (const Role& r : roles)
    if (!r.stated && r.office == office && r.tenure == Tenure::kFormer) last = &r;
  if (!last || last->to.empty() || day - day_number(last->to) > kCourtesyYears * 365)
    return nullptr;
  return last;
}

/// A title that contradicts what we know. A president keeps the title out of courtesy.
bool conflict_with_known(Context& c, EntityId who, const StatedOffice& stated, int day) {
  const std::vector<Role>& roles = c.entity(who).roles;
  const std::string& office = stated.office->office;
  // A title without the name may mean somebody else; what we know weighs too much to rest on that.
  if (c.entities.mentions[stated.mention].form != MentionForm::kName) return false;
  if (stated.office->group != "cabinet" || names_a_year(c, stated.words.begin)) return false;
  for (const Role& r : roles)
    if (!r.stated && r.office == office && may_hold(r, day)) return false;
  const Span words = c.span(c.entities.mentions[stated.mention].words);
  if (const Role* held = other_office(roles, day); held && office_is_tracked(office)) {
    add_finding(c, "role_conflict", {words},
                {c.entity(who).name, stated.title, held->title, held->from}, "role_conflict_known");
    return true;
  }
  const Role* left = office == "state" ? nullptr : left_office(roles, office, day);
  if (!left) return false;
  add_finding(c, "role_conflict", {words}, {c.entity(who).name, stated.title, left->to},
              "role_conflict_former");
  return true;
}

void find_conflicts_with_known(Context& c, EntityId who, const std::vector<StatedOffice>& offices) {
  const std::string day = c.article.published.value_or("").substr(0, kDayLength);
  if (day.size() != kDayLength) return;
  for (const StatedOffice& stated : offices)
    if (conflict_with_known(c, who, stated, day_number(day))) return;
}

}  // namespace

/// Each person at most once: what the article itself contradicts needs no other knowledge.
void find_role_conflicts(Context& c) {
  const auto all = stated_offices(c);
  bool any = false;
  for (const auto& [who, offices] : all) {
    if (conflict_of_one(c, who, offices))
      any = true;
    else
      find_conflicts_with_known(c, who, offices);
  }
  if (!any) conflict_in_caption(c, all);
}

}  // namespace avstand::provenance
