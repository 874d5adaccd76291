// The rules of the room as loaded: pattern sets by kind, evidence classes, offices, messages.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "provenance/conclude.h"
#include "provenance/file_credit.h"
#include "provenance/pattern.h"

namespace avstand::provenance {

/// The kinds of markers; names in the files are those of kMarkerNames, in this order.
enum class Marker : uint8_t {
  // relays.tsv
  kTold,
  kSpoken,
  kCiting,
  kCiteCue,
  kStems,
  kQuoted,
  kQuotedBy,
  kShared,
  kEmployed,
  kFormer,
  kExpert,
  kCrowd,
  kOwn,
  kSpokesman,
  kSeated,
  kCites,
  // verification.tsv
  kParties,
  kUnverified,
  kNoAccess,
  kNoComment,
  kChecked,
  kConfirmed,
  kGenuine,
  kRefuted,
  kLabel,
  kClaimNoun,
  kRecording,
  kDocument,
  kPicture,
  kAnonymous,
  kConceded,
  kNegation,
  kParts,
  kMonth,
  kDated,
  kClaims,
  // captions.tsv
  kCredit,
  kHandout,
  kScreenshot,
  kHandoutNoun,
  kPrivate,
  kPhotoAgency,
  kCount,
};
inline constexpr size_t kMarkerCount = static_cast<size_t>(Marker::kCount);

/// Where an evidence word stands (first half of `kind` in evidence.tsv).
enum class EvidencePlace : uint8_t { kSource, kCue, kChannel, kContent, kFirstPerson, kCount };

/// The class of evidence that a pattern stands for.
struct EvidenceRule {
  std::string evidence;  ///< LEDGER.md's word
  PatternSet patterns;
};

/// A title that excludes others (offices.tsv): titles of one group and different offices are not
/// held by one person at one time.
struct Office {
  std::string group, office;
};

/// The rules of one language.
struct LanguageRules {
  WordSets sets;
  Vocabulary vocabulary;
  std::array<PatternSet, kMarkerCount> markers;
  std::array<std::vector<EvidenceRule>, static_cast<size_t>(EvidencePlace::kCount)> evidence;
  std::map<std::string, Office, std::less<>> offices;            ///< by title, lower case
  std::map<std::string, std::string, std::less<>> loaded_terms;  ///< a plainer word, or empty

  const PatternSet& marker(Marker m) const { return markers[static_cast<size_t>(m)]; }
};

}  // namespace avstand::provenance

namespace avstand {

struct ProvenanceRules::Impl {
  std::map<LanguageCode, std::unique_ptr<provenance::LanguageRules>> languages;
  provenance::CreditWords credit_words;
  std::map<std::pair<std::string, LanguageCode>, std::string> messages;  ///< key, language

  const provenance::LanguageRules* find(LanguageCode code) const {
    const auto it = languages.find(code);
    return it == languages.end() ? nullptr : it->second.get();
  }
  /// The message of a finding; English where the language has none. Never empty for known keys.
  std::string_view message(std::string_view key, LanguageCode code) const;
};

}  // namespace avstand
