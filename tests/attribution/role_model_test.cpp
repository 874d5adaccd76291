// The role model's file, and its decisions against a slow reading of the same sections.
#include "attribution/role_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "attribution/cue_lexicon.h"
#include "attribution/tree_paths.h"
#include "language/dense.h"
#include "language/tiny_model.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

using testing::append;
using testing::ScratchFile;

constexpr size_t kState = 32, kSize = 16, kActs = 40, kUpos = 17, kRels = 37, kLabels = 4;

std::string floats(const std::vector<float>& values) {
  std::string out;
  for (const float v : values) append(out, v);
  return out;
}

/// Weights whose values tell where they belong: no two sums are alike by chance.
std::string ramp(size_t n, float step, size_t salt) {
  std::vector<float> out(n);
  for (size_t i = 0; i < n; ++i)
    out[i] = step * (static_cast<float>(((i + salt) * 7919) % 101) - 50.0F);
  return floats(out);
}

/// Keys of the ways that the tiny model knows: to the cue itself, and to its subject on the left.
uint32_t own_path() { return 63U << 8 | 63U << 14; }
uint32_t subject_path() {  // one step down on the left, by nsubj
  return 2U | 1U << 6 | static_cast<uint32_t>(Rel::kNsubj) << 8 | 63U << 14;
}

testing::Sections tiny_sections(float threshold) {
  testing::Sections s;
  for (const uint32_t v : {static_cast<uint32_t>(kState), static_cast<uint32_t>(kSize), 2U, 1U,
                           static_cast<uint32_t>(kActs)})
    append(s["roles.config"], v);
  s["roles.threshold"] = floats({threshold});
  s["languages"] = "nb\nnn\n";
  size_t salt = 1;
  const auto dense = [&](const std::string& name, size_t in, size_t out, bool bias) {
    const float step = name == "label" ? 0.02F : 0.002F;  // so that words count beside the chain
    s[name + ".w"] = ramp(in * language::padded(out), step, salt++);
    if (bias) s[name + ".b"] = ramp(language::padded(out), 0.004F, salt++);
  };
  dense("project", kState, kSize, true);
  dense("layer1", kSize, 6 * kSize, true);
  dense("layer2", 2 * kSize, 6 * kSize, true);
  dense("cue", 3 * kSize, kSize, true);
  dense("word", 3 * kSize, kSize, true);
  dense("of_cue", 3 * kSize, kSize, false);
  dense("middle", kSize, kSize, true);
  dense("over", kSize, 6 * kSize, true);
  dense("label", 3 * kSize, kLabels, true);
  const std::map<std::string, size_t> tables = {{"upos", kUpos},
                                                {"rel", kRels},
                                                {"act", kActs},
                                                {"quote", 3},
                                                {"language", 2},
                                                {"distance", kDistanceClasses},
                                                {"marks", kMarkClasses},
                                                {"quotes", 9},
                                                {"cue_act", kActs},
                                                {"path", 3},
                                                {"cue.below", kRels + kUpos + kActs}};
  for (const auto& [name, rows] : tables) s[name] = ramp(rows * kSize, 0.003F, salt++);
  s["cue.out"] = ramp(kSize + 1, 0.02F, salt++);
  s["chain"] = ramp(2 * kLabels + kLabels * kLabels, 0.01F, salt++);
  append(s["path.key"], subject_path());
  append(s["path.key"], own_path());
  append(s["speech.hash"], xxh64("sp:bias"));
  s["speech.weight"] = floats({0.5F});
  return s;
}

TEST(RoleWeights, ReadsWhatIsThere) {
  const ScratchFile file(testing::model_bytes(tiny_sections(0.25F)));
  const auto weights = RoleWeights::open(file.path());
  ASSERT_TRUE(weights) << weights.error().to_string();
  EXPECT_EQ((*weights)->state_width(), kState);
  EXPECT_FLOAT_EQ((*weights)->threshold(), 0.25F);
  EXPECT_FLOAT_EQ((*weights)->speech({"sp:bias"}), 0.5F);
  EXPECT_EQ((*weights)->speech({"sp:other"}), 0);
  EXPECT_EQ((*weights)->path_row(subject_path()), 1u);
  EXPECT_EQ((*weights)->path_row(own_path()), 2u);
  EXPECT_EQ((*weights)->path_row(12345), 0u);
  EXPECT_EQ((*weights)->language_row("nn"), 1u);
  EXPECT_EQ((*weights)->language_row("en"), 0u);
}

