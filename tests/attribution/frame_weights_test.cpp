// The frame model's file, and its sum against a slow reading of the same sections.
#include "attribution/frame_weights.h"

#include <gtest/gtest.h>

#include <cmath>

#include "attribution/candidates.h"
#include "attribution/cue_lexicon.h"
#include "attribution/frame_model.h"
#include "language/kernels.h"
#include "language/tiny_model.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

using testing::append;
using testing::ScratchFile;

constexpr uint32_t kState = 32, kHidden = 16;

std::string floats(const std::vector<float>& values) {
  std::string out;
  for (const float v : values) append(out, v);
  return out;
}

/// Weights whose values tell where they belong: no two sums are alike by chance.
std::vector<float> ramp(size_t n, float step) {
  std::vector<float> out(n);
  for (size_t i = 0; i < n; ++i) out[i] = step * static_cast<float>((i * 7) % 23) - step * 11;
  return out;
}

testing::Sections tiny_sections(std::vector<std::string> features) {
  std::sort(features.begin(), features.end(),
            [](const auto& a, const auto& b) { return xxh64(a) < xxh64(b); });
  testing::Sections s;
  std::string keys;
  for (const std::string& f : features) append(keys, xxh64(f));
  const size_t n = features.size();
  for (const uint32_t v : {static_cast<uint32_t>(n), static_cast<uint32_t>(n), kState, kHidden})
    append(s["frames.config"], v);
  s["frames.threshold"] = floats({0.25F});
  s["feature.hash"] = s["embed.hash"] = keys;
  s["feature.weight"] = floats(ramp(n, 0.01F));
  s["embed"] = floats(ramp(n * kHidden, 0.02F));
  s["bias"] = floats(ramp(kHidden, 0.03F));
  s["out"] = floats(ramp(kHidden, 0.04F));
  for (const char* role : {"project.0", "project.1", "project.2"})
    s[role] = floats(ramp(kState * kHidden, role[8] == '0' ? 0.001F : 0.002F));
  return s;
}

TEST(FrameWeights, ReadsWhatIsThere) {
  const ScratchFile file(testing::model_bytes(tiny_sections({"f=a", "f=b"})));
  const auto weights = FrameWeights::open(file.path());
  ASSERT_TRUE(weights) << weights.error().to_string();
  EXPECT_EQ((*weights)->state_width(), kState);
  EXPECT_EQ((*weights)->hidden(), kHidden);
  EXPECT_FLOAT_EQ((*weights)->threshold(), 0.25F);
  EXPECT_NE((*weights)->linear(xxh64("f=a")), (*weights)->linear(xxh64("f=b")));
  EXPECT_EQ((*weights)->linear(xxh64("f=c")), 0);
  EXPECT_EQ((*weights)->embedding(xxh64("f=a")).size(), kHidden);
  EXPECT_TRUE((*weights)->embedding(xxh64("f=c")).empty());
}

TEST(FrameWeights, RefusesWhatDoesNotFit) {
  const auto refused = [](const std::string& section, const std::string& bytes) {
    auto sections = tiny_sections({"f=a", "f=b"});
    sections[section] = bytes;
    const ScratchFile file(testing::model_bytes(sections));
    const auto weights = FrameWeights::open(file.path());
    EXPECT_FALSE(weights) << section;
    if (weights) return;
    EXPECT_EQ(weights.error().code, ErrorCode::kModel) << section;
  };
  for (const auto& [name, bytes] : tiny_sections({"f=a", "f=b"})) refused(name, bytes + "1234");
  refused("bias", floats(std::vector<float>(kHidden, NAN)));
  std::string reversed = tiny_sections({"f=a", "f=b"})["feature.hash"];
  std::rotate(reversed.begin(), reversed.begin() + 8, reversed.end());
  refused("feature.hash", reversed);
  std::string odd;
  for (const uint32_t v : {2U, 2U, kState, 17U}) append(odd, v);
  refused("frames.config", odd);
}

/// The model's sum by plain loops over the sections.
float slow_probability(const testing::Sections& s, const std::vector<std::string>& known,
                       const std::vector<std::string>& features, const WordStates& states,
                       const std::array<WordId, 3>& words) {
  const auto at = [&](const char* name, size_t i) {
    float v = 0;
    std::memcpy(&v, s.at(name).data() + i * sizeof v, sizeof v);
    return v;
  };
  std::vector<uint64_t> keys;
  for (const std::string& f : known) keys.push_back(xxh64(f));
  std::sort(keys.begin(), keys.end());
  double sum = 0;
  std::vector<double> hidden(kHidden);
  for (size_t j = 0; j < kHidden; ++j) hidden[j] = at("bias", j);
  for (const std::string& f : features)
    for (size_t i = 0; i < keys.size(); ++i)
      if (keys[i] == xxh64(f)) {
        sum += at("feature.weight", i);
        for (size_t j = 0; j < kHidden; ++j) hidden[j] += at("embed", i * kHidden + j);
      }
  const char* const names[] = {"project.0", "project.1", "project.2"};
  for (size_t role = 0; role < words.size(); ++role)
    for (size_t i = 0; words[role] != kNoWord && i < kState; ++i)
      for (size_t j = 0; j < kHidden; ++j)  // hidden is one panel of 16
        hidden[j] += states.scale[words[role]] * states.row(words[role])[i] *
                     at(names[role], i * kHidden + j);
  for (size_t j = 0; j < kHidden; ++j) sum += std::max(hidden[j], 0.0) * at("out", j);
  return static_cast<float>(1 / (1 + std::exp(-sum)));
}

TEST(FrameModel, AgreesWithASlowReading) {
  auto f = testing::FixtureBuilder("nb").build(R"(Rådet råd NOUN Definite=Def 2 nsubj
sier si VERB Tense=Pres|VerbForm=Fin 0 root
at at SCONJ _ 5 mark
broen bro NOUN Definite=Def 5 nsubj
faller falle VERB Tense=Pres|VerbForm=Fin 2 ccomp SpaceAfter=No
. $. PUNCT _ 2 punct
)");
  f.analysis.states.resize(f.analysis.words.size(), kState);
  for (size_t i = 0; i < f.analysis.states.values.size(); ++i)
    f.analysis.states.values[i] = static_cast<int8_t>((i * 37) % 251 - 125);
  for (size_t w = 0; w < f.analysis.words.size(); ++w)
    f.analysis.states.scale[w] = 0.01F * static_cast<float>(w + 1);
  const std::vector<std::string> known = {"f=verb_clause", "f=surface_right", "l=si"};
  const auto sections = tiny_sections(known);
  const ScratchFile file(testing::model_bytes(sections));
  auto lexicon = CueLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data",
                                  std::string(AVSTAND_SOURCE_DIR) + "/models");
  ASSERT_TRUE(lexicon) << lexicon.error().to_string();
  auto weights = FrameWeights::open(file.path());
  ASSERT_TRUE(weights) << weights.error().to_string();
  CueLexicon::Language language = *lexicon->find(LanguageCode("nb"));
  language.frames = *weights;
  const Tree tree(f.analysis);
  const FrameContext context{f.analysis, tree, language};
  const QuotationMap quotes(f.analysis);
  std::vector<Candidate> candidates;
  find_candidates(context, 0, candidates);
  ASSERT_FALSE(candidates.empty());
  score_candidates(context, quotes, candidates);
  for (const Candidate& c : candidates) {
    std::vector<std::string> features;
    frame_features(context, quotes, c, features);
    EXPECT_NEAR(c.probability,
                slow_probability(sections, known, features, f.analysis.states, state_words(c)),
                1e-5);
  }
}

}  // namespace
}  // namespace avstand
