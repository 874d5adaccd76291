// The terminal report: what it says, and that no text can act on the terminal.
#include "report/terminal.h"

#include <gtest/gtest.h>

#include "ledger/sample.h"
#include "report/terminal_text.h"
#include "report_strings.h"

namespace avstand::report {
namespace {

using ledger::Ledger;

std::string report(const Ledger& ledger, TerminalOptions options = {}) {
  return terminal_report(ledger, shipped_strings(), options);
}

/// The report without the escape sequences that colour uses.
std::string without_sgr(std::string text) {
  for (size_t at; (at = text.find("\x1b[")) != std::string::npos;)
    text.erase(at, text.find('m', at) - at + 1);
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (size_t pos = 0; pos < text.size();) {
    const size_t end = text.find('\n', pos);
    out.push_back(text.substr(pos, end - pos));
    pos = end + 1;
  }
  return out;
}

void expect_in_order(const std::string& text, const std::vector<std::string>& parts) {
  size_t pos = 0;
  for (const std::string& part : parts) {
    const size_t at = text.find(part, pos);
    ASSERT_NE(at, std::string::npos) << part << "\nin\n" << text.substr(pos);
    pos = at + part.size();
  }
}

TEST(TerminalReport, SaysFirstWhatToNotice) {
  const std::string text = report(ledger::sample::make());
  expect_in_order(text, {"Statsråden møtte «vennen» i Valdria\n",
                         "Havnebladet · 2026-03-02 · bokmål\n",
                         "Verdt å merke seg\n",
                         "! To roller i strid\n",
                         "! Bilde uten opphav\n",
                         "Hvor langt ordene har gått\n",
                         "Egne ord",
                         "43 ord",
                         "44 %",
                         "Hvem artikkelen hviler på\n",
                         "8 utsagn · 4 uavhengige opphav\n",
                         "2  VNA (nyhetsbyrå, statlig styrt, XV)\n",
                         "Utsagn for utsagn\n",
                         "3  VNA → Nordpressen\n",
                         "4  Pavel Ko\u0301sa → VNA → Nordpressen\n",
                         "lover · gjengitt · annenhånds · holdt på avstand",
                         "i utsagn 3\n",
                         "5  Sjømannsforbundet (Torill Eide)\n",
                         "Bilder\n",
                         "Sendt ut av en part: ja"});
}

TEST(TerminalReport, ColourSaysNothingThatIsNotThereWithoutIt) {
  const Ledger ledger = ledger::sample::make();
  const std::string plain = report(ledger);
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  const std::string coloured = report(ledger, {.colour = true});
  EXPECT_NE(coloured, plain);
  EXPECT_EQ(without_sgr(coloured), plain);
}

TEST(TerminalReport, KeepsToTheWidth) {
  for (const unsigned width : {0u, 40u, 57u, 80u, 100u, 400u}) {
    const unsigned limit = std::clamp(width, 40u, 100u);
    for (const std::string& line : lines_of(report(ledger::sample::make(), {.width = width})))
      EXPECT_LE(columns(line), limit) << line;
  }
}

TEST(TerminalReport, SpeaksTheLanguageOfTheArticle) {
  Ledger ledger = ledger::sample::make();
  ledger.document.language = LanguageCode("nn");
  EXPECT_NE(report(ledger).find("Kven artikkelen kviler på"), std::string::npos);
  ledger.document.language = LanguageCode("sv");
  const std::string other = report(ledger);
  EXPECT_NE(other.find("Whom the article rests on"), std::string::npos);
  EXPECT_NE(other.find("language not determined"), std::string::npos);
}

TEST(TerminalReport, AnEmptyLedgerIsNoProblem) {
  const std::string text = report(Ledger{});
  EXPECT_NE(text.find("Untitled"), std::string::npos);
  EXPECT_NE(text.find("Nothing in the text stands out."), std::string::npos);
}

/// Puts a string wherever a ledger has one from outside.
Ledger poisoned(const std::string& poison) {
  Ledger l = ledger::sample::make();
  l.document.title = "t" + poison;
  l.document.outlet = "o" + poison;
  l.document.published = "p" + poison;
  l.document.id = "i" + poison;
  for (auto& e : l.entities) {
    e.name = "n" + poison;
    e.profile.country = "c" + poison;
    e.profile.basis = "b" + poison;
  }
  for (auto& s : l.statements)
    for (auto& hop : s.chain) hop.name = "h" + poison;
  for (auto& f : l.findings) f.message = "m" + poison;
  const auto size = static_cast<uint32_t>(l.document.text.size());
  l.document.text += poison;
  const Span added{size, static_cast<uint32_t>(l.document.text.size())};
  for (auto& s : l.statements) s.content.push_back(added);
  for (auto& f : l.findings) f.spans.insert(f.spans.begin(), added);
  return l;
}

TEST(TerminalReport, NothingRawReachesTheTerminal) {
  const std::string poison =
      "\x1b]0;title\x07\x1b[2J\x08\x7f\u009b31m\u202Egnp.exe\u2066\u200f\u2028\r\n\tend";
  const std::string text = report(poisoned(poison));
  for (size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    EXPECT_TRUE(c == '\n' || (c >= 0x20 && c != 0x7f)) << "byte " << i;
  }
  for (const char* hidden : {"\u009b", "\u202E", "\u2066", "\u200f", "\u2028"})
    EXPECT_EQ(text.find(hidden), std::string::npos);
  EXPECT_NE(text.find("\\x1b[2J\\x08\\x7f\\x9b31m<U+202E>gnp.exe<U+2066>"), std::string::npos);
}

TEST(TerminalText, SpellsOutControls) {
  EXPECT_EQ(visible("a\x1b[0m\u202Eb\tc\u00ADd"), "a\\x1b[0m<U+202E>b cd");
  EXPECT_EQ(visible("m\xF8te"), "m\uFFFDte");
}

TEST(TerminalText, CountsColumnsNotBytes) {
  EXPECT_EQ(columns("møte"), 4u);
  EXPECT_EQ(columns("Ko\u0301sa"), 4u);
  EXPECT_EQ(columns("日本"), 4u);
}

TEST(TerminalText, ShortensBetweenLetters) {
  EXPECT_EQ(shortened("havneavtale", 11), "havneavtale");
  EXPECT_EQ(shortened("havneavtalen", 11), "havneavtal…");
  EXPECT_EQ(shortened("to ord til", 8), "to ord…");
  EXPECT_EQ(shortened("日本語", 5), "日本…");
  EXPECT_EQ(shortened("Ko\u0301sa!", 3), "Ko\u0301…");
}

TEST(TerminalText, WrapsAtSpacesAndBreaksLongWords) {
  EXPECT_EQ(wrapped("en to tre", 5), (std::vector<std::string>{"en to", "tre"}));
  EXPECT_EQ(wrapped("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
  EXPECT_EQ(wrapped("", 10), (std::vector<std::string>{""}));
  EXPECT_EQ(wrapped("日本語", 1), (std::vector<std::string>{"日", "本", "語"}));
}

}  // namespace
}  // namespace avstand::report
