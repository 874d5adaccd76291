#include "document/segment.h"

#include <gtest/gtest.h>

#include "text/utf8.h"

namespace avstand {
namespace {

const TextRules& rules() {
  static const TextRules* loaded = [] {
    auto result = TextRules::load(AVSTAND_SOURCE_DIR "/data");
    if (!result) ADD_FAILURE() << result.error().to_string();
    return new TextRules(std::move(*result));
  }();
  return *loaded;
}

/// An article with one block.
Article article_of(std::string text, std::string_view language) {
  Article article;
  article.text = std::move(text);
  article.language = LanguageCode(language);
  Block block;
  block.span = {0, static_cast<uint32_t>(article.text.size())};
  article.blocks.push_back(block);
  return article;
}

/// Words parted by blanks (those of a multiword token by '+'), sentences by " | ".
std::string show(std::string text, std::string_view language, uint32_t max_words = 256) {
  const Article article = article_of(std::move(text), language);
  Analysis analysis;
  segment(article, rules(), analysis, max_words);
  std::vector<bool> joined(analysis.words.size());
  for (const MultiwordToken& token : analysis.multiword)
    for (WordId w = token.words.begin + 1; w < token.words.end; ++w) joined[w] = true;
  std::string out;
  for (WordId w = 0; w < analysis.words.size(); ++w) {
    if (w > 0)
      out +=
          joined[w] ? "+" : (analysis.sentence_of[w] != analysis.sentence_of[w - 1] ? " | " : " ");
    out += analysis.form(w);
  }
  return out;
}

struct Case {
  const char* language;
  const char* text;
  const char* expected;
};

class SegmentCases : public testing::TestWithParam<Case> {};
TEST_P(SegmentCases, WordsAndSentences) {
  EXPECT_EQ(show(GetParam().text, GetParam().language), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Norwegian, SegmentCases,
    testing::Values(
        Case{"nb", "Vi møtes kl. 12.30 den 13. mai. Da er alt klart.",
             "Vi møtes kl. 12.30 den 13. mai . | Da er alt klart ."},
        Case{"nb", "Dr. A. B. Lunde bor i Storgata, bl.a. med katten.",
             "Dr. A. B. Lunde bor i Storgata , bl.a. med katten ."},
        Case{"nb", "– Vi gir oss ikke, sier hun. – Aldri!",
             "– Vi gir oss ikke , sier hun . | – Aldri !"},
        Case{"nb", "USAs 17-åring kom til EU-landene.", "USAs 17-åring kom til EU-landene ."},
        Case{"nb", "Familie- og kulturministeren.", "Familie- og kulturministeren ."},
        Case{"nb", "Kampen endte 2-1, foran 12 000 folk.",
             "Kampen endte 2 - 1 , foran 12 000 folk ."},
        Case{"nb", "Skriv til tips@avisa.no, eller se https://avisa.no/a?b=1.",
             "Skriv til tips@avisa.no , eller se https://avisa.no/a?b=1 ."},
        Case{"nb", "Første linje\nAndre linje", "Første linje | Andre linje"},
        Case{"nb", "Han kom i 2019. Hun dro i 2020.", "Han kom i 2019 . | Hun dro i 2020 ."},
        Case{"nn", "Ho såg t.d. «Villanden». Det var i år 2010.",
             "Ho såg t.d. « Villanden » . | Det var i år 2010 ."}));
INSTANTIATE_TEST_SUITE_P(English, SegmentCases,
                         testing::Values(Case{"en", "They don't know. I can’t say.",
                                              "They do+n't know . | I ca+n’t say ."},
                                         Case{"en", "John's long-term plan cannot fail.",
                                              "John+'s long - term plan can+not fail ."},
                                         Case{"en", "Mr. Hale met non-members at 10am on Jan. 5.",
                                              "Mr. Hale met non-members at 10 am on Jan. 5 ."},
                                         Case{"en", "The workers' pay rose by $5 million, i.e. 3%.",
                                              "The workers+' pay rose by $ 5 million , i.e. 3 % ."},
                                         Case{"en", "The U.S. and the U.K. agreed.",
                                              "The U.S. and the U.K. agreed ."},
                                         Case{"en", "“Go now,” she said. “It is late.”",
                                              "“ Go now , ” she said . | “ It is late . ”"}));

void check_invariants(const Article& article) {
  Analysis analysis;
  segment(article, rules(), analysis, 16);
  const std::string_view text = article.text;
  uint32_t at = 0;
  const auto gap_is_white = [&](uint32_t end) {
    while (at < end) {
      const CodePoint c = decode_utf8(text, at);
      if (!is_blank(c.value) && !is_line_break(c.value) && !is_ignorable(c.value)) return false;
      at += c.size;
    }
    return at == end;  // else the span is not on a code-point border
  };
  for (const Word& word : analysis.words) {
    ASSERT_LT(word.span.begin, word.span.end) << text;
    ASSERT_LE(at, word.span.begin) << text;
    ASSERT_TRUE(gap_is_white(word.span.begin)) << text;
    at = word.span.end;
  }
  ASSERT_TRUE(gap_is_white(static_cast<uint32_t>(text.size()))) << text;
  ASSERT_EQ(analysis.sentence_of.size(), analysis.words.size());
  WordId next = 0;
  for (const SentenceInfo& sentence : analysis.sentences) {
    ASSERT_EQ(sentence.words.begin, next) << text;
    ASSERT_FALSE(sentence.words.empty()) << text;
    ASSERT_LE(sentence.words.size(), 17U) << text;
    next = sentence.words.end;
  }
  ASSERT_EQ(next, analysis.words.size());
}

TEST(Segment, EveryShortStringKeepsTheInvariants) {
  constexpr std::string_view kAlphabet[] = {"a", ".", ",",  "\"", "«", "»",
                                            "–", " ", "\n", "1",  "A"};
  constexpr size_t kLetters = std::size(kAlphabet);
  for (size_t length = 1; length <= 5; ++length) {
    size_t count = 1;
    for (size_t i = 0; i < length; ++i) count *= kLetters;
    for (size_t n = 0; n < count; ++n) {
      std::string text;
      for (size_t i = 0, rest = n; i < length; ++i, rest /= kLetters)
        text += kAlphabet[rest % kLetters];
      check_invariants(article_of(text, n % 2 == 0 ? "nb" : "en"));
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Segment, StrangeTextsKeepTheInvariants) {
  for (const char* text : {"a\u0301\u00AD\u0301 \u0301x",
                           "\uFEFF\u200B",
                           "www.",
                           "@",
                           "@@a.b",
                           "a@b",
                           "'",
                           "n't",
                           "'s",
                           "don't's",
                           "x'",
                           "-",
                           "--a-",
                           "a-",
                           "1/2/",
                           "/1",
                           "a/",
                           "…?!",
                           "\u2028a\u2029b\x0B\x0C",
                           "日本語。テスト",
                           "👨\u200D👩\u200D👧",
                           "\x01\x02",
                           "A.B.C.",
                           "1.a",
                           "1.-2.",
                           "#",
                           "#a#b",
                           "http://",
                           "mailto:a",
                           "§§ 3",
                           "a..b...c"})
    for (const char* language : {"nb", "nn", "en", "da", "und"})
      check_invariants(article_of(text, language));
}

TEST(Segment, HowTheTextIsWrittenChangesNothing) {
  const char* const kText =
      "Statsråden møtte NRK kl. 9 på Gardermoen.\n«Vi går ikke», sa hun. – Nei, aldri før 3. "
      "mai!\n";
  const auto replaced = [](std::string text, std::string_view from, std::string_view to) {
    for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
      text.replace(at, from.size(), to);
    return text;
  };
  const std::string expected = show(kText, "nb");
  EXPECT_EQ(show(replaced(kText, "\n", "\r\n"), "nb"), expected);
  EXPECT_EQ(show(replaced(kText, " ", "\u00A0"), "nb"), expected);
  EXPECT_EQ(show(replaced(kText, "å", "a\u030A"), "nb"), expected);
  EXPECT_EQ(show(replaced(kText, "e", "\u00ADe\u200B"), "nb"), expected);
  EXPECT_EQ(show(replaced(kText, "k", "k\u00AD"), "nb"), expected);
}

TEST(Segment, LongSentencesAreCutBehindAMark) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += i % 10 == 9 ? "ord, " : "ord ";
  const Article article = article_of(text, "nb");
  Analysis analysis;
  segment(article, rules(), analysis, 32);
  ASSERT_GT(analysis.sentences.size(), 3U);
  for (size_t i = 0; i + 1 < analysis.sentences.size(); ++i) {
    EXPECT_LE(analysis.sentences[i].words.size(), 32U);
    EXPECT_EQ(analysis.form(analysis.sentences[i].words.end - 1), ",");
  }
}

TEST(Segment, HugeInputsAreRead) {
  std::string one_word(1'000'000, 'x');
  std::string lines, words, marks(500'000, '.'), quotes;
  for (int i = 0; i < 200'000; ++i) {
    lines += "ord\n";
    words += "ord ";
    quotes += "«a»";
  }
  for (const std::string& text : {one_word, lines, words, marks, quotes}) {
    const Article article = article_of(text, "en");
    Analysis analysis;
    segment(article, rules(), analysis);
    ASSERT_FALSE(analysis.words.empty());
    EXPECT_EQ(analysis.words.back().span.end, text.find_last_not_of(" \n") + 1);
    for (const SentenceInfo& sentence : analysis.sentences) ASSERT_LE(sentence.words.size(), 257U);
  }
}

TEST(Segment, ABlockInAnotherLanguageKeepsItsCode) {
  const Article article = article_of("Det er sket igen. Hun kom.", "da");
  Analysis analysis;
  segment(article, rules(), analysis);
  ASSERT_EQ(analysis.sentences.size(), 2U);
  EXPECT_EQ(analysis.sentences[0].language, LanguageCode("da"));
}

}  // namespace
}  // namespace avstand