TEST(RoleWeights, RefusesWhatDoesNotFit) {
  const auto refused = [](const std::string& section, const std::string& bytes) {
    auto sections = tiny_sections(0.25F);
    sections[section] = bytes;
    const ScratchFile file(testing::model_bytes(sections));
    const auto weights = RoleWeights::open(file.path());
    EXPECT_FALSE(weights) << section;
    if (weights) return;
    EXPECT_EQ(weights.error().code, ErrorCode::kModel) << section;
  };
  for (const auto& [name, bytes] : tiny_sections(0.25F)) refused(name, bytes + "1234");
  refused("cue.out", floats(std::vector<float>(kSize + 1, NAN)));
  std::string reversed, odd;
  append(reversed, own_path());
  append(reversed, subject_path());
  refused("path.key", reversed);
  for (const uint32_t v : {32U, 17U, 2U, 1U, 40U}) append(odd, v);
  refused("roles.config", odd);
  refused("languages", "");
}

/// The model by plain loops over the sections, in double precision.
class Slow {
 public:
  Slow(const testing::Sections& sections, const FrameContext& c, const QuotationMap& quotes)
      : s_(sections), c_(c), a_(c.analysis), quotes_(quotes) {
    encode();
  }

  double cue(size_t w) const {
    auto x = dense("cue", wide_[w], kSize);
    std::vector<bool> seen(kRels);
    for (size_t child = 0; child < n(); ++child) {
      if (a_.words[child].head != w) continue;
      const auto rel = static_cast<size_t>(a_.words[child].rel);
      if (!seen[rel]) add(x, "cue.below", rel);
      seen[rel] = true;
    }
    if (const WordId head = a_.words[w].head; head != kNoWord) {
      add(x, "cue.below", kRels + static_cast<size_t>(a_.words[head].upos));
      add(x, "cue.below", kRels + kUpos + act(head));
    }
    double sum = at("cue.out", kSize);
    for (size_t j = 0; j < kSize; ++j) sum += std::max(x[j], 0.0) * at("cue.out", j);
    return 1 / (1 + std::exp(-sum));
  }

  /// The best of all 4^n labellings that call the cue a cue.
  std::vector<uint8_t> labels(WordId cue) const {
    std::vector<std::vector<double>> pairs, scores;
    std::vector<uint32_t> paths, marks;
    const WordRange sentence{0, static_cast<WordId>(n())};
    tree_paths(a_, sentence, cue, paths);
    marks_between(a_, sentence, cue, marks);
    for (size_t w = 0; w < n(); ++w) {
      auto x = dense("word", wide_[w], kSize);
      const auto of_cue = dense("of_cue", wide_[cue], kSize);
      for (size_t j = 0; j < kSize; ++j) x[j] += of_cue[j];
      add(x, "cue_act", act(cue));
      add(x, "path", paths[w] == subject_path() ? 1 : paths[w] == own_path() ? 2 : 0);
      add(x, "distance", distance_class(static_cast<WordId>(w), cue));
      add(x, "marks", marks[w]);
      add(x, "quotes", 3 * quote(w) + quote(cue));
      for (double& v : x) v = std::max(v, 0.0);
      auto y = dense("middle", x, kSize);
      for (size_t j = 0; j < kSize; ++j) y[j] = std::max(y[j], 0.0) + x[j];
      pairs.push_back(y);
    }
    const auto over = recur("over", pairs);
    for (size_t w = 0; w < n(); ++w) {
      pairs[w].insert(pairs[w].end(), over[w].begin(), over[w].end());
      scores.push_back(dense("label", pairs[w], kLabels));
    }
    std::vector<uint8_t> now(n()), best;
    double most = -1e9;
    for (size_t code = 0; code < (size_t{1} << (2 * n())); ++code) {
      for (size_t w = 0; w < n(); ++w) now[w] = (code >> (2 * w)) & 3;
      if (now[cue] != 2) continue;
      double sum = at("chain", now[0]) + at("chain", kLabels + now[n() - 1]);
      for (size_t w = 0; w < n(); ++w) sum += scores[w][now[w]];
      for (size_t w = 1; w < n(); ++w)
        sum += at("chain", 2 * kLabels + kLabels * now[w - 1] + now[w]);
      if (sum > most) most = sum, best = now;
    }
    return best;
  }

