#include "entity/entities.h"

#include <algorithm>
#include <array>

namespace avstand {
namespace {

constexpr std::array<std::string_view, 7> kTypes = {"person", "organisation", "place", "product",
                                                    "event",  "work",         "group"};
constexpr std::array<std::string_view, 5> kForms = {"name", "role", "pronoun", "demonym",
                                                    "metonym"};
constexpr std::array<std::string_view, 20> kKinds = {
    "news_agency", "state_media", "newspaper", "broadcaster",       "government", "military",
    "police",      "court",       "party",     "company",           "ngo",        "union",
    "research",    "hospital",    "school",    "intergovernmental", "person",     "document",
    "sensor",      "unknown"};
constexpr std::array<std::string_view, 5> kControls = {"state", "public_service", "private",
                                                       "party", "unknown"};
constexpr std::array<std::string_view, 18> kRoleClasses = {
    "minister", "office",   "spokesperson", "post",      "politician", "royal",
    "military", "expert",   "profession",   "media",     "kin",        "witness",
    "party",    "resident", "holder",       "anonymous", "honorific",  "person"};

constexpr std::array<std::string_view, 5> kTenures = {"", "held", "former", "later", "unknown"};

template <size_t N, typename Enum>
bool parse(const std::array<std::string_view, N>& names, std::string_view name, Enum& out) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return false;
  out = static_cast<Enum>(it - names.begin());
  return true;
}

/// The word of the range whose head stands outside it; the first one if the tree has several.
WordId top_word(const Analysis& analysis, WordRange range) {
  for (WordId w = range.begin; w < range.end; ++w)
    if (!range.contains(analysis.words[w].head) && analysis.words[w].upos != Upos::kPunct) return w;
  return range.begin;
}

}  // namespace

std::string_view to_string(EntityType v) { return kTypes[static_cast<size_t>(v)]; }
std::string_view to_string(MentionForm v) { return kForms[static_cast<size_t>(v)]; }
std::string_view to_string(ProfileKind v) { return kKinds[static_cast<size_t>(v)]; }
std::string_view to_string(Control v) { return kControls[static_cast<size_t>(v)]; }
std::string_view to_string(Tenure v) { return kTenures[static_cast<size_t>(v)]; }
std::string_view to_string(RoleClass v) { return kRoleClasses[static_cast<size_t>(v)]; }

bool parse_entity_type(std::string_view name, EntityType& out) { return parse(kTypes, name, out); }
bool parse_profile_kind(std::string_view name, ProfileKind& out) {
  return parse(kKinds, name, out);
}
bool parse_control(std::string_view name, Control& out) { return parse(kControls, name, out); }
bool parse_role_class(std::string_view name, RoleClass& out) {
  return parse(kRoleClasses, name, out);
}

void EntityLayer::index() {
  by_head_.resize(mentions.size());
  for (uint32_t i = 0; i < mentions.size(); ++i) by_head_[i] = i;
  std::sort(by_head_.begin(), by_head_.end(), [&](uint32_t a, uint32_t b) {
    const Mention &x = mentions[a], &y = mentions[b];
    return std::tuple(x.head, x.words.size(), a) < std::tuple(y.head, y.words.size(), b);
  });
}

const Mention* EntityLayer::by_head(WordId head) const {
  const auto it = std::lower_bound(by_head_.begin(), by_head_.end(), head,
                                   [&](uint32_t i, WordId w) { return mentions[i].head < w; });
  return it != by_head_.end() && mentions[*it].head == head ? &mentions[*it] : nullptr;
}

namespace {

/// Whether the word stands in a relative clause of the other.
bool is_told_about(const Analysis& a, WordId w, WordId head) {
  for (uint32_t steps = 0; w != kNoWord && w != head && steps < 32; ++steps, w = a.words[w].head)
    if (a.words[w].rel == Rel::kAcl) return true;
  return false;
}

}  // namespace

const Mention* EntityLayer::principal(const Analysis& analysis, WordRange range) const {
  if (range.empty()) return nullptr;
  const auto begins = [](const Mention& m, WordId w) { return m.words.begin < w; };
  auto it = std::lower_bound(mentions.begin(), mentions.end(), range.begin, begins);
  const Mention* best = nullptr;
  for (; it != mentions.end() && it->words.begin < range.end; ++it)
    if (range.contains(it->words) && (!best || it->words.size() > best->words.size())) best = &*it;
  // A larger mention that begins before the range but is cut short by it ("X" of "X, leader of Y").
  const WordId top = top_word(analysis, range);
  const Mention* cut = by_head(top);
  if (!best) return cut;
  if (best->words.contains(top)) return best;
  // "E-postar NRK har fått innsyn i": whoever is in the clause about the head is not meant.
  return cut != nullptr ? cut : is_told_about(analysis, best->head, top) ? nullptr : best;
}

}  // namespace avstand
