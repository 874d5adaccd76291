// The models in models/: answers equal to those of the trainer's own reading of the file, and
// floors under their scores on dev (gold tokens), where the treebanks are at hand.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/table.h"
#include "language/model.h"

namespace avstand::language {
namespace {

/// Rows of a file by sentence; `form` and others are cells of a row.
using Rows = std::vector<std::vector<std::string>>;

std::vector<Rows> read_sentences(const std::string& path) {
  std::vector<Rows> out(1);
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) {
      out.emplace_back();
    } else if (line[0] != '#' || line.find('\t') == 1) {
      std::vector<std::string> cells;
      for (const auto cell : split(line, '\t')) cells.emplace_back(cell);
      out.back().push_back(std::move(cells));
    }
  }
  while (!out.empty() && out.back().empty()) out.pop_back();
  return out;
}

std::string model_path(std::string_view language) {
  return std::string(AVSTAND_SOURCE_DIR "/models/") + (language == "en" ? "en" : "no") + ".model";
}

/// Words of the sentences, with the form in column `form`, parsed by the language's model.
Analysis parse(const std::vector<Rows>& sentences, size_t form, std::string_view language) {
  Analysis a;
  std::vector<uint32_t> ids;
  for (const Rows& rows : sentences) {
    SentenceInfo s;
    s.language = LanguageCode(language);
    s.words.begin = static_cast<WordId>(a.words.size());
    for (const auto& row : rows) {
      a.words.emplace_back();
      a.words.back().form = a.strings.intern(row[form]);
    }
    s.words.end = static_cast<WordId>(a.words.size());
    ids.push_back(static_cast<uint32_t>(a.sentences.size()));
    a.sentences.push_back(s);
  }
  const auto model = Model::open(model_path(language));
  EXPECT_TRUE(model) << model.error().to_string();
  Workspace ws;
  if (model) (*model)->annotate(a, ids, ws);
  return a;
}

std::string name_label(const Analysis& a, WordId w) {
  for (const NameSpan& n : a.names)
    if (n.words.contains(w))
      return (n.words.begin == w ? "B-" : "I-") + std::string(a.strings.view(n.type));
  return "O";
}

class ShippedModel : public ::testing::TestWithParam<std::string> {};

TEST_P(ShippedModel, AnswersAsTheTrainerReadsIt) {
  const auto sentences =
      read_sentences(AVSTAND_SOURCE_DIR "/tests/language/reference." + GetParam() + ".tsv");
  ASSERT_FALSE(sentences.empty());
  const Analysis a = parse(sentences, 0, GetParam());
  for (size_t i = 0; i < sentences.size(); ++i)
    for (size_t k = 0; k < sentences[i].size(); ++k) {
      const auto& row = sentences[i][k];
      const WordId first = a.sentences[i].words.begin, w = first + static_cast<WordId>(k);
      const Word& word = a.words[w];
      const std::string_view feats = a.strings.view(word.feats);
      EXPECT_EQ(a.lemma(w), row[1]);
      EXPECT_EQ(to_string(word.upos), row[2]) << row[0];
      EXPECT_EQ(feats.empty() ? "_" : feats, row[3]) << row[0];
      EXPECT_EQ(word.head == kNoWord ? 0 : word.head - first + 1, std::stoul(row[4])) << row[0];
      EXPECT_EQ(a.deprel(w), row[5]) << row[0];
      EXPECT_EQ(name_label(a, w), row[6]) << row[0];
    }
}

struct Floors {
  double upos, lemma, las;
};

/// Half a point under what was measured when the model was made (models/*.md).
Floors floors(std::string_view language) {
  if (language == "nb") return {97.4, 97.3, 87.9};
  if (language == "nn") return {96.7, 97.2, 86.4};
  return {94.7, 96.2, 82.7};
}

TEST_P(ShippedModel, StaysOverItsFloors) {
  const std::string path =
      AVSTAND_SOURCE_DIR "/../shared/data/treebank/" + GetParam() + "-dev.conllu";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no treebank at " << path;
  auto sentences = read_sentences(path);
  for (Rows& rows : sentences)
    std::erase_if(rows,
                  [](const auto& r) { return r[0].find_first_of("-.") != std::string::npos; });
  const Analysis a = parse(sentences, 1, GetParam());
  double upos = 0, lemma = 0, las = 0;
  for (size_t i = 0; i < sentences.size(); ++i)
    for (size_t k = 0; k < sentences[i].size(); ++k) {
      const auto& row = sentences[i][k];
      const WordId first = a.sentences[i].words.begin, w = first + static_cast<WordId>(k);
      const Word& word = a.words[w];
      const size_t head = word.head == kNoWord ? 0 : word.head - first + 1;
      upos += to_string(word.upos) == row[3];
      lemma += a.lemma(w) == row[2] || row[2] == "_";
      las += std::to_string(head) == row[6] &&
             to_string(word.rel) == std::string_view(row[7]).substr(0, row[7].find(':'));
    }
  const auto percent = [&](double right) {
    return 100 * right / static_cast<double>(a.words.size());
  };
  const Floors floor = floors(GetParam());
  EXPECT_GE(percent(upos), floor.upos);
  EXPECT_GE(percent(lemma), floor.lemma);
  EXPECT_GE(percent(las), floor.las);
}

INSTANTIATE_TEST_SUITE_P(Languages, ShippedModel, ::testing::Values("nb", "nn", "en"),
                         [](const auto& language) { return language.param; });

}  // namespace
}  // namespace avstand::language
