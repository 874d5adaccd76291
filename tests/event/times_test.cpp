// Expressions of time and the calendar under them, without a parser: words alone.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "event/time_parser.h"
#include "support/conllu_fixture.h"

namespace avstand::event {
namespace {

const TimeLexicon& lexicon() {
  static const TimeLexicon loaded = [] {
    auto out = TimeLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data");
    if (!out) throw std::runtime_error(out.error().to_string());
    return std::move(*out);
  }();
  return loaded;
}

/// Words parted by spaces, all hanging on the first.
avstand::testing::Fixture words(std::string_view language, const std::string& text) {
  std::istringstream in(text);
  std::string conllu;
  for (std::string word; in >> word;)
    conllu += word + " = X _ " + (conllu.empty() ? "0 root\n" : "1 dep\n");
  return avstand::testing::FixtureBuilder(language).build(conllu);
}

/// "words = value" of each time in the text, joined by "; "; "?" is a time without a value.
std::string times(std::string_view language, const std::string& text, std::string_view published,
                  Direction direction = Direction::kPast) {
  const auto f = words(language, text);
  const auto* lexicon_of = lexicon().find(LanguageCode(language));
  if (!lexicon_of) return "no lexicon";
  const WordRange all = f.analysis.sentences[0].words;
  TimeParser parser(f.analysis, all, *lexicon_of);
  Reference reference{parse_day(published), std::nullopt, direction};
  std::string out;
  for (WordId w = all.begin; w < all.end;) {
    const auto time = parser.may_begin(w) ? parser.parse(w, reference) : std::nullopt;
    if (!time) {
      ++w;
      continue;
    }
    if (!out.empty()) out += "; ";
    out += f.text(time->words) + " = " + (time->period ? time->period->value : "?");
    if (time->period) reference.anchor = time->period->last;
    w = time->words.end;
  }
  return out;
}

struct Row {
  const char *language, *text, *published, *expected;
};

void check(const std::vector<Row>& rows, Direction direction = Direction::kPast) {
  for (const Row& r : rows)
    EXPECT_EQ(times(r.language, r.text, r.published, direction), r.expected) << r.text;
}

// 2026-03-05 is a Thursday.
TEST(Times, Bokmaal) {
  check({
      {"nb", "Det hendte torsdag", "2026-03-05", "torsdag = 2026-03-05"},
      {"nb", "Det hendte fredag kveld", "2026-03-05", "fredag kveld = 2026-02-27"},
      {"nb", "Det hendte i går", "2026-03-01", "i går = 2026-02-28"},
      {"nb", "Det hendte i går", "2024-03-01", "i går = 2024-02-29"},
      {"nb", "Det hendte i desember", "2026-01-10", "desember = 2025-12"},
      {"nb", "Det hendte 31. desember", "2026-01-10", "31. desember = 2025-12-31"},
      {"nb", "Det hendte 29. februar", "2026-01-10", "29. februar = 2024-02-29"},
      {"nb", "Det hendte i fjor sommer", "2026-03-05", "i fjor sommer = 2025-22"},
      {"nb", "Det hendte i fjor", "2026-03-05", "i fjor = 2025"},
      {"nb", "sommeren 2024 var våt", "2026-03-05", "sommeren 2024 = 2024-22"},
      {"nb", "det siste halvåret", "2026-03-05", "det siste halvåret = 2025-09-05/2026-03-05"},
      {"nb", "de siste tre ukene", "2026-03-05", "de siste tre ukene = 2026-02-12/2026-03-05"},
      {"nb", "for to uker siden", "2026-03-05", "for to uker siden = 2026-W08"},
      {"nb", "for én måned siden", "2026-03-31", "for én måned siden = 2026-02"},
      {"nb", "for noen dager siden", "2026-03-05", "for noen dager siden = ?"},
      {"nb", "natt til onsdag", "2026-03-05", "natt til onsdag = 2026-03-03/2026-03-04"},
      {"nb", "natt til 1. mars", "2026-03-05", "natt til 1. mars = 2026-02-28/2026-03-01"},
      {"nb", "siden 28. januar", "2026-03-05", "siden 28. januar = 2026-01-28/.."},
      {"nb", "innen 1. mars 2027", "2026-03-05", "innen 1. mars 2027 = ../2027-03-01"},
      {"nb", "fra 1950 til 1953", "2026-03-05", "fra 1950 til 1953 = 1950/1953"},
      {"nb", "mellom mai og juli 2024", "2024-09-01", "mellom mai og juli 2024 = 2024-05/2024-07"},
      {"nb", "forrige uke og forrige torsdag", "2026-03-05",
       "forrige uke = 2026-W09; forrige torsdag = 2026-02-26"},
      {"nb", "mandag i forrige uke", "2026-03-05", "mandag i forrige uke = 2026-02-23"},
      {"nb", "mandag 2. mars , dagen etter", "2026-03-05",
       "mandag 2. mars = 2026-03-02; dagen etter = 2026-03-03"},
      {"nb", "mandag 2. mars klokka 19.30", "2026-03-05",
       "mandag 2. mars klokka 19.30 = 2026-03-02T19:30"},
      {"nb", "i slutten av mai 2025", "2026-03-05",
       "i slutten av mai 2025 = 2025-05-21/2025-05-31"},
      {"nb", "på 1990-tallet", "2026-03-05", "1990-tallet = 199X"},
      {"nb", "i uke 10", "2026-03-05", "uke 10 = 2026-W10"},
      {"nb", "07.03.2026", "", "07.03.2026 = 2026-03-07"},
      {"nb", "70-årsmarkeringen for våpenhvilen i 1953", "2026-03-05", "1953 = 1953"},
      {"nb", "vår by er stor og 1953 hus brant", "2026-03-05", ""},
  });
}

TEST(Times, Nynorsk) {
  check({
      {"nn", "Tysdag denne veka", "2026-03-05", "Tysdag denne veka = 2026-03-03"},
      {"nn", "natt til laurdag 7. mars", "2026-03-18",
       "natt til laurdag 7. mars = 2026-03-06/2026-03-07"},
      {"nn", "førre veke", "2026-01-02", "førre veke = 2025-W52"},
      {"nn", "for tre månader sidan", "2026-03-05", "for tre månader sidan = 2025-12"},
      {"nn", "i haust", "2026-03-05", "i haust = 2025-23"},
      {"nn", "i vinter", "2026-01-05", "i vinter = 2026-24"},
      {"nn", "det siste året", "2024-02-29", "det siste året = 2023-02-28/2024-02-29"},
      {"nn", "tidleg i juni", "2026-03-05", "tidleg i juni = 2025-06-01/2025-06-10"},
      {"nn", "i dag og i morgon", "2025-12-31", "i dag = 2025-12-31; i morgon = 2026-01-01"},
      {"nn", "sidan august 2024", "", "sidan august 2024 = 2024-08/.."},
      {"nn", "i førre veke", "", "førre veke = ?"},
  });
}

TEST(Times, English) {
  check({
      {"en", "on Thursday morning", "2026-03-05", "Thursday morning = 2026-03-05"},
      {"en", "last Thursday", "2026-03-05", "last Thursday = 2026-02-26"},
      {"en", "in late May", "2026-03-05", "late May = 2025-05-21/2025-05-31"},
      {"en", "on March 3 , 2025", "2026-03-05", "March 3 , 2025 = 2025-03-03"},
      {"en", "on the 7th of March", "2026-03-18", "the 7th of March = 2026-03-07"},
      {"en", "Tuesday , March 3", "2026-03-05", "Tuesday , March 3 = 2026-03-03"},
      {"en", "two years ago", "2026-03-05", "two years ago = 2024"},
      {"en", "three days ago", "2026-01-01", "three days ago = 2025-12-29"},
      {"en", "a few days ago", "2026-03-05", "a few days ago = ?"},
      {"en", "the past two weeks", "2026-03-05", "the past two weeks = 2026-02-19/2026-03-05"},
      {"en", "last week", "2026-01-01", "last week = 2025-W52"},
      {"en", "the last week", "2026-03-05", "the last week = 2026-02-26/2026-03-05"},
      {"en", "last summer", "2026-03-05", "last summer = 2025-22"},
      {"en", "in the 1990s", "2026-03-05", "the 1990s = 199X"},
      {"en", "since Thursday", "2026-01-23", "since Thursday = 2026-01-22/.."},
      {"en", "last erupted in 1951", "", "1951 = 1951"},
      {"en", "between 1951 and 1953", "", "between 1951 and 1953 = 1951/1953"},
      {"en", "on March 3 and two days later", "2026-03-05",
       "March 3 = 2026-03-03; two days later = 2026-03-05"},
      {"en", "they may march on", "2026-03-05", ""},
      {"en", "from Monday to Wednesday", "2026-03-05",
       "from Monday to Wednesday = 2026-03-02/2026-03-04"},
      {"en", "yesterday", "", "yesterday = ?"},
  });
}

TEST(Times, WhatIsToComeLiesAfterPublication) {
  check(
      {
          {"nb", "skal møtes på lørdag", "2026-03-05", "lørdag = 2026-03-07"},
          {"nb", "skal møtes torsdag", "2026-03-05", "torsdag = 2026-03-05"},
          {"nb", "skal møtes på torsdag", "2026-03-05", "torsdag = 2026-03-12"},
          {"nb", "skal møtes 28. januar", "2026-03-05", "28. januar = 2027-01-28"},
          {"nb", "skal møtes om to uker", "2026-12-28", "om to uker = 2027-W02"},
          {"nn", "skal møtast neste månad", "2025-12-31", "neste månad = 2026-01"},
          {"nn", "skal møtast i sommar", "2026-03-05", "i sommar = 2026-22"},
          {"en", "will meet in May", "2026-03-05", "May = 2026-05"},
          {"en", "will meet on Saturday", "2026-01-23", "Saturday = 2026-01-24"},
          {"en", "will meet in three days", "2024-02-27", "in three days = 2024-03-01"},
          {"en", "will meet next Thursday", "2026-03-05", "next Thursday = 2026-03-12"},
      },
      Direction::kFuture);
}

TEST(Times, NothingRelativeIsResolvedWithoutADate) {
  for (const char* text : {"i går", "torsdag", "28. januar", "i mai", "i fjor sommer",
                           "for to uker siden", "det siste halvåret", "forrige uke", "i uke 10"}) {
    const std::string found = times("nb", text, "");
    EXPECT_EQ(found.substr(found.size() - std::min<size_t>(found.size(), 4)), " = ?") << text;
  }
}

TEST(Times, BadDatesHaveNoValue) {
  EXPECT_EQ(times("nb", "den 31. februar 2025", "2026-03-05"), "den 31. februar 2025 = ?");
  EXPECT_EQ(times("en", "February 30 , 2025", "2026-03-05"), "February 30 , 2025 = ?");
  EXPECT_FALSE(parse_day("2026-13-01"));
  EXPECT_FALSE(parse_day("2026-02-29"));
  EXPECT_FALSE(parse_day("soon"));
}

TEST(Times, TheirWordsStayInTheSentence) {
  const char* pieces[] = {"i",     "fjor",    "sommer", "for",  "to",     "uker",    "siden",
                          "natt",  "til",     "2.",     "mars", "2025",   "forrige", "det",
                          "siste", "mellom",  "og",     "1953", "tidlig", "kl.",     "9999",
                          ",",     "torsdag", "dagen",  "etter"};
  uint32_t seed = 7;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int k = 0; k < 6; ++k) {
      seed = seed * 1664525 + 1013904223;
      text += std::string(pieces[(seed >> 8) % std::size(pieces)]) + " ";
    }
    const auto f = words("nb", text);
    const WordRange all = f.analysis.sentences[0].words;
    TimeParser parser(f.analysis, all, *lexicon().find(LanguageCode("nb")));
    for (const char* published : {"2026-03-05", ""})
      for (WordId w = all.begin; w < all.end; ++w) {
        const auto time = parser.parse(w, {parse_day(published), std::nullopt, Direction::kFuture});
        if (time) {
          EXPECT_TRUE(all.contains(time->words) && !time->words.empty()) << text;
        }
      }
  }
}

TEST(Calendar, WeeksAreThoseOfIso8601) {
  EXPECT_EQ(week_period(*parse_day("2021-01-03")).value, "2020-W53");
  EXPECT_EQ(week_period(*parse_day("2024-12-30")).value, "2025-W01");
  EXPECT_EQ(week_period(*parse_day("2026-03-05")).value, "2026-W10");
}

TEST(Calendar, ShorterMonthsEndEarlier) {
  EXPECT_EQ(day_period(shifted(*parse_day("2026-03-31"), TimeUnit::kMonth, -1)).value,
            "2026-02-28");
  EXPECT_EQ(day_period(shifted(*parse_day("2024-02-29"), TimeUnit::kYear, -1)).value, "2023-02-28");
  EXPECT_EQ(part_of(month_period(std::chrono::year(2024) / 2), Part::kLate).value,
            "2024-02-21/2024-02-29");
}

}  // namespace
}  // namespace avstand::event
