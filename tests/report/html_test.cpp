// The HTML report: well-formed, closed against what articles bring, and complete for readers who
// see no colour, no picture and no CSS.
#include "report/html.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <random>

#include "html_checker.h"
#include "ledger/sample.h"
#include "report/marks.h"
#include "report_strings.h"

namespace avstand::report {
namespace {

using ledger::Ledger;

std::string all_problems(const HtmlChecker& checker) {
  std::string out;
  for (const std::string& p : checker.problems()) out += p + "\n";
  return out;
}

/// What a text looks like in a report: controls spelled out, CR LF as one line break.
std::string shown(std::string_view text) {
  Markup m;
  m.text(text);
  const std::string html = "<p class=\"text\">" + std::move(m).take() + "</p>";
  return HtmlChecker(html).texts().at(0);
}

void expect_texts_are_blocks(const Ledger& l, const HtmlChecker& checker) {
  ASSERT_EQ(checker.texts().size(), l.document.blocks.size());
  for (size_t i = 0; i < l.document.blocks.size(); ++i)
    EXPECT_EQ(checker.texts()[i], shown(l.document.blocks[i].span.in(l.document.text)));
}

TEST(HtmlReport, IsWellFormedAndKeepsTheArticle) {
  const Ledger l = ledger::sample::make();
  const std::string page = html_report({l}, shipped_strings());
  const HtmlChecker checker(page);
  EXPECT_EQ(all_problems(checker), "");
  expect_texts_are_blocks(l, checker);
  EXPECT_EQ(page, html_report({l}, shipped_strings()));
}

TEST(HtmlReport, ManyArticlesHaveAListOnTop) {
  std::vector<Ledger> ledgers(3, ledger::sample::make());
  ledgers[1].document.id = "two";
  ledgers[1].document.language = LanguageCode("nn");
  ledgers[2].document.id = "three";
  ledgers[2].document.language = LanguageCode("en");
  const std::string page = html_report(ledgers, shipped_strings());
  const HtmlChecker checker(page);
  EXPECT_EQ(all_problems(checker), "");
  EXPECT_LT(page.find("<nav class=\"index\""), page.find("<article"));
  EXPECT_NE(checker.all_text().find("Artiklene i denne rapporten"), std::string::npos);
  EXPECT_NE(checker.all_text().find("Kven artikkelen kviler på"), std::string::npos);
  EXPECT_NE(checker.all_text().find("Whom the article rests on"), std::string::npos);
  const std::string one = html_report({ledgers[0]}, shipped_strings());
  EXPECT_EQ(one.find("<nav"), std::string::npos);
}

TEST(HtmlReport, SaysItInWords) {
  const std::string page = html_report({ledger::sample::make()}, shipped_strings());
  const HtmlChecker checker(page);
  const std::string text = checker.all_text();
  for (const char* words :
       {"To roller i strid", "Ida Solvang kalles både", "nyhetsbyrå, statlig styrt, XV",
        "VNA → Nordpressen → Havnebladet: 1 utsagn", "annenhånds", "holdt på avstand",
        "ingen uavhengige slapp til", "frame.report_verb", "Sendt ut av en part", "ikke bekreftet",
        "0.93", "handelsminister, Valdria", "havneminister, Valdria (2024-02-01–)",
        "data/knowledge/agencies.tsv 2026-01-01", "sha256:22"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
}

TEST(HtmlReport, EveryWayIsDrawnAndNamed) {
  const Ledger l = ledger::sample::make();
  const HtmlChecker checker(html_report({l}, shipped_strings()));
  std::vector<std::string> names;
  size_t described = 0;
  for (const HtmlElement& e : checker.elements()) {
    if (e.tag != "svg") continue;
    EXPECT_EQ(e.attributes.at("role"), "img");
    if (const auto it = e.attributes.find("aria-label"); it != e.attributes.end())
      names.push_back(it->second);
    else
      described += e.attributes.contains("aria-describedby");
  }
  EXPECT_EQ(described, 2u);  // the article's, for wide and for narrow places
  const std::string way =
      "opphav: VNA, nyhetsbyrå, statlig styrt, XV → formidler: Nordpressen, nyhetsbyrå, privat, XN "
      "→ Havnebladet";
  EXPECT_EQ(std::count_if(names.begin(), names.end(),
                          [&](const std::string& n) { return n.starts_with(way); }),
            1);
  const auto ways = std::count_if(
      l.statements.begin(), l.statements.end(),
      [](const ledger::Statement& s) { return is_attribution(s) && !is_bare_scare(s); });
  const auto pictures = std::count_if(l.pictures.begin(), l.pictures.end(),
                                      [](const auto& p) { return p.origin && !p.chain.empty(); });
  EXPECT_EQ(names.size(), static_cast<size_t>(ways + pictures));
}

TEST(HtmlReport, LanguagesAreMarked) {
  Ledger l = ledger::sample::make();
  l.document.blocks[3].language = LanguageCode("sv");
  l.document.blocks[4].language = LanguageCode();
  const HtmlChecker checker(html_report({l}, shipped_strings()));
  std::vector<std::string> languages;
  for (const HtmlElement& e : checker.elements())
    if (e.has_class("text")) {
      const auto it = e.attributes.find("lang");
      languages.push_back(it == e.attributes.end() ? "same" : it->second);
    }
  EXPECT_EQ(languages[2], "same");
  EXPECT_EQ(languages[3], "sv");
  EXPECT_EQ(languages[4], "");
}

TEST(HtmlReport, ALanguageWithoutWordsIsReportedInEnglish) {
  Ledger l = ledger::sample::make();
  l.document.language = LanguageCode("sv");
  for (Block& b : l.document.blocks) b.language = LanguageCode("sv");
  const std::string page = html_report({l}, shipped_strings());
  EXPECT_EQ(all_problems(HtmlChecker(page)), "");
  EXPECT_NE(page.find("<html lang=\"en\">"), std::string::npos);
  EXPECT_NE(page.find("lang=\"sv\""), std::string::npos);
}

/// Every string a ledger can carry, set to `attack`.
Ledger attacked(const std::string& attack) {
  Ledger l = ledger::sample::make();
  l.document.id = l.digest = l.engine.version = attack;
  l.document.title = l.document.outlet = l.document.published = l.document.url = attack;
  for (auto& e : l.entities) {
    e.name = e.type = e.profile.kind = e.profile.control = attack;
    e.profile.country = e.profile.basis = attack;
    for (auto& r : e.roles) {
      r.title = attack;
      r.from = r.to = attack;
    }
  }
  for (auto& s : l.statements) {
    if (s.quote != "own") s.quote = attack;
    s.act = s.evidence = s.commitment = s.verification.status = attack;
    for (auto& h : s.chain) h.name = attack;
    for (auto& w : s.why) w.rule = attack;
  }
  for (auto& p : l.pictures) p.verification.status = attack;
  for (auto& f : l.findings) f.kind = f.message = f.rule = attack;
  ledger::sample::Builder b;
  b.ledger = std::move(l);
  b.block(BlockKind::kParagraph, "x" + attack);
  return std::move(b.ledger);
}

TEST(HtmlReport, NothingInALedgerBecomesMarkup) {
  for (const std::string attack :
       {"\"><script>alert(1)</script>", "' onmouseover='alert(1)", "</style><style>*{display:none}",
        "<!--", "]]>", "&lt;b&gt;&#x3c;", "<img src=x onerror=alert(1)>", "{{n}}{name}",
        "\xFF\xC0\x80<"}) {
    const Ledger l = attacked(attack);
    const std::string page = html_report({l}, shipped_strings());
    const HtmlChecker checker(page);  // knows no script, no img, no on… attribute
    EXPECT_EQ(all_problems(checker), "") << attack;
    expect_texts_are_blocks(l, checker);
    EXPECT_NE(checker.all_text().find(shown(attack)), std::string::npos) << attack;
  }
}

TEST(HtmlReport, HiddenControlsAreShownNotObeyed) {
  const std::string attack = "a\x1b\x08\u202Eb\u2066c\u200f\u0085\u2028\U000E0041z";
  const std::string page = html_report({attacked(attack)}, shipped_strings());
  EXPECT_EQ(all_problems(HtmlChecker(page)), "");
  for (const char* hidden :
       {"\x1b", "\x08", "\u202E", "\u2066", "\u200f", "\u0085", "\u2028", "\U000E0041"})
    EXPECT_EQ(page.find(hidden), std::string::npos);
  EXPECT_NE(page.find("<span class=\"control\">U+202E</span>"), std::string::npos);
}

TEST(HtmlReport, LinksLeadOnlyToTheWeb) {
  for (const char* url :
       {"javascript:alert(1)", "JAVASCRIPT://x", "data:text/html,x", "//x", "file:///etc",
        "https:/x", " https://x", "https://x\ny", "https://x y", "vbscript:x", ""}) {
    Ledger l = ledger::sample::make();
    l.document.url = url;
    const HtmlChecker checker(html_report({l}, shipped_strings()));
    EXPECT_EQ(all_problems(checker), "") << url;
    for (const HtmlElement& e : checker.elements())
      EXPECT_FALSE(e.attributes.contains("rel")) << url;
  }
  Ledger l = ledger::sample::make();
  l.document.url = "HTTPS://havn.example/?a=1&b=\u00f8";
  const std::string page = html_report({l}, shipped_strings());
  EXPECT_NE(page.find("href=\"HTTPS://havn.example/?a=1&amp;b=\u00f8\""), std::string::npos);
}

/// The policy's hash, computed apart from the code under test.
std::string sha256_base64(const std::string& bytes) {
  unsigned char digest[32];
  EVP_Digest(bytes.data(), bytes.size(), digest, nullptr, EVP_sha256(), nullptr);
  unsigned char out[64];
  const int size = EVP_EncodeBlock(out, digest, sizeof(digest));
  return std::string(reinterpret_cast<const char*>(out), static_cast<size_t>(size));
}

TEST(HtmlReport, PolicyAllowsItsOwnStyleAndNothingElse) {
  const std::string page = html_report({ledger::sample::make()}, shipped_strings());
  const size_t begin = page.find("<style>") + 7;
  const std::string css = page.substr(begin, page.find("</style>") - begin);
  EXPECT_NE(page.find("content=\"default-src 'none'; style-src 'sha256-" + sha256_base64(css) +
                      "'; img-src data:; base-uri 'none'; form-action 'none'\""),
            std::string::npos);
  EXPECT_EQ(page.find("<style", begin), std::string::npos);
  EXPECT_LT(page.find("Content-Security-Policy"), begin);
  for (const char* request : {"url(", "@import", "src=", "<link", "@font-face"})
    EXPECT_EQ(page.find(request), std::string::npos) << request;
}

TEST(HtmlReport, SpansOutsideTheTextDoNotHurt) {
  Ledger l = ledger::sample::make();
  const auto size = static_cast<uint32_t>(l.document.text.size());
  for (auto& s : l.statements) {
    s.content = {{size, size + 10}, {5, 5}, {9, 3}, {size - 2, size + 50}, {0, size}};
    s.why = {{"x", {0, size + 99}}};
    s.parent = 4000;
    s.speaker = 4000;
  }
  l.pictures[0].block = 4000;
  const HtmlChecker checker(html_report({l}, shipped_strings()));
  EXPECT_EQ(all_problems(checker), "");
  expect_texts_are_blocks(l, checker);
}

TEST(HtmlReport, RandomSpansKeepTheText) {
  std::mt19937 random(20260302);
  for (int round = 0; round < 150; ++round) {
    Ledger l = ledger::sample::make();
    std::vector<uint32_t> borders;
    for (uint32_t i = 0; i <= l.document.text.size(); ++i)
      if (i == l.document.text.size() || (l.document.text[i] & 0xC0) != 0x80) borders.push_back(i);
    const auto any_span = [&] {
      const uint32_t a = borders[random() % borders.size()];
      const uint32_t b = borders[random() % borders.size()];
      return Span{std::min(a, b), std::max(a, b)};
    };
    for (auto& s : l.statements) {
      s.quote = random() % 5 == 0 ? "scare" : "indirect";
      s.distance = static_cast<uint32_t>(random() % 6);
      s.content = {any_span(), any_span()};
      s.why = {{"r", any_span()}};
      s.source = {any_span()};
    }
    for (auto& f : l.findings) f.spans = {any_span(), any_span()};
    const HtmlChecker checker(html_report({l}, shipped_strings()));
    ASSERT_EQ(all_problems(checker), "") << "round " << round;
    expect_texts_are_blocks(l, checker);
  }
}

TEST(Marks, CrossingMarksAreCutAndNested) {
  Markup m;
  Mark a{.span = {0, 4},
         .kind = Mark::Kind::kStatement,
         .style = "d1",
         .id = "a",
         .reference = "1",
         .href = "#n1",
         .label = "one"};
  Mark b{.span = {2, 6}, .kind = Mark::Kind::kStatement, .style = "d2", .id = "b"};
  write_marked(m, "0123456789", {0, 8}, {b, a});
  EXPECT_EQ(
      std::move(m).take(),
      "<span class=\"said d1 in0\" id=\"a\">01<span class=\"said d2 in1\" id=\"b\">23</span></span>"
      "<span class=\"join\" aria-hidden=\"true\">\u2060</span>"
      "<a class=\"ref\" href=\"#n1\" aria-label=\"one\">1</a>"
      "<span class=\"said d2 in0\">45</span>67");
}

}  // namespace
}  // namespace avstand::report
