#include "export/scheme.h"

namespace avstand::exports {
namespace {

constexpr std::string_view kVerification =
    "none|checked|confirmed|unverified|no_access|disputed|no_comment";
constexpr std::string_view kYesNo = "no|yes";

constexpr Label kMentionLabels[] = {
    {"Form", "name|role|pronoun|demonym|metonym", "name"},
    {"Profile",
     "news_agency|state_media|newspaper|broadcaster|government|military|police|court|party|company|"
     "ngo|union|research|hospital|school|intergovernmental|person|document|sensor|unknown",
     "", true},
    {"Control", "state|public_service|private|party|unknown", "", true}};
constexpr Note kMentionNotes[] = {{"name"}, {"country"}};

constexpr Label kStatementLabels[] = {
    {"Quote", "own|direct|indirect|mixed|scare", ""},
    {"Act",
     "say|claim|deny|confirm|concede|reveal|warn|promise|demand|ask|judge|believe|perceive|show|"
     "predict|decree|refuse",
     "say"},
    {"Evidence",
     "witness|participant|document|record|photo|video|satellite|measurement|statistics|research|"
     "inference|intelligence|hearsay|forecast|speculation|intention|opinion|statement|unstated",
     "statement"},
    {"Commitment", "neutral|distanced|endorsed|denied|uncertain", "neutral"},
    {"Verification", kVerification, "none"},
    {"Interested", kYesNo, "no"}};
constexpr Note kStatementNotes[] = {{"chain"}};
constexpr Role kStatementRoles[] = {{"Cue", "Cue"},        {"Source", "Source"},
                                    {"Speaker", kMention}, {"Parent", "Statement"},
                                    {"Check", "Check"},    {"CheckedBy", kMention}};

constexpr Label kPictureLabels[] = {{"Credited", kYesNo, "no"},
                                    {"Handout", "unknown|yes|no", "unknown"},
                                    {"Verification", kVerification, "none"}};
constexpr Note kPictureNotes[] = {{"origin"}, {"chain"}};
constexpr Role kPictureRoles[] = {
    {"Credit", "Credit"}, {"Check", "Check"}, {"CheckedBy", kMention}};

constexpr Label kEventLabels[] = {
    {"EventType",
     "none|AGREE|CONSULT|SUPPORT|CONCEDE|COOPERATE|AID|RETREAT|REQUEST|REJECT|ACCUSE|THREATEN|"
     "PROTEST|SANCTION|MOBILIZE|COERCE|ASSAULT",
     "none"},
    {"Status", "happened|ongoing|planned|alleged|denied|possible", "happened"}};
constexpr Note kEventNotes[] = {{"predicate"}};
constexpr Role kEventRoles[] = {{"Actor", kMention, true},
                                {"Target", kMention, true},
                                {"Place", kMention},
                                {"Time", "Time"},
                                {"In", "Statement"}};

constexpr Label kFindingLabels[] = {
    {"Kind",
     "role_conflict|name_conflict|number_conflict|date_conflict|missing_credit|credit_conflict|"
     "single_origin|interested_origin|no_access|unverified_picture|anonymous_only|circular|"
     "loaded_term",
     ""}};
constexpr Note kFindingNotes[] = {{"message"}, {"rule"}, {"accepted"}};
constexpr Note kTimeNotes[] = {{"value"}};

constexpr Kind mention(std::string_view name, std::string_view type) {
  return {name, type, kMentionLabels, kMentionNotes, {}};
}

constexpr Kind kKinds[] = {
    mention("Person", "person"),
    mention("Organisation", "organisation"),
    mention("Place", "place"),
    mention("Product", "product"),
    mention("Occasion", "event"),  // "Event" is what happens
    mention("Work", "work"),
    mention("Group", "group"),
    {"Statement", "", kStatementLabels, kStatementNotes, kStatementRoles},
    {"Cue", "", {}, {}, {}},
    {"Source", "", {}, {}, {}},
    {"Check", "", {}, {}, {}},
    {"Picture", "", kPictureLabels, kPictureNotes, kPictureRoles},
    {"Credit", "", {}, {}, {}},
    {"Event", "", kEventLabels, kEventNotes, kEventRoles},
    {"Time", "", {}, kTimeNotes, {}},
    {"Finding", "", kFindingLabels, kFindingNotes, {}},
};

template <typename T>
const T* find_in(std::span<const T> list, std::string_view name) {
  for (const T& one : list)
    if (one.name == name) return &one;
  return nullptr;
}

}  // namespace

const Label* Kind::label(std::string_view wanted) const { return find_in(labels, wanted); }
const Note* Kind::note(std::string_view wanted) const { return find_in(notes, wanted); }
const Role* Kind::role(std::string_view wanted) const { return find_in(roles, wanted); }

std::span<const Kind> kinds() { return kKinds; }

const Kind* find_kind(std::string_view name) { return find_in(kinds(), name); }

const Kind& kind_of_entity(std::string_view type) {
  for (const Kind& kind : kKinds)
    if (kind.is_mention() && kind.entity_type == type) return kind;
  return *find_kind("Group");
}

bool has_value(const Label& label, std::string_view value) {
  std::string_view rest = label.values;
  while (!rest.empty()) {
    const size_t bar = rest.find('|');
    if (rest.substr(0, bar) == value) return true;
    rest = bar == std::string_view::npos ? "" : rest.substr(bar + 1);
  }
  return false;
}

bool fits(const Role& role, const Kind& target) {
  return role.target == kMention ? target.is_mention() : role.target == target.name;
}

}  // namespace avstand::exports
