// The network against its slow twin, in batches and alone, on every instruction set.
#include "language/network.h"

#include <gtest/gtest.h>

#include <cstring>

#include "language/naive_network.h"
#include "language/tiny_model.h"

namespace avstand::language {
namespace {

using testing::NaiveNetwork;
using testing::NaiveScores;
using Sentence = std::vector<std::string>;

const std::vector<Sentence> kSentences = {
    {"Et", "ord"},
    {"Ja"},
    {"Kari", "Bø", "kjøpte", "2019", "båter", "av", "«", "en", "»", "venn", "."},
    {"DETTE", "er", "en", "mye", "lengre", "setning", "enn", "en", "", "kort", ",", "sier", "hun"},
};

class NetworkTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto file = ModelFile::open(scratch_.path());
    ASSERT_TRUE(file);
    file_ = std::make_unique<ModelFile>(std::move(*file));
    auto weights = Weights::read(*file_);
    ASSERT_TRUE(weights) << weights.error().to_string();
    weights_ = std::move(*weights);
  }

  std::vector<WordResult> run(Network& network, const Kernels& k,
                              const std::vector<Sentence>& sentences) const {
    std::vector<SentenceForms> batch;
    for (const Sentence& s : sentences) batch.push_back({s.size() % 2 == 0, {s.begin(), s.end()}});
    std::vector<WordResult> results;
    network.run(weights_, 1, k, batch, results);
    return results;
  }

  testing::ScratchFile scratch_{testing::TinyModel(5).bytes()};
  std::unique_ptr<ModelFile> file_;
  Weights weights_;
};

void expect_same(const std::vector<WordResult>& a, const std::vector<WordResult>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].tag, b[i].tag);
    EXPECT_EQ(a[i].rule, b[i].rule);
    EXPECT_EQ(a[i].head, b[i].head);
    EXPECT_EQ(a[i].rel, b[i].rel);
    EXPECT_EQ(a[i].name, b[i].name);
  }
}

size_t largest(const testing::Vector& x, size_t n) {
  return static_cast<size_t>(std::max_element(x.begin(), x.begin() + static_cast<long>(n)) -
                             x.begin());
}

TEST_F(NetworkTest, AgreesWithItsSlowTwin) {
  Network network;
  const auto results = run(network, kernels(), kSentences);
  size_t at = 0, row = 1;
  for (const Sentence& s : kSentences) {
    const NaiveScores naive = NaiveNetwork(weights_).run(s, s.size() % 2 == 0);
    std::vector<float> arcs(s.size() * 64);
    for (size_t i = 0; i < s.size(); ++i) {
      const WordResult& r = results[at + i];
      for (size_t j = 0; j < weights_.config.tags; ++j)
        EXPECT_NEAR(network.tag_scores().rows(row + i, 1).data[j], naive.tags[i][j], 1e-3);
      for (size_t j = 0; j < weights_.config.names; ++j)
        EXPECT_NEAR(network.name_scores().rows(row + i, 1).data[j], naive.names[i][j], 1e-3);
      EXPECT_EQ(r.tag, largest(naive.tags[i], weights_.config.tags));
      EXPECT_EQ(r.rule, largest(naive.rules[i], weights_.config.rules));
      EXPECT_EQ(r.rel, largest(naive.relations[i][r.head], weights_.config.rels));
      std::copy(naive.arcs[i].begin(), naive.arcs[i].end(),
                arcs.begin() + static_cast<long>(i * 64));
    }
    std::vector<uint32_t> heads(s.size());
    TreeDecoder().decode(kernels(), arcs.data(), 64, s.size(), heads);
    for (size_t i = 0; i < s.size(); ++i) EXPECT_EQ(results[at + i].head, heads[i]);
    at += s.size();
    row += s.size() + 1;
  }
}

TEST_F(NetworkTest, BatchesChangeNothing) {
  Network together, alone;
  const auto all = run(together, kernels(), kSentences);
  std::vector<WordResult> joined;
  for (const Sentence& s : kSentences) {
    const auto one = run(alone, kernels(), {s});
    joined.insert(joined.end(), one.begin(), one.end());
  }
  expect_same(all, joined);
  expect_same(all, run(together, kernels(), kSentences));  // with a warm cache
}

TEST_F(NetworkTest, InstructionSetsGiveTheSameBits) {
  Network first;
  const auto expected = run(first, *find_kernels("generic"), kSentences);
  for (const char* name : {"avx2", "avxvnni", "avx512", "amx"}) {
    const Kernels* k = find_kernels(name);
    if (k == nullptr) continue;
    Network network;
    expect_same(run(network, *k, kSentences), expected);
    for (size_t row = 1; row < 3; ++row)
      EXPECT_EQ(std::memcmp(network.tag_scores().rows(row, 1).data,
                            first.tag_scores().rows(row, 1).data, 5 * sizeof(float)),
                0)
          << name;
  }
}

TEST_F(NetworkTest, CacheOverflowChangesNothing) {
  Network network, fresh;
  std::vector<Sentence> many;
  for (int i = 0; i < 20; ++i) {  // 10,000 forms: more than there is room for
    many.emplace_back();
    for (int k = 0; k < 500; ++k) many.back().push_back("w" + std::to_string(i * 500 + k));
  }
  for (const Sentence& s : many) run(network, kernels(), {s});
  expect_same(run(network, kernels(), kSentences), run(fresh, kernels(), kSentences));
}

}  // namespace
}  // namespace avstand::language