 private:
  size_t n() const { return a_.words.size(); }
  double at(const std::string& name, size_t i) const {
    float v = 0;
    std::memcpy(&v, s_.at(name).data() + i * sizeof v, sizeof v);
    return v;
  }
  void add(std::vector<double>& x, const std::string& name, size_t row) const {
    for (size_t j = 0; j < kSize; ++j) x[j] += at(name, row * kSize + j);
  }
  std::vector<double> dense(const std::string& name, const std::vector<double>& x,
                            size_t out) const {
    const size_t in = x.size(), columns = language::padded(out);
    std::vector<float> packed(in * columns);
    for (size_t i = 0; i < packed.size(); ++i) packed[i] = static_cast<float>(at(name + ".w", i));
    const language::ByteMatrix weights(packed, in, columns);
    double most = 0;
    for (const double v : x) most = std::max(most, std::fabs(v));
    std::vector<double> y(out);
    for (size_t j = 0; j < out; ++j) {
      if (s_.contains(name + ".b")) y[j] = at(name + ".b", j);
      for (size_t i = 0; i < in && most > 0; ++i)
        y[j] += std::nearbyint(x[i] * 127 / most) * most / 127 * weights.at(i, j);
    }
    return y;
  }
  size_t act(size_t w) const {
    const CueEntry* e = c_.lexicon.find(a_.words[w].upos, a_.lemma(static_cast<WordId>(w)));
    return e == nullptr ? 0 : 1 + static_cast<size_t>(e->act);
  }
  size_t quote(size_t w) const {
    const auto id = static_cast<WordId>(w);
    return quotes_.quoted_at(id) != nullptr ? 1 : quotes_.marked(id) ? 2 : 0;
  }
  std::vector<std::vector<double>> recur(const std::string& name,
                                         const std::vector<std::vector<double>>& in) const {
    const auto sigmoid = [](double x) { return 1 / (1 + std::exp(-x)); };
    std::vector<std::vector<double>> gates, out(n(), std::vector<double>(2 * kSize));
    for (const auto& x : in) gates.push_back(dense(name, x, 6 * kSize));
    for (size_t side = 0; side < 2; ++side)
      for (size_t j = 0; j < kSize; ++j) {
        double c = 0;
        for (size_t k = 0; k < n(); ++k) {
          const size_t w = side == 0 ? k : n() - 1 - k, base = side * 3 * kSize + j;
          const double f = sigmoid(gates[w][base + kSize]);
          c = f * c + (1 - f) * std::tanh(gates[w][base]);
          out[w][side * kSize + j] = sigmoid(gates[w][base + 2 * kSize]) * c;
        }
      }
    return out;
  }
  void encode() {
    std::vector<std::vector<double>> first;
    for (size_t w = 0; w < n(); ++w) {
      const auto id = static_cast<WordId>(w);
      std::vector<double> state(kState);
      for (size_t j = 0; j < kState; ++j) state[j] = a_.states.scale[w] * a_.states.row(id)[j];
      auto x = dense("project", state, kSize);
      add(x, "upos", static_cast<size_t>(a_.words[w].upos));
      add(x, "rel", static_cast<size_t>(a_.words[w].rel));
      add(x, "act", act(w));
      add(x, "quote", quote(w));
      add(x, "language", 0);
      first.push_back(x);
    }
    const auto h1 = recur("layer1", first), h2 = recur("layer2", h1);
    for (size_t w = 0; w < n(); ++w) {
      wide_.push_back(first[w]);
      for (size_t j = 0; j < 2 * kSize; ++j) wide_[w].push_back(h1[w][j] + h2[w][j]);
    }
  }

