// Where sentences end inside a line: a linear classifier over the words around a gap.
//
// The features are forms of words as classes (capital, digits, abbreviation, mark) and what is open
// in the sentence so far; the weights are a readable table made by training/segmenter, so nothing
// here knows a language. P(end) = 1 / (1 + exp(-sum of weights)). Palmer & Hearst 1997 and Gillick
// 2009 ("Sentence boundary detection and the problem with the U.S.") use the same kind of model.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace avstand {

/// A word as the classifier sees it.
struct EndWord {
  std::string_view form;
  std::string_view shape;  ///< see word_shape(); for marks the mark itself
  bool space_before = false;
};

/// State of the sentence so far.
struct EndState {
  uint32_t length = 0;      ///< words before the gap
  bool dash_first = false;  ///< it begins with a quote dash
  uint32_t open_brackets = 0;
  bool open_quote = false;
};

/// The names of the features that hold at one gap, as strings in one reused buffer.
class EndFeatures {
 public:
  /// `words[at]` is the word before the gap; up to two more on each side are looked at.
  void extract(const std::vector<EndWord>& words, size_t at, const EndState& state);
  size_t size() const { return count_; }
  std::string_view operator[](size_t i) const {
    return std::string_view(buffer_).substr(begin_[i], begin_[i + 1] - begin_[i]);
  }

 private:
  void add(std::initializer_list<std::string_view> parts);
  static constexpr size_t kMaxFeatures = 24;
  std::string buffer_;
  std::array<size_t, kMaxFeatures + 1> begin_{};
  size_t count_ = 0;
};

/// Weights by feature name.
class SentenceEnds {
 public:
  static Result<SentenceEnds> load(const std::string& path);
  /// Whether a gap may be a sentence end at all; most are ruled out without looking at weights.
  static bool candidate(const std::vector<EndWord>& words, size_t at);
  /// The log-odds that the sentence ends in this gap.
  double score(const EndFeatures& features) const;
  bool empty() const { return weights_.empty(); }

 private:
  std::unordered_map<uint64_t, float> weights_;  // by XXH64 of the name
};

}  // namespace avstand
