// Mentions and entities of an article, linked to shipped knowledge.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "document/analysis.h"
#include "document/article.h"
#include "entity/entities.h"

namespace avstand {

/// Countries, demonyms, offices, agencies, outlets, titles, pronouns of all languages (data/).
/// Immutable after load, shared by all threads. What rooms above may ask of it stands here.
class Knowledge {
 public:
  static Result<Knowledge> load(const std::string& data_dir);
  Knowledge(Knowledge&&) noexcept;
  Knowledge& operator=(Knowledge&&) noexcept;
  ~Knowledge();

  /// The profile of a named outlet, agency, country or body; kind unknown if we have none.
  Profile profile_of_name(std::string_view name) const;
  /// Whether the name is a medium (agency, newspaper, broadcaster) in our data.
  bool is_medium(std::string_view name) const;
  /// Whether `lemma` is a noun for a medium in the language ("nyhetsbyrå", "newspaper").
  bool is_media_noun(LanguageCode language, std::string_view lemma) const;
  /// Whether it is one for all of them ("media", "pressen").
  bool is_collective_medium(LanguageCode language, std::string_view lemma) const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  Knowledge();
  std::unique_ptr<Impl> impl_;
};

/// Finds mentions (names, role nouns, pronouns, demonyms, metonyms) and puts those that mean the
/// same into one entity; fills types, roles, profiles.
EntityLayer resolve_entities(const Article& article, const Analysis& analysis, const Tree& tree,
                             const Knowledge& knowledge);

}  // namespace avstand