  const testing::Sections& s_;
  const FrameContext& c_;
  const Analysis& a_;
  const QuotationMap& quotes_;
  std::vector<std::vector<double>> wide_;
};

/// States that tell the words of a sentence apart, the same wherever the sentence stands.
void fill_states(Analysis& a) {
  a.states.resize(a.words.size(), kState);
  for (const SentenceInfo& sentence : a.sentences)
    for (WordId w = sentence.words.begin; w < sentence.words.end; ++w) {
      const size_t i = w - sentence.words.begin;
      for (size_t j = 0; j < kState; ++j)
        a.states.values[w * kState + j] =
            static_cast<int8_t>(((i * kState + j) * 37) % 251 - size_t{125});
      a.states.scale[w] = 0.01F * static_cast<float>(i + 1);
    }
}

/// The lexicon of Bokmål with the roles of this file.
CueLexicon::Language language_with(const std::string& roles) {
  auto lexicon = CueLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data",
                                  std::string(AVSTAND_SOURCE_DIR) + "/models");
  if (!lexicon) throw std::runtime_error(lexicon.error().to_string());
  auto weights = RoleWeights::open(roles);
  if (!weights) throw std::runtime_error(weights.error().to_string());
  CueLexicon::Language language = *lexicon->find(LanguageCode("nb"));
  language.roles = *weights;
  return language;
}

TEST(RoleModel, AgreesWithASlowReading) {
  auto f = testing::FixtureBuilder("nb").build(R"(« $« PUNCT _ 2 punct SpaceAfter=No
Broen bro NOUN Definite=Def 3 nsubj
faller falle VERB Tense=Pres|VerbForm=Fin 6 ccomp SpaceAfter=No
» $» PUNCT _ 3 punct SpaceAfter=No
, $, PUNCT _ 3 punct
sier si VERB Tense=Pres|VerbForm=Fin 0 root
rådet råd NOUN Definite=Def 6 nsubj SpaceAfter=No
. $. PUNCT _ 6 punct
)");
  fill_states(f.analysis);
  const auto sections = tiny_sections(0);
  const ScratchFile file(testing::model_bytes(sections));
  const CueLexicon::Language language = language_with(file.path());
  const Tree tree(f.analysis);
  const FrameContext context{f.analysis, tree, language};
  const QuotationMap quotes(f.analysis);
  RoleBuffers buffers;
  RoleModel model(context, quotes, buffers);
  const Slow slow(sections, context, quotes);
  for (WordId w = 0; w < f.analysis.words.size(); ++w) {
    EXPECT_EQ(model.labels_for(0, w), slow.labels(w)) << w;
    EXPECT_NEAR(model.cue_probabilities()[w], slow.cue(w), 1e-5) << w;
  }
}

/// A model over sentences, with buffers that it may share with another.
struct Reading {
  Reading(std::string_view language_code, const std::string& conllu,
          const CueLexicon::Language& language, RoleBuffers& buffers)
      : fixture(testing::FixtureBuilder(language_code).build(conllu)),
        tree(filled(fixture.analysis)),
        context{fixture.analysis, tree, language},
        quotes(fixture.analysis),
        model(context, quotes, buffers) {}
  static const Analysis& filled(Analysis& a) {
    fill_states(a);
    return a;
  }
  /// Probabilities of the words of a sentence, and the labels with each as the cue.
  std::pair<std::vector<float>, std::vector<std::vector<uint8_t>>> of(uint32_t sentence) {
    const WordRange words = fixture.analysis.sentences[sentence].words;
    std::pair<std::vector<float>, std::vector<std::vector<uint8_t>>> out;
    for (WordId w = words.begin; w < words.end; ++w)
      out.second.push_back(model.labels_for(sentence, w));
    const auto probabilities = model.cue_probabilities();
    out.first.assign(probabilities.begin(), probabilities.end());
    return out;
  }

