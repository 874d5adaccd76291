// Whole pages: tests/ingest/pages/NAME.html, written for this in the mark-up habits of papers, and
// NAME.json, what should come out of it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "ingest/ingest.h"
#include "ledger/article_json.h"
#include "support/ingest.h"

namespace avstand::ingest {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr double kBar = 0.97;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

std::vector<fs::path> pages() {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(AVSTAND_SOURCE_DIR "/tests/ingest/pages"))
    if (entry.path().extension() == ".html") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<Article> read(const std::string& bytes) {
  std::optional<Article> out;
  Run run;
  read_bytes(bytes, "page.html", {}, patterns(), run, [&](Item item) {
    if (item.error) ADD_FAILURE() << item.error->to_string();
    out = std::move(item.article);
  });
  return out;
}

using Shingles = std::map<std::string, int>;

/// Runs of four words with how often they come, as the benchmark counts.
Shingles shingles(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.push_back(word);
  Shingles out;
  for (size_t i = 0; i + 4 <= words.size(); ++i)
    ++out[words[i] + ' ' + words[i + 1] + ' ' + words[i + 2] + ' ' + words[i + 3]];
  return out;
}

double f1(const std::string& gold, const std::string& system) {
  const Shingles a = shingles(gold), b = shingles(system);
  int both = 0, all = 0;
  for (const auto& [shingle, count] : a) {
    all += count;
    if (const auto at = b.find(shingle); at != b.end()) both += std::min(count, at->second);
  }
  for (const auto& [shingle, count] : b) all += count;
  return all == 0 ? 1 : 2.0 * both / all;
}

Json captions_of(const Json& article) {
  Json out = Json::array();
  for (const Json& block : article["blocks"])
    if (block["kind"] == "caption") out.push_back(block["text"]);
  return out;
}

TEST(Pages, AreAsExpected) {
  double sum = 0;
  for (const fs::path& path : pages()) {
    SCOPED_TRACE(path.filename().string());
    const auto article = read(bytes_of(path));
    ASSERT_TRUE(article);
    const Json got = Json::parse(ledger::to_json(*article));
    const Json want = Json::parse(bytes_of(fs::path(path).replace_extension(".json")));
    for (const char* key : {"headline", "lede", "stub", "outlet"}) EXPECT_EQ(got[key], want[key]);
    if (want["bylines"].is_array()) {
      EXPECT_EQ(got["bylines"], want["bylines"]);
    }
    if (want["published"].is_string()) {
      EXPECT_EQ(got["published"], want["published"]);
    }
    EXPECT_EQ(captions_of(got), want["captions"]);
    const double f = f1(want["articleBody"], got["articleBody"]);
    EXPECT_GE(f, 0.9) << got["articleBody"];
    sum += f;
  }
  EXPECT_GE(sum / static_cast<double>(pages().size()), kBar);
}

/// Twenty of them are Norwegian: the bar is for the habits of papers there.
TEST(Pages, TwentyAreNorwegian) {
  constexpr const char* kWords[] = {" på ", " som ", " det ", " av "};
  int norwegian = 0;
  for (const fs::path& path : pages()) {
    const Json want = Json::parse(bytes_of(fs::path(path).replace_extension(".json")));
    const std::string text = want["articleBody"].get<std::string>();
    norwegian += std::any_of(std::begin(kWords), std::end(kWords), [&](const char* word) {
      return text.find(word) != std::string::npos;
    });
  }
  EXPECT_GE(norwegian, 20);
}

/// A wall in the way of the rest is said; a site that merely can have one has none.
TEST(Pages, StubsAreSaidAsSuch) {
  int stubs = 0;
  for (const fs::path& path : pages()) {
    std::vector<std::string> notes;
    ingest::Run run([&](const std::string& note) { notes.push_back(note); });
    read_bytes(bytes_of(path), "page.html", {}, patterns(), run, [&](Item item) {
      const std::string said = "page.html: only the beginning, the rest is for subscribers";
      const bool told = std::find(notes.begin(), notes.end(), said) != notes.end();
      EXPECT_EQ(told, item.article->stub) << path;
      stubs += item.article->stub;
    });
  }
  EXPECT_GE(stubs, 1);
}

/// Posts of a live page, and entries of a list, come in the order of the page.
TEST(Pages, LivePagesAndListsKeepTheirOrder) {
  for (const char* name : {"live_page", "list_article"}) {
    const fs::path path = fs::path(AVSTAND_SOURCE_DIR "/tests/ingest/pages") / name;
    const auto article = read(bytes_of(fs::path(path).replace_extension(".html")));
    ASSERT_TRUE(article);
    const Json want = Json::parse(bytes_of(fs::path(path).replace_extension(".json")));
    std::istringstream lines(want["articleBody"].get<std::string>());
    size_t at = 0;
    int posts = 0;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty()) continue;
      const size_t found = article->text.find(line, at);
      ASSERT_NE(found, std::string::npos) << name << ": " << line;
      at = found + line.size();
      ++posts;
    }
    EXPECT_GE(posts, 4) << name;
  }
}

/// What the bytes between the tags say, when references are not resolved, is where the text is.
TEST(Pages, BlocksPointAtTheirBytes) {
  for (const fs::path& path : pages()) {
    SCOPED_TRACE(path.filename().string());
    const std::string bytes = bytes_of(path);
    const auto article = read(bytes);
    ASSERT_TRUE(article);
    uint32_t next = 0;
    for (const Block& block : article->blocks) {
      EXPECT_EQ(block.span.begin, next);
      next = block.span.end + 2;
      if (!block.source_bytes) continue;
      ASSERT_LE(block.source_bytes->end, bytes.size());
      const std::string_view source = block.source_bytes->in(bytes);
      const std::string_view text = block.span.in(article->text);
      // The first ASCII word of the block, unless the file has two bytes a character.
      const size_t word = std::min(text.find(' '), text.size());
      const bool ascii =
          std::all_of(text.begin(), text.begin() + word, [](char c) { return c > 0; });
      if (ascii && bytes[1] != '\xFE') {
        EXPECT_NE(source.find(text.substr(0, word)), std::string_view::npos) << text;
      }
    }
  }
}

TEST(Pages, CutAnywhereNeverBreak) {
  for (const fs::path& path : pages()) {
    const std::string bytes = bytes_of(path);
    for (size_t i = 0; i < 20; ++i) {
      const std::string cut = bytes.substr(0, bytes.size() * i / 20);
      std::string flipped = bytes;
      for (size_t k = i; k < flipped.size(); k += 97 + i)
        flipped[k] = static_cast<char>(k * 31 + i);
      for (const std::string& input : {cut, flipped}) {
        ingest::Run run;
        int items = 0;
        read_bytes(input, "page.html", {}, patterns(), run, [&](Item) { ++items; });
        EXPECT_EQ(items, 1);
      }
    }
  }
}

}  // namespace
}  // namespace avstand::ingest
