// What the files of pictures say, beside what the captions say: metadata give an origin where the
// text gives none, and the hands before the one that the text names.
#include <algorithm>

#include "provenance/context.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

ledger::Hop hop_of_file(const Context& c, const std::string& name, bool relay) {
  ledger::Hop hop{.name = name, .relay = relay};
  const std::string wanted = lower_case(name);
  for (EntityId e = 0; e < c.entities.entities.size() && !hop.entity; ++e)
    if (lower_case(c.entity(e).name) == wanted) hop.entity = e;
  return hop;
}

/// Whether a body of that name is a party to what its pictures show; nullopt: not known.
std::optional<bool> is_party(const Context& c, const std::string& name) {
  switch (c.knowledge.profile_of_name(name).kind) {
    case ProfileKind::kStateMedia:
    case ProfileKind::kGovernment:
    case ProfileKind::kMilitary:
    case ProfileKind::kPolice:
    case ProfileKind::kCompany:
    case ProfileKind::kParty:
      return true;
    case ProfileKind::kNewsAgency:
    case ProfileKind::kNewspaper:
    case ProfileKind::kBroadcaster:
      return false;
    default:
      return std::nullopt;
  }
}

void add_reason(const Context& c, ledger::Picture& p, std::string_view rule) {
  if (p.credit)
    p.why.push_back({std::string(rule), *p.credit});
  else if (p.block)
    p.why.push_back({std::string(rule), c.article.blocks[*p.block].span});
}

std::vector<std::string> names_in_text(const ledger::Picture& p) {
  std::vector<std::string> out;
  if (p.origin) out.push_back(p.origin->name);
  for (const ledger::Hop& hop : p.chain) out.push_back(hop.name);
  return out;
}

/// The text names nobody: the file's hands are the picture's.
void take_hands(const Context& c, const FileCredit& credit, ledger::Picture& p) {
  for (const std::string& name : credit.hands) {
    ledger::Hop hop = hop_of_file(c, name, p.origin.has_value());
    if (p.origin)
      p.chain.push_back(std::move(hop));
    else
      p.origin = std::move(hop);
  }
  add_reason(c, p, "picture.metadata");
}

/// The text names only whom the picture came through ("Foto: Reuters" for "KCNA via REUTERS"): the
/// party that the file names before it is the origin.
void take_party(const Context& c, const FileCredit& credit, ledger::Picture& p) {
  const auto nobody = names_of_credit(p.origin->name, c.rules.credit_words).empty();
  if (nobody && !p.chain.empty()) {  // "Handout / KCNA": the first word says how, not from whom
    p.origin = std::move(p.chain.front());
    p.origin->relay = false;
    p.chain.erase(p.chain.begin());
  }
  const std::string& first = credit.hands.front();
  const auto in_text = names_in_text(p);
  const std::vector<std::string> later(credit.hands.begin() + 1, credit.hands.end());
  if (share_a_name(in_text, {first}, c.rules.credit_words) ||
      !share_a_name(in_text, later, c.rules.credit_words))
    return;
  if (!credit.handout && !is_party(c, first).value_or(false)) return;
  ledger::Hop before = std::move(*p.origin);
  before.relay = true;
  p.chain.insert(p.chain.begin(), std::move(before));
  p.origin = hop_of_file(c, first, false);
  add_reason(c, p, "picture.metadata");
}

void judge(const Context& c, ledger::Picture& p) {
  const FileCredit credit = file_credit(p.file->metadata, c.rules.credit_words);
  if (!credit.hands.empty()) p.origin ? take_party(c, credit, p) : take_hands(c, credit, p);
  std::optional<bool> party;
  if (!credit.hands.empty()) party = is_party(c, credit.hands.front());
  if (credit.handout || party.value_or(false)) {
    if (p.handout != std::optional(true)) add_reason(c, p, "picture.metadata.handout");
    p.handout = true;
  } else if (!p.handout && party) {
    p.handout = party;
  }
}

ledger::Picture& picture_of(Context& c, const ArticlePicture& from) {
  auto& all = c.ledger.pictures;
  if (from.block)
    for (ledger::Picture& p : all)
      if (p.block == from.block) return p;
  all.push_back({.block = from.block});
  return all.back();
}

/// Whether a picture without a caption is one of the article's, by what is known of it: a file read
/// by its own, or one that is larger than portraits of writers and signs are.
bool counts_alone(const ArticlePicture& picture) {
  constexpr uint32_t kLeastSide = 200;  // pixels
  if (!picture.file) return false;
  const bool is_file = picture.urls.empty() && picture.name != "data:";
  return is_file || (picture.file->width >= kLeastSide && picture.file->height >= kLeastSide);
}

}  // namespace

/// Adds the files to the pictures and lets them have their say.
void judge_picture_files(Context& c) {
  for (const ArticlePicture& from : c.article.pictures) {
    if (!from.block && !counts_alone(from)) continue;
    ledger::Picture& p = picture_of(c, from);
    if (!from.name.empty())
      p.file_name = from.name;
    else if (!from.urls.empty())
      p.file_name = from.urls.front();
    p.file = from.file;
    if (p.file) judge(c, p);
  }
}

}  // namespace avstand::provenance
