// Weights of the role model as training/roles/train.py writes them (docs/model-format.md, "Role
// models"): layers over the parser's states, tables of embeddings, the chain of labels, and the
// log-linear weights of unmarked speech.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/analysis.h"
#include "language/dense.h"
#include "language/model_file.h"

namespace avstand {

/// Memory-mapped and const: shared by all threads and by the languages of one model.
class RoleWeights {
 public:
  /// Rows of `size()` floats.
  struct Table {
    std::span<const float> values;
    size_t size = 0;
    const float* row(size_t i) const { return values.data() + i * size; }
  };
  static constexpr size_t kLabels = 4;
  static constexpr size_t kQuotes = 3;  ///< no marks, quotation marks, speech dash
  static constexpr size_t kUpos = static_cast<size_t>(Upos::kX) + 1;
  static constexpr size_t kRelations = static_cast<size_t>(Rel::kXcomp) + 1;

  /// Maps and checks a file; every damage is a kModel error.
  static Result<std::shared_ptr<const RoleWeights>> open(const std::string& path);

  uint32_t state_width() const { return state_width_; }
  uint32_t size() const { return size_; }         ///< of every inner layer
  float threshold() const { return threshold_; }  ///< probability from which a cue is one
  const std::string& digest() const { return file_.digest(); }
  /// Row of a language in `language`; the first for one that it was not trained on.
  size_t language_row(std::string_view code) const;
  /// Row of a way through the tree in `path`; 0 for one that training seldom saw.
  size_t path_row(uint32_t key) const;
  /// Sum of the weights of features of unmarked speech, known by the XXH64 of their names; 0 for
  /// one that training did not keep.
  float speech(const std::vector<std::string>& features) const;

  language::Layer project, layer1, layer2, cue, word, of_cue, middle, over, label;
  Table upos, rel, act, quote, language, below, path, distance, marks, quotes, cue_act;
  std::span<const float> cue_out;           ///< size() weights, then the bias
  std::span<const float> start, end, then;  ///< of labels; then[from * kLabels + to]

 private:
  explicit RoleWeights(language::ModelFile file) : file_(std::move(file)) {}
  Status read();
  Status read_tables(uint32_t paths, uint32_t acts);
  Status read_dense(std::string_view name, size_t in, size_t out, bool bias, language::Layer& to);
  Status read_table(std::string_view name, size_t rows, Table& to);

  language::ModelFile file_;
  uint32_t state_width_ = 0, size_ = 0;
  float threshold_ = 0.5F;
  std::vector<std::string_view> languages_;
  std::span<const uint32_t> path_keys_;    // ascending
  std::span<const uint64_t> speech_keys_;  // ascending
  std::span<const float> speech_;
};

}  // namespace avstand
