// The sections of a model file with their meaning: tables, dense layers, label sets.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "document/analysis.h"
#include "language/dense.h"
#include "language/lemma.h"
#include "language/lemma_lexicon.h"
#include "language/model_file.h"

namespace avstand::language {

/// Sizes of a network, as stored in section "config" (32-bit, this order).
struct Config {
  uint32_t width;        ///< type vector
  uint32_t rows;         ///< embedding rows, a power of two
  uint32_t vector_size;  ///< static word vector
  uint32_t vectors;
  uint32_t hidden;    ///< one direction of a recurrent layer
  uint32_t arc, rel;  ///< width of the biaffine layers
  uint32_t tags, rules, rels, names;
};

/// int8 rows with a scale each.
struct Table {
  std::span<const int8_t> values;
  std::span<const float> scale;
};

/// A tag class: part of speech and features together.
struct TagClass {
  Upos upos;
  std::string_view feats;
};

/// A relation with its subtype.
struct RelClass {
  Rel rel;
  std::string_view name;
};

/// A name label in IOB2.
struct NameLabel {
  enum class Mark : uint8_t { kOutside, kBegin, kInside };
  Mark mark = Mark::kOutside;
  std::string_view type;
};

/// Everything a network needs, checked against the sizes in the config. Views into the file,
/// but for the layers, which are rounded to bytes on reading.
struct Weights {
  Config config{};
  Table rows, vectors;
  std::span<const uint64_t> vector_hashes;  ///< ascending
  Layer project, conv, layer1, layer2, tag, rule, name, arc, rel, arc_pair, rel_pair;
  std::span<const float> norm_type, norm_conv, norm_out, arc_root, rel_root, name_start, name_from;
  std::vector<LanguageCode> languages;
  std::vector<TagClass> tags;
  std::vector<LemmaRule> rules;
  LemmaLexicon lemmas;
  std::vector<RelClass> rels;
  std::vector<NameLabel> names;

  /// Width of the encoder's output for a word: both directions and the type vector.
  size_t state_width() const { return size_t{2} * config.hidden + config.width; }

  /// kModel error where a section is missing, has the wrong size or makes no sense.
  static Result<Weights> read(const ModelFile& file);
};

}  // namespace avstand::language