  testing::Fixture fixture;
  Tree tree;
  FrameContext context;
  QuotationMap quotes;
  RoleModel model;
};

TEST(RoleModel, SentencesTogetherAreReadAsOneByOne) {
  const std::vector<std::pair<std::string, std::string>> sentences = {
      {"nb", R"(Rådet råd NOUN Definite=Def 2 nsubj
sier si VERB Tense=Pres|VerbForm=Fin 0 root
at at SCONJ _ 5 mark
broen bro NOUN Definite=Def 5 nsubj
faller falle VERB Tense=Pres|VerbForm=Fin 2 ccomp SpaceAfter=No
. $. PUNCT _ 2 punct
)"},
      {"nb", R"(Lund Lund PROPN _ 2 nsubj
venter vente VERB Tense=Pres|VerbForm=Fin 0 root SpaceAfter=No
. $. PUNCT _ 2 punct
)"},
      {"nn", R"(Rådet råd NOUN Definite=Def 2 nsubj
seier seie VERB Tense=Pres|VerbForm=Fin 0 root
det det PRON _ 2 obj SpaceAfter=No
. $. PUNCT _ 2 punct
)"},
      {"nn", R"(Brua bru NOUN Definite=Def 2 nsubj
fell falle VERB Tense=Pres|VerbForm=Fin 0 root
)"},
      {"nb", R"(Nei nei INTJ _ 0 root
)"}};
  const ScratchFile file(testing::model_bytes(tiny_sections(0)));
  const CueLexicon::Language language = language_with(file.path());
  std::string all;
  for (const auto& [code, conllu] : sentences) all += "# language = " + code + "\n" + conllu + "\n";
  RoleBuffers shared;
  Reading together("nb", all, language, shared);
  Reading other("nn", sentences[2].second, language, shared);  // writes over what lies there
  // In order, and in one in which the first batch is needed again after another and after `other`.
  for (const uint32_t s : {0U, 1U, 2U, 3U, 4U, 3U, 0U, 4U, 1U}) {
    RoleBuffers own;
    Reading alone(sentences[s].first, sentences[s].second, language, own);
    EXPECT_EQ(together.of(s), alone.of(0)) << s;
    if (s % 3 == 1) {
      Reading fresh("nn", sentences[2].second, language, own);
      EXPECT_EQ(other.of(0), fresh.of(0)) << s;
    }
  }
}

TEST(TreePaths, TellTheWayAndWhatStandsBetween) {
  const auto f = testing::FixtureBuilder("nb").build(R"(Rådet råd NOUN Definite=Def 2 nsubj
sier si VERB Tense=Pres|VerbForm=Fin 0 root SpaceAfter=No
, $, PUNCT _ 2 punct
at at SCONJ _ 5 mark
broen bro NOUN Definite=Def 6 nsubj
faller falle VERB Tense=Pres|VerbForm=Fin 2 ccomp
)");
  std::vector<uint32_t> paths, marks;
  tree_paths(f.analysis, {0, 6}, 1, paths);
  EXPECT_EQ(paths[1], own_path());
  EXPECT_EQ(paths[0], subject_path());
  EXPECT_NE(paths[4], paths[0]);  // a subject too, but of the complement
  tree_paths(f.analysis, {0, 6}, 4, paths);
  EXPECT_NE(paths[5], paths[1]);  // one step up is not two
  marks_between(f.analysis, {0, 6}, 1, marks);
  EXPECT_EQ(marks, (std::vector<uint32_t>{5, 0, 0, 1, 1, 1}));
  EXPECT_EQ(distance_class(3, 1), 4u);
  EXPECT_EQ(distance_class(1, 3), 5u);
  EXPECT_EQ(distance_class(100, 3), 20u);
}

}  // namespace
}  // namespace avstand
