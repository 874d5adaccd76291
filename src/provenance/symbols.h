// The words of one article as the patterns of its languages see them.
//
// Built once per article in O(words); each distinct form and lemma is looked up once. Read-only
// afterwards, so any number of patterns may run over it.
#pragma once

#include <unordered_map>
#include <vector>

#include "provenance/rules.h"

namespace avstand::provenance {

class WordSymbols final : public SymbolView {
 public:
  WordSymbols(const Analysis& analysis, const EntityLayer& entities, const Knowledge& knowledge,
              const ProvenanceRules::Impl& rules, EntityId outlet);

  bool has_any(WordId w, const std::vector<Symbol>& any_of) const override;
  Capture mention_at(WordId w, WordClass wanted) const override;
  bool may_skip(WordId w) const override;

  /// The rules of the sentence that the word stands in; null where its language has none.
  const LanguageRules* rules_at(WordId w) const;
  /// Whether the entity is a medium other than this outlet.
  bool is_medium(EntityId entity) const;
  EntityId outlet() const { return outlet_; }

 private:
  struct Slice {
    uint32_t begin = 0, end = 0;
    bool media_noun = false;
  };
  void add_words();
  Slice slice_of(const LanguageRules& rules, WordId w);
  void add_classes(WordId w, std::vector<Symbol>& out) const;
  bool is_class(const Mention& mention, WordClass wanted) const;
  bool has_comma(WordRange words) const;
  bool is_own(WordRange words, EntityId entity) const;
  bool known_to_be_other(WordId w) const;
  Capture bare_medium_at(WordId w) const;
  Capture own_words_at(WordId w) const;

  const Analysis& analysis_;
  const EntityLayer& entities_;
  const Knowledge& knowledge_;
  const ProvenanceRules::Impl& rules_;
  EntityId outlet_;
  std::vector<const LanguageRules*> rules_of_sentence_;
  std::vector<Slice> slices_;            // per word
  std::vector<Symbol> symbols_;          // sorted inside a slice
  std::vector<uint32_t> first_mention_;  // per word: first mention that begins at or after it
};

}  // namespace avstand::provenance
