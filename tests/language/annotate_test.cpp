// Model::annotate on an analysis, and its CoNLL-U.
#include <gtest/gtest.h>

#include <thread>

#include "language/model.h"
#include "language/tiny_model.h"
#include "support/conllu_fixture.h"

namespace avstand::language {
namespace {

constexpr const char* kWords = R"(
# newpar
Kari    _ X _ 0 root
Bø      _ X _ 0 root
kjøpte  _ X _ 0 root
båter   _ X _ 0 root
.       _ X _ 0 root

Hun     _ X _ 0 root
solgte  _ X _ 0 root
dem     _ X _ 0 root
!       _ X _ 0 root

# newpar
Ja      _ X _ 0 root
)";

testing::Fixture fixture(std::string_view language) {
  auto f = testing::FixtureBuilder(language).build(kWords);
  for (SentenceInfo& s : f.analysis.sentences) s.parsed = false;
  return f;
}

class AnnotateTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto model = Model::open(file_.path());
    ASSERT_TRUE(model) << model.error().to_string();
    model_ = std::move(*model);
  }
  std::string annotated(const std::vector<std::vector<uint32_t>>& calls, Workspace& ws) const {
    auto f = fixture("nb");
    for (const auto& ids : calls) model_->annotate(f.analysis, ids, ws);
    return to_conllu(f.analysis);
  }
  testing::ScratchFile file_{testing::TinyModel(9).bytes()};
  std::unique_ptr<Model> model_;
};

TEST_F(AnnotateTest, FillsEveryColumn) {
  auto f = fixture("nb");
  Workspace ws;
  model_->annotate(f.analysis, std::vector<uint32_t>{0, 1, 2}, ws);
  for (const SentenceInfo& s : f.analysis.sentences) {
    EXPECT_TRUE(s.parsed);
    size_t roots = 0;
    for (WordId w = s.words.begin; w < s.words.end; ++w) {
      const Word& word = f.analysis.words[w];
      roots += word.head == kNoWord;
      EXPECT_EQ(word.head == kNoWord, word.rel == Rel::kRoot);
      EXPECT_TRUE(word.head == kNoWord || s.words.contains(word.head));
      EXPECT_NE(word.lemma, StringId::kEmpty);
      EXPECT_NE(word.deprel, StringId::kEmpty);
    }
    EXPECT_EQ(roots, 1u);
  }
}

TEST_F(AnnotateTest, OrderAndBatchesChangeNothing) {
  Workspace ws, other;
  const std::string expected = annotated({{0, 1, 2}}, ws);
  EXPECT_EQ(annotated({{0, 1, 2}}, ws), expected);
  EXPECT_EQ(annotated({{2, 1, 0}}, other), expected);
  EXPECT_EQ(annotated({{1}, {0}, {2}}, other), expected);
}

TEST_F(AnnotateTest, ThreadsShareAModel) {
  Workspace ws;
  const std::string expected = annotated({{0, 1, 2}}, ws);
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (auto& out : found)
    threads.emplace_back([&] {
      Workspace own;
      for (int i = 0; i < 20; ++i) out = annotated({{0, 1, 2}}, own);
    });
  for (auto& t : threads) t.join();
  for (const auto& out : found) EXPECT_EQ(out, expected);
}

TEST_F(AnnotateTest, OneWorkspaceServesTwoModels) {
  const testing::ScratchFile file(testing::TinyModel(10).bytes());
  const auto second = Model::open(file.path());
  ASSERT_TRUE(second);
  Workspace ws, fresh;
  const std::string expected = annotated({{0, 1, 2}}, ws);
  auto f = fixture("nb"), g = fixture("nb");
  (*second)->annotate(f.analysis, std::vector<uint32_t>{0, 1, 2}, ws);
  (*second)->annotate(g.analysis, std::vector<uint32_t>{0, 1, 2}, fresh);
  EXPECT_EQ(to_conllu(f.analysis), to_conllu(g.analysis));
  EXPECT_EQ(annotated({{0, 1, 2}}, ws), expected);
}

TEST_F(AnnotateTest, LeavesOtherLanguagesAlone) {
  auto f = fixture("en");
  Workspace ws;
  model_->annotate(f.analysis, std::vector<uint32_t>{0, 1, 2}, ws);
  for (const SentenceInfo& s : f.analysis.sentences) EXPECT_FALSE(s.parsed);
  EXPECT_NE(to_conllu(f.analysis).find("2\tBø\t"), std::string::npos);
}

TEST(Conllu, WritesParagraphsNamesAndSpaces) {
  const auto f = testing::FixtureBuilder("nb").build(R"(
Kari  Kari PROPN _           3 nsubj name=B-PER
Bø    Bø   PROPN _           1 flat:name name=I-PER
lo    le   VERB  Tense=Past  0 root SpaceAfter=No
.     $.   PUNCT _           3 punct

# newpar
Ja    ja   INTJ  _           0 root
)");
  EXPECT_EQ(to_conllu(f.analysis),
            "# newpar\n# sent_id = 1\n# text = Kari Bø lo.\n"
            "1\tKari\tKari\tPROPN\t_\t_\t3\tnsubj\t_\tname=B-PER\n"
            "2\tBø\tBø\tPROPN\t_\t_\t1\tflat:name\t_\tname=I-PER\n"
            "3\tlo\tle\tVERB\t_\tTense=Past\t0\troot\t_\tSpaceAfter=No|name=O\n"
            "4\t.\t$.\tPUNCT\t_\t_\t3\tpunct\t_\tname=O\n\n"
            "# newpar\n# sent_id = 2\n# text = Ja\n"
            "1\tJa\tja\tINTJ\t_\t_\t0\troot\t_\tname=O\n\n");
}

TEST(Conllu, WritesMultiwordTokens) {
  Analysis a;
  a.text = "I don't.";
  const char* forms[] = {"I", "do", "n't", "."};
  const Span spans[] = {{0, 1}, {2, 4}, {4, 7}, {7, 8}};
  for (size_t i = 0; i < 4; ++i) {
    Word w;
    w.span = spans[i];
    w.form = w.lemma = a.strings.intern(forms[i]);
    w.head = i == 1 ? kNoWord : 1;
    w.rel = i == 1 ? Rel::kRoot : Rel::kDep;
    w.deprel = a.strings.intern(to_string(w.rel));
    w.space_after = i == 0 || i == 3;
    a.words.push_back(w);
  }
  a.multiword.push_back({{1, 3}});
  a.sentences.push_back(
      {.words = {0, 4}, .span = {0, 8}, .language = LanguageCode("en"), .parsed = true});
  const std::string out = to_conllu(a);
  EXPECT_NE(out.find("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\tdo\t"), std::string::npos);
  EXPECT_NE(out.find("3\tn't\tn't\tX\t_\t_\t2\tdep\t_\tname=O\n"), std::string::npos) << out;
}

}  // namespace
}  // namespace avstand::language
