// The entity layer: who and what the article speaks of, and every place where it does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "document/analysis.h"

namespace avstand {

using EntityId = uint32_t;
inline constexpr EntityId kNoEntity = UINT32_MAX;

/// LEDGER.md `entities[].type`.
enum class EntityType : uint8_t { kPerson, kOrganisation, kPlace, kProduct, kEvent, kWork, kGroup };

/// LEDGER.md `mentions[].form`.
enum class MentionForm : uint8_t { kName, kRole, kPronoun, kDemonym, kMetonym };

/// LEDGER.md `profile.kind`, in that order.
enum class ProfileKind : uint8_t {
  kNewsAgency,
  kStateMedia,
  kNewspaper,
  kBroadcaster,
  kGovernment,
  kMilitary,
  kPolice,
  kCourt,
  kParty,
  kCompany,
  kNgo,
  kUnion,
  kResearch,
  kHospital,
  kSchool,
  kIntergovernmental,
  kPerson,
  kDocument,
  kSensor,
  kUnknown,
};

/// LEDGER.md `profile.control`.
enum class Control : uint8_t { kState, kPublicService, kPrivate, kParty, kUnknown };

/// Who pays, who owns, whose word is last on the contents: what `control` sums up.
struct ControlParts {
  Control funding = Control::kUnknown, ownership = Control::kUnknown, editorial = Control::kUnknown;
};

/// What kind of source an entity is, and on what basis we say so. Facts, never a trust score.
struct Profile {
  ProfileKind kind = ProfileKind::kUnknown;
  std::string country;  ///< ISO 3166-1 alpha-2, empty if unknown
  Control control = Control::kUnknown;
  std::string basis;  ///< data file and date, or the words in the text; empty if nothing is known
  std::string owner = {};   ///< in words; empty if unknown
  ControlParts parts = {};  ///< of media that our data know
};

/// What a title or a noun for a person says about the person's part (data/lang/*/person_nouns.tsv).
enum class RoleClass : uint8_t {
  kMinister,
  kOffice,
  kSpokesperson,
  kPost,
  kPolitician,
  kRoyal,
  kMilitary,
  kExpert,
  kProfession,
  kMedia,
  kKin,
  kWitness,
  kParty,
  kResident,
  kHolder,  ///< a person or a body: owner, operator, winner
  kAnonymous,
  kHonorific,
  kPerson,
};

/// How an office that our data know stands to the day of the article. kUnset: stated by the text.
enum class Tenure : uint8_t { kUnset, kHeld, kFormer, kLater, kUnknown };

/// An office, as the text states it or as our data know it.
struct Role {
  std::string title;        ///< canonical title: lemma in the article's language, lower case
  EntityId of = kNoEntity;  ///< the body or country
  std::string from, to;     ///< ISO dates, empty if unknown or open
  bool stated = true;       ///< said by the text (else: from our data)
  WordRange words;          ///< the words that state it; empty if !stated
  RoleClass cls = RoleClass::kPerson;
  bool former = false;  ///< the text says that it was held before ("tidligere", "former")
  Tenure tenure = Tenure::kUnset;
  std::string office = {};   ///< if !stated: key of data/lang/*/office_titles.tsv
  std::string checked = {};  ///< if `to` is open: the last day on which that is known
};

/// A whole noun phrase that means an entity.
struct Mention {
  WordRange words;  ///< the whole phrase, with appositions that belong to it
  WordId head = kNoWord;
  EntityId entity = kNoEntity;
  MentionForm form = MentionForm::kName;
};

struct Entity {
  EntityType type = EntityType::kOrganisation;
  std::string name;                ///< fullest name in the text, else canonical name from our data
  std::optional<std::string> qid;  ///< Wikidata
  std::vector<Role> roles;
  Profile profile;
  bool named = false;    ///< the text gives it a name
  bool capital = false;  ///< a town whose name may mean its government
};

/// Entities in order of their first mention; mentions in text order (outer before inner).
struct EntityLayer {
  std::vector<Entity> entities;
  std::vector<Mention> mentions;

  /// Makes the look-ups below possible; called once, after the last mention is added.
  void index();
  /// The mention with the given head word, or null; of several the shortest. O(log n).
  const Mention* by_head(WordId head) const;
  /// The largest mention inside (or equal to) the range whose head is not inside another mention
  /// of the range: what a source phrase means. Null if there is none.
  /// (Where the range cuts a mention short: the mention of the range's top word.)
  const Mention* principal(const Analysis& analysis, WordRange range) const;

 private:
  std::vector<uint32_t> by_head_;  // mentions ordered by head word, then by length
};

std::string_view to_string(EntityType v);
std::string_view to_string(MentionForm v);
std::string_view to_string(ProfileKind v);
std::string_view to_string(Control v);
std::string_view to_string(RoleClass v);
/// "held", "former", "later", "unknown"; empty for kUnset.
std::string_view to_string(Tenure v);
bool parse_entity_type(std::string_view name, EntityType& out);
bool parse_profile_kind(std::string_view name, ProfileKind& out);
bool parse_control(std::string_view name, Control& out);
bool parse_role_class(std::string_view name, RoleClass& out);

}  // namespace avstand
