#include "attribution/frame_weights.h"

#include <algorithm>

#include "language/kernels.h"

namespace avstand {
namespace {

constexpr uint32_t kMostFeatures = 1U << 24, kMostState = 4096;

/// Position of a key in ascending keys, or their number.
size_t find(std::span<const uint64_t> keys, uint64_t key) {
  const auto it = std::lower_bound(keys.begin(), keys.end(), key);
  return it != keys.end() && *it == key ? static_cast<size_t>(it - keys.begin()) : keys.size();
}

bool is_width(uint32_t n, uint32_t most) { return n > 0 && n <= most && n % language::kPanel == 0; }

}  // namespace

Result<std::shared_ptr<const FrameWeights>> FrameWeights::open(const std::string& path) {
  AVSTAND_TRY(file, language::ModelFile::open(path));
  std::shared_ptr<FrameWeights> out(new FrameWeights(std::move(file)));
  AVSTAND_CHECK(out->read());
  return std::shared_ptr<const FrameWeights>(std::move(out));
}

Status FrameWeights::read() {
  AVSTAND_TRY(config, file_.array<uint32_t>("frames.config", 4));
  const uint32_t features = config[0], embedded = config[1];
  state_width_ = config[2];
  hidden_ = config[3];
  if (features > kMostFeatures || embedded > kMostFeatures || !is_width(state_width_, kMostState) ||
      !is_width(hidden_, kMostHidden))
    return file_.damaged("sizes in section frames.config make no sense", 0);
  AVSTAND_TRY(threshold, file_.floats("frames.threshold", 1));
  threshold_ = threshold[0];
  AVSTAND_CHECK(read_keys("feature.hash", features, features_));
  AVSTAND_CHECK(read_keys("embed.hash", embedded, embedded_));
  AVSTAND_TRY(weights, file_.floats("feature.weight", features));
  AVSTAND_TRY(embeddings, file_.floats("embed", size_t{embedded} * hidden_));
  AVSTAND_TRY(bias, file_.floats("bias", hidden_));
  AVSTAND_TRY(last, file_.floats("out", hidden_));
  weights_ = weights;
  embeddings_ = embeddings;
  bias_ = bias;
  out_ = last;
  for (size_t role = 0; role < kRoles; ++role) {
    AVSTAND_TRY(values,
                file_.floats("project." + std::to_string(role), size_t{state_width_} * hidden_));
    projections_[role] = values;
  }
  return Unit{};
}

Status FrameWeights::read_keys(std::string_view name, uint32_t count,
                               std::span<const uint64_t>& out) {
  AVSTAND_TRY(keys, file_.array<uint64_t>(name, count));
  if (!std::is_sorted(keys.begin(), keys.end()))
    return file_.damaged("section " + std::string(name) + " is not in order", 0);
  out = keys;
  return Unit{};
}

float FrameWeights::linear(uint64_t feature) const {
  const size_t at = find(features_, feature);
  return at == features_.size() ? 0 : weights_[at];
}

std::span<const float> FrameWeights::embedding(uint64_t feature) const {
  const size_t at = find(embedded_, feature);
  return at == embedded_.size() ? std::span<const float>{}
                                : embeddings_.subspan(at * hidden_, hidden_);
}

}  // namespace avstand
