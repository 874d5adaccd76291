// Weights of the frame model as training/frames/train.py writes them (docs/model-format.md, "Frame
// models"): a log-linear part over features known by the XXH64 of their names, and a network with
// one hidden layer over the parser's states of three words and the features without words.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "language/model_file.h"

namespace avstand {

/// Memory-mapped and const: shared by all threads and by the languages of one model.
class FrameWeights {
 public:
  static constexpr size_t kRoles = 3;  ///< cue, head of the source, head of the content
  static constexpr uint32_t kMostHidden = 256;

  /// Maps and checks a file; every damage is a kModel error.
  static Result<std::shared_ptr<const FrameWeights>> open(const std::string& path);

  /// Weight of a feature in the log-linear part; 0 for one that training did not keep.
  float linear(uint64_t feature) const;
  /// What the network adds to its hidden layer for a feature; empty for one it does not see.
  std::span<const float> embedding(uint64_t feature) const;
  /// Weights of a role's state, `state_width` x `hidden`, in panels (language/kernels.h).
  std::span<const float> projection(size_t role) const { return projections_[role]; }
  std::span<const float> bias() const { return bias_; }
  std::span<const float> out() const { return out_; }

  uint32_t hidden() const { return hidden_; }
  uint32_t state_width() const { return state_width_; }
  float threshold() const { return threshold_; }  ///< probability from which a candidate is kept
  const std::string& digest() const { return file_.digest(); }

 private:
  explicit FrameWeights(language::ModelFile file) : file_(std::move(file)) {}
  Status read();
  Status read_keys(std::string_view name, uint32_t count, std::span<const uint64_t>& out);

  language::ModelFile file_;
  uint32_t hidden_ = 0, state_width_ = 0;
  float threshold_ = 0.5F;
  std::span<const uint64_t> features_, embedded_;  // ascending
  std::span<const float> weights_, embeddings_, bias_, out_;
  std::span<const float> projections_[kRoles];
};

}  // namespace avstand
