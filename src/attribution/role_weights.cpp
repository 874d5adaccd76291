#include "attribution/role_weights.h"

#include <algorithm>

#include "attribution/tree_paths.h"
#include "base/hash.h"
#include "language/kernels.h"

namespace avstand {
namespace {

constexpr uint32_t kMostFeatures = 1U << 24, kMostState = 4096, kMostSize = 1024, kMostActs = 256;

bool is_width(uint32_t n, uint32_t most) { return n > 0 && n <= most && n % language::kPanel == 0; }

}  // namespace

Result<std::shared_ptr<const RoleWeights>> RoleWeights::open(const std::string& path) {
  AVSTAND_TRY(file, language::ModelFile::open(path));
  std::shared_ptr<RoleWeights> out(new RoleWeights(std::move(file)));
  AVSTAND_CHECK(out->read());
  return std::shared_ptr<const RoleWeights>(std::move(out));
}

Status RoleWeights::read() {
  AVSTAND_TRY(config, file_.array<uint32_t>("roles.config", 5));
  state_width_ = config[0];
  size_ = config[1];
  const uint32_t paths = config[2], speech = config[3], acts = config[4];
  if (!is_width(state_width_, kMostState) || !is_width(size_, kMostSize) || paths > kMostFeatures ||
      speech > kMostFeatures || acts == 0 || acts > kMostActs)
    return file_.damaged("sizes in section roles.config make no sense", 0);
  AVSTAND_TRY(threshold, file_.floats("roles.threshold", 1));
  threshold_ = threshold[0];
  AVSTAND_TRY(languages, file_.lines("languages"));
  if (languages.empty()) return file_.damaged("section languages is empty", 0);
  languages_ = languages;
  const size_t n = size_, wide = 3 * n;
  AVSTAND_CHECK(read_dense("project", state_width_, n, true, project));
  AVSTAND_CHECK(read_dense("layer1", n, 6 * n, true, layer1));
  AVSTAND_CHECK(read_dense("layer2", 2 * n, 6 * n, true, layer2));
  AVSTAND_CHECK(read_dense("cue", wide, n, true, cue));
  AVSTAND_CHECK(read_dense("word", wide, n, true, word));
  AVSTAND_CHECK(read_dense("of_cue", wide, n, false, of_cue));
  AVSTAND_CHECK(read_dense("middle", n, n, true, middle));
  AVSTAND_CHECK(read_dense("over", n, 6 * n, true, over));
  AVSTAND_CHECK(read_dense("label", wide, kLabels, true, label));
  AVSTAND_CHECK(read_tables(paths, acts));
  AVSTAND_TRY(cue_floats, file_.floats("cue.out", n + 1));
  cue_out = cue_floats;
  AVSTAND_TRY(chain, file_.floats("chain", 2 * kLabels + kLabels * kLabels));
  start = chain.subspan(0, kLabels);
  end = chain.subspan(kLabels, kLabels);
  then = chain.subspan(2 * kLabels);
  AVSTAND_TRY(keys, file_.array<uint64_t>("speech.hash", speech));
  AVSTAND_TRY(weights, file_.floats("speech.weight", speech));
  if (!std::is_sorted(keys.begin(), keys.end()))
    return file_.damaged("section speech.hash is not in order", 0);
  speech_keys_ = keys;
  speech_ = weights;
  return Unit{};
}

Status RoleWeights::read_tables(uint32_t paths, uint32_t acts) {
  AVSTAND_CHECK(read_table("upos", kUpos, upos));
  AVSTAND_CHECK(read_table("rel", kRelations, rel));
  AVSTAND_CHECK(read_table("act", acts, act));
  AVSTAND_CHECK(read_table("quote", kQuotes, quote));
  AVSTAND_CHECK(read_table("language", languages_.size(), language));
  AVSTAND_CHECK(read_table("cue.below", kRelations + kUpos + acts, below));
  AVSTAND_CHECK(read_table("distance", kDistanceClasses, distance));
  AVSTAND_CHECK(read_table("marks", kMarkClasses, marks));
  AVSTAND_CHECK(read_table("quotes", kQuotes * kQuotes, quotes));
  AVSTAND_CHECK(read_table("cue_act", acts, cue_act));
  AVSTAND_CHECK(read_table("path", size_t{paths} + 1, path));
  AVSTAND_TRY(keys, file_.array<uint32_t>("path.key", paths));
  if (!std::is_sorted(keys.begin(), keys.end()))
    return file_.damaged("section path.key is not in order", 0);
  path_keys_ = keys;
  return Unit{};
}

Status RoleWeights::read_dense(std::string_view name, size_t in, size_t out, bool bias,
                               language::Layer& to) {
  const size_t columns = language::padded(out);
  AVSTAND_TRY(weight, file_.floats(std::string(name) + ".w", in * columns));
  to.weight = language::ByteMatrix(weight, in, columns);
  if (!bias) return Unit{};
  AVSTAND_TRY(values, file_.floats(std::string(name) + ".b", columns));
  to.bias = values;
  return Unit{};
}

Status RoleWeights::read_table(std::string_view name, size_t rows, Table& to) {
  AVSTAND_TRY(values, file_.floats(name, rows * size_));
  to = {values, size_};
  return Unit{};
}

size_t RoleWeights::language_row(std::string_view code) const {
  const auto it = std::find(languages_.begin(), languages_.end(), code);
  return it == languages_.end() ? 0 : static_cast<size_t>(it - languages_.begin());
}

size_t RoleWeights::path_row(uint32_t key) const {
  const auto it = std::lower_bound(path_keys_.begin(), path_keys_.end(), key);
  return it != path_keys_.end() && *it == key ? 1 + static_cast<size_t>(it - path_keys_.begin())
                                              : 0;
}

float RoleWeights::speech(const std::vector<std::string>& features) const {
  float sum = 0;
  for (const std::string& feature : features) {
    const uint64_t key = xxh64(feature);
    const auto it = std::lower_bound(speech_keys_.begin(), speech_keys_.end(), key);
    if (it != speech_keys_.end() && *it == key)
      sum += speech_[static_cast<size_t>(it - speech_keys_.begin())];
  }
  return sum;
}

}  // namespace avstand
