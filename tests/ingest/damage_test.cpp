// Files of others, where they are at hand (../shared): each is read or refused with a reason,
// whole, cut off at random points, and with random bytes turned over. A few of each in a test run;
// AVSTAND_DAMAGE=200 makes it 200 of each (./dev soak does).
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "archive/byte_source.h"
#include "archive/unpack.h"
#include "base/file.h"
#include "support/ingest.h"
#include "text/utf8.h"

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#include <sanitizer/common_interface_defs.h>
#define AVSTAND_TELL_LAST 1
#endif
#endif

namespace avstand::ingest {
namespace {

namespace fs = std::filesystem;

constexpr size_t kLargest = 20u << 20;

size_t times() {
  const char* const given = std::getenv("AVSTAND_DAMAGE");
  return given == nullptr ? 2 : std::strtoul(given, nullptr, 10);
}

/// What is read now; said where a sanitizer ends the program.
std::string& reading_now() {
  static std::string what;
#ifdef AVSTAND_TELL_LAST
  static const bool told = [] {
    __sanitizer_set_death_callback(
        [] { std::fprintf(stderr, "while reading %s\n", what.c_str()); });
    return true;
  }();
  (void)told;
#endif
  return what;
}

/// Reads bytes as the program does, and looks at all that comes of it.
class Reading {
 public:
  explicit Reading(std::string what) : what_(std::move(what)) {
    options_.limits.max_pixels = 4'000'000;  // hashing larger ones only takes time
  }

  void read(std::string_view bytes, const std::string& name) {
    SCOPED_TRACE(what_);
    reading_now() = what_;
    read_bytes(bytes, name, options_, patterns(), run_, [this](Item item) { look_at(item); });
    EXPECT_GT(items_ + remarks_, 0U) << "neither read nor refused";
  }

 private:
  void look_at(const Item& item) {
    ++items_;
    ASSERT_NE(item.article.has_value(), item.error.has_value());
    if (item.error) {
      EXPECT_FALSE(item.error->message.empty());
      return;
    }
    const Article& article = *item.article;
    EXPECT_FALSE(first_invalid_utf8(article.text).has_value());
    uint32_t end = 0;
    for (const Block& block : article.blocks) {
      ASSERT_LE(end, block.span.begin);
      ASSERT_LE(block.span.begin, block.span.end);
      ASSERT_LE(block.span.end, article.text.size());
      end = block.span.end;
    }
  }

  std::string what_;
  Options options_;
  Run run_{[this](const std::string&) { ++remarks_; }};
  size_t items_ = 0, remarks_ = 0;
};

std::string cut(const std::string& bytes, std::mt19937& random) {
  return bytes.substr(0, random() % (bytes.size() + 1));
}

/// Some of the bytes get another value.
std::string turned(std::string bytes, size_t count, std::mt19937& random) {
  if (bytes.empty()) return bytes;
  for (; count > 0; --count) {
    char& byte = bytes[random() % bytes.size()];
    byte = static_cast<char>(byte ^ static_cast<char>(1 + random() % 255));
  }
  return bytes;
}

/// `count` cut ones, and `count` with 1, 2, … bytes turned over; the same ones for the same name.
void damage(const std::string& bytes, const std::string& name, size_t count) {
  std::seed_seq seed(name.begin(), name.end());
  std::mt19937 random(seed);
  for (size_t i = 1; i <= count; ++i) {
    Reading(name + ", cut " + std::to_string(i)).read(cut(bytes, random), name);
    Reading(name + ", turned " + std::to_string(i)).read(turned(bytes, i, random), name);
  }
}

std::string unpacked(const std::string& bytes) {
  archive::ByteSource source(archive::unpack(archive::ByteSource(bytes), {.max_bytes = kLargest}));
  std::string out;
  source.read_rest(out, kLargest);
  return out;
}

/// Packed files are damaged inside as well, where no checksum ends the reading at once.
void damage_all(const fs::path& folder, size_t count) {
  if (!fs::exists(folder)) GTEST_SKIP() << "no files of others here";
  size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = read_file(entry.path(), kLargest);
    ASSERT_TRUE(bytes) << entry.path();
    const std::string name = entry.path().filename();
    Reading(name).read(*bytes, name);
    if (archive::looks_packed(*bytes)) {
      damage(unpacked(*bytes), entry.path().stem(), count);
      damage(*bytes, name, count / 4);
    } else {
      damage(*bytes, name, count);
    }
    ++files;
  }
  EXPECT_GT(files, 50U);
}

TEST(Damage, FilesOfAllFormats) {
  damage_all(AVSTAND_SOURCE_DIR "/../shared/data/formats", times());
}

TEST(Damage, Pages) { damage_all(AVSTAND_SOURCE_DIR "/../shared/data/html", times()); }

}  // namespace
}  // namespace avstand::ingest
