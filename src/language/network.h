// The network: from words to scores, for many sentences at once (docs/model-format.md,
// "Operations").
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "language/buffer.h"
#include "language/decode.h"
#include "language/features.h"
#include "language/kernels.h"
#include "language/type_cache.h"
#include "language/weights.h"

namespace avstand::language {

/// A sentence in a batch: its language and the forms of its words.
struct SentenceForms {
  uint32_t language = 0;  ///< index in Weights::languages
  std::vector<std::string_view> forms;
};

/// What the network decided about one word.
struct WordResult {
  uint32_t tag, rule, head, rel;  ///< head: 0 is the root, else 1 + index in the sentence
  uint8_t name;
};

/// Runs a network over batches and keeps its memory between them. One per thread.
///
/// Words of a batch are rows of one matrix, with a row of zeros before, between and behind the
/// sentences: so the convolution needs no care at borders, and every product is one call. Each row
/// of each result depends on its own sentence only, in a fixed order of operations, so the batch
/// does not change a bit.
class Network {
 public:
  /// `cached`: words whose type vectors it keeps.
  explicit Network(size_t cached = 1U << 13) : cache_(cached) {}

  /// Annotates the sentences, none of them empty; `results` gets one entry per word in order.
  void run(const Weights& weights, uint64_t model, const Kernels& kernels,
           std::span<const SentenceForms> sentences, std::vector<WordResult>& results);

  /// The encoder's output for a word of the last run, `state_width` floats of the weights.
  const float* state(size_t sentence, size_t word) {
    return top_.row(places_[sentence].row + word);
  }

  /// The scores of the lemma rules for a word of the last run, one for each rule.
  std::span<const float> rule_scores(size_t sentence, size_t word) {
    return {rules_.row(places_[sentence].row + word), w_->config.rules};
  }

  /// The scores behind the last run, for tests: rows as laid out above.
  const Buffer& tag_scores() const { return tags_; }
  const Buffer& name_scores() const { return names_; }

 private:
  void place(std::span<const SentenceForms> sentences);
  void look_up(uint64_t model, std::span<const SentenceForms> sentences);
  void make_type_vector(std::string_view form, uint32_t language, float* out);
  void encode();
  void recur(const Layer& layer, const Buffer& in, Buffer& out);
  void score();
  void decode_words(std::span<WordResult> results);
  void decode_trees(std::span<WordResult> results);
  void decode_tree(size_t first, size_t count, std::span<WordResult> results);
  void decode_relations(size_t first, size_t from, size_t count, std::span<WordResult> results);
  void decode_names(std::span<WordResult> results);
  uint32_t largest(const float* x, size_t n) const;
  /// Rows of `out` from 1 on become the products of the rounded rows.
  void multiply(const Layer& layer, Buffer& out);

  const Weights* w_ = nullptr;
  const Kernels* k_ = nullptr;
  struct Place {
    size_t row, count, result;
  };
  std::vector<Place> places_;  // of the sentences: first row, words, first result
  size_t rows_ = 0;

  TypeCache cache_;
  WordFeatures features_;
  TreeDecoder tree_;
  ChainDecoder chain_;
  RoundedRows rounded_;
  Buffer types_, wide_, conv_, gates_, hidden1_, hidden2_, top_;
  Buffer tags_, rules_, names_, arcs_, pairs_, rels_, relation_, packed_, heads_, scores_;
  std::vector<uint32_t> tree_heads_;
  std::vector<uint8_t> labels_;
};

}  // namespace avstand::language
