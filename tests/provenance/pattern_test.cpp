#include "provenance/pattern.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/table.h"

namespace avstand::provenance {
namespace {

/// Words as they stand; upper-case words are mentions of a medium one word long, "," is a stop.
class FakeView final : public SymbolView {
 public:
  FakeView(std::string_view text, const Vocabulary& vocabulary) {
    for (const std::string_view word : split(text, ' ')) {
      words_.emplace_back(word);
      std::vector<Symbol> symbols;
      vocabulary.symbols_of(word, symbols);
      std::sort(symbols.begin(), symbols.end());
      symbols_.push_back(symbols);
    }
  }
  bool has_any(WordId w, const std::vector<Symbol>& any_of) const override {
    return std::any_of(symbols_[w].begin(), symbols_[w].end(), [&](Symbol s) {
      return std::binary_search(any_of.begin(), any_of.end(), s);
    });
  }
  Capture mention_at(WordId w, WordClass wanted) const override {
    const bool medium = words_[w][0] >= 'A' && words_[w][0] <= 'Z';
    if (!medium || wanted != WordClass::kMedium) return {};
    return {{w, w + 1}, 7};
  }
  bool may_skip(WordId w) const override { return words_[w] != ","; }
  WordRange all() const { return {0, static_cast<WordId>(words_.size())}; }

 private:
  std::vector<std::string> words_;
  std::vector<std::vector<Symbol>> symbols_;
};

class PatternTest : public ::testing::Test {
 protected:
  std::vector<Match> find(std::string_view pattern, std::string_view text) {
    Vocabulary vocabulary;
    auto parsed = parse_pattern(pattern, sets_, vocabulary);
    EXPECT_TRUE(parsed) << pattern;
    PatternSet set;
    set.add(std::move(*parsed));
    const FakeView view(text, vocabulary);
    return set.find_all(view, view.all());
  }
  std::string error(std::string_view pattern) {
    Vocabulary vocabulary;
    auto parsed = parse_pattern(pattern, sets_, vocabulary);
    return parsed ? std::string() : parsed.error().message;
  }
  WordSets sets_ = {{"neg", {"ikke", "aldri"}}};
};

TEST_F(PatternTest, AlternativesAndSets) {
  EXPECT_EQ(find("$neg sett|hørt", "vi har ikke hørt det").size(), 1u);
  EXPECT_EQ(find("$neg sett|hørt", "vi har aldri sett det").size(), 1u);
  EXPECT_TRUE(find("$neg sett|hørt", "vi har sett det").empty());
}

TEST_F(PatternTest, GapsAreBoundedAndStopAtPunctuation) {
  EXPECT_EQ(find("$neg _2 svart", "har ikke så langt svart").size(), 1u);
  EXPECT_TRUE(find("$neg _1 svart", "har ikke så langt svart").empty());
  EXPECT_TRUE(find("$neg _3 svart", "vil ikke , har svart").empty());
}

TEST_F(PatternTest, AffixesAndOptionalItems) {
  EXPECT_EQ(find("*rapport", "en testrapport").size(), 1u);
  EXPECT_EQ(find("film*", "da det ble filmet").size(), 1u);
  EXPECT_EQ(find("lagt ut? av", "lagt av").size(), 1u);
  EXPECT_EQ(find("lagt ut? av", "lagt ut av").size(), 1u);
}

TEST_F(PatternTest, CapturesMentions) {
  const auto found = find("til %medium", "han sier til NTB at");
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].captures.size(), 1u);
  EXPECT_EQ(found[0].captures[0].words, (WordRange{3, 4}));
  EXPECT_EQ(found[0].captures[0].entity, 7u);
  EXPECT_EQ(found[0].words, (WordRange{2, 4}));
}

TEST_F(PatternTest, MatchesDoNotOverlap) { EXPECT_EQ(find("a b?", "a b a").size(), 2u); }

TEST_F(PatternTest, BadPatternsSayWhatIsWrong) {
  EXPECT_NE(error("$nothing x"), "");
  EXPECT_NE(error("%nobody"), "");
  EXPECT_NE(error("_3 x"), "");
  EXPECT_NE(error("x _99 y"), "");
  EXPECT_NE(error("x _2"), "");
  EXPECT_NE(error("x  y"), "");
  EXPECT_NE(error("x||y"), "");
  EXPECT_NE(error(""), "");
}

}  // namespace
}  // namespace avstand::provenance
