// Who says what by which word: finds the cues of a sentence and, for each by itself, labels every
// word as source, cue, content or none of them (docs/model-format.md, "Role models").
//
// Semantic role labelling (He et al. 2017, "Deep semantic role labeling") over what the parser made
// of the words, trained on annotated news by training/roles/train.py and stored as
// models/<model>.roles. It looks at words and trees, never at whether what is said is true.
#pragma once

#include <span>
#include <vector>

#include "attribution/candidate.h"
#include "attribution/quotation.h"
#include "attribution/role_buffers.h"

namespace avstand {

/// Reads sentences of one article. Sentences that follow each other
/// are encoded together, since products of many rows cost less a row; what comes out is the same.
class RoleModel {
 public:
  /// The context's lexicon has the weights; context, quotes and buffers outlive the model.
  RoleModel(const FrameContext& context, const QuotationMap& quotes, RoleBuffers& buffers);

  /// Appends the attributions whose cue stands in the sentence, in the order of their cues; none of
  /// their cues share a word. Contents end with the sentence: speech that runs on is joined later.
  void find(uint32_t sentence, std::vector<Candidate>& out);

  /// The labels that the words of the sentence get for a cue in it: none, source, cue, content.
  std::vector<uint8_t> labels_for(uint32_t sentence, WordId cue);
  /// Probability of every word of the last sentence to be the head of a cue.
  std::span<const float> cue_probabilities() const {
    return std::span(probabilities_).subspan(row_of(words_.begin), words_.size());
  }

 private:
  using Buffer = language::Buffer;
  bool look_at(uint32_t sentence);
  /// `out` becomes the product of rows and layer.
  void multiply(const language::Layer& layer, language::Rows in, Buffer& out);
  /// The sentences that are encoded with this one, which is the first of them.
  void choose_batch(uint32_t sentence);
  void encode();
  /// One recurrent layer over the words of sentences of these lengths.
  void recur(const language::Layer& layer, const Buffer& in, std::span<const size_t> lengths,
             Buffer& out);
  std::vector<uint8_t> labels(WordId cue);
  void score_cues();
  void encode_words();
  void score_labels(WordId cue);
  std::vector<uint8_t> best_labels(WordId cue);
  Candidate make(WordId cue, const std::vector<uint8_t>& labels) const;
  void follow_tree(Candidate& out) const;
  bool gives_name(WordId cue, WordId behind) const;
  bool in_other_sense(const Candidate& made) const;
  /// Who says it by the tree: the subject of a verb, the agent of a passive. kNoWord: nobody.
  WordId doer(WordId cue) const;
  /// A word's row among those that are encoded.
  size_t row_of(WordId w) const { return w - batch_.begin; }
  size_t act_row(WordId w) const { return acts_[row_of(w)]; }

  const FrameContext& c_;
  const Analysis& a_;
  const QuotationMap& quotes_;
  const RoleWeights& w_;
  RoleBuffers& b_;
  WordRange words_;              // of the sentence
  WordRange batch_;              // of all sentences that are encoded
  std::vector<size_t> lengths_;  // of these sentences
  std::vector<float> probabilities_;
  std::vector<size_t> acts_, quoted_;  // rows of a word's tables
  std::vector<uint32_t> paths_, marks_;
};

}  // namespace avstand
