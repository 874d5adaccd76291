#include "provenance/rules.h"

#include <algorithm>

#include "base/table.h"
#include "text/supported_languages.h"

namespace avstand {
namespace provenance {
namespace {

constexpr std::array<std::string_view, kMarkerCount> kMarkerNames = {
    "told",      "spoken",     "citing",     "cite_cue",     "stems",   "quoted",
    "quoted_by", "shared",     "employed",   "former",       "expert",  "crowd",
    "own",       "spokesman",  "seated",     "cites",        "parties", "unverified",
    "no_access", "no_comment", "checked",    "confirmed",    "genuine", "refuted",
    "label",     "claim_noun", "recording",  "document",     "picture", "anonymous",
    "conceded",  "negation",   "parts",      "month",        "dated",   "claims",
    "credit",    "handout",    "screenshot", "handout_noun", "private", "photo_agency"};
constexpr std::array<std::string_view, static_cast<size_t>(EvidencePlace::kCount)> kPlaceNames = {
    "source", "cue", "channel", "content", "first_person"};
// The more telling class first: satellite pictures are pictures, too.
constexpr std::array<std::string_view, 17> kEvidence = {
    "satellite",  "intelligence", "forecast", "measurement", "video",      "photo",
    "statistics", "research",     "record",   "document",    "hearsay",    "speculation",
    "inference",  "intention",    "opinion",  "witness",     "participant"};
constexpr std::array<std::string_view, 3> kMarkerFiles = {"relays.tsv", "verification.tsv",
                                                          "captions.tsv"};

using Columns = std::vector<std::string_view>;

Status load_sets(const LanguageFiles& files, LanguageRules& rules) {
  AVSTAND_TRY(table, Table::load(files.path("provenance_sets.tsv"), Columns{"set", "words"}));
  for (const TableRow& row : table.rows()) {
    std::vector<std::string>& words = rules.sets[row.cells[0]];
    for (const std::string_view word : split(row.cells[1], ' ')) words.emplace_back(word);
    if (words.empty()) return table.error(row, "a set without words");
  }
  return Unit{};
}

Result<Pattern> pattern_of(const Table& table, const TableRow& row, LanguageRules& rules) {
  auto pattern = parse_pattern(row.cells[1], rules.sets, rules.vocabulary);
  if (!pattern) return table.error(row, pattern.error().message);
  return pattern;
}

Status load_markers(const LanguageFiles& files, std::string_view name, LanguageRules& rules) {
  AVSTAND_TRY(table, Table::load(files.path(name), Columns{"kind", "pattern"}));
  for (const TableRow& row : table.rows()) {
    const auto kind = std::find(kMarkerNames.begin(), kMarkerNames.end(), row.cells[0]);
    if (kind == kMarkerNames.end()) return table.error(row, "no such kind: " + row.cells[0]);
    AVSTAND_TRY(pattern, pattern_of(table, row, rules));
    rules.markers[static_cast<size_t>(kind - kMarkerNames.begin())].add(std::move(pattern));
  }
  return Unit{};
}

Status load_evidence(const LanguageFiles& files, LanguageRules& rules) {
  AVSTAND_TRY(table, Table::load(files.path("evidence.tsv"), Columns{"kind", "pattern"}));
  for (const TableRow& row : table.rows()) {
    const std::vector<std::string_view> kind = split(row.cells[0], '.');
    const auto place = std::find(kPlaceNames.begin(), kPlaceNames.end(), kind[0]);
    if (kind.size() != 2 || place == kPlaceNames.end() ||
        std::find(kEvidence.begin(), kEvidence.end(), kind[1]) == kEvidence.end())
      return table.error(row, "the kind is place.evidence, not " + row.cells[0]);
    AVSTAND_TRY(pattern, pattern_of(table, row, rules));
    auto& classes = rules.evidence[static_cast<size_t>(place - kPlaceNames.begin())];
    auto it = std::find_if(classes.begin(), classes.end(),
                           [&](const EvidenceRule& r) { return r.evidence == kind[1]; });
    if (it == classes.end()) it = classes.insert(it, {std::string(kind[1]), {}});
    it->patterns.add(std::move(pattern));
  }
  const auto rank = [](const EvidenceRule& r) {
    return std::find(kEvidence.begin(), kEvidence.end(), r.evidence);
  };
  for (auto& classes : rules.evidence)
    std::sort(classes.begin(), classes.end(),
              [&](const EvidenceRule& a, const EvidenceRule& b) { return rank(a) < rank(b); });
  return Unit{};
}

Status load_offices(const LanguageFiles& files, LanguageRules& rules) {
  AVSTAND_TRY(table, Table::load(files.path("offices.tsv"), Columns{"title", "group", "office"}));
  for (const TableRow& row : table.rows())
    if (!rules.offices.emplace(row.cells[0], Office{row.cells[1], row.cells[2]}).second)
      return table.error(row, "the title stands twice: " + row.cells[0]);
  return Unit{};
}

Status load_loaded_terms(const LanguageFiles& files, LanguageRules& rules) {
  AVSTAND_TRY(table, Table::load(files.path("loaded_terms.tsv"), Columns{"term", "neutral"}));
  for (const TableRow& row : table.rows()) rules.loaded_terms.emplace(row.cells[0], row.cells[1]);
  return Unit{};
}

Result<std::unique_ptr<LanguageRules>> load_language(const LanguageFiles& files) {
  auto rules = std::make_unique<LanguageRules>();
  AVSTAND_CHECK(load_sets(files, *rules));
  for (const std::string_view name : kMarkerFiles) AVSTAND_CHECK(load_markers(files, name, *rules));
  AVSTAND_CHECK(load_evidence(files, *rules));
  AVSTAND_CHECK(load_offices(files, *rules));
  AVSTAND_CHECK(load_loaded_terms(files, *rules));
  return rules;
}

}  // namespace
}  // namespace provenance

std::string_view ProvenanceRules::Impl::message(std::string_view key, LanguageCode code) const {
  auto it = messages.find({std::string(key), code});
  if (it == messages.end()) it = messages.find({std::string(key), LanguageCode("en")});
  return it == messages.end() ? key : std::string_view(it->second);
}

ProvenanceRules::ProvenanceRules() : impl_(std::make_unique<Impl>()) {}
ProvenanceRules::ProvenanceRules(ProvenanceRules&&) noexcept = default;
ProvenanceRules& ProvenanceRules::operator=(ProvenanceRules&&) noexcept = default;
ProvenanceRules::~ProvenanceRules() = default;

Result<ProvenanceRules> ProvenanceRules::load(const std::string& data_dir) {
  using provenance::Columns;
  ProvenanceRules rules;
  AVSTAND_TRY(languages, supported_languages(data_dir));
  for (const SupportedLanguage& supported : languages) {
    AVSTAND_TRY(language, provenance::load_language(supported.files(data_dir)));
    rules.impl_->languages.emplace(supported.code, std::move(language));
  }
  AVSTAND_TRY(words, provenance::CreditWords::load(data_dir + "/credit_words.tsv"));
  rules.impl_->credit_words = std::move(words);
  AVSTAND_TRY(messages,
              Table::load(data_dir + "/messages.tsv", Columns{"key", "language", "message"}));
  for (const TableRow& row : messages.rows())
    rules.impl_->messages[{row.cells[0], LanguageCode(row.cells[1])}] = row.cells[2];
  return rules;
}

}  // namespace avstand
