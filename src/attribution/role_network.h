// One network of the role model over one sentence (docs/model-format.md, "Role models"): how likely
// each word is the head of a cue, and what the words are to a cue. role_model.h decides by the mean
// of several.
#pragma once

#include <vector>

#include "attribution/candidate.h"
#include "attribution/quotation.h"
#include "attribution/role_weights.h"
#include "language/dense.h"

namespace avstand {

/// What every network sees of a sentence: rows of the tables, and the parser's states.
struct RoleInputs {
  RoleInputs(const FrameContext& context, const QuotationMap& marked)
      : c(context), a(context.analysis), quotes(marked), weights(*context.lexicon.roles) {}

  /// Looks at a sentence; kept until the next.
  void read(uint32_t sentence);
  /// Looks at one of its words as a cue.
  void read_cue(WordId cue);

  const FrameContext& c;
  const Analysis& a;
  const QuotationMap& quotes;
  const RoleWeights& weights;
  WordRange words;  ///< of the sentence
  size_t language = 0;
  language::Buffer states;
  std::vector<size_t> acts, quoted;  ///< a word
  std::vector<uint32_t> paths;       ///< rows of the ways from the cue
  std::vector<uint32_t> marks;       ///< between the cue and a word
};

/// Keeps its memory between sentences.
class RoleNetwork {
 public:
  RoleNetwork(const RoleInputs& inputs, const RoleWeights::Network& weights)
      : in_(inputs), w_(weights) {}

  /// Reads the sentence of the inputs and adds to `logits` each word's of being the head of a cue.
  void add_cues(std::vector<float>& logits);
  /// What the words of the sentence are to any cue; before the first add_labels.
  void encode_words();
  /// Adds to `scores`, a row of kLabels a word, what each label scores for the cue of the inputs.
  void add_labels(WordId cue, std::vector<float>& scores);

 private:
  using Buffer = language::Buffer;
  /// `out` becomes the product of rows and layer.
  void multiply(const language::Layer& layer, language::Rows in, Buffer& out);
  void encode();
  /// One recurrent layer over the words of the sentence.
  void recur(const language::Layer& layer, const Buffer& in, Buffer& out);
  void pair_words(WordId cue);

  const RoleInputs& in_;
  const RoleWeights::Network& w_;
  language::RoundedRows rounded_;
  Buffer first_, gates_, hidden1_, hidden2_, wide_, cue_, word_, of_cue_, pair_, middle_, over_,
      seen_, scores_;
};

}  // namespace avstand
